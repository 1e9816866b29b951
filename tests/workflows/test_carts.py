"""A cart that was left, from the shop's word to the mail: whoever has bought meanwhile is reminded of nothing, wherever his mail is."""

from typing import Any

import pytest

from core.access import system
from core.database import pool, transaction
from core.extend.mailing import Never, Post
from modules.workflows import hearing, queries
from modules.workflows.actions import drafts, happening, running
from modules.workflows.structs import WorkflowInput
from tests.workflows.support import drive, hours_pass
from tests.workflows.test_email import a_mail_shop

pytestmark = pytest.mark.usefixtures("connected")
CONTACT = "SELECT contact_id FROM carts WHERE id = $1"
CANVAS = [{"id": "an_hour", "type": "delay", "config": {"hours": 1}}]


async def test_nobody_is_reminded_of_a_cart_that_he_has_bought() -> None:
    """Once while he waits for the step, once while the mail waits for the server."""
    pytest.importorskip("modules.commerce")
    from modules.commerce import queries as commerce
    from modules.commerce.events import CartAbandoned
    from tests.commerce.shops import a_shop
    from tests.commerce.test_carts import left, ordered

    mails = await a_mail_shop()
    actor = system(mails.admin.organization_id)
    shop = await a_shop(admin=mails.admin)
    steps = [*CANVAS, mails.mail("reminder", kind="transactional")]
    made = await drafts.create(mails.admin, WorkflowInput("Carts", {"triggerType": "abandoned_cart", "steps": steps}))
    await running.activate(mails.admin, made.id)
    runs: list[Any] = []
    for name in ("early", "late", "never"):
        cart_id = await left(shop, 1.5, id=name, buyer={"email": f"{name}@example.org"})
        cart_id = await pool().fetchval("SELECT max(id) FROM carts WHERE integration_id = $1", shop.integration_id)
        async with transaction(actor) as db:
            event = CartAbandoned(organization_id=actor.organization_id, cart=await commerce.cart(db, actor, cart_id))
        heard = hearing.heard("cart.abandoned", hearing.by_event()["cart.abandoned"], event)
        await happening.happened(actor.organization_id, heard)
        runs.append(await pool().fetchval(CONTACT, cart_id))
    await ordered(shop, id="O1", buyer={"email": "early@example.org"})
    await hours_pass(mails.admin, 1)
    await drive(mails.admin)
    ended = [(await queries.of_contact(mails.admin, contact))[0].enrollments[0] for contact in runs]
    assert [(run.status, run.reason) for run in ended] == [("exited", "cart_bought"), ("completed", "end"), ("completed", "end")]
    assert [type(one) for one in await mails.answers()] == [Post, Post]
    await ordered(shop, id="O2", buyer={"email": "late@example.org"})
    first, second = await mails.answers()
    assert first == Never("cart_bought")
    assert isinstance(second, Post)
    assert second.about == {"cart_id": int(ended[2].entry_key)}
