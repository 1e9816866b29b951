"""The ledger of mail to many: each gets one or a reason why not, whoever claims, pauses, dies or comes back late."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.contacts.addresses import digest
from core.database import pool
from core.errors import Conflict, NotFound
from core.mailing import names, queries
from core.mailing.actions import audience, claims, mailings
from core.mailing.actions.audience import Audience
from core.mailing.structs import Claimed, MailingView, Outcome, Tally
from tests.consent.people import Shop, a_shop
from tests.factories import an_organization

EVERYBODY = Audience(
    f"SELECT k.id AS key, k.email FROM contacts k WHERE k.organization_id = $1 AND k.id <> ALL (${audience.OWN}::bigint[])", [[]]
)
SUBSCRIBED = """
WITH n AS (SELECT * FROM unnest($3::text[], $4::text[]) AS n (email, digest)), k AS (
    INSERT INTO contacts (organization_id, email, tags) SELECT $1, n.email, '{}' FROM n
), a AS (
    INSERT INTO mail_addresses (organization_id, address, digest) SELECT $1, n.email, n.digest FROM n RETURNING id
)
INSERT INTO consents (organization_id, address_id, topic_id, state, source, text_version) SELECT $1, a.id, $2, 'subscribed', 'form', 1 FROM a
"""
EXPIRE = "UPDATE mailing_sends SET claimed_until = now() - interval '1 second' WHERE organization_id = $1 AND state = 'sending'"


@pytest.fixture
async def shop(connected: Any) -> AsyncIterator[Shop]:
    del connected
    async with a_shop() as shop:
        yield shop


async def a_mailing(shop: Shop, readers: int = 0, kind: str = "campaign") -> MailingView:
    topic = await shop.topic(opt_in="single")
    emails = [f"reader{number}@example.org" for number in range(1, readers + 1)]
    digests = [digest(shop.admin.organization_id, email) for email in emails]
    await pool().execute(SUBSCRIBED, shop.admin.organization_id, topic["id"], emails, digests)
    return await mailings.begin(shop.admin, kind, topic["id"], topic_id=topic["id"])


async def enlisted(shop: Shop, mailing: MailingView, most: int = 1000) -> int:
    """All contacts; returns in how many parts."""
    after: int | None = 0
    parts = 0
    while after is not None:
        after = await audience.enlist(shop.admin, mailing.id, EVERYBODY, datetime.now(UTC), after=after, most=most)
        parts += 1
    return parts


async def tally(shop: Shop, mailing: MailingView) -> Tally:
    return await queries.tally(shop.admin, mailing.id)


async def sent(shop: Shop, claimed: list[Claimed]) -> set[int]:
    """Whatever may go, goes."""
    going = await claims.hand_over(shop.admin, claimed)
    return await claims.finish(shop.admin, [Outcome(one.id, one.attempt, "sent") for one in claimed if one.id in going])


async def test_everybody_has_a_row_and_whoever_gets_none_a_reason(shop: Shop) -> None:
    mailing = await a_mailing(shop, 3)
    nobody = await shop.ask("POST", "/api/contacts", {"first_name": "No Address"}, 201)
    stranger, twin = await shop.contact(), await shop.contact("Reader1@Example.org")
    dead = await shop.contact("reader2@example.org")
    rows = [{"address": dead["email"], "reason": "bounced"}]
    assert (await shop.ask("POST", "/api/suppressions/import", {"rows": rows, "dry_run": False}))["added"] == 1
    assert await enlisted(shop, mailing, most=2) == 4
    expected = Tally(queued=2, skipped={"no_address": 1, "no_consent": 1, "duplicate": 1, "bounced": 2})
    assert (await tally(shop, mailing), (await tally(shop, mailing)).audience) == (expected, 7)
    await enlisted(shop, mailing)
    assert await tally(shop, mailing) == expected, "safe to repeat"
    sql = "SELECT contact_id, reason FROM mailing_sends WHERE mailing_id = $1 AND contact_id = ANY ($2)"
    ids = [nobody["id"], stranger["id"], twin["id"]]
    assert dict(await pool().fetch(sql, mailing.id, ids)) == dict(zip(ids, ["no_address", "no_consent", "duplicate"], strict=True))


async def test_the_same_source_is_the_same_mailing(shop: Shop) -> None:
    mailing = await a_mailing(shop)
    assert await mailings.begin(shop.admin, "campaign", mailing.source_id, topic_id=mailing.topic_id) == mailing
    assert mailing.mail_kind == "marketing"
    with pytest.raises(NotFound):
        await queries.mailing(await an_organization(), mailing.id)


async def test_many_who_claim_at_once_share_all_and_double_none(shop: Shop) -> None:
    mailing = await a_mailing(shop, 300)
    await enlisted(shop, mailing)

    async def work() -> list[int]:
        done: list[int] = []
        while claimed := await claims.claim(shop.admin, mailing.id, most=20):
            done += await sent(shop, claimed)
        return done

    shares = await asyncio.gather(*(work() for _ in range(4)))
    assert len([one for share in shares for one in share]) == len({one for share in shares for one in share}) == 300
    assert await tally(shop, mailing) == Tally(sent=300)


async def test_what_a_dead_worker_had_is_queued_or_uncertain_and_never_sent_twice(shop: Shop) -> None:
    mailing = await a_mailing(shop, 10)
    await enlisted(shop, mailing)
    first = await claims.claim(shop.admin, mailing.id)
    assert await claims.hand_over(shop.admin, first[:4]) == {one.id for one in first[:4]}
    await pool().execute(EXPIRE, shop.admin.organization_id)
    again = await claims.claim(shop.admin, mailing.id)
    assert {one.id for one in again} == {one.id for one in first[4:]}
    assert (await tally(shop, mailing)) == Tally(sending=6, uncertain=4)
    assert await claims.hand_over(shop.admin, first) == set(), "it has lost them"
    late = [Outcome(one.id, one.attempt, "sent") for one in first]
    assert await claims.finish(shop.admin, late) == {one.id for one in first[:4]}, (
        "but it may tell what became of what it was handing over"
    )
    assert await sent(shop, again) == {one.id for one in again}
    assert await tally(shop, mailing) == Tally(sent=10)


async def test_what_is_uncertain_is_not_queued_again(shop: Shop) -> None:
    mailing = await a_mailing(shop, 1)
    await enlisted(shop, mailing)
    [one] = await claims.claim(shop.admin, mailing.id)
    await claims.hand_over(shop.admin, [one])
    await pool().execute(EXPIRE, shop.admin.organization_id)
    assert await claims.claim(shop.admin, mailing.id) == []
    assert await claims.finish(shop.admin, [Outcome(one.id, one.attempt, "queued", "not_now")]) == set()
    assert await tally(shop, mailing) == Tally(uncertain=1)


async def test_after_a_pause_nothing_more_goes_and_nothing_is_lost(shop: Shop) -> None:
    mailing = await a_mailing(shop, 6)
    await enlisted(shop, mailing)
    claimed = await claims.claim(shop.admin, mailing.id, most=3)
    assert await claims.hand_over(shop.admin, claimed[:1]) == {claimed[0].id}
    for _ in range(2):
        assert (await mailings.pause(shop.admin, mailing.id)).state == "paused"
    assert await claims.hand_over(shop.admin, claimed[1:]) == set()
    await claims.release(shop.admin, claimed[1:])
    assert await claims.claim(shop.admin, mailing.id) == []
    await claims.finish(shop.admin, [Outcome(claimed[0].id, claimed[0].attempt, "sent")])
    assert await tally(shop, mailing) == Tally(queued=5, sent=1)
    await mailings.resume(shop.admin, mailing.id)
    assert len(await sent(shop, await claims.claim(shop.admin, mailing.id))) == 5


async def test_who_pauses_waits_for_who_is_claiming(shop: Shop) -> None:
    mailing = await a_mailing(shop, 50)
    await enlisted(shop, mailing)

    async def work() -> int:
        count = 0
        while claimed := await claims.claim(shop.admin, mailing.id, most=1):
            count += len(claimed)
        return count

    working = [asyncio.create_task(work()) for _ in range(3)]
    await mailings.pause(shop.admin, mailing.id)
    left = (await tally(shop, mailing)).queued
    await asyncio.gather(*working)
    assert (await tally(shop, mailing)).queued == left


async def test_who_is_canceled_says_so_wherever_it_was(shop: Shop) -> None:
    mailing = await a_mailing(shop, 6)
    await enlisted(shop, mailing)
    claimed = await claims.claim(shop.admin, mailing.id, most=4)
    await claims.hand_over(shop.admin, claimed[:2])
    await mailings.cancel(shop.admin, mailing.id)
    await claims.release(shop.admin, claimed[2:3])
    await claims.finish(shop.admin, [Outcome(claimed[0].id, 1, "sent"), Outcome(claimed[1].id, 1, "queued", "not_now")])
    await pool().execute(EXPIRE, shop.admin.organization_id)
    assert await claims.claim(shop.admin, mailing.id) == []
    assert await tally(shop, mailing) == Tally(sent=1, skipped={"canceled": 5})
    for turn in (mailings.pause, mailings.resume):
        with pytest.raises(Conflict):
            await turn(shop.admin, mailing.id)
    with pytest.raises(Conflict):
        await enlisted(shop, mailing)


async def test_what_somebody_says_after_the_audience_was_settled_is_heeded(shop: Shop) -> None:
    mailing = await a_mailing(shop, 2)
    await enlisted(shop, mailing)
    rows = [{"address": "reader1@example.org", "reason": "complained"}]
    await shop.ask("POST", "/api/suppressions/import", {"rows": rows, "dry_run": False})
    [claimed] = await claims.claim(shop.admin, mailing.id)
    assert claimed.address == "reader2@example.org"
    assert await tally(shop, mailing) == Tally(sending=1, skipped={"complained": 1})


async def test_what_its_server_does_not_take_now_waits_and_is_given_up_in_the_end(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claims, "ATTEMPTS_MAX", 2)
    mailing = await a_mailing(shop, 1)
    await enlisted(shop, mailing)
    for attempt, left in ((1, Tally(queued=1)), (2, Tally(failed=1))):
        [one] = await claims.claim(shop.admin, mailing.id)
        assert one.attempt == attempt
        await claims.hand_over(shop.admin, [one])
        await claims.finish(shop.admin, [Outcome(one.id, one.attempt, "queued", "not_now", "451 \x00 later\ud800", wait_s=3600)])
        assert (await tally(shop, mailing), await claims.claim(shop.admin, mailing.id)) == (left, [])
        await pool().execute("UPDATE mailing_sends SET due_at = now() WHERE id = $1", one.id)
    sql = "SELECT reason, detail, settled_at IS NOT NULL FROM mailing_sends WHERE id = $1"
    assert tuple(await pool().fetchrow(sql, one.id)) == ("not_now", "451  later?", True)


async def test_nothing_leaves_before_its_time(shop: Shop) -> None:
    mailing = await a_mailing(shop, 1)
    later = datetime.now(UTC) + timedelta(hours=1)
    await audience.enlist(shop.admin, mailing.id, EVERYBODY, later)
    assert await claims.claim(shop.admin, mailing.id) == []


async def test_one_person_gets_an_entry_once(shop: Shop) -> None:
    mailing = await mailings.begin(shop.admin, "workflow", 1, topic_id=None, mail_kind="transactional")
    contact, now = await shop.contact(), datetime.now(UTC)
    ids = [
        await audience.enlist_one(shop.admin, mailing.id, contact["email"], now, contact_id=contact["id"], entry=entry)
        for entry in ("step 1", "step 1", "step 2")
    ]
    assert (ids[0] == ids[1], ids[0] == ids[2]) == (True, False)
    assert await tally(shop, mailing) == Tally(queued=2)


def test_a_message_id_leads_back_to_its_mail_and_nobody_makes_one_up() -> None:
    known = names.message_id(7, 42, "example.com")
    assert known == names.message_id(7, 42, "example.com")
    assert names.send_of_id(7, f"<{known.upper()}>") == 42
    assert names.send_of_id(8, known) is None
    assert names.send_of_id(7, known.replace(".42.", ".43.")) is None
    assert names.send_of_id(7, f"lacasa-mail.{2**63}.{'0' * 20}@x") is None
