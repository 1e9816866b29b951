"""A connection to the server that sends mail on, up to where it has let us in; and why not.

The installation's server is the operator's choice: `LACASA_SMTP_URL`. `smtp://user:password@host:587` speaks TLS after STARTTLS,
`smtps://…:465` from the first byte, `smtp+plain://127.0.0.1:25` never. An inbox's own server is the choice of whoever administers an
organization: its name is looked up by `egress` for each connection, and the connection goes to that very address.
"""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import lru_cache
from urllib.parse import unquote, urlsplit

import aiosmtplib
import msgspec

from core import egress
from core.auth import tokens
from core.channels.email import people
from core.channels.email.servers.structs import Code, Security
from core.errors import Misconfigured, Unauthenticated
from core.networks import is_within
from core.settings import settings

TIMEOUT_S = 30.0
CONNECT_S = 10.0
GOODBYE_S = 2.0
WORDS_MAX = 200
SCHEMES: dict[str, tuple[Security, int]] = {"smtp": ("starttls", 587), "smtps": ("tls", 465), "smtp+plain": ("none", 25)}
NAME_MISMATCH = frozenset({62, 64})
"""OpenSSL's: the certificate is for another name, or for another address."""
SENTENCES: dict[Code, str] = {
    "name_unknown": "the mail server's name has no address",
    "address_refused": "the mail server's address is not on the public internet, and not allowed here",
    "plain_refused": "mail is sent without TLS only to addresses that the operator allows",
    "unreachable": "nothing answers at the mail server's address and port",
    "timed_out": "the mail server does not answer in time",
    "hung_up": "the mail server hung up",
    "not_tls": "the mail server does not speak TLS on this port, or none that is safe",
    "certificate_name": "the mail server's certificate is for another name",
    "certificate_invalid": "the mail server's certificate is not to be trusted",
    "no_starttls": "the mail server offers no STARTTLS",
    "no_auth": "the mail server offers no way to sign in that is known here",
    "password_refused": "the mail server refuses the user name or the password",
    "refused": "the mail server refuses",
    "sealed": "the stored secret cannot be opened any more: enter it again",
}


class Trouble(Exception):
    """A server was not reached or let nobody in: nothing was said of any mail yet. `said`: the server's or the library's own words."""

    def __init__(self, code: Code, said: str = "") -> None:
        super().__init__(code)
        self.code: Code = code
        self.said = said

    @property
    def reason(self) -> str:
        """As it stands with a mail, for the inbox to put into words."""
        return f"{self.code}: {self.said}" if self.said else self.code


class Password(msgspec.Struct, frozen=True):
    password: str


class Server(msgspec.Struct, frozen=True, kw_only=True):
    """`is_own`: an organization chose it, so it is reached by way of `egress`. A stored password stays sealed until it is said."""

    host: str
    port: int
    security: Security
    username: str = ""
    password: str = ""
    sealed_password: str = ""
    sealed_for: str = ""
    is_own: bool = False

    def __repr__(self) -> str:
        return f"Server({self.host}:{self.port})"

    def secret(self) -> str:
        """Raises:
        Trouble: it was sealed by another secret of the installation.
        """
        if not self.sealed_password:
            return self.password
        try:
            return tokens.unseal(self.sealed_for, self.sealed_password, Password, longest=tokens.STORED_MAX).password
        except Unauthenticated:
            raise Trouble("sealed") from None


def of_url(url: str) -> Server:
    """The installation's server.

    Raises:
        Misconfigured: the address is none.
    """
    try:
        parts = urlsplit(url)
        if parts.scheme in SCHEMES and parts.hostname:
            security, port = SCHEMES[parts.scheme]
            username, password = (unquote(given or "") for given in (parts.username, parts.password))
            return Server(host=parts.hostname, port=parts.port or port, security=security, username=username, password=password)
    except ValueError:
        pass  # the same answer as for what is none of ours; it would tell a password with a `/`, which is taken for a port
    raise Misconfigured(
        "LACASA_SMTP_URL must be smtp://, smtps:// or smtp+plain://, with a host; percent-encode its user and password"
    )


@asynccontextmanager
async def reached(server: Server, *, timeout_s: float = TIMEOUT_S) -> AsyncIterator[aiosmtplib.SMTP]:
    """A client that was let in; `timeout_s` is for each answer. It says goodbye at the end, and does not wait long for an answer to that.

    Raises:
        Trouble: it was not.
    """
    client = await opened(server, timeout_s)
    try:
        yield client
    finally:
        if client.is_connected:
            with suppress(aiosmtplib.SMTPException, OSError):
                await client.quit(timeout=GOODBYE_S)
        client.close()


async def opened(server: Server, timeout_s: float = TIMEOUT_S) -> aiosmtplib.SMTP:
    """A client that was let in, and is closed by whoever has it. Raises as `reached`."""
    through = await _socket(server) if server.is_own else None
    client = aiosmtplib.SMTP(
        hostname=server.host,
        port=None if through else server.port,
        sock=through,
        use_tls=server.security == "tls",
        start_tls=False,
        tls_context=None if server.security == "none" else _tls(),
        timeout=timeout_s,
        local_hostname=await _own_name(),
    )
    try:
        await client.connect()
        await _enter(client, server)
    except (aiosmtplib.SMTPException, OSError, ValueError) as error:  # the last: a name that TLS cannot ask for
        client.close()
        raise trouble(error) from None
    except BaseException:  # also when we are cancelled: nobody else has the connection yet
        client.close()
        raise
    return client


_names: list[str] = []


async def _own_name() -> str:
    """This machine's name as the server is told it: asked once, for it may be asked of name servers."""
    if not _names:
        _names.append(await asyncio.to_thread(socket.getfqdn))
    return _names[0]


async def _enter(client: aiosmtplib.SMTP, server: Server) -> None:
    await _greet(client)
    if server.security == "starttls":
        if not client.supports_extension("starttls"):
            raise Trouble("no_starttls")
        await client.starttls()
        await _greet(client)
    if server.username:
        if not client.supported_auth_methods:
            raise Trouble("no_auth")
        await client.login(server.username, server.secret())


async def _greet(client: aiosmtplib.SMTP) -> None:
    """In the older way where a server knows no other; such a one offers nothing."""
    try:
        await client.ehlo()
    except aiosmtplib.SMTPHeloError:
        await client.helo()


async def _socket(server: Server) -> socket.socket:
    """Connected to the address that the name stands for now, if it may be reached."""
    also = settings().reachable_networks
    try:
        address = await egress.resolve(server.host, server.port, also)
    except egress.Unknown:
        raise Trouble("name_unknown") from None
    except egress.Refused:
        raise Trouble("address_refused") from None
    if server.security == "none" and not is_within(address, also):
        raise Trouble("plain_refused")
    through = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
    try:
        through.setblocking(False)
        async with asyncio.timeout(CONNECT_S):
            await asyncio.get_running_loop().sock_connect(through, (address, server.port))
    except OSError as error:
        through.close()
        raise trouble(error) from None
    except BaseException:  # as above
        through.close()
        raise
    return through


@lru_cache(maxsize=1)
def _tls() -> ssl.SSLContext:
    """Made once: reading the system's certificates takes longer than the rest of a connection."""
    return ssl.create_default_context()


def trouble(error: Exception) -> Trouble:
    """What is wrong, from whatever the library raised."""
    cause = error.__cause__ if isinstance(error, aiosmtplib.SMTPConnectError) and error.__cause__ else error
    if isinstance(cause, ssl.SSLCertVerificationError):
        return Trouble("certificate_name" if cause.verify_code in NAME_MISMATCH else "certificate_invalid", said(cause))
    if isinstance(cause, ssl.SSLError):
        return Trouble("not_tls", said(cause))
    if isinstance(cause, TimeoutError):
        return Trouble("timed_out")
    if isinstance(cause, aiosmtplib.SMTPAuthenticationError) and cause.code >= 500:
        return Trouble("password_refused", said(cause))
    if isinstance(cause, aiosmtplib.SMTPResponseException):
        return Trouble("refused", said(cause))
    if isinstance(cause, aiosmtplib.SMTPServerDisconnected | ConnectionResetError | BrokenPipeError):
        return Trouble("hung_up")
    return Trouble("unreachable", said(cause))


def said(error: BaseException) -> str:
    """On one line, in letters that PostgreSQL keeps: servers speak in any encoding."""
    if isinstance(error, aiosmtplib.SMTPResponseException):
        words = f"{error.code} {error.message}"
    elif isinstance(error, ssl.SSLCertVerificationError):
        words = error.verify_message
    else:
        words = getattr(error, "strerror", None) or str(error)
    return people.line(words.encode(errors="replace").decode(), WORDS_MAX) or type(error).__name__
