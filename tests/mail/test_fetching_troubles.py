"""IMAP servers that refuse, stall, lie and hang up: what is said of it, and what it costs others."""

import asyncio
import base64
import json
import tracemalloc
from collections.abc import AsyncIterator
from typing import Any

import pytest

from core import egress
from core.access import system
from core.channels.email.fetching import actions, leases, oauth, reading, session, wire
from core.channels.email.fetching.session import between, spans
from core.channels.email.fetching.structs import MailboxTest, Secrets
from core.channels.email.fetching.troubles import Trouble
from core.database import pool
from core.errors import Forbidden, Invalid, NotFound, TooManyRequests
from core.settings import Settings
from tests.factories import a_member, an_inbox, an_organization
from tests.mail.gateway import Mailbox, a_mail, a_mailbox, mails
from tests.mail.imap import PASSWORD, Scripted, a_worker, an_input, connect, fetch, row_of, scripted, until


@pytest.fixture(autouse=True)
def _reachable(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (session, oauth, egress):
        monkeypatch.setattr(module, "settings", lambda: Settings(egress_networks=("127.0.0.0/8",)))
    monkeypatch.setattr(wire, "CLOSE_S", 0.2)


@pytest.fixture
async def mailbox(connected: Any) -> AsyncIterator[Mailbox]:
    del connected
    mailbox = await a_mailbox()
    yield mailbox
    await pool().execute("DELETE FROM email_mailboxes WHERE organization_id = $1", mailbox.admin.organization_id)


@pytest.fixture
async def server() -> AsyncIterator[Scripted]:
    async with scripted() as server:
        yield server


async def is_state(mailbox: Mailbox, state: str) -> bool:
    return bool((await row_of(mailbox))["state"] == state)


async def is_settled(mailbox: Mailbox, uid: int) -> bool:
    return bool((await row_of(mailbox))["settled_uid"] == uid)


async def tried(mailbox: Mailbox, server: Scripted, **more: Any) -> MailboxTest:
    return await actions.test(mailbox.admin, mailbox.inbox_id, an_input(server, **more))


async def test_trying_tells_what_is_wrong_and_never_the_password(
    mailbox: Mailbox, server: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await tried(mailbox, server) == MailboxTest("", "", 0, False)
    server.says = {"LOGIN": f"NO [AUTHENTICATIONFAILED] {PASSWORD} is wrong"}
    assert await tried(mailbox, server) == MailboxTest("sign_in", "NO [AUTHENTICATIONFAILED] … is wrong")
    server.says = {"LOGIN": "NO [UNAVAILABLE] later"}
    assert (await tried(mailbox, server)).error_code == "server"
    server.says = {"SELECT": "NO no such folder"}
    assert await tried(mailbox, server, folder="Nowhere") == MailboxTest("folder", "NO no such folder")
    server.says = {"SELECT": "OK [READ-ONLY] look"}
    assert (await tried(mailbox, server)).error_code == "read_only"
    server.says = {"STARTTLS": "BAD what"}
    assert (await tried(mailbox, server, security="starttls")).error_code == "no_tls"
    server.says = {}
    assert (await tried(mailbox, server, security="tls")).error_code == "tls"
    server.greeting = b"220 mail.example.com ESMTP\r\n"
    assert await tried(mailbox, server) == MailboxTest("protocol", "220 mail.example.com ESMTP")
    await pool().execute("DELETE FROM throttles")
    server.greeting = b"* BYE too many of you\r\n"
    assert (await tried(mailbox, server)).error_code == "server"
    server.greeting = b""
    monkeypatch.setattr(session, "CONNECT_S", 0.2)
    assert (await tried(mailbox, server)).error_code == "slow"
    assert (await tried(mailbox, server, host="no-such-host.invalid")).error_code == "address"
    assert (await tried(mailbox, server, host="10.1.2.3")).error_code == "address"
    server.port = 1
    assert (await tried(mailbox, server)).error_code == "unreachable"


async def test_trying_is_limited(mailbox: Mailbox, server: Scripted) -> None:
    for _ in range(actions.TESTS_MAX):
        await tried(mailbox, server)
    with pytest.raises(TooManyRequests):
        await tried(mailbox, server)


async def test_a_password_never_crosses_the_internet_in_the_clear(mailbox: Mailbox, server: Scripted) -> None:
    assert (await tried(mailbox, server, host="192.0.1.1")).error_code == "in_clear"
    door = session.Door("192.0.1.1", 143, "none", "ida", "oauth2", "http://192.0.1.1/token", "lacasa", Secrets(refresh_token="r"))
    with pytest.raises(Trouble, match="in_clear"):
        async with session.entered(door):
            raise AssertionError


@pytest.mark.parametrize(
    "token_url", ["https://[x/token", "http://127.0.0.1:99999/token", "https://127.0.0.1:9x/token", "http://:80/"]
)
async def test_an_address_that_is_none_is_told_as_such(mailbox: Mailbox, server: Scripted, token_url: str) -> None:
    found = await tried(mailbox, server, sign_in="oauth2", token_url=token_url, client_id="lacasa", refresh_token="r")
    assert found.error_code in {"token", "in_clear"}


async def test_a_head_in_pieces_without_an_end_takes_bounded_memory(mailbox: Mailbox, server: Scripted) -> None:
    given: list[int] = []

    async def pieces(writer: asyncio.StreamWriter, tag: str) -> None:
        writer.write(b"* 1 FETCH (UID 1")
        for _ in range(40):
            writer.write(b" BODY[HEADER]<0> {65536}\r\n" + b"x" * 65536)
            await writer.drain()
            given.append(65536)
        writer.write(f")\r\n{tag} OK done\r\n".encode())

    server.mails, server.says = {1: a_mail()}, {"UID FETCH 1 (UID BODY.PEEK[HEADER]": pieces}
    door = session.Door("127.0.0.1", server.port, "none", "ida", "password", "", "", Secrets(password=PASSWORD))
    async with session.entered(door) as inside:
        await inside.select("INBOX")
        tracemalloc.start()
        await inside.head(1)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert len(given) == 40
    assert most < 20 * 65536


async def test_words_between_starttls_and_tls_are_not_believed(mailbox: Mailbox, server: Scripted) -> None:
    async def early(writer: asyncio.StreamWriter, tag: str) -> None:
        writer.write(f"{tag} OK begin\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n".encode())

    server.says = {"STARTTLS": early}
    assert (await tried(mailbox, server, security="starttls")).error_code == "protocol"
    assert server.heard == ["STARTTLS"] or server.heard == ["STARTTLS", "LOGOUT"]


async def test_only_admins_of_the_organization_have_to_do_with_it(mailbox: Mailbox, server: Scripted) -> None:
    await connect(mailbox, server)
    stranger, data = await an_organization(), an_input(server)
    for refused in (
        actions.save(stranger, mailbox.inbox_id, data),
        actions.test(stranger, mailbox.inbox_id, data),
        actions.remove(stranger, mailbox.inbox_id),
        actions.save(mailbox.admin, (await an_inbox(mailbox.admin)).id, data),
    ):
        with pytest.raises(NotFound):
            await refused
    with pytest.raises(Forbidden):
        await actions.test(await a_member(mailbox.admin, "user"), mailbox.inbox_id, data)


async def test_secrets_are_sealed_and_follow_to_no_other_server(mailbox: Mailbox, server: Scripted) -> None:
    await connect(mailbox, server)
    assert PASSWORD not in str(await row_of(mailbox))
    without = {"host": "127.0.0.1", "port": server.port, "security": "none", "username": "ida"}
    for changed in (
        {"host": "127.0.0.2"},
        {"port": 144},
        {"username": "ben"},
        {"sign_in": "oauth2", "token_url": "http://127.0.0.1/", "client_id": "x"},
    ):
        with pytest.raises(Invalid) as refused:
            await actions.save(mailbox.admin, mailbox.inbox_id, type(an_input(server))(**(without | changed)))
        assert refused.value.reason == "secret_needed"
    kept = await actions.save(mailbox.admin, mailbox.inbox_id, type(an_input(server))(**without, folder="Other"))
    assert (kept.has_secret, kept.folder) == (True, "Other")
    with pytest.raises(Trouble, match="sealed"):
        leases.unsealed(system(mailbox.admin.organization_id + 1), (await row_of(mailbox))["sealed"])
    with pytest.raises(Invalid) as refused:
        await actions.save(mailbox.admin, mailbox.inbox_id, an_input(server, done_folder="inbox"))
    assert refused.value.reason == "same_folder"


async def test_trouble_is_told_and_tried_again_later_and_later(mailbox: Mailbox, server: Scripted) -> None:
    server.says = {"LOGIN": "NO wrong"}
    await connect(mailbox, server)
    with pytest.raises(Trouble):
        await fetch(mailbox)
    pauses = [leases.backoff_s(count, leases.MOST_S) for count in range(30)]
    assert all(7 <= pause <= 900 for pause in pauses)
    assert pauses[3] > pauses[0]
    async with a_worker():
        await pool().execute("UPDATE email_mailboxes SET next_at = now(), lease_until = NULL WHERE inbox_id = $1", mailbox.inbox_id)
        await until(lambda: is_state(mailbox, "failing"))
    now = await row_of(mailbox)
    assert (now["error_code"], now["error"], now["failed_rounds"], now["reader"]) == ("sign_in", "NO wrong", 1, "")
    server.says = {}
    await fetch(mailbox)
    now = await row_of(mailbox)
    assert (now["state"], now["error_code"], now["error"], now["failed_rounds"]) == ("well", "", "", 0)


async def test_a_stalled_server_keeps_no_other_mailbox_waiting(mailbox: Mailbox, server: Scripted) -> None:
    other, enough = await a_mailbox(mailbox.admin), asyncio.Event()

    async def stall(*_: Any) -> None:
        await enough.wait()

    async with scripted() as slow:
        slow.says = {"LOGIN": stall}
        await connect(mailbox, slow)
        server.mails = {1: a_mail()}
        await connect(other, server, start="all")
        async with a_worker():
            await until(lambda: mails(other))
        enough.set()


@pytest.mark.parametrize(("lines", "said"), [(1, "NO cannot read"), (1, "OK that was it"), (200, "NO cannot read")])
async def test_a_mail_that_the_server_does_not_give_holds_up_no_other(
    mailbox: Mailbox, server: Scripted, monkeypatch: pytest.MonkeyPatch, lines: int, said: str
) -> None:
    """Nor does one that it says it gives, nor one that is too large, whose header it does not give."""
    monkeypatch.setattr(reading.errors, "limit_bytes", lambda: 2000)
    server.mails = {3: a_mail("three"), 5: a_mail("My lamp is dark.\n" * lines), 9: a_mail("nine")}
    server.says = {"UID FETCH 5 (UID BODY.PEEK[": said}
    await connect(mailbox, server, start="all")
    for _ in range(reading.ATTEMPTS + 1):
        await fetch(mailbox)
    assert [(row["state"], row["reason"]) for row in await mails(mailbox)] == [("received", "")] * 2 + [
        ("quarantined", "unfetchable")
    ]
    assert server.seen == {3, 9}


async def test_whoever_is_far_behind_does_not_pause_and_says_how_far_it_is(
    mailbox: Mailbox, server: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "AT_ONCE", 2)
    monkeypatch.setattr(reading, "ROUND", 4)
    server.mails = {number: a_mail(f"Lamp {number}") for number in range(1, 12)}
    looked, told = leases.looked, list[int]()

    async def counted(held: Any, wrong: Any) -> None:
        told.append(held.last_uid)
        await looked(held, wrong)

    monkeypatch.setattr(leases, "looked", counted)
    await connect(mailbox, server, start="all")
    async with a_worker():
        await until(lambda: is_state(mailbox, "well"))
        await until(lambda: is_settled(mailbox, 11), 40)
    assert told[:3] == [4, 8, 11]
    assert server.seen == set(server.mails)


async def test_a_mail_at_which_the_server_hangs_up_is_tried_again_after_the_others(mailbox: Mailbox, server: Scripted) -> None:
    async def hang_up(*_: Any) -> None:
        raise ConnectionError

    server.mails = {number: a_mail(f"Lamp {number}") for number in (3, 5, 9)}
    server.says = {"UID FETCH 5 (UID BODY.PEEK[]": hang_up}
    await connect(mailbox, server, start="all")
    for _ in range(2):
        with pytest.raises(Trouble, match="gone"):
            await fetch(mailbox)
    assert len(await mails(mailbox)) == 2
    server.says = {}
    assert await fetch(mailbox) is None
    assert len(await mails(mailbox)) == 3
    assert server.seen == {3, 5, 9}


async def test_a_server_that_gives_no_mail_at_all_has_none_put_aside(
    mailbox: Mailbox, server: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MISSED_MAX", 3)
    server.mails = {number: a_mail(f"Lamp {number}") for number in range(1, 9)}
    server.says = {f"UID FETCH {number} (UID BODY.PEEK[]": "NO not now" for number in server.mails}
    await connect(mailbox, server, start="all")
    for _ in range(9):
        with pytest.raises(Trouble, match="mail"):
            await fetch(mailbox)
    assert (await row_of(mailbox))["last_uid"] == 3
    server.says = {}
    assert await fetch(mailbox) is None
    assert len(await mails(mailbox)) == 8


async def test_what_a_server_says_takes_bounded_memory(mailbox: Mailbox, server: Scripted, monkeypatch: pytest.MonkeyPatch) -> None:
    async def endless(writer: asyncio.StreamWriter, tag: str) -> None:
        del tag
        for _ in range(2000):
            writer.write(b"* OK " + b"and more of that " * 1600 + b"\r\n")
            await writer.drain()

    async def huge(writer: asyncio.StreamWriter, tag: str) -> None:
        writer.write(f"* 1 FETCH (UID 1 BODY[] {{9000000000}}\r\n{tag} OK\r\n".encode())

    server.says = {"SELECT": endless}
    assert (await tried(mailbox, server)).error_code == "protocol"
    server.mails = {1: a_mail()}
    server.says = {"UID FETCH 1 (UID RFC822.SIZE": huge}
    await connect(mailbox, server, start="all")
    with pytest.raises(Trouble, match="protocol"):
        await fetch(mailbox)
    monkeypatch.setattr(session, "MAIL_S", 0.5)
    server.says = {"UID FETCH 1 (UID BODY": huge}
    with pytest.raises(Trouble, match="slow"):
        await fetch(mailbox)
    server.says = {}
    assert await fetch(mailbox) is None
    assert len(await mails(mailbox)) == 1


async def test_a_mail_that_is_larger_than_its_server_said_is_told_of(
    mailbox: Mailbox, server: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading.errors, "limit_bytes", lambda: 2000)
    monkeypatch.setattr("core.channels.email.gateway.room.errors.limit_bytes", lambda: 2000)

    async def small(writer: asyncio.StreamWriter, tag: str) -> None:
        writer.write(f"* 1 FETCH (UID 1 RFC822.SIZE 10)\r\n* 2 FETCH (UID 2 RFC822.SIZE 10)\r\n{tag} OK\r\n".encode())

    server.mails = {1: a_mail("x" * 5000), 2: a_mail("two")}
    server.says = {"UID FETCH 1:2 (UID RFC822.SIZE": small}
    await connect(mailbox, server, start="all")
    assert await fetch(mailbox) is None
    assert [row["reason"] for row in await mails(mailbox)] == ["over_size", ""]
    assert server.seen == {2}


async def test_by_oauth_a_refresh_token_becomes_an_access_token_and_a_new_one_is_kept(mailbox: Mailbox, server: Scripted) -> None:
    asked: list[bytes] = []
    answers = [
        (200, {"access_token": "access-1", "expires_in": "3600", "refresh_token": "refresh-2"}),
        (400, {"error": "invalid_grant"}),
    ]

    async def grant(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        size = next(int(line.split()[1]) for line in head.splitlines() if line.lower().startswith(b"content-length"))
        asked.append(await reader.readexactly(size))
        status, told = answers[min(len(asked), 2) - 1]
        body = json.dumps(told).encode()
        writer.write(b"HTTP/1.1 %d X\r\ncontent-length: %d\r\n\r\n%b" % (status, len(body), body))
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(grant, "127.0.0.1", 0) as tokens:
        url = f"http://127.0.0.1:{tokens.sockets[0].getsockname()[1]}/token"
        await connect(
            mailbox, server, sign_in="oauth2", token_url=url, client_id="lacasa", client_secret="hush", refresh_token="r" * 1500
        )
        async with a_worker():
            await until(lambda: is_state(mailbox, "well"))
        assert b"grant_type=refresh_token" in asked[0]
        assert b"client_secret=hush" in asked[0]
        said = base64.b64decode(server.heard[server.heard.index("AUTHENTICATE XOAUTH2") + 1])
        assert said == b"user=ida\x01auth=Bearer access-1\x01\x01"
        row = await row_of(mailbox)
        actor = system(mailbox.admin.organization_id)
        assert leases.unsealed(actor, row["sealed"]) == Secrets(client_secret="hush", refresh_token="refresh-2")
        assert await fetch(mailbox) is None
        assert len(asked) == 1, "an access token is used until its time is up"
        server.says = {"AUTHENTICATE": "NO expired"}
        with pytest.raises(Trouble, match="sign_in"):
            await fetch(mailbox)
        with pytest.raises(Trouble, match="token"):
            await fetch(mailbox)
        tokens.close()


def test_sets_of_mails_and_names_of_folders_are_spelled_as_servers_want_them() -> None:
    assert spans([5, 3, 4, 9, 9]) == "3:5,9"
    assert between(2, 9, [5, 6, 9, 40]) == "3:4,7:8"
    assert between(2, 2, []) == ""
    assert between(2, 3, [3]) == ""
    assert wire.folder("Entw\u00fcrfe & \u53f0\u5317") == '"Entw&APw-rfe &- &U,BTFw-"'
    assert wire.folder('a "b"\\c') == '"a \\"b\\"\\\\c"'
    assert wire.quoted("p\u00e4ss") == "p\u00e4ss".encode()


def test_what_a_fetch_says_is_read_in_any_order() -> None:
    answer = wire.Response(
        [b'* 4 FETCH (FLAGS (\\Seen "x" (y)) INTERNALDATE " 7-Nov-2026 03:04:05 -0500" BODY[] ', b" RFC822.SIZE 12 UID 7)"],
        [b"NIL) UID 9"],
    )
    told = wire.fetched(answer)
    assert told == {"INTERNALDATE": b" 7-Nov-2026 03:04:05 -0500", "BODY[]": b"NIL) UID 9", "RFC822.SIZE": b"12", "UID": b"7"}
    assert str(session._date(told["INTERNALDATE"])) == "2026-11-07 08:04:05+00:00"
    assert wire.fetched(wire.Response([b"* 4 FETCH (UID 7 BODY[] NIL)"], [])) == {"UID": b"7", "BODY[]": None}
    assert wire.fetched(wire.Response([b"* 4 EXISTS"], [])) is None
