"""What tests of workflows share: definitions, workflows that run, and time that passes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from core.access import Actor
from core.auth import sessions
from core.contacts.structs import ContactView
from core.database import pool
from core.extend.triggers import Occasion
from modules.workflows import jobs, queries
from modules.workflows.actions import drafts, enrolling, happening, running
from modules.workflows.hearing import Happened
from modules.workflows.structs import EnrollInput, EnrollmentHistory, EnrollmentView, WorkflowInput, WorkflowView
from tests.factories import client_id

HOURS = (
    "UPDATE workflow_enrollments SET due_at = due_at - make_interval(hours => $2) WHERE organization_id = $1 AND due_at IS NOT NULL"
)
PAUSED = (
    "UPDATE workflows SET paused_at = paused_at - make_interval(hours => $2) WHERE organization_id = $1 AND paused_at IS NOT NULL"
)
EFFECTS = "UPDATE workflow_effects SET at = at - make_interval(hours => $2) WHERE organization_id = $1"
ENTERED = "UPDATE workflow_enrollments SET enrolled_at = enrolled_at - make_interval(hours => $2) WHERE organization_id = $1"
TIMERS = "UPDATE timers SET due_at = due_at - make_interval(hours => $2) WHERE organization_id = $1"
FIRE = """
DELETE FROM timers WHERE organization_id = $1 AND name = 'modules.workflows.advance' AND due_at <= clock_timestamp()
RETURNING (arguments ->> 'enrollment_id')::bigint
"""


@asynccontextmanager
async def a_client(url: str, actor: Actor) -> AsyncIterator[httpx.AsyncClient]:
    """A browser in which `actor` is signed in."""
    cookies = {sessions.COOKIE: sessions.cookie_for(actor.session_id or 0)}
    async with httpx.AsyncClient(base_url=url, cookies=cookies, headers={"Origin": url}, timeout=20) as client:
        yield client


def definition(*steps: dict[str, Any], event: str | None = None, **more: Any) -> dict[str, Any]:
    """By request, or by `event`."""
    return {"trigger": {"type": "custom", "config": {"event": event} if event else {}}, "steps": list(steps), **more}


def tag(name: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "type": "tag", "config": {"add": [name]}, **more}


def delay(named: str = "wait", hours: int = 1) -> dict[str, Any]:
    return {"id": named, "type": "delay", "config": {"hours": hours}}


async def a_workflow(admin: Actor, *steps: dict[str, Any], event: str | None = None, **more: Any) -> WorkflowView:
    """One that runs."""
    made = await drafts.create(admin, WorkflowInput("Care", definition(*steps, event=event, **more)))
    return await running.activate(admin, made.id)


async def enroll(admin: Actor, workflow: WorkflowView, contact: ContactView, key: str = "", **facts: Any) -> EnrollmentView:
    answer = await enrolling.request(admin, workflow.id, EnrollInput(contact.id, client_id(), key, facts))
    assert answer.enrollment is not None, answer
    return answer.enrollment


async def refused(admin: Actor, workflow: WorkflowView, contact: ContactView, key: str = "", **facts: Any) -> tuple[str, str]:
    """Why somebody does not come in."""
    answer = await enrolling.request(admin, workflow.id, EnrollInput(contact.id, client_id(), key, facts))
    assert answer.enrollment is None
    return answer.reason, answer.detail


async def happens(admin: Actor, name: str, contact: ContactView, key: str = "", **facts: Any) -> None:
    """As a worker does when the relay has moved the event."""
    occasion = Occasion(contact_id=contact.id, key=key, facts=facts)
    await happening.happened(admin.organization_id, [Happened(occasion, [name])])


async def fire(admin: Actor) -> list[int]:
    """Timers that are due become jobs: for these runs."""
    return sorted(row[0] for row in await pool().fetch(FIRE, admin.organization_id))


async def drive(admin: Actor) -> None:
    """What workers do until nothing is due."""
    for _ in range(50):
        due = await fire(admin)
        if not due:
            return
        for one in due:
            await jobs.advance.function(admin.organization_id, one)
    raise AssertionError("it never comes to rest")


async def hours_pass(admin: Actor, hours: int) -> None:
    for sql in (HOURS, PAUSED, EFFECTS, ENTERED, TIMERS):
        await pool().execute(sql, admin.organization_id, hours)


async def later(admin: Actor, hours: int) -> None:
    await drive(admin)
    await hours_pass(admin, hours)
    await drive(admin)


async def of(admin: Actor, run: EnrollmentView) -> EnrollmentHistory:
    return await queries.history(admin, run.id)


def taken(history: EnrollmentHistory) -> list[tuple[str, str]]:
    return [(step.step_id, step.status) for step in history.steps]
