"""Fetching over TLS: the connection goes to the address that was looked at, and the certificate is for the name that was typed."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from core import egress
from core.channels.email.fetching import session, wire
from core.channels.email.fetching.session import Door
from core.channels.email.fetching.structs import Secrets, Security
from core.channels.email.fetching.troubles import Trouble
from tests.mail.gateway import a_mail
from tests.mail.imap import PASSWORD, USER, Scripted

HOST, OTHER = "imap.example.com", "other.example.com"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of `HOST`, with its key; it vouches for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(7)
    made = made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    path = tmp_path_factory.mktemp("tls") / "certificate.pem"
    path.write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain) + made.sign(key, hashes.SHA256()).public_bytes(pem)
    )
    return path


@pytest.fixture
def serving(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """The server's side; ours trusts the certificate, and all names stand for this machine."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    monkeypatch.setattr(wire, "trusted", lambda: ssl.create_default_context(cafile=str(certificate)))

    async def here(host: str, port: int, also: Sequence[Any] = ()) -> str:
        del host, port, also
        return "127.0.0.1"

    monkeypatch.setattr(egress, "resolve", here)
    return context


@pytest.fixture
async def server(serving: ssl.SSLContext) -> AsyncIterator[Scripted]:
    """Under TLS from the first byte."""
    server = Scripted()
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0, ssl=serving)
    server.port = listening.sockets[0].getsockname()[1]
    async with listening:
        yield server
        listening.close()


@pytest.fixture
async def plain(serving: ssl.SSLContext) -> AsyncIterator[Scripted]:
    """Under TLS after STARTTLS."""
    server = Scripted()

    async def turn(writer: asyncio.StreamWriter, tag: str) -> None:
        writer.write(f"{tag} OK begin\r\n".encode())
        await writer.drain()
        await writer.start_tls(serving)

    server.says = {"STARTTLS": turn}
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
    server.port = listening.sockets[0].getsockname()[1]
    async with listening:
        yield server
        listening.close()


def a_door(server: Scripted, security: Security, host: str = HOST) -> Door:
    return Door(host, server.port, security, USER, "password", "", "", Secrets(password=PASSWORD))


async def test_under_tls_a_mail_comes_whole_and_another_name_is_refused(server: Scripted) -> None:
    await comes_whole(server, "tls")


async def test_after_starttls_a_mail_comes_whole_and_another_name_is_refused(plain: Scripted) -> None:
    await comes_whole(plain, "starttls")
    assert plain.heard[:2] == ["STARTTLS", "CAPABILITY"]


async def comes_whole(server: Scripted, security: Security) -> None:
    server.mails = {4: a_mail("My lamp is dark.\n" * 60_000)}
    async with session.entered(a_door(server, security)) as inside:
        assert await inside.mail(4, lambda _: True) == server.mails[4]
    heard = list(server.heard)
    with pytest.raises(Trouble) as refused:
        async with session.entered(a_door(server, security, OTHER)):
            raise AssertionError
    assert (refused.value.code, OTHER in refused.value.words) == ("certificate", True)
    assert [command for command in server.heard[len(heard) :] if "LOGIN" in command] == []


async def test_a_certificate_that_nobody_vouches_for_is_refused(server: Scripted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "trusted", ssl.create_default_context)
    with pytest.raises(Trouble, match="certificate"):
        async with session.entered(a_door(server, "tls")):
            raise AssertionError


async def test_who_speaks_on_a_line_that_is_closed_is_told_that_it_is_gone(server: Scripted) -> None:
    async with session.entered(a_door(server, "tls")) as inside:
        inside._wire._writer.transport.abort()
        with pytest.raises(Trouble, match="gone"):
            await inside.select("INBOX")
