"""Handing a mail to the server that sends it on: `LACASA_SMTP_URL`.

`smtp://user:password@host:587` speaks TLS after STARTTLS, `smtps://…:465` from the first byte, `smtp+plain://127.0.0.1:25` never: for this machine.
"""

from collections.abc import Awaitable, Callable
from typing import Literal
from urllib.parse import SplitResult, unquote, urlsplit

import aiosmtplib
import msgspec

from core.channels.email import people
from core.errors import Misconfigured

TIMEOUT_S = 30.0
PORTS = {"smtp": 587, "smtps": 465, "smtp+plain": 25}
TEMPORARY = range(400, 500)
WORDS_MAX = 200


class Sent(msgspec.Struct, frozen=True):
    """`sent`: the server has it. `later`: it does not, and may be asked again. `refused`: it never will. `unknown`: the line went dead at the end.

    `elsewhere`: `about_to` said no. `words`: what the server said; `left_out`: recipients that it refused while it took others.
    """

    how: Literal["sent", "later", "refused", "unknown", "elsewhere"]
    words: str = ""
    left_out: tuple[str, ...] = ()


async def send(
    url: str, mail_from: str, recipients: list[str], raw: bytes, about_to: Callable[[], Awaitable[bool]], *, patient: bool = True
) -> Sent:
    """`about_to` is called when nothing but the mail itself is left to be said; false: leave it. `patient`: who is refused for now alone is waited
    for by all others, for the mail goes out once.

    Raises:
        Misconfigured: the address of the server is none.
    """
    client = _client(url)
    try:
        async with client:
            return await _say(client, mail_from, recipients, raw, about_to, patient=patient)
    except (aiosmtplib.SMTPException, OSError) as error:
        return _failed(error)


async def _say(
    client: aiosmtplib.SMTP,
    mail_from: str,
    recipients: list[str],
    raw: bytes,
    about_to: Callable[[], Awaitable[bool]],
    *,
    patient: bool,
) -> Sent:
    await client.mail(mail_from)
    left_out: dict[str, aiosmtplib.SMTPResponseException] = {}
    for recipient in recipients:
        try:
            await client.rcpt(recipient)
        except aiosmtplib.SMTPRecipientRefused as error:
            left_out[recipient] = error
    if len(left_out) == len(recipients):
        return _failed(min(left_out.values(), key=lambda error: error.code))
    not_now = next((error for error in left_out.values() if error.code in TEMPORARY), None)
    if not_now is not None and patient:
        return _failed(not_now)
    if not await about_to():
        return Sent("elsewhere", "somebody else sends it")
    try:
        response = await client.data(raw)
    except aiosmtplib.SMTPDataError as error:
        return _failed(error)
    except (aiosmtplib.SMTPException, OSError) as error:
        return Sent("unknown", _words(error))
    return Sent("sent", response.message[:WORDS_MAX], tuple(left_out))


def _failed(error: Exception) -> Sent:
    code = error.code if isinstance(error, aiosmtplib.SMTPResponseException) else 400
    return Sent("refused" if code >= 500 else "later", _words(error))  # RFC 5321: 5yz is for good


def _words(error: Exception) -> str:
    """On one line, in letters that PostgreSQL keeps: servers speak in any encoding."""
    said = f"{error.code} {error.message}" if isinstance(error, aiosmtplib.SMTPResponseException) else str(error)
    return people.line(said.encode(errors="replace").decode(), WORDS_MAX) or type(error).__name__


def _client(url: str) -> aiosmtplib.SMTP:
    parts, port = _parts(url)
    return aiosmtplib.SMTP(
        hostname=parts.hostname,
        port=port,
        username=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        use_tls=parts.scheme == "smtps",
        start_tls=parts.scheme == "smtp",
        timeout=TIMEOUT_S,
    )


def _parts(url: str) -> tuple[SplitResult, int]:
    """The address's parts and its port. What is wrong with it is not told: a password with a `/` is taken for a port."""
    try:
        parts = urlsplit(url)
        if parts.scheme in PORTS and parts.hostname:
            return parts, parts.port or PORTS[parts.scheme]
    except ValueError:
        pass  # the same answer as for what is none of ours
    raise Misconfigured(
        "LACASA_SMTP_URL must be smtp://, smtps:// or smtp+plain://, with a host; percent-encode its user and password"
    )
