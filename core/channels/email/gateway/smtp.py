"""One conversation with a mail client, in LMTP (RFC 2033: an answer per recipient) or SMTP (RFC 5321: one for all).

A mail is answered with 250 when it is committed and never before. Mail is taken for addresses of our inboxes alone, so there is
nothing to relay, to authenticate for, or to look up.
"""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from contextlib import ExitStack

from core.channels.email.gateway import addresses, errors
from core.channels.email.gateway.accept import accept
from core.channels.email.gateway.room import Share
from core.channels.email.gateway.wire import BadLineError, Wire
from core.errors import LacasaError, NotFound, TooLarge

log = logging.getLogger("lacasa.mail")

COMMAND_S = 300.0
"""Until the next command (RFC 5321, 4.5.3.2.7)."""
PAUSE_S = 180.0
"""Within a mail."""
MAIL_S = 900.0
"""For a whole mail, however steadily it drips."""
RECIPIENTS = 100
MISTAKES = 20
"""Commands that make no sense, until we hang up."""
PATH = re.compile(r'^<((?:[^<>"\s\\]|"(?:[^"\\]|\\.)*+")*+)>(?: +(.*))?\Z')
LATER = "451 4.3.0 not kept; try again later"


class Session:
    def __init__(self, wire: Wire, write: Callable[[bytes], None], flush: Callable[[], Awaitable[None]], host: str) -> None:
        self._wire = wire
        self._write = write
        self._flush = flush
        self._host = host
        self._is_lmtp = False
        self._is_greeted = False
        self._mistakes = 0
        self.is_in_mail = False
        """A mail is being read or kept: not to be interrupted."""
        self._reset()

    def _reset(self) -> None:
        self._sender: str | None = None
        self._announced = 0
        self._recipients: list[str] = []

    async def run(self) -> None:
        """Until the client leaves, or must."""
        await self._say(f"220 {self._host} ready")
        try:
            while await self._turn(await self._wire.line(COMMAND_S)):
                continue
        except TimeoutError:
            await self._say("421 4.4.2 you took too long")
        except BadLineError:
            await self._say("500 5.5.2 a line ends with CRLF, and is no longer than it may be")
        except (EOFError, ConnectionError):
            return

    async def _say(self, *lines: str) -> None:
        self._write("".join(f"{line}\r\n" for line in lines).encode("ascii", "replace"))
        if not self._wire.has_more:  # one answer to all that came together
            await asyncio.wait_for(self._flush(), PAUSE_S)

    async def _turn(self, line: bytes) -> bool:
        """One command; False: it was the last."""
        verb, _, rest = line.decode("utf-8", "surrogateescape").partition(" ")
        match verb.upper():
            case "LHLO" | "EHLO" | "HELO":
                await self._hello(verb.upper(), rest)
            case "MAIL":
                await self._mail(rest)
            case "RCPT":
                await self._rcpt(rest)
            case "DATA":
                await self._data(rest)
            case "RSET":
                self._reset()
                await self._say("250 2.0.0 forgotten")
            case "NOOP":
                await self._say("250 2.0.0 well")
            case "QUIT":
                await self._say("221 2.0.0 bye")
                return False
            case _:
                return await self._mistake("502 5.5.1 this command is not known here")
        return self._mistakes < MISTAKES

    async def _mistake(self, line: str) -> bool:
        self._mistakes += 1
        if self._mistakes >= MISTAKES:
            await self._say("421 4.7.0 too many mistakes")
            return False
        await self._say(line)
        return True

    async def _hello(self, verb: str, name: str) -> None:
        if not name.strip():
            await self._mistake(f"501 5.5.4 {verb} needs a name")
            return
        self._reset()
        self._is_greeted, self._is_lmtp = True, verb == "LHLO"
        if verb == "HELO":
            await self._say(f"250 {self._host}")
            return
        can = ("PIPELINING", f"SIZE {errors.limit_bytes()}", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES")
        lines = [self._host, *can]
        await self._say(*(f"250{' ' if line is lines[-1] else '-'}{line}" for line in lines))

    async def _mail(self, rest: str) -> None:
        found = _path(rest, "FROM:")
        if not self._is_greeted:
            await self._mistake("503 5.5.1 say hello first")
        elif self._sender is not None:
            await self._mistake("503 5.5.1 one mail after the other")
        elif found is None:
            await self._mistake("501 5.5.4 MAIL FROM:<address>")
        else:
            size = next((word[5:] for word in found[1].upper().split() if word.startswith("SIZE=")), "0")
            self._announced = int(size) if size.isascii() and size.isdigit() and len(size) < 16 else 0
            if self._announced > errors.limit_bytes():
                await self._say(_answer(errors.too_large()))
                return
            self._sender = found[0]
            await self._say("250 2.1.0 well")

    async def _rcpt(self, rest: str) -> None:
        found = _path(rest, "TO:")
        if self._sender is None:
            await self._mistake("503 5.5.1 MAIL first")
        elif found is None or not found[0]:
            await self._mistake("501 5.5.4 RCPT TO:<address>")
        elif len(self._recipients) >= RECIPIENTS:
            await self._say("452 4.5.3 that many recipients are for another mail")
        else:
            try:
                await addresses.find(found[0])
            except LacasaError as error:
                await self._say(_answer(error))
                return
            self._recipients.append(found[0])
            await self._say("250 2.1.5 well")

    async def _data(self, rest: str) -> None:
        if rest:
            await self._mistake("501 5.5.4 DATA stands alone")
            return
        if not self._recipients:
            await self._mistake("503 5.5.1 RCPT first")
            return
        self.is_in_mail = True
        try:
            with ExitStack() as stack:
                try:
                    share = stack.enter_context(Share(self._announced))
                except LacasaError as error:
                    await self._say(_answer(error))
                    return
                await self._take(share)
        finally:
            self.is_in_mail = False
            self._reset()

    async def _take(self, share: Share) -> None:
        await self._say("354 go on; end with a dot")
        refused: list[LacasaError] = []

        def grown(size: int) -> bool:
            try:
                share.grow(size)
            except LacasaError as error:
                refused.append(error)
            return not refused

        async with asyncio.timeout(MAIL_S):
            raw = await self._wire.mail(grown, pause_s=PAUSE_S, most=4 * errors.limit_bytes())
        if raw is None:
            answers = [_answer(refused[0])] * len(self._recipients)
        else:
            answers = [await self._keep(recipient, raw) for recipient in self._recipients]
        await self._say(*(answers if self._is_lmtp else [_together(answers)]))

    async def _keep(self, recipient: str, raw: bytes) -> str:
        try:
            await accept("lmtp" if self._is_lmtp else "smtp", self._sender or "", recipient, raw)
        except LacasaError as error:
            return _answer(error)
        except Exception:  # a defect of ours: the mail waits with its sender until it is mended, and the others are kept
            log.exception("a mail could not be kept")
            return LATER
        return "250 2.0.0 kept"


def _path(rest: str, word: str) -> tuple[str, str] | None:
    """Address and parameters of MAIL or RCPT; None where that is not what stands there."""
    if rest[: len(word)].upper() != word:
        return None
    found = PATH.match(rest[len(word) :].lstrip(" "))
    if found is None:
        return None
    address = found.group(1)
    if address.startswith("@"):  # the way it is to go, as RFC 821 had it: passed over
        address = address.partition(":")[2]
    return address, found.group(2) or ""


def _answer(error: LacasaError) -> str:
    if isinstance(error, NotFound):
        return "550 5.1.1 nobody here has this address"
    if isinstance(error, TooLarge):
        return "552 5.3.4 the mail is too large"
    return "451 4.3.2 too much is coming in at once" if error.reason == "busy" else LATER


def _together(answers: list[str]) -> str:
    """SMTP has one answer for all recipients: where they differ, the mail is to come again. Who has it already, gets it once."""
    if len({answer[0] for answer in answers}) == 1:
        return answers[0]
    return next((answer for answer in answers if answer.startswith("4")), LATER)
