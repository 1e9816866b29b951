"""Mail that is fetched by IMAP, from a server that is none of ours."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any
from uuid import uuid4

import pytest

from core.channels.email.fetching import actions, leases, reading, session
from core.channels.email.fetching.fetcher import IDLE_S
from core.channels.email.fetching.leases import LeaseLost
from core.channels.email.gateway import accept
from core.channels.email.names import tagged
from core.database import pool
from core.errors import Unavailable
from core.settings import Settings
from tests.mail.gateway import Mailbox, a_mail, a_mailbox, jobs_of, mails
from tests.mail.imap import Pymap, a_worker, claimed, connect, fetch, row_of, until

DAY = 86_400.0


@pytest.fixture(scope="module")
def server() -> Iterator[Pymap]:
    server = Pymap()
    server.start()
    yield server
    server.stop()


@pytest.fixture(autouse=True)
def _reachable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "settings", lambda: Settings(egress_networks=("127.0.0.0/8",)))


@pytest.fixture
async def mailbox(connected: Any) -> AsyncIterator[Mailbox]:
    del connected
    mailbox = await a_mailbox()
    yield mailbox
    await pool().execute("DELETE FROM email_mailboxes WHERE inbox_id = $1", mailbox.inbox_id)


@pytest.fixture
def folder() -> str:
    return f"Box-{uuid4().hex[:8]}"


async def test_only_new_mail_comes_byte_by_byte_and_is_marked_as_read(mailbox: Mailbox, server: Pymap, folder: str) -> None:
    server.put(folder, a_mail("long ago"), at=time.time() - DAY / 24)
    await connect(mailbox, server, folder)
    assert await fetch(mailbox) is None
    assert await mails(mailbox) == []
    raws = [a_mail(f"Lamp {number} \xe9.", head="Return-Path: <bounces@example.org>") for number in range(3)]
    server.put(folder, *raws)
    assert await fetch(mailbox) is None
    kept = await mails(mailbox)
    assert [row["content"] for row in kept] == raws
    told = [(row["way"], row["mail_from"], row["recipient"], row["state"]) for row in kept]
    assert told == [("imap", "bounces@example.org", mailbox.address, "received")] * 3
    assert [await jobs_of(row["id"]) for row in kept] == [1, 1, 1]
    assert server.flags(folder) == [False, True, True, True]
    now = await row_of(mailbox)
    assert (now["state"], now["error_code"], now["last_fetched_at"] is not None, now["reader"]) == ("well", "", True, "")
    assert await fetch(mailbox) is None
    assert len(await mails(mailbox)) == 3


async def test_new_is_what_came_since_the_settings_were_saved_however_long_it_takes_to_get_in(
    mailbox: Mailbox, server: Pymap, folder: str
) -> None:
    server.put(folder, a_mail("before"), at=time.time() - DAY / 24)
    await connect(mailbox, server, folder)
    server.put(folder, a_mail("meanwhile"))
    assert await fetch(mailbox) is None
    assert [row["content"].splitlines()[-1] for row in await mails(mailbox)] == [b"meanwhile"]
    assert server.flags(folder) == [False, True]


async def test_all_that_is_there_comes_where_that_was_asked_for_once(mailbox: Mailbox, server: Pymap, folder: str) -> None:
    server.put(folder, *(a_mail(f"Lamp {number}") for number in range(4)), at=time.time() - 30 * DAY)
    await connect(mailbox, server, folder)
    assert await fetch(mailbox) is None
    assert await mails(mailbox) == []
    await connect(mailbox, server, folder, start="all")
    for _ in range(2):
        assert await fetch(mailbox) is None
    assert len(await mails(mailbox)) == 4


async def test_what_is_done_moves_to_a_folder_that_is_made_for_it(mailbox: Mailbox, server: Pymap, folder: str) -> None:
    done = f"Erledigt & fertig ü {folder}"
    server.put(folder, a_mail("one"), a_mail("two"))
    await connect(mailbox, server, folder, start="all", done_folder=done)
    assert await fetch(mailbox) is None
    assert (len(await mails(mailbox)), server.flags(f'"{folder}"')) == (2, [])
    assert len(server.flags(wire_name(done))) == 2


def wire_name(name: str) -> str:
    """As `imaplib` wants it, which knows no modified UTF-7."""
    return '"' + name.replace("&", "&-").replace("ü", "&APw-") + '"'


async def test_a_tag_in_our_address_survives(mailbox: Mailbox, server: Pymap, folder: str) -> None:
    address = tagged(mailbox.address, mailbox.admin.organization_id, 42)
    server.put(folder, a_mail(head=f"Cc: Shop <{address.upper()}>"), a_mail(head="Delivered-To: somebody+else@example.net"))
    await connect(mailbox, server, folder, start="all")
    await fetch(mailbox)
    assert [row["recipient"] for row in await mails(mailbox)] == [address, mailbox.address]


async def test_after_a_death_in_between_nothing_is_lost_or_doubled_and_what_was_kept_is_marked(
    mailbox: Mailbox, server: Pymap, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It dies after COMMIT and before the UID is written, then before anything is marked."""
    server.put(folder, *(a_mail(f"Lamp {number}") for number in range(4)))
    await connect(mailbox, server, folder, start="all")
    note = leases.note
    deaths = {"last_uid": 2, "settled_uid": 1}

    async def dies(held: Any, **values: Any) -> None:
        for name in values:
            if "uid_validity" not in values and name in deaths:
                deaths[name] -= 1
                if deaths[name] == 0:
                    raise KeyboardInterrupt
        await note(held, **values)

    monkeypatch.setattr(leases, "note", dies)
    for _ in deaths:
        with pytest.raises(KeyboardInterrupt):
            await fetch(mailbox)
    assert await fetch(mailbox) is None
    assert len(await mails(mailbox)) == 4
    assert server.flags(folder) == [True] * 4


async def test_nothing_is_marked_before_it_is_kept(
    mailbox: Mailbox, server: Pymap, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.put(folder, a_mail("one"), a_mail("two"))
    await connect(mailbox, server, folder, start="all")

    async def away(*_: Any, **__: Any) -> None:
        raise Unavailable

    with monkeypatch.context() as patch:
        patch.setattr(accept, "accept", away)
        with pytest.raises(Unavailable):
            await fetch(mailbox)
    assert (await mails(mailbox), server.flags(folder)) == ([], [False, False])
    assert await fetch(mailbox) is None
    assert len(await mails(mailbox)) == 2


async def test_a_folder_that_is_numbered_anew_is_read_from_its_beginning_and_adds_nothing_twice(
    mailbox: Mailbox, server: Pymap, folder: str
) -> None:
    """What is older than the mailbox stays out, as it did the first time."""
    other = Pymap()
    other.start()
    try:
        other.put(folder, a_mail("long ago"), at=time.time() - 30 * DAY)
        await connect(mailbox, other, folder)
        await fetch(mailbox)
        known = a_mail("known")
        other.put(folder, known)
        await fetch(mailbox)
        before = await row_of(mailbox)
        other.stop()
        other.start()
        other.put(folder, a_mail("long ago"), at=time.time() - 30 * DAY)
        other.put(folder, known, a_mail("new"))
        assert await fetch(mailbox) is None
        now = await row_of(mailbox)
        assert now["uid_validity"] != before["uid_validity"]
        assert [row["content"].splitlines()[-1] for row in await mails(mailbox)] == [b"known", b"new"]
        assert other.flags(folder) == [False, True, True]
    finally:
        other.stop()


async def test_a_mail_that_we_cannot_keep_holds_up_no_other_and_is_put_aside_after_five_attempts(
    mailbox: Mailbox, server: Pymap, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.put(folder, a_mail("one"), a_mail("poison"), a_mail("three"))
    await connect(mailbox, server, folder, start="all")
    keep = accept.accept

    async def fails(way: Any, mail_from: str, recipient: str, raw: bytes, **more: Any) -> Any:
        if b"poison" in raw:
            raise ArithmeticError
        return await keep(way, mail_from, recipient, raw, **more)

    monkeypatch.setattr(accept, "accept", fails)
    wrong = await fetch(mailbox)
    assert (wrong.code if wrong else "") == "mail"
    assert ([row["subject"] for row in await mails(mailbox)], server.flags(folder)) == (["A lamp"] * 2, [True, False, True])
    for _ in range(reading.ATTEMPTS):
        await fetch(mailbox)
    aside = (await mails(mailbox))[-1]
    assert (aside["state"], aside["reason"], len(await mails(mailbox))) == ("quarantined", "unfetchable", 3)
    assert await fetch(mailbox) is None
    assert (await row_of(mailbox))["missed"] == {}


async def test_a_mail_that_we_could_not_keep_comes_when_that_is_mended(
    mailbox: Mailbox, server: Pymap, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.put(folder, a_mail("poison"), a_mail("two"))
    await connect(mailbox, server, folder, start="all")

    async def fails(*_: Any, **__: Any) -> None:
        raise ArithmeticError

    with monkeypatch.context() as patch:
        patch.setattr(accept, "accept", fails)
        await fetch(mailbox)
    assert (await mails(mailbox), server.flags(folder)) == ([], [False, False])
    assert await fetch(mailbox) is None
    assert (len(await mails(mailbox)), server.flags(folder), (await row_of(mailbox))["missed"]) == (2, [True, True], {})


async def test_a_mail_that_is_too_large_is_told_of_by_its_header_and_stays_unread(
    mailbox: Mailbox, server: Pymap, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading.errors, "limit_bytes", lambda: 2000)
    raw = a_mail("x" * 3000, message_id="<large@example.org>")
    server.put(folder, a_mail("one"), raw, a_mail("three"))
    await connect(mailbox, server, folder, start="all")
    assert await fetch(mailbox) is None
    one, large, three = await mails(mailbox)
    told = (large["state"], large["reason"], large["size_bytes"], large["subject"], large["internet_message_id"])
    assert told == ("quarantined", "over_size", len(raw), "A lamp", "<large@example.org>")
    assert large["content"] == raw.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
    assert (one["state"], three["state"], server.flags(folder)) == ("received", "received", [True, False, True])


async def test_a_mailbox_has_one_reader_whose_word_ends_with_its_lease(mailbox: Mailbox, server: Pymap, folder: str) -> None:
    await connect(mailbox, server, folder)
    first = await claimed(mailbox, "first")
    assert mailbox.inbox_id not in {held.inbox_id for held in await leases.claim("second", 1000, [])}
    assert first.id in await leases.renew("first", [first.id])
    assert await leases.renew("second", [first.id]) == set()
    second = await claimed(mailbox, "second")
    with pytest.raises(LeaseLost):
        await leases.note(first, last_uid=99)
    await leases.failed(first, "slow", "")
    await leases.release(first, 0)
    now = await row_of(mailbox)
    assert (now["reader"], now["state"], now["last_uid"]) == ("second", "waiting", 0)
    await connect(mailbox, server, folder)
    with pytest.raises(LeaseLost):
        await leases.looked(second, None)


async def test_a_worker_hears_of_new_mail_at_once_and_gives_its_mailboxes_back(
    mailbox: Mailbox, server: Pymap, folder: str
) -> None:
    server.put(folder)
    await connect(mailbox, server, folder)
    async with a_worker():
        await until(lambda: looked(mailbox))
        server.put(folder, a_mail("now"))
        await until(lambda: mails(mailbox), IDLE_S / 2)
        assert (await row_of(mailbox))["reader"] != ""
    now = await row_of(mailbox)
    assert (now["reader"], now["lease_until"]) == ("", None)


async def test_who_is_no_longer_wanted_is_not_read_any_more(mailbox: Mailbox, server: Pymap, folder: str) -> None:
    server.put(folder)
    await connect(mailbox, server, folder)
    async with a_worker():
        await until(lambda: looked(mailbox))
        await actions.remove(mailbox.admin, mailbox.inbox_id)
        await asyncio.sleep(leases.LEASE_S / 3 + 2)
        server.put(folder, a_mail("too late"))
        await asyncio.sleep(1)
        assert await mails(mailbox) == []


async def looked(mailbox: Mailbox) -> bool:
    return (await row_of(mailbox))["last_fetched_at"] is not None
