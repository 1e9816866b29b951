"""Addresses that get no mail: who may say so, what survives, and what staff sees of it."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from core.consent import subscribers
from core.contacts.addresses import digest
from core.contacts.events import ContactCreated, ContactDeleted, ContactUpdated
from core.contacts.queries import get
from core.database import pool
from tests.consent.people import Shop, a_shop, as_staff, entries
from tests.factories import a_member, an_address


@pytest.fixture
async def shop(connected: Any) -> AsyncIterator[Shop]:
    del connected
    async with a_shop() as shop:
        yield shop


async def suppressed(shop: Shop, email: str) -> Any:
    return await shop.ask("POST", "/api/suppressions", {"address": email, "why": "Asked us to"}, 201)


async def deleted(shop: Shop, contact: Any) -> None:
    """The contact goes, and the event log tells it."""
    await shop.ask("DELETE", f"/api/contacts/{contact['id']}", status=204)
    known = digest(shop.admin.organization_id, contact["email"].lower())
    event = ContactDeleted(
        organization_id=shop.admin.organization_id, contact_id=contact["id"], by=shop.admin.ref, address_digest=known
    )
    for _ in range(2):
        await subscribers.forget.function(event)


async def updated(shop: Shop, contact: Any, **changes: Any) -> None:
    await shop.ask("PATCH", f"/api/contacts/{contact['id']}", changes)
    event = ContactUpdated(
        organization_id=shop.admin.organization_id, contact=await get(shop.admin, contact["id"]), by=shop.admin.ref,
        subscription_said="subscription_status" in changes,
    )  # fmt: skip
    for _ in range(2):
        await subscribers.heed_staff.function(event)


async def test_an_address_that_staff_holds_back_gets_nothing_until_somebody_says_why_not(shop: Shop) -> None:
    email = an_address()
    contact, topic = await shop.contact(email.upper()), await shop.topic(opt_in="single")
    await shop.say(contact, topic)
    first = await suppressed(shop, email)
    assert (await suppressed(shop, email.upper()))["id"] == first["id"]
    assert (await shop.why_not(email, topic), await shop.why_not(email, kind="transactional")) == ("manual", "manual")
    shown = await shop.ask("GET", f"/api/contacts/{contact['id']}/consents")
    assert [one["why_not"] for one in shown["topics"]] == ["manual"]
    assert [(one["reason"], one["evidence"], one["by_name"]) for one in shown["suppressions"]] == [
        ("manual", {"why": "Asked us to"}, shop.admin.name)
    ]
    await shop.ask("POST", f"/api/suppressions/{first['id']}/remove", {}, 400)
    await shop.ask("POST", f"/api/suppressions/{first['id']}/remove", {"why": "Called us"}, 204)
    await shop.ask("POST", f"/api/suppressions/{first['id']}/remove", {"why": "Called us"}, 404)
    assert await shop.why_not(email, topic) is None
    assert (await shop.ask("GET", f"/api/contacts/{contact['id']}"))["subscription_status"] == "subscribed"
    told = [row["data"] for row in await shop.ask("GET", "/api/audit") if row["action"] == "suppression.removed"]
    assert told == [{"reason": "manual", "why": "Called us"}]


async def test_agents_have_no_business_here(shop: Shop) -> None:
    agent = await a_member(shop.admin, "agent")
    answer = await shop.http.get("/api/suppressions", headers=as_staff(agent))
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


async def test_it_survives_the_contact_and_its_return(shop: Shop) -> None:
    email, topic = an_address(), await shop.topic(opt_in="single")
    contact = await shop.contact(email)
    await shop.say(contact, topic)
    held = await suppressed(shop, email)
    await deleted(shop, contact)
    [found] = (await shop.ask("GET", "/api/suppressions"))["items"]
    assert (found["id"], found["address"], found["evidence"]) == (held["id"], "", {})
    assert email not in str(
        await pool().fetch("SELECT * FROM mail_addresses WHERE organization_id = $1", shop.admin.organization_id)
    )
    assert await shop.why_not(email, topic) == "manual", "by its keyed hash"
    again = await shop.contact(email)
    await subscribers.show_what_is_known.function(
        ContactCreated(organization_id=shop.admin.organization_id, contact=await get(shop.admin, again["id"]), by=shop.admin.ref)
    )
    assert (await shop.ask("GET", f"/api/contacts/{again['id']}"))["subscription_status"] == "unsubscribed"
    assert await shop.why_not(email, topic) == "manual"
    assert [one["id"] for one in (await shop.ask("GET", f"/api/suppressions?address={email}"))["items"]] == [held["id"]]


async def test_what_a_forgotten_person_wanted_is_gone_and_what_he_refused_is_not(shop: Shop) -> None:
    email, wanted, refused = an_address(), await shop.topic(opt_in="single"), await shop.topic(opt_in="single")
    contact = await shop.contact(email)
    await shop.say(contact, wanted)
    await shop.say(contact, refused, "unsubscribed")
    await deleted(shop, contact)
    assert (await shop.why_not(email, wanted), await shop.why_not(email, refused)) == ("no_consent", "opted_out")


async def test_an_address_that_somebody_else_has_too_is_not_forgotten(shop: Shop) -> None:
    email, topic = an_address(), await shop.topic(opt_in="single")
    contact, other = await shop.contact(email), await shop.contact(email)
    await shop.say(other, topic)
    await deleted(shop, contact)
    assert await shop.why_not(email, topic) is None


async def test_what_staff_says_on_a_contacts_page_holds_for_the_address(shop: Shop) -> None:
    email, topic = an_address(), await shop.topic(opt_in="single")
    contact = await shop.contact(email)
    await shop.say(contact, topic)
    await updated(shop, contact, subscription_status="bounced")
    assert await shop.why_not(email, topic) == "bounced"
    await updated(shop, contact, first_name="Ida")
    assert await shop.why_not(email, topic) == "bounced"
    await updated(shop, contact, subscription_status="subscribed")
    assert await shop.why_not(email, topic) is None
    await updated(shop, contact, subscription_status="unsubscribed")
    assert await shop.why_not(email, topic) == "unsubscribed"


async def test_staff_takes_back_in_the_list_alone_what_it_decided_there(shop: Shop) -> None:
    email = an_address()
    contact = await shop.contact(email)
    await suppressed(shop, email)
    await updated(shop, contact, subscription_status="subscribed")
    assert await shop.why_not(email, kind="transactional") == "manual"


async def test_a_list_is_tried_before_it_is_taken_in(shop: Shop) -> None:
    known, reached, bounced = an_address(), an_address(), an_address()
    await suppressed(shop, known)
    contact = await shop.contact(reached)
    rows = [
        {"address": known, "reason": "manual"}, {"address": f" {reached.upper()} "}, {"address": reached},
        {"address": bounced, "reason": "bounced", "note": "5.1.1"}, {"address": "no address"}, {"address": "a@b@c"},
    ]  # fmt: skip
    expected = {"added": 2, "known": 1, "contacts": 1, "invalid": [4, 5], "invalid_count": 2}
    assert await shop.ask("POST", "/api/suppressions/import", {"rows": rows}) == expected | {"dry_run": True}
    assert await shop.why_not(bounced, kind="transactional") is None
    assert await shop.ask("POST", "/api/suppressions/import", {"rows": rows, "dry_run": False}) == expected | {"dry_run": False}
    assert await shop.why_not(bounced, kind="transactional") == "bounced"
    assert await shop.why_not(reached, kind="transactional") is None
    assert await shop.why_not(reached, await shop.topic(opt_in="single")) == "imported"
    assert (await shop.ask("GET", f"/api/contacts/{contact['id']}"))["subscription_status"] == "unsubscribed"
    again = await shop.ask("POST", "/api/suppressions/import", {"rows": rows, "dry_run": False})
    assert again == expected | {"dry_run": False, "added": 0, "known": 3}


async def test_a_long_list_is_taken_in_as_a_whole(shop: Shop) -> None:
    rows = [{"address": f"reader{number}@example.net"} for number in range(5000)]
    assert (await shop.ask("POST", "/api/suppressions/import", {"rows": rows, "dry_run": False}))["added"] == 5000
    await shop.ask("POST", "/api/suppressions/import", {"rows": [*rows, rows[0]]}, 400)
    page = await shop.ask("GET", "/api/suppressions?reason=imported&limit=100")
    assert len(page["items"]) == 100
    following = await shop.ask("GET", f"/api/suppressions?reason=imported&limit=100&cursor={page['next']}")
    assert following["items"][0]["id"] == page["items"][-1]["id"] - 1
    assert (await shop.ask("GET", "/api/suppressions?reason=bounced"))["items"] == []


async def test_topics_have_versions_of_their_text_and_their_kind_for_good(shop: Shop) -> None:
    topic, email = await shop.topic(text="One.", opt_in="single"), an_address()
    contact = await shop.contact(email)
    await shop.say(contact, topic)
    path = f"/api/topics/{topic['id']}"
    assert (await shop.ask("PATCH", path, {"text": "Two."}))["text_version"] == 2
    assert (await shop.ask("PATCH", path, {"text": "Two.", "description": "x"}))["text_version"] == 2
    texts = await shop.ask("GET", f"{path}/texts")
    assert [(each["version"], each["text"]) for each in texts] == [(2, "Two."), (1, "One.")]
    await shop.ask("GET", f"/api/topics/{2**40}/texts", status=404)
    await shop.ask("PATCH", path, {"kind": "transactional"}, 400)
    other = await shop.topic()
    await shop.ask("PATCH", path, {"name": other["name"].upper()}, 409)
    [said] = (await shop.ask("GET", f"/api/contacts/{contact['id']}/consents"))["history"]
    assert (said["text_version"], said["text"], said["note"], said["by_name"]) == (
        1,
        "One.",
        "Told us on the phone",
        shop.admin.name,
    )
    assert (await shop.ask("PATCH", path, {"is_archived": True}))["archived_at"]
    assert await shop.why_not(email, topic) == "topic_archived"
    await shop.say(contact, topic, status=409)
    await shop.ask("PATCH", path, {"inbox_id": 2**40}, 404)


async def test_staff_puts_nobody_on_a_topic_that_asks_first(shop: Shop) -> None:
    topic, email = await shop.topic(), an_address()
    contact = await shop.contact(email)
    shown = await shop.say(contact, topic)
    assert [(one["state"], one["why_not"]) for one in shown["topics"]] == [("pending", "unconfirmed")]
    assert await entries(shop, email) == [("pending", "staff", "")]
    for _ in range(2):
        await shop.say(contact, topic)
    refused = await shop.say(contact, topic, status=409)
    assert refused["code"] == "asked_already"


async def test_a_contact_without_an_address_is_told(shop: Shop) -> None:
    topic = await shop.topic()
    contact = await shop.ask("POST", "/api/contacts", {"first_name": "Ida"}, 201)
    assert (await shop.say(contact, topic, status=400))["code"] == "no_address"
    shown = await shop.ask("GET", f"/api/contacts/{contact['id']}/consents")
    assert [one["why_not"] for one in shown["topics"]] == ["no_address"]
