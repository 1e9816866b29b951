"""What other modules announce is counted by its type's name, once, and orders count to the mailing in which their buyer clicked last."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from core.access import Actor
from core.database import system_transaction
from core.events.contract import type_of
from core.extend import registry
from modules.analytics.counting import rollups
from modules.analytics.others import HEARD, follows
from tests.analytics.support import rolled, rows
from tests.factories import a_contact, an_organization

PLACED = datetime(2026, 5, 6, 12, tzinfo=UTC)
SEND = """
WITH address AS (INSERT INTO mail_addresses (organization_id, address, digest) VALUES ($1, $2, $2) RETURNING id),
mailing AS (INSERT INTO mailings (organization_id, kind, source_id, mail_kind) VALUES ($1, 'campaign', 7, 'marketing') RETURNING id)
INSERT INTO mailing_sends (organization_id, mailing_id, contact_id, address_id, state) SELECT $1, m.id, $3, a.id, 'sent' FROM mailing m, address a
RETURNING id
"""
CLICK = """
INSERT INTO mailing_touches (organization_id, send_id, touch, url, method, agent, label, rules, created_at)
VALUES ($1, $2, 'click', 'https://x.example', 'GET', 'browser', $3, 1, $4)
"""


async def hears(actor: Actor, name: str, **body: Any) -> None:
    """As a worker hears of it: the event as it stands in the log."""
    kind, _ = HEARD[name]
    handler = registry.handlers()[f"modules.analytics.count_{kind}"]
    await handler.function(msgspec.convert({"type": name, "organization_id": actor.organization_id} | body, handler.event))


def an_order(contact_id: int | None, **more: Any) -> dict[str, Any]:
    return {
        "id": 5, "integration_id": 1, "platform": "shopify", "order_number": "1", "contact_id": contact_id, "email": "ida@example.com",
        "status": "open", "financial_status": "paid", "fulfillment_status": "unfulfilled", "total_price": "19.99", "refunded": "5.5",
        "currency": "EUR", "order_date": PLACED, "changed_at": PLACED + timedelta(days=1), "is_test": False, "external_order_id": "1", "items": [],
        "shipping_address": {}, "tracking_number": "", "tracking_url": "", "url": "",
    } | more  # fmt: skip


async def test_all_that_is_announced_here_is_listened_to() -> None:
    announced = {type_of(event) for module in registry.modules() for event in module.events}
    heard = {f"modules.analytics.count_{HEARD[name][0]}" for name in HEARD.keys() & announced}
    assert {handler.name for handler in follows()} == heard
    assert {"modules.analytics.count_ai_decided", "modules.analytics.count_order_paid"} <= heard


@pytest.mark.usefixtures("connected")
async def test_orders_and_runs_are_written_down_as_they_are_told() -> None:
    admin = await an_organization()
    for name in ("order.created", "order.paid", "order.refunded", "order.shipped"):
        await hears(admin, name, order=an_order(None))
    await hears(admin, "order.paid", order=an_order(None, is_test=True))
    run = {"workflow_id": 3, "enrollment_id": 4, "contact_id": None, "entry_key": ""}
    await hears(admin, "workflow.enrolled", **run)
    await hears(admin, "workflow.exited", **run, reason="unsubscribed")
    found = {row["kind"]: row for row in await rows(admin)}
    assert {kind: row["metadata"].get("amount") for kind, row in found.items()} == {
        "order_created": 199_900, "order_paid": 199_900, "order_refunded": 55_000, "order_shipped": 199_900, "workflow_enrolled": None,
        "workflow_exited": None,
    }  # fmt: skip
    assert (found["order_paid"]["at"], found["order_refunded"]["at"]) == (PLACED, PLACED + timedelta(days=1))
    assert found["workflow_exited"]["metadata"]["reason"] == "unsubscribed"
    assert await rollups.count(admin) == 6


@pytest.mark.usefixtures("connected")
async def test_mail_that_came_back_counts_to_its_mailing() -> None:
    admin = await an_organization()
    kind, write = HEARD["mailing.returned"]
    for reason in ("bounced", "complained", "of_another_release"):
        await write(admin, kind, SimpleNamespace(mailing_id=9, send_id=4, contact_id=0, reason=reason))
    await rollups.count(admin)
    found = await rolled(admin)
    assert {cell[:3] for cell in found} == {
        ("bounced", "all", ""), ("bounced", "mailing", "9"), ("complained", "all", ""), ("complained", "mailing", "9"),
    }  # fmt: skip
    await rollups.rebuild(admin)
    assert await rolled(admin) == found


@pytest.mark.usefixtures("connected")
@pytest.mark.parametrize(
    ("label", "days", "counts"),
    [("human", 6, True), ("human", 8, False), ("human", -1, False), ("bot", 6, False), ("proxy", 1, False)],
)
async def test_an_order_counts_to_what_its_buyer_clicked_in_the_week_before(label: str, days: int, counts: bool) -> None:
    admin = await an_organization()
    buyer = await a_contact(admin, email="Ida@example.com")
    async with system_transaction("a test writes a ledger") as db:
        send = await db.fetch_value(SEND, admin.organization_id, "ida@example.com", buyer.id)
        await db.execute(CLICK, admin.organization_id, send, label, PLACED - timedelta(days=days))
    await hears(admin, "order.paid", order=an_order(buyer.id))
    credit = (await rows(admin))[0]["metadata"].get("credit")
    assert (credit is not None) is counts
    if credit is not None:
        assert (credit["kind"], credit["source_id"], credit["rule"]) == ("campaign", 7, 1)
    assert Decimal((await rows(admin))[0]["metadata"]["amount"]) == 199_900
