"""The mail that asks for a confirmation: one per wish, by the ledger of mailings, whatever its server does."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import pytest

from core.channels.email import alerts, confirming, jobs, sending, smtp
from core.channels.email.subscribers import ask_by_mail
from core.consent.events import ConsentChanged
from core.database import pool
from core.mailing.actions import claims
from tests.consent.people import Shop, a_shop, path
from tests.factories import an_address
from tests.mail.gateway import Mailbox, a_mailbox
from tests.mail.sink import DROP, Sink
from tests.mail.test_bounces import COMPLAINT, about
from tests.mail.test_sending import sink
from tests.mail.test_understanding import whole

__all__ = ["sink"]
PENDING = """
SELECT id, address_id, topic_id FROM consent_entries WHERE organization_id = $1 AND state = 'pending' ORDER BY id
"""
SENDS = "SELECT state, reason FROM mailing_sends WHERE organization_id = $1 ORDER BY id"
MAILINGS = "SELECT id FROM mailings WHERE organization_id = $1 AND kind = 'confirmation' ORDER BY id"


@pytest.fixture
async def shop(connected: Any) -> AsyncIterator[Shop]:
    del connected
    async with a_shop() as shop:
        yield shop


async def told(shop: Shop) -> None:
    """The event log tells all wishes, twice, as it may; then the jobs run."""
    for entry_id, address_id, topic_id in await pool().fetch(PENDING, shop.admin.organization_id):
        event = ConsentChanged(
            organization_id=shop.admin.organization_id, address_id=address_id, topic_id=topic_id, entry_id=entry_id, state="pending",
            source="form", contact_ids=(), by=shop.admin.ref,
        )  # fmt: skip
        for _ in range(2):
            await ask_by_mail.function(event)
    await tried(shop)


async def tried(shop: Shop) -> None:
    await pool().execute("UPDATE mailing_sends SET due_at = now() WHERE organization_id = $1", shop.admin.organization_id)
    for (mailing_id,) in await pool().fetch(MAILINGS, shop.admin.organization_id):
        with suppress(sending.NotNow):  # the ledger of jobs tries again
            await jobs.ask_to_confirm.function(shop.admin.organization_id, mailing_id)


async def states(shop: Shop) -> list[tuple[str, str]]:
    return [tuple(row) for row in await pool().fetch(SENDS, shop.admin.organization_id)]


async def wished(shop: Shop, **headers: str) -> tuple[str, Any, Mailbox]:
    """Somebody signs up for a topic of an organization that has an e-mail inbox."""
    mailbox = await a_mailbox(shop.admin)
    topic, email = await shop.topic(inbox_id=mailbox.inbox_id), an_address()
    await shop.http.post(path(topic["form"]), data={"email": email}, headers=headers)
    return email, topic, mailbox


async def test_the_link_in_the_mail_confirms(shop: Shop, sink: Sink) -> None:
    email, topic, mailbox = await wished(shop)
    await told(shop)
    [taken] = sink.taken
    assert (taken.mail_from, taken.recipients, taken.mail["Auto-Submitted"]) == (mailbox.address, [email], "auto-replied")
    assert topic["name"] in taken.mail["Subject"]
    assert taken.mail["List-Unsubscribe"] is None, "there is nothing yet that could end"
    body = taken.mail.get_body(("plain",))
    assert body
    link = next(word for word in str(body.get_content()).split() if "/mail/confirm/" in word)
    assert (await shop.http.post(path(link))).status_code == 200
    assert await shop.why_not(email, topic) is None
    assert await states(shop) == [("sent", "")]
    await told(shop)
    assert len(sink.taken) == 1


async def test_it_is_in_the_language_of_whoever_signed_up(shop: Shop, sink: Sink) -> None:
    await wished(shop, **{"Accept-Language": "ar"})
    await told(shop)
    assert "يرجى التأكيد" in str(sink.taken[0].mail["Subject"])


async def test_who_has_answered_meanwhile_is_not_asked(shop: Shop, sink: Sink) -> None:
    email, _, _ = await wished(shop)
    await shop.http.post(await shop.asked(email))
    await told(shop)
    assert (sink.taken, await states(shop)) == ([], [("skipped", "outdated")])


async def test_a_dead_address_is_not_asked(shop: Shop, sink: Sink) -> None:
    email, _, _ = await wished(shop)
    rows = [{"address": email, "reason": "bounced"}]
    await shop.ask("POST", "/api/suppressions/import", {"rows": rows, "dry_run": False})
    await told(shop)
    assert (sink.taken, await states(shop)) == ([], [("skipped", "bounced")])


async def test_a_server_that_is_busy_is_asked_again(shop: Shop, sink: Sink) -> None:
    await wished(shop)
    sink.answers["mail"].append("421 later")
    await told(shop)
    assert await states(shop) == [("queued", "")]
    await tried(shop)
    assert (len(sink.taken), await states(shop)) == (1, [("sent", "")])


@pytest.mark.parametrize(
    ("stage", "said", "state"), [("end", DROP, ("uncertain", "unknown")), ("rcpt", "550 no", ("failed", "refused"))]
)
async def test_what_may_have_gone_out_is_not_sent_again(
    shop: Shop, sink: Sink, stage: str, said: str, state: tuple[str, str]
) -> None:
    await wished(shop)
    sink.answers[stage].append(said)
    await told(shop)
    await tried(shop)
    assert (sink.taken, await states(shop)) == ([], [state])


async def test_a_report_about_it_holds_the_address_back_and_nobody_elses(shop: Shop, sink: Sink) -> None:
    email, topic, mailbox = await wished(shop)
    await told(shop)
    known = str(sink.taken[0].mail["Message-ID"])
    for recipient in (an_address(), email):
        await whole(mailbox, about(mailbox, known, recipient=recipient), "")
    assert await states(shop) == [("sent", "bounced")]
    assert await shop.why_not(email, topic) == "bounced"
    assert (await shop.ask("GET", "/api/suppressions"))["items"][0]["evidence"]["message_id"] == known.strip("<>")
    await whole(mailbox, COMPLAINT.format(to=mailbox.address, recipient=email, known=known).encode(), "")
    assert await states(shop) == [("sent", "complained")]
    assert [one["reason"] for one in (await shop.ask("GET", "/api/suppressions"))["items"]] == ["complained", "bounced"]


async def test_without_an_e_mail_inbox_the_ledger_says_why(shop: Shop, sink: Sink) -> None:
    topic = await shop.topic()
    await shop.http.post(path(topic["form"]), data={"email": an_address()})
    await told(shop)
    assert (sink.taken, await states(shop)) == ([], [("failed", "no_mail_inbox")])


async def test_who_hands_one_over_for_long_keeps_it_and_leaves_the_others_to_others(
    shop: Shop, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, topic, _ = await wished(shop)
    await shop.http.post(path(topic["form"]), data={"email": an_address()})
    monkeypatch.setattr(confirming, "RENEW_S", 0.1)
    meanwhile: list[list[tuple[str, str]]] = []
    sent: list[str] = []

    async def slow(_server: Any, _sender: str, recipients: list[str], _raw: bytes, about_to: Any) -> smtp.Sent:
        assert await about_to()
        await pool().execute("UPDATE mailing_sends SET claimed_until = now() + interval '0.3 s' WHERE state = 'sending'")
        await asyncio.sleep(0.6)
        if not meanwhile:
            [(mailing_id,)] = await pool().fetch(MAILINGS, shop.admin.organization_id)
            [other] = await claims.claim(shop.admin, mailing_id)
            meanwhile.append(await states(shop))
            await claims.release(shop.admin, [other])
        sent.extend(recipients)
        return smtp.Sent("sent")

    monkeypatch.setattr(smtp, "send", slow)
    await told(shop)
    assert meanwhile == [[("sending", ""), ("sending", "")]], "what was being sent was not taken back, and the other one was free"
    assert (sink.taken, len(set(sent)), len(sent), await states(shop)) == ([], 2, 2, [("sent", "")] * 2)


async def test_a_job_begins_no_mail_for_which_it_has_no_time(shop: Shop, sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    await wished(shop)
    monkeypatch.setattr(confirming, "SENDING_S", -1.0)
    await told(shop)
    assert (sink.taken, await states(shop)) == ([], [("queued", "")])
    monkeypatch.setattr(confirming, "SENDING_S", 60.0)
    await tried(shop)
    assert await states(shop) == [("sent", "")]


async def test_admins_are_told_when_the_mail_server_takes_none_of_them(shop: Shop, sink: Sink) -> None:
    _, _, mailbox = await wished(shop)
    sink.answers["mail"] += ["421 4.3.2 shutting down"] * 3
    await told(shop)
    for _ in range(2):
        assert await alerts.of(shop.admin) == [], "it is tried again within moments"
        await tried(shop)
    await pool().execute(
        "UPDATE mailing_sends SET created_at = now() - interval '11 minutes' WHERE organization_id = $1", shop.admin.organization_id
    )
    [alert] = await alerts.of(shop.admin)
    assert (alert.kind, alert.inbox_id, alert.count, alert.words) == ("asking", mailbox.inbox_id, 1, "421 4.3.2 shutting down")
    await tried(shop)
    assert await alerts.of(shop.admin) == []
