"""Whose address it is: what a visitor typed into the widget takes no mail away from its owner, and says nothing in his."""

from typing import Any

from core.contacts import actions as contacts
from core.contacts.structs import ContactChanges, DeclaredInput
from core.database import pool
from modules.campaigns.actions import enlisting
from tests.campaigns.desk import Desk
from tests.factories import a_message, an_inbox

OWNER = "SELECT email FROM contacts WHERE id = $1"
MOVED = "UPDATE contacts SET email = $2 WHERE id = $1"
NAMED = {"subject": "Hello {{ contact.name | friend }}", "blocks": [{"type": "text", "text": "{{contact.first_name|you}}"}]}


async def _a_visitor(desk: Desk, **said: Any) -> int:
    visitor, _ = await a_message(await an_inbox(desk.admin))
    assert visitor.contact_id is not None
    await contacts.update(visitor, visitor.contact_id, DeclaredInput(**said))
    return visitor.contact_id


async def _settled(desk: Desk, campaign: Any, most: int) -> dict[int, tuple[str, str]]:
    await desk.act(campaign, "start", {"revision": campaign["revision"]})
    while await enlisting.enlist(desk.admin, campaign["id"], most=most):
        pass
    items = (await desk.ask("GET", f"/campaigns/{campaign['id']}/recipients?limit=100"))["items"]
    return {one["contact_id"]: (one["state"], one["reason"]) for one in items}


async def test_an_address_that_a_visitor_typed_yields_to_its_owner_wherever_he_stands(desk: Desk) -> None:
    for most in (1, 100):
        typed = await _a_visitor(desk)
        [owner] = await desk.readers(1)
        address = await pool().fetchval(OWNER, owner)
        [visitor] = await pool().fetch("SELECT contact_id FROM visitors WHERE contact_id = $1", typed)
        assert visitor["contact_id"] < owner
        await contacts.update(desk.admin, owner, ContactChanges(first_name="Ida", tags=["own"]))
        await _declares(desk, typed, email=address.upper())
        found = await _settled(desk, await desk.campaign(), most)
        assert (found[owner], found[typed]) == (("queued", ""), ("skipped", "duplicate"))
        body = {
            "name": f"Own {most} {owner}",
            "tree": {"field": "contact.tags", "op": "has_any", "value": ["own"]},
        }
        left_out = await desk.ask("POST", "/segments", body, 201)
        alone = await _settled(desk, await desk.campaign(exclude=[left_out["id"]]), most)
        assert owner not in alone, "the owner is not in this audience"
        assert alone[typed] == ("queued", "")


async def _declares(desk: Desk, contact_id: int, **said: Any) -> None:
    await contacts.update(desk.admin, contact_id, DeclaredInput(**said))


async def _drawn(desk: Desk, contact_id: int) -> tuple[str, bool]:
    found = await desk.ask("POST", "/templates/preview", {"content": NAMED, "contact_id": contact_id})
    return found["subject"], "Buy pills" in str(found)


async def test_a_visitors_words_stand_in_no_mail_to_an_address_that_he_only_typed(desk: Desk) -> None:
    typed = await _a_visitor(desk, first_name="Buy pills", last_name="at evil.example", email="victim@example.org")
    assert await _drawn(desk, typed) == ("Hello friend", False)
    await desk.ask("PATCH", f"/contacts/{typed}", {"first_name": "Ida"})
    assert await _drawn(desk, typed) == ("Hello Ida", False), "staff said so"
    await _declares(desk, typed, first_name="Buy pills")
    assert await _drawn(desk, typed) == ("Hello friend", False)
    await desk.ask("PATCH", f"/contacts/{typed}", {"email": "victim@example.org"})
    assert await _drawn(desk, typed) == ("Hello Buy pills at evil.example", True), "staff said that it is his"
    await _declares(desk, typed, email="victim@example.org")
    assert (await _drawn(desk, typed))[1], "what is the same is not said anew"
