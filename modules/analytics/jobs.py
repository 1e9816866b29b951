"""Background work of analytics."""

import time
from datetime import datetime

from core.access import system
from core.database import transaction
from core.jobs import ledger
from core.jobs.define import job
from modules.analytics import actions
from modules.analytics.counting import crossing, forgetting, mails, rollups

LONG_S = 20.0


@job(job_class="bulk", timeout_s=60)
async def count_all() -> None:
    """Every few seconds: whoever has facts that no rollup holds."""
    for organization_id in await crossing.waiting(rollups.RULES):
        await _enqueue(count.name, "analytics.count", organization_id)


@job(job_class="bulk", timeout_s=1800)
async def count(organization_id: int) -> None:
    """Add up an organization's facts; what is left after a while waits for the next time."""
    actor, began = system(organization_id), time.monotonic()
    while await rollups.count(actor) == rollups.BATCH and time.monotonic() - began < LONG_S:
        pass


@job(job_class="bulk", timeout_s=1800)
async def rebuild(organization_id: int) -> None:
    """Make an organization's rollups anew."""
    await rollups.rebuild(system(organization_id))
    await mails.count(system(organization_id))


@job(job_class="bulk", timeout_s=60)
async def count_all_mails() -> None:
    """Every ten minutes: whoever mails to many."""
    for organization_id in await crossing.mailing(mails.DAYS):
        await _enqueue(count_mails.name, "analytics.mails", organization_id)


@job(job_class="bulk", timeout_s=900)
async def count_mails(organization_id: int) -> None:
    """Count an organization's mailings."""
    await mails.count(system(organization_id))


@job(job_class="bulk", timeout_s=60)
async def forget_all() -> None:
    """Every night: whoever does not keep figures for ever."""
    for organization_id in await crossing.keeping():
        await _enqueue(forget.name, "analytics.forget", organization_id)


@job(job_class="bulk", timeout_s=1800)
async def forget(organization_id: int) -> None:
    """Let an organization's old figures go."""
    await forgetting.forget(system(organization_id))


@job(job_class="bulk", timeout_s=30)
async def note_quiet(organization_id: int, conversation_id: int, at: str) -> None:
    """A day passed since the AI agent's last word: a fact, so that what came of it can be counted."""
    actor = system(organization_id)
    async with ledger.effect(actor):
        await actions.write(
            actor,
            "quiet",
            "conversation",
            conversation_id,
            at=datetime.fromisoformat(at),
            contact_id=None,
            user_id=None,
            metadata={},
        )


async def _enqueue(name: str, key: str, organization_id: int) -> None:
    actor = system(organization_id)
    async with transaction(actor):
        await ledger.enqueue(actor, name, key=key, organization_id=organization_id)


ALL = (count_all, count, rebuild, count_all_mails, count_mails, forget_all, forget, note_quiet)
