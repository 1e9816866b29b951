"""What a delivery means, found out beside the answer to the shop; and reading shops by their APIs."""

import msgspec

from core.access import system
from core.database import transaction
from core.jobs import ledger
from core.jobs.define import job
from core.jobs.ledger import effect
from modules.commerce import doing, polling, queries
from modules.commerce.actions import acting, carts, syncs, taking
from modules.commerce.platforms import PLATFORMS, reading
from modules.commerce.platforms.contract import decoded
from modules.commerce.platforms.reading import MalformedError

WAITING = """
SELECT d.id, d.integration_id, i.platform, d.topic, d.content FROM webhook_deliveries d
JOIN integrations i ON i.organization_id = d.organization_id AND i.id = d.integration_id
WHERE d.organization_id = $1 AND d.id = $2 AND d.state = 'received' FOR UPDATE OF d
"""
TWIN = """
SELECT EXISTS (SELECT FROM webhook_deliveries d JOIN webhook_deliveries t ON t.organization_id = d.organization_id
    AND t.integration_id = d.integration_id AND t.twin = d.twin AND t.id < d.id WHERE d.organization_id = $1 AND d.id = $2)
"""
SETTLE = "UPDATE webhook_deliveries SET state = $3, reason = $4, settled_at = now() WHERE organization_id = $1 AND id = $2"


class _Delivery(msgspec.Struct, frozen=True):
    id: int
    integration_id: int
    platform: str
    topic: str
    content: bytes


@job(job_class="channel-io", timeout_s=60, max_attempts=8)
async def understand(organization_id: int, delivery_id: int) -> None:
    """Take over what a delivery says; done in the transaction that says so. As with mail that comes in, somebody may look at the screen: it does not
    wait behind what takes long."""
    actor = system(organization_id)
    async with effect(actor) as db:
        delivery = await db.fetch_one(_Delivery, WAITING, organization_id, delivery_id)
        if delivery is None:
            return
        state, reason = "processed", ""
        if await db.fetch_value(TWIN, organization_id, delivery_id):
            state, reason = "ignored", "twin"
        else:
            try:
                facts = PLATFORMS[delivery.platform].topics[delivery.topic](
                    reading.mapping(decoded(delivery.content), "the delivery")
                )
            except MalformedError as error:
                facts, state, reason = [], "failed", f"malformed: {error}"[:200]
            for fact in facts:
                await taking.take(actor, delivery.integration_id, fact, delivery_id=delivery.id)
        await db.execute(SETTLE, organization_id, delivery_id, state, reason)


async def give_up(organization_id: int, integration_id: int) -> None:
    """After the last failure that was ours and not the shop's: an hour later all is tried again."""
    await syncs.failed(system(organization_id), integration_id, "reading it failed; it is tried again")


@job(job_class="bulk", timeout_s=240, max_attempts=3, on_dead=give_up)
async def read_shop(organization_id: int, integration_id: int) -> None:
    """A piece of what a shop's API has to say."""
    await polling.read(system(organization_id), integration_id)


@job(job_class="bulk", timeout_s=60)
async def read_due() -> None:
    """Every quarter of a minute: shops whose time has come."""
    for organization_id, integration_id in await queries.due():
        actor = system(organization_id)
        async with transaction(actor):
            await ledger.enqueue(
                actor, read_shop.name, key=f"shop:{integration_id}", organization_id=organization_id, integration_id=integration_id
            )


@job(job_class="bulk", timeout_s=30)
async def notice_cart(organization_id: int, cart_id: int) -> None:
    """Look whether a cart was abandoned."""
    actor = system(organization_id)
    async with effect(actor) as db:
        await carts.notice(db, actor, cart_id)


async def nobody_knows(organization_id: int, action_id: int) -> None:
    await acting.give_up(system(organization_id), action_id)


@job(job_class="interactive", timeout_s=120, max_attempts=5, on_dead=nobody_knows)
async def act(organization_id: int, action_id: int) -> None:
    """Carry out at the shop what people asked for."""
    await doing.act(system(organization_id), action_id)
