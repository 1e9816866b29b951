"""An inbox that sends by a mail server of its own: it is reached where its name says, in TLS for that name, and what is wrong is said in words."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import msgspec
import pytest

from core import egress
from core.access import system
from core.channels.email import sending
from core.channels.email.servers import actions, queries, reaching
from core.channels.email.servers.structs import Security, SmtpServerInput, SmtpTest, SmtpTestInput
from core.database import pool
from core.errors import Conflict, Forbidden, Invalid, TooManyRequests
from core.settings import settings
from tests.factories import a_member
from tests.mail.gateway import Mailbox, a_mailbox
from tests.mail.office import PASSWORD, USER, Office, an_office, certificates
from tests.mail.sink import Sink
from tests.mail.test_sending import answer, mailbox, sink, tried
from tests.mail.test_threads import came

__all__ = ["mailbox", "sink"]

NAME = "mail.harbour.example"
Names = dict[str, str]
Started = Callable[..., Any]


@pytest.fixture
async def names(monkeypatch: pytest.MonkeyPatch) -> Names:
    """What names stand for, in place of DNS. The network of the tests may be reached."""
    known = {NAME: "127.0.0.1", "other.example": "127.0.0.1"}

    async def looked_up(host: str, port: int, **options: object) -> list[tuple[object, ...]]:
        del options
        if host not in known:
            raise socket.gaierror
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (known[host], port))]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", looked_up, raising=False)
    allowed = msgspec.structs.replace(settings(), egress_networks=("127.0.0.1",))
    monkeypatch.setattr(reaching, "settings", lambda: allowed)
    return known


@pytest.fixture
async def start(names: Names, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Started]:
    """Starts a mail server of this name, whose certificate is signed by an authority that is trusted."""
    del names
    tls, authority = certificates(tmp_path, NAME)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    reaching._tls.cache_clear()
    async with AsyncExitStack() as stack:

        async def started(security: Security = "starttls", *, wants: str = PASSWORD) -> Office:
            office = Office(tls if security == "starttls" else None, wants=wants)
            return await stack.enter_async_context(an_office(office, tls_at_once=tls if security == "tls" else None))

        yield started
    reaching._tls.cache_clear()


def given(office: Office, security: Security = "starttls", **values: Any) -> SmtpServerInput:
    known: dict[str, Any] = {"host": NAME, "port": office.port, "security": security, "username": USER, "password": PASSWORD}
    return SmtpServerInput(**known | values)


async def outcome(mailbox: Mailbox, data: SmtpServerInput | None = None, *, send: bool = False) -> SmtpTest:
    return await actions.test(mailbox.admin, mailbox.inbox_id, SmtpTestInput(data, send))


@pytest.mark.parametrize("security", ["starttls", "tls", "none"])
async def test_mail_of_an_inbox_goes_by_its_own_server_and_no_others(
    mailbox: Mailbox, sink: Sink, start: Started, security: Security
) -> None:
    office = await start(security)
    view = await actions.save(mailbox.admin, mailbox.inbox_id, given(office, security))
    assert view.server
    assert (view.server.host, view.server.has_password) == (NAME, True)
    row = await tried(mailbox, await answer(mailbox, await came(mailbox)))
    assert (row["state"], row["reason"]) == ("sent", "")
    assert [taken.recipients for taken in office.taken] == [["ida@example.org"]]
    assert office.heard == (["EHLO", "STARTTLS", "EHLO", "AUTH"] if security == "starttls" else ["EHLO", "AUTH"])
    other = await a_mailbox(mailbox.admin)
    await tried(other, await answer(other, await came(other)))
    assert (len(office.taken), len(sink.taken)) == (1, 1)
    await actions.remove(mailbox.admin, mailbox.inbox_id)
    await actions.remove(mailbox.admin, mailbox.inbox_id)
    await tried(mailbox, await answer(mailbox, await came(mailbox)))
    assert (len(office.taken), len(sink.taken)) == (1, 2)


async def test_where_the_installation_has_none_an_own_server_is_enough(mailbox: Mailbox, start: Started) -> None:
    office = await start()
    await actions.save(mailbox.admin, mailbox.inbox_id, given(office))
    assert (await tried(mailbox, await answer(mailbox, await came(mailbox))))["state"] == "sent"


async def test_a_server_that_lets_nobody_in_keeps_the_mail_waiting_until_it_is_mended(mailbox: Mailbox, start: Started) -> None:
    office = await start()
    await actions.save(mailbox.admin, mailbox.inbox_id, given(office, password="wrong"))
    sent = await answer(mailbox, await came(mailbox))
    row = await tried(mailbox, sent)
    assert row["state"] == "queued"
    assert row["reason"].startswith("password_refused: 535 5.7.8")
    await actions.save(mailbox.admin, mailbox.inbox_id, given(office))
    assert (await tried(mailbox, sent))["state"] == "sent"


async def test_what_works_is_said_and_nothing_is_sent_unasked(mailbox: Mailbox, start: Started) -> None:
    office = await start()
    found = await outcome(mailbox, given(office))
    assert (found.code, found.tls, found.recipient) == ("works", "TLSv1.3", "")
    assert office.taken == []
    assert await queries.of_inbox(mailbox.admin, mailbox.inbox_id) is None
    found = await outcome(mailbox, given(office), send=True)
    assert found.code == "sent"
    email = await pool().fetchval("SELECT email FROM users WHERE id = $1", mailbox.admin.id)
    [taken] = office.taken
    assert (taken.mail_from, taken.recipients, found.recipient) == (mailbox.address, [email], email)
    assert taken.mail["Auto-Submitted"]


TROUBLES: list[tuple[str, dict[str, Any], str]] = [
    ("name_unknown", {"host": "nobody.example"}, ""),
    ("address_refused", {"host": "inner.example"}, ""),
    ("certificate_name", {"host": "other.example"}, "mismatch"),
    ("password_refused", {"password": "wrong"}, "535 5.7.8"),
    ("not_tls", {"security": "tls"}, ""),
]


@pytest.mark.parametrize(("code", "values", "said"), TROUBLES, ids=[code for code, _, _ in TROUBLES])
async def test_what_is_wrong_is_said(
    mailbox: Mailbox, start: Started, names: Names, code: str, values: dict[str, Any], said: str
) -> None:
    names["inner.example"] = "127.0.0.2"
    office = await start()
    found = await outcome(mailbox, given(office, **values))
    assert (found.code, found.detail) == (code, reaching.SENTENCES[code])
    assert said in found.said


async def test_a_certificate_of_nobodys_authority_is_not_trusted(
    mailbox: Mailbox, start: Started, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    office = await start("tls")
    (tmp_path / "another").mkdir()
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates(tmp_path / "another", NAME)[1]))
    reaching._tls.cache_clear()
    assert (await outcome(mailbox, given(office, "tls"))).code == "certificate_invalid"
    assert office.heard == []


async def test_the_password_is_not_said_where_tls_is_not_offered(mailbox: Mailbox, start: Started) -> None:
    office = await start("none")
    assert (await outcome(mailbox, given(office, "starttls"))).code == "no_starttls"
    assert office.heard == ["EHLO"]


async def test_without_tls_only_to_where_the_operator_allows(
    mailbox: Mailbox, start: Started, names: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = await start("none")
    monkeypatch.setattr(egress, "is_public", lambda address: True)
    names[NAME] = "127.0.0.2"
    assert (await outcome(mailbox, given(office, "none"))).code == "plain_refused"
    assert office.connections == 0


async def test_the_connection_goes_to_the_address_that_was_looked_at(
    mailbox: Mailbox, start: Started, names: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that stands for something else a moment later leads nowhere else."""
    office = await start()
    answers = iter(["127.0.0.1", "127.0.0.2"])

    async def changing(host: str, port: int, **options: object) -> list[tuple[object, ...]]:
        del host, options
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    del names
    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", changing, raising=False)
    assert (await outcome(mailbox, given(office))).code == "works"
    assert next(answers) == "127.0.0.2"


async def test_a_server_that_offers_no_way_to_sign_in_or_is_not_there_or_silent(
    mailbox: Mailbox, start: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = await start(wants="")
    assert (await outcome(mailbox, given(office))).code == "no_auth"
    assert (await outcome(mailbox, given(office, port=1))).code == "unreachable"
    monkeypatch.setattr(actions, "TEST_S", 0.3)

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    async with await asyncio.start_server(silent, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        assert (await outcome(mailbox, given(office, port=port))).code == "timed_out"


async def test_a_test_mail_that_is_refused_is_told(mailbox: Mailbox, start: Started) -> None:
    office = await start()
    office.answers["rcpt"].append("550 not from here")
    found = await outcome(mailbox, given(office), send=True)
    assert (found.code, found.said) == ("refused", "550 not from here")
    office.answers["mail"].append("553 not your address")
    found = await outcome(mailbox, given(office), send=True)
    assert (found.code, found.said) == ("refused", "553 not your address")


async def test_a_password_is_kept_sealed_and_follows_to_no_other_server(mailbox: Mailbox, start: Started) -> None:
    office = await start()
    admin, inbox_id = mailbox.admin, mailbox.inbox_id
    await actions.save(admin, inbox_id, given(office))
    kept = await pool().fetchval("SELECT sealed_password FROM email_servers WHERE inbox_id = $1", inbox_id)
    assert PASSWORD not in kept
    assert PASSWORD not in repr(await queries.of_inbox(admin, inbox_id))
    again = given(office, password=msgspec.UNSET, port=office.port)
    await actions.save(admin, inbox_id, again)
    assert (await outcome(mailbox)).code == "works"
    assert (await outcome(mailbox, again)).code == "works"
    for attempt in (actions.save(admin, inbox_id, given(office, host="other.example", password=msgspec.UNSET)),
                    outcome(mailbox, given(office, host="other.example", password=msgspec.UNSET))):  # fmt: skip
        with pytest.raises(Invalid) as caught:
            await attempt
        assert caught.value.reason == "password_needed"
    told = await pool().fetch("SELECT data::text FROM audit_log WHERE organization_id = $1", admin.organization_id)
    assert [entry for (entry,) in told if PASSWORD in entry or kept in entry] == []
    assert len([entry for (entry,) in told if '"code": "works"' in entry]) == 2
    await actions.save(admin, inbox_id, given(office, username=""))
    view = await queries.view(admin, inbox_id)
    assert view.server
    assert not view.server.has_password


async def test_a_password_that_cannot_be_opened_any_more_keeps_mail_waiting(mailbox: Mailbox, start: Started) -> None:
    office = await start()
    await actions.save(mailbox.admin, mailbox.inbox_id, given(office))
    await pool().execute("UPDATE email_servers SET sealed_password = 'AAAA' WHERE inbox_id = $1", mailbox.inbox_id)
    assert (await outcome(mailbox)).code == "sealed"
    row = await tried(mailbox, await answer(mailbox, await came(mailbox)))
    assert (row["state"], row["reason"]) == ("queued", "sealed")


async def test_only_admins_and_not_too_often(mailbox: Mailbox, start: Started, monkeypatch: pytest.MonkeyPatch) -> None:
    office = await start()
    member = await a_member(mailbox.admin, "agent")
    for attempt in (actions.test(member, mailbox.inbox_id, SmtpTestInput(given(office))), queries.view(member, mailbox.inbox_id)):
        with pytest.raises(Forbidden):
            await attempt
    with pytest.raises(Conflict):
        await outcome(mailbox)
    monkeypatch.setattr(actions, "TESTS", 2)
    for _ in range(2):
        await outcome(mailbox, given(office))
    with pytest.raises(TooManyRequests):
        await outcome(mailbox, given(office))
    assert office.connections == 2


async def test_who_never_answers_a_goodbye_has_the_mail_all_the_same(
    mailbox: Mailbox, start: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = await start()
    over = asyncio.Event()

    async def pause() -> None:
        if office.taken:
            await over.wait()

    monkeypatch.setattr(office, "pause", pause)
    monkeypatch.setattr(reaching, "GOODBYE_S", 0.1)
    await actions.save(mailbox.admin, mailbox.inbox_id, given(office))
    async with asyncio.timeout(5):
        row = await tried(mailbox, await answer(mailbox, await came(mailbox)))
    over.set()
    assert row["state"] == "sent"


async def test_a_name_in_other_letters_is_looked_up_in_ascii(mailbox: Mailbox, start: Started, names: Names) -> None:
    office = await start()
    names["xn--bcher-kva.example"] = "127.0.0.1"
    assert (await outcome(mailbox, given(office, host="Bücher.example."))).code == "certificate_name"
    for host in ("İ" * 253, ".", "\u200b.example"):
        with pytest.raises(Invalid):
            await actions.save(mailbox.admin, mailbox.inbox_id, given(office, host=host))
    names[".example"] = "127.0.0.1"
    assert (await outcome(mailbox, given(office, host=".example"))).code == "unreachable"


async def test_the_background_sends_as_nobody_in_particular(mailbox: Mailbox, start: Started) -> None:
    """A job has no role: it may use a server that it may not look at."""
    office = await start()
    await actions.save(mailbox.admin, mailbox.inbox_id, given(office))
    found = await sending.server_of(system(mailbox.admin.organization_id), mailbox.inbox_id, mailbox.address)
    assert isinstance(found, reaching.Server)
    with pytest.raises(Forbidden):
        await queries.view(system(mailbox.admin.organization_id), mailbox.inbox_id)
