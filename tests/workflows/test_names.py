"""What workflows and the steps that mail are called, for whoever may see them."""

import pytest

from core.database import pool
from modules.workflows import naming
from tests.factories import a_member, an_organization
from tests.workflows.support import a_workflow
from tests.workflows.test_email import Shop, a_mail_shop

pytestmark = pytest.mark.usefixtures("connected")


async def test_names_are_told_to_marketers_of_the_same_organization() -> None:
    shop: Shop = await a_mail_shop()
    made = await a_workflow(shop.admin, shop.mail("hello"))
    use = await pool().fetchval("SELECT id FROM workflow_uses WHERE workflow_id = $1", made.id)
    assert await naming.called(shop.admin, [made.id, 10**9]) == {made.id: made.name}
    assert await naming.mails(shop.admin, [use]) == {use: f"{made.name} · hello · 1"}
    for stranger in (await an_organization(), await a_member(shop.admin, "agent")):
        assert (await naming.called(stranger, [made.id]), await naming.mails(stranger, [use])) == ({}, {})
