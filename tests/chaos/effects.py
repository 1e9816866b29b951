"""A worker with one more job, whose effect can be counted: `python -m tests.chaos.effects` runs it, `… enqueue <organization> <count>` gives it work.

The job takes a while, and then its effect and its end commit together, as those of every job of ours must.
"""

import asyncio
import os
import sys
from dataclasses import replace

from core.access import Actor, ActorKind
from core.extend import registry
from core.jobs import ledger
from core.jobs.define import job

TABLE = """
CREATE TABLE IF NOT EXISTS chaos_effects (number bigint NOT NULL, pid int NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp());
GRANT INSERT ON chaos_effects TO lacasa_app
"""
TAKES_S = 0.5
LONG_EVERY, LONG_S = 100, 25.0
"""Every hundredth job outlives a lease, to see that a living worker keeps it."""


def _actor(organization_id: int) -> Actor:
    return Actor(kind=ActorKind.system, organization_id=organization_id)


@job(job_class="interactive", timeout_s=120, max_attempts=100)
async def take_effect(organization_id: int, number: int) -> None:
    """Work, then write down once that it was done."""
    await asyncio.sleep(LONG_S if number % LONG_EVERY == 0 else TAKES_S)
    async with ledger.effect(_actor(organization_id)) as db:
        await db.execute("INSERT INTO chaos_effects (number, pid) VALUES ($1, $2)", number, os.getpid())


def install() -> None:
    """Let this process know the job."""
    effect = replace(take_effect, name="chaos.take_effect")
    known = registry.jobs()
    known[effect.name] = effect


async def enqueue(organization_id: int, count: int) -> None:
    """So many jobs, a hundred in one transaction, as a busy application would."""
    from core import process
    from core.database import transaction
    from core.settings import settings

    await process.connect("chaos", settings())
    try:
        for start in range(0, count, 100):
            async with transaction(_actor(organization_id)):
                for number in range(start, min(start + 100, count)):
                    await ledger.enqueue(
                        _actor(organization_id), "chaos.take_effect", organization_id=organization_id, number=number
                    )
    finally:
        await process.disconnect()


def main() -> int:
    from core.cli import main as lacasa

    install()
    if sys.argv[1:2] == ["enqueue"]:
        asyncio.run(enqueue(int(sys.argv[2]), int(sys.argv[3])))
        return 0
    if sys.argv[1:2] == ["unfenced"]:
        from tests.chaos.broken import unfenced_worker

        unfenced_worker()
    return lacasa(["worker"])


if __name__ == "__main__":
    sys.exit(main())
