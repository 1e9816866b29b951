"""Handing a mail to the server that sends it on: the inbox's own, else `LACASA_SMTP_URL`."""

from collections.abc import Awaitable, Callable
from typing import Literal

import aiosmtplib
import msgspec

from core.channels.email.servers import reaching
from core.channels.email.servers.reaching import Server, Trouble

TEMPORARY = range(400, 500)


class Sent(msgspec.Struct, frozen=True):
    """`sent`: the server has it. `later`: it does not, and may be asked again. `refused`: it never will. `unknown`: the line went dead at the end.

    `elsewhere`: `about_to` said no. `words`: what the server said, or why none was reached (`Trouble.reason`); `left_out`: recipients that it
    refused while it took others.
    """

    how: Literal["sent", "later", "refused", "unknown", "elsewhere"]
    words: str = ""
    left_out: tuple[str, ...] = ()


async def send(
    server: Server,
    mail_from: str,
    recipients: list[str],
    raw: bytes,
    about_to: Callable[[], Awaitable[bool]],
    *,
    patient: bool = True,
) -> Sent:
    """`about_to` is called when nothing but the mail itself is left to be said; false: leave it. `patient`: who is refused for now alone is waited
    for by all others, for the mail goes out once.
    """
    try:
        async with reaching.reached(server) as client:
            return await hand_over(client, mail_from, recipients, raw, about_to, patient=patient)
    except Trouble as trouble:
        return Sent("later", trouble.reason)  # of the mail it has said nothing: whoever looks after the server may mend it
    except (aiosmtplib.SMTPException, OSError) as error:
        return _failed(error)


async def hand_over(
    client: aiosmtplib.SMTP,
    mail_from: str,
    recipients: list[str],
    raw: bytes,
    about_to: Callable[[], Awaitable[bool]],
    *,
    patient: bool,
) -> Sent:
    """The same to a server that has let us in.

    Raises:
        aiosmtplib.SMTPException, OSError: it refused the sender, or the line went dead before it had the mail.
    """
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
        return Sent("unknown", reaching.said(error))
    return Sent("sent", response.message[: reaching.WORDS_MAX], tuple(left_out))


def _failed(error: Exception) -> Sent:
    code = error.code if isinstance(error, aiosmtplib.SMTPResponseException) else 400
    return Sent("refused" if code >= 500 else "later", reaching.said(error))  # RFC 5321: 5yz is for good
