"""A provider that speaks like OpenAI's: files, and trainings with them. Everything that can go wrong is a `TuningFailed`.

Their texts may quote keys and data, so only what we say of a status is told on.
"""

import asyncio
import re
from typing import Any, Literal, TypeVar

import httpx
import msgspec

from core import egress

S = TypeVar("S")

SILENCE_S, WHOLE_S, UPLOAD_S = 20.0, 30.0, 240.0
ANSWER_MAX = 1024 * 1024
NOT_FOUND, TOO_MANY, SERVER, REDIRECT = 404, 429, 500, 300
PASSING = frozenset({408, 409, 425, TOO_MANY})
NAME = re.compile(r"[!-~]{1,200}")
MODEL = re.compile(r"[!-~]{1,80}")
PAGE = 100
MEANS = {
    401: ": the key is wrong",
    403: ": the key may not train",
    NOT_FOUND: ": there is no such model, or it cannot be trained here",
    TOO_MANY: ": too many requests for now",
}
UNKNOWN = ": it knows of no such training"


class TuningFailed(Exception):
    """The provider did not do it. The sentence is for admins. `passing`: it is worth trying again, not before `after_s` seconds."""

    def __init__(self, sentence: str, *, passing: bool = False, after_s: float = 0) -> None:
        super().__init__(sentence)
        self.passing = passing
        self.after_s = after_s


class _File(msgspec.Struct):
    id: str


class Job(msgspec.Struct):
    """A training as the provider tells of it."""

    id: str
    status: Literal["validating_files", "queued", "running", "paused", "succeeded", "failed", "cancelled"]
    training_file: str = ""
    fine_tuned_model: str | None = None


class _Jobs(msgspec.Struct):
    data: list[Job]


class Provider:
    def __init__(self, base_url: str, key: str) -> None:
        self._base_url = base_url.rstrip("/")
        self._key = key or "none"

    async def upload(self, name: str, content: bytes) -> str:
        """Hand over the data; returns what the provider calls it."""
        parts = {"file": (name, content, "application/jsonl")}
        found = await self._asked(_File, "POST", "/files", UPLOAD_S, data={"purpose": "fine-tune"}, files=parts)
        return _named(found.id)

    async def begin(self, file_id: str, base_model: str) -> Job:
        return await self._job("POST", "/fine_tuning/jobs", json={"training_file": file_id, "model": base_model})

    async def begun_with(self, file_id: str) -> Job | None:
        """The newest training with this file, if one was begun."""
        found = await self._asked(_Jobs, "GET", f"/fine_tuning/jobs?limit={PAGE}", WHOLE_S)
        return next((job for job in found.data if job.training_file == file_id and _named(job.id)), None)

    async def state(self, job_id: str) -> Job:
        return await self._job("GET", f"/fine_tuning/jobs/{job_id}", missing=UNKNOWN)

    async def cancel(self, job_id: str) -> Job:
        return await self._job("POST", f"/fine_tuning/jobs/{job_id}/cancel", missing=UNKNOWN)

    async def _job(self, method: str, path: str, *, json: object = None, missing: str = "") -> Job:
        job = await self._asked(Job, method, path, WHOLE_S, missing, json=json)
        _named(job.id)
        if job.status == "succeeded" and not MODEL.fullmatch(job.fine_tuned_model or ""):
            raise TuningFailed("the provider does not say what the trained model is called", passing=True)
        return job

    async def _asked(self, struct: type[S], method: str, path: str, whole_s: float, missing: str = "", **content: Any) -> S:
        """Ask once, within `whole_s` seconds for all of it. `missing`: what 404 means."""
        headers = {"authorization": f"Bearer {self._key}"}
        try:
            async with asyncio.timeout(whole_s), egress.client(timeout_s=SILENCE_S, answer_max=ANSWER_MAX) as client:
                answer = await client.request(method, self._base_url + path, headers=headers, **content)
        except egress.Refused as refused:
            raise TuningFailed(str(refused), passing=True) from None
        except (httpx.TimeoutException, TimeoutError):
            raise TuningFailed("the provider did not answer in time", passing=True) from None
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            raise TuningFailed(f"the provider cannot be reached ({type(error).__name__})", passing=True) from None
        if answer.status_code >= REDIRECT:
            raise _refused(answer, missing)
        try:
            return msgspec.json.decode(answer.content, type=struct)
        except (msgspec.MsgspecError, UnicodeError):
            raise TuningFailed("the provider's answer could not be read", passing=True) from None


def _named(name: str) -> str:
    """What a provider calls a thing becomes part of addresses."""
    if not NAME.fullmatch(name) or not {*name}.isdisjoint("/?#%\\") or name in {".", ".."}:
        raise TuningFailed("the provider's answer could not be read", passing=True)
    return name


def _refused(answer: httpx.Response, missing: str) -> TuningFailed:
    status = answer.status_code
    try:
        after_s = max(float(answer.headers.get("retry-after", "0")), 0.0)
    except ValueError:
        after_s = 0.0
    means = missing if missing and status == NOT_FOUND else MEANS.get(status, "")
    return TuningFailed(f"the provider answered {status}{means}", passing=status >= SERVER or status in PASSING, after_s=after_s)
