"""How an owner declares a job, in its `jobs.py`; its manifest lists the result."""

from collections.abc import Awaitable, Callable

from core.extend.module import Job, JobClass


def job(
    *,
    job_class: JobClass = "interactive",
    timeout_s: float = 30,
    max_attempts: int = 5,
    on_dead: Callable[..., Awaitable[None]] | None = None,
) -> Callable[[Callable[..., Awaitable[None]]], Job]:
    """Make a job named `owner.function` of an async function; ids in, nothing out, safe to repeat."""

    def decorate(function: Callable[..., Awaitable[None]]) -> Job:
        owner = function.__module__.removesuffix(".jobs")
        return Job(
            name=f"{owner}.{function.__name__}",
            function=function,
            job_class=job_class,
            timeout_s=timeout_s,
            max_attempts=max_attempts,
            on_dead=on_dead,
        )

    return decorate
