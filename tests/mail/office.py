"""A mail server that wants TLS and a password before it takes anything, and a name server: for inboxes that send by servers of their own."""

import asyncio
import base64
import ipaddress
import ssl
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import dns.message
import dns.rcode
import dns.rrset
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.mail.sink import Sink

USER, PASSWORD = "ida", "a secret"


class Office(Sink):
    """`tls`: what STARTTLS begins, where it is offered. `offers`: further lines of the greeting; `wants`: the password, else everybody may send.

    `heard`: commands, in letters as they came. `port` is known once it listens.
    """

    def __init__(self, tls: ssl.SSLContext | None = None, *, wants: str = "", offers: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.answers["auth"] = deque()
        self.tls, self.wants, self.offers = tls, wants, offers
        self.heard: list[str] = []
        self.port = 0
        self.connections = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        await super().serve(reader, writer)

    def hello(self, word: str, writer: asyncio.StreamWriter) -> bytes:
        self.heard.append(word)
        is_safe = writer.get_extra_info("sslcontext") is not None
        lines = ["office", *self.offers]
        lines += ["STARTTLS"] if self.tls and not is_safe else []
        lines += ["AUTH PLAIN"] if self.wants and (is_safe or not self.tls) else []
        if word != "EHLO":
            return b"250 office\r\n"
        return "".join(f"250{'-' if place < len(lines) else ' '}{line}\r\n" for place, line in enumerate(lines, 1)).encode()

    async def other(self, line: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        word, _, rest = line.strip().partition(" ")
        if word.upper() == "STARTTLS" and self.tls:
            self.heard.append("STARTTLS")
            writer.write(b"220 go on\r\n")
            await writer.drain()
            await writer.start_tls(self.tls)
            return True
        if word.upper() == "AUTH":
            self.heard.append("AUTH")
            given = base64.b64decode(rest.partition(" ")[2] or (await reader.readuntil(b"\r\n")))
            is_right = given == f"\0{USER}\0{self.wants}".encode()
            self._say(writer, self.choose("auth", "235 welcome" if is_right else "535 5.7.8 no such user or password"))
            return True
        return False


@asynccontextmanager
async def an_office(office: Office, host: str = "127.0.0.1", *, tls_at_once: ssl.SSLContext | None = None) -> AsyncIterator[Office]:
    server = await asyncio.start_server(office.serve, host, 0, limit=2**24, ssl=tls_at_once)
    office.port = server.sockets[0].getsockname()[1]
    async with server:
        yield office


def certificates(folder: Path, *names: str) -> tuple[ssl.SSLContext, Path]:
    """A server's certificate for these names and addresses, and the file of the authority that signed it."""
    now = datetime.now(UTC)
    key, top = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Tests")])

    def of(subject: x509.Name, public: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
        made = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(public)
        made = made.serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1))
        return made.not_valid_after(now + timedelta(days=2))

    authority = of(issuer, top.public_key()).add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    authority = authority.add_extension(x509.SubjectKeyIdentifier.from_public_key(top.public_key()), critical=False)
    usage = x509.KeyUsage(True, False, False, False, False, True, True, False, False)
    signed = authority.add_extension(usage, critical=True).sign(top, hashes.SHA256())
    leaf = of(x509.Name([]), key.public_key()).add_extension(
        x509.SubjectAlternativeName([_named(name) for name in names]), critical=True
    )
    leaf = leaf.add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(top.public_key()), critical=False)
    of_authority, of_server = folder / "authority.pem", folder / "server.pem"
    of_authority.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    of_server.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + leaf.sign(top, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(of_server)
    return context, of_authority


def _named(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


class NameServer(asyncio.DatagramProtocol):
    """Answers for TXT records alone: `records[name]`, in pieces; what it has none of does not exist. `is_broken`: it says so."""

    def __init__(self) -> None:
        self.records: dict[str, list[str]] = {}
        self.is_broken = False
        self.port = 0

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        self.port = transport.get_extra_info("sockname")[1]

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        asked = dns.message.from_wire(data)
        answer = dns.message.make_response(asked)
        name = asked.question[0].name.to_text()
        pieces = self.records.get(name.rstrip("."))
        if self.is_broken:
            answer.set_rcode(dns.rcode.SERVFAIL)
        elif pieces is None:
            answer.set_rcode(dns.rcode.NXDOMAIN)
        else:
            text = " ".join(f'"{piece}"' for piece in pieces)
            answer.answer.append(dns.rrset.from_text(name, 60, "IN", "TXT", text))
        self.transport.sendto(answer.to_wire(), addr)
