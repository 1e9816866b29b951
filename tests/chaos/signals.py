"""A program of an organization's own that signals: `python -m tests.chaos.signals <organization> <name> <first contact> <last contact>`.

A hundred in a transaction, as a busy application would; what it was promised stands when it ends.
"""

import asyncio
import sys

from core.access import Actor, ActorKind
from core.events.log import record

PAUSE_S = 0.2


async def signal(organization_id: int, name: str, first: int, last: int) -> None:
    """That something happened to each of these contacts; the relay moves it and workers hear of it."""
    from core import process
    from core.database import transaction
    from core.settings import settings
    from modules.workflows.actions.ending import MARKETERS_ONLY
    from modules.workflows.events import WorkflowSignalled

    actor = Actor(kind=ActorKind.system, organization_id=organization_id)
    await process.connect("chaos", settings())
    try:
        for start in range(first, last + 1, 100):
            async with transaction(actor):
                for contact in range(start, min(start + 100, last + 1)):
                    event = WorkflowSignalled(
                        organization_id=organization_id, contact_id=contact, name=name, key="", facts={}, by=actor.ref
                    )
                    await record(event, MARKETERS_ONLY)
            await asyncio.sleep(PAUSE_S)
    finally:
        await process.disconnect()


if __name__ == "__main__":
    asyncio.run(signal(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])))
