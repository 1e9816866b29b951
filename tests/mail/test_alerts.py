"""An inbox that is silent or failing is told to admins, and one where all is well is not."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.channels.email import alerts, jobs
from core.channels.email.gateway.accept import accept
from core.channels.email.structs import InboxAlert
from core.database import pool
from core.errors import Forbidden
from tests.factories import a_member, an_organization
from tests.mail.gateway import Mailbox, a_mail, a_mailbox
from tests.mail.sink import Sink
from tests.mail.test_sending import answer, sink, tried
from tests.mail.test_threads import came

__all__ = ["sink"]
CAME = """
INSERT INTO inbound_mails (organization_id, inbox_id, way, mail_from, recipient, internet_message_id, digest, size_bytes, content, state, received_at)
SELECT $1, $2, 'lmtp', '', '', '', 'came-' || place, 1, '', 'created', at FROM unnest($3::timestamptz[]) WITH ORDINALITY t (at, place)
"""
WENT = "UPDATE outbound_mails SET state = $2, reason = $3 WHERE message_id = $1"


@pytest.fixture
async def mailbox(connected: Any) -> Mailbox:
    del connected
    return await a_mailbox()


async def told(mailbox: Mailbox) -> list[InboxAlert]:
    return await alerts.of(mailbox.admin)


async def kinds(mailbox: Mailbox) -> list[str]:
    return [alert.kind for alert in await told(mailbox)]


async def heard(mailbox: Mailbox, *ago: timedelta) -> None:
    """Mail came so long ago, each."""
    now = datetime.now(UTC)
    await pool().execute(CAME, mailbox.admin.organization_id, mailbox.inbox_id, [now - one for one in ago])


def every(hours: int, *, since_days: int, until: timedelta) -> list[timedelta]:
    """Back from `until` for as many days."""
    return [until + timedelta(hours=hour) for hour in range(0, since_days * 24, hours)]


async def test_an_inbox_that_is_much_longer_without_mail_than_usual_is_silent(mailbox: Mailbox) -> None:
    await heard(mailbox, *every(8, since_days=27, until=timedelta(hours=35)))
    [alert] = await told(mailbox)
    assert (alert.kind, alert.inbox_id, alert.inbox, alert.count) == ("silent", mailbox.inbox_id, "Post", 0)
    assert abs(datetime.now(UTC) - timedelta(hours=35) - alert.since) < timedelta(minutes=5)
    await accept("lmtp", "ida@example.org", mailbox.address, a_mail())
    assert await told(mailbox) == []


@pytest.mark.parametrize(
    ("why", "ago"),
    [
        ("it is not yet four times as long as usual", every(8, since_days=27, until=timedelta(hours=29))),
        ("it is not yet a day", every(1, since_days=27, until=timedelta(hours=22))),
        ("there is little mail", every(40, since_days=27, until=timedelta(days=15))),
        ("it has not been there for long", every(1, since_days=10, until=timedelta(days=9))),
        ("nothing ever came", []),
        ("weekends are quiet", [one for one in every(6, since_days=27, until=timedelta(hours=80)) if one.days % 7 not in (1, 2)]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_it_is_not_silent_where(mailbox: Mailbox, why: str, ago: list[timedelta]) -> None:
    await heard(mailbox, *ago)
    assert await told(mailbox) == [], why


async def test_one_outage_does_not_hide_the_next(mailbox: Mailbox) -> None:
    usual = every(6, since_days=27, until=timedelta(hours=40))
    await heard(mailbox, *[one for one in usual if not timedelta(days=5) < one < timedelta(days=10)])
    assert await kinds(mailbox) == ["silent"]


async def test_mail_that_could_not_be_read_is_told_until_it_is_read(mailbox: Mailbox) -> None:
    accepted = await accept("lmtp", "ida@example.org", mailbox.address, a_mail())
    assert await told(mailbox) == []
    await pool().execute("UPDATE inbound_mails SET received_at = now() - interval '20 minutes' WHERE id = $1", accepted.mail_id)
    assert [(alert.kind, alert.count) for alert in await told(mailbox)] == [("unread", 1)]
    await jobs.quarantine(mailbox.admin.organization_id, accepted.mail_id)
    assert [(alert.kind, alert.count) for alert in await told(mailbox)] == [("unreadable", 1)]
    await pool().execute("UPDATE inbound_mails SET state = 'received', received_at = now() WHERE id = $1", accepted.mail_id)
    await jobs.understand.function(mailbox.admin.organization_id, accepted.mail_id)
    assert await told(mailbox) == []


async def test_a_mail_server_that_takes_nothing_is_told_in_its_own_words(mailbox: Mailbox, sink: Sink) -> None:
    sink.answers["mail"] += ["421 4.3.2 shutting down"] * 3
    sent = await answer(mailbox, await came(mailbox))
    for _ in range(3):
        await tried(mailbox, sent)
        assert await told(mailbox) == [], "it is tried again within moments"
    await pool().execute(
        "UPDATE outbound_mails SET created_at = now() - interval '11 minutes' WHERE message_id = $1", sent.message.id
    )
    [alert] = await told(mailbox)
    assert (alert.kind, alert.count, alert.words) == ("waiting", 1, "421 4.3.2 shutting down")
    await tried(mailbox, sent)
    assert await told(mailbox) == []


async def test_mails_that_cannot_be_sent_are_told_and_one_dead_address_is_not(mailbox: Mailbox) -> None:
    mail = await came(mailbox)
    sent = [(await answer(mailbox, mail, f"Answer {number}")).message.id for number in range(6)]
    for message in sent[:3]:
        await pool().execute(WENT, message, "sent", "")
    for place, message in enumerate(sent[3:], 1):
        assert await told(mailbox) == []
        await pool().execute(WENT, message, "failed", f"554 no {place}")
    [alert] = await told(mailbox)
    assert (alert.kind, alert.count, alert.words) == ("unsent", 3, "554 no 3")
    await pool().execute(WENT, (await answer(mailbox, mail, "One more")).message.id, "sent", "")
    assert await told(mailbox) == []


async def test_a_mail_that_may_have_been_sent_is_told_for_a_day(mailbox: Mailbox) -> None:
    sent = await answer(mailbox, await came(mailbox))
    await pool().execute(WENT, sent.message.id, "uncertain", "the line went dead")
    assert [(alert.kind, alert.count, alert.words) for alert in await told(mailbox)] == [("uncertain", 1, "the line went dead")]
    await pool().execute(
        "UPDATE outbound_mails SET created_at = now() - interval '25 hours' WHERE message_id = $1", sent.message.id
    )
    assert await told(mailbox) == []


async def test_admins_alone_are_told_and_of_their_own_inboxes(mailbox: Mailbox) -> None:
    sent = await answer(mailbox, await came(mailbox))
    await pool().execute(WENT, sent.message.id, "uncertain", "")
    assert await alerts.of(await an_organization()) == []
    with pytest.raises(Forbidden):
        await alerts.of(await a_member(mailbox.admin))


async def test_each_look_is_a_few_steps_in_an_index(mailbox: Mailbox) -> None:
    """Nobody reads a ledger of millions to draw a badge."""
    await heard(mailbox, *every(1, since_days=27, until=timedelta(hours=30)))
    async with pool().acquire() as connection, connection.transaction():
        await connection.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        plan = "\n".join(
            line for (line,) in await connection.fetch("EXPLAIN " + alerts.ALL.replace("$1", str(mailbox.admin.organization_id)))
        )
    assert "Seq Scan on inbound_mails" not in plan
    assert "Seq Scan on outbound_mails" not in plan
    for index in (
        "inbound_mails_received",
        "inbound_mails_failed",
        "outbound_mails_waiting",
        "outbound_mails_uncertain",
        "outbound_mails_settled",
    ):
        assert index in plan
