"""A connection to a mail server that stays open for one mail after the other.

aiosmtplib opens it (`servers/reaching`); from there on the commands are ours: it knows no pipelining, and a mail costs it more than making one does.
With PIPELINING (RFC 2920) all commands of a mail go at once.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import cast

import aiosmtplib
import msgspec

from core.channels.email import people
from core.channels.email.bulk import fates
from core.channels.email.bulk.fates import Fate, Stage
from core.channels.email.servers import reaching
from core.channels.email.servers.reaching import Server

ANSWER_S, TAKEN_S = 60.0, 300.0
"""For an answer; for the one after a whole mail, in which servers look for what is evil in it."""
UNREAD_MAX = 64 * 1024
"""Bytes of one answer."""
AHEAD_MAX = 16
"""Answers that nobody has waited for: of a mail there are four."""


class HungUpError(Exception):
    """The line is dead, or says what is no SMTP."""


class Answer(msgspec.Struct, frozen=True):
    code: int
    words: str

    @property
    def said(self) -> str:
        return people.line(f"{self.code} {self.words}", reaching.WORDS_MAX)


class Result(msgspec.Struct, frozen=True):
    """What became of a mail, and in whose words."""

    fate: Fate
    said: str = ""


class Line(asyncio.Protocol):
    """`is_open`: it can take another mail."""

    def __init__(self, transport: asyncio.Transport, *, is_pipelining: bool) -> None:
        self.is_open = True
        self._out = transport
        self._is_pipelining = is_pipelining
        self._unread = b""
        self._lines: list[str] = []
        self._held = 0
        """Characters of these."""
        self._answers: deque[Answer] = deque()
        self._waiting: asyncio.Future[None] | None = None

    def begin(self) -> None:
        """Hear what the server says from now on."""
        self._out.set_protocol(self)

    def data_received(self, data: bytes) -> None:
        *lines, self._unread = (self._unread + data).split(b"\n")
        for line in lines:
            self._lines.append(line[4:].decode("utf-8", "replace").strip())
            self._held += len(line) + 1
            if line[3:4] != b"-":
                code = int(line[:3]) if line[:3].isdigit() else 0
                self._answers.append(Answer(code, " ".join(self._lines)))
                self._lines, self._held = [], 0
            if self._held > UNREAD_MAX or len(self._answers) > AHEAD_MAX:
                break
        if self._held + len(self._unread) > UNREAD_MAX or len(self._answers) > AHEAD_MAX:
            self._out.abort()
        if self._answers:
            self._wake()

    def connection_lost(self, exc: Exception | None) -> None:
        self.is_open = False
        self._wake()

    def _wake(self) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)

    async def deliver(self, mail_from: str, recipient: str, stuffed: bytes) -> Result:
        """Hand one mail over. `stuffed`: as it travels, up to the dot that ends it. It raises for nothing that a server does.

        A line that went dead before the mail was said leaves it `not_tried`, after that `uncertain`.
        """
        is_said = False
        try:
            refused = await self._announce(mail_from, recipient)
            if refused is not None:
                return refused
            is_said = True
            self._out.write(stuffed)
            answer = await self._answer(TAKEN_S)
        except HungUpError:
            self.close()
            return Result(fates.LOST if is_said else Fate("not_tried", "hung_up"))
        if 200 <= answer.code < 300:
            return Result(fates.SENT, answer.said)
        return self._refused("end", answer)

    async def _announce(self, mail_from: str, recipient: str) -> Result | None:
        """Up to where the mail itself may come; None: it may."""
        commands = (f"MAIL FROM:<{mail_from}>\r\n", f"RCPT TO:<{recipient}>\r\n", "DATA\r\n")
        stages: tuple[Stage, ...] = ("mail", "rcpt", "data")
        answers: list[Answer] = []
        try:
            await self._ask(commands, answers)
        except HungUpError:
            if not any(one.code >= 400 for one in answers):
                raise
            self.close()  # it said no before
        wrong = next((at for at, one in enumerate(answers) if not 200 <= one.code < (300 if at < 2 else 400)), None)
        if wrong is None:
            return None
        result = self._refused(stages[wrong], answers[wrong])
        try:
            if self.is_open and len(answers) == len(stages) and answers[-1].code == 354:  # it wants a mail for nobody all the same
                self._out.write(b".\r\n")
                await self._answer(ANSWER_S)
            if self.is_open:
                self._out.write(b"RSET\r\n")
                await self._answer(ANSWER_S)
        except HungUpError:
            self.close()  # what it said to this recipient stands
        return result

    async def _ask(self, commands: Sequence[str], answers: list[Answer]) -> None:
        """Say all of these; `answers` has what came, also where the line dies in between."""
        if self._is_pipelining:
            self._out.write("".join(commands).encode())
            for _ in commands:
                answers.append(await self._answer(ANSWER_S))
            return
        for command in commands:
            self._out.write(command.encode())
            answers.append(await self._answer(ANSWER_S))
            if answers[-1].code >= 400:
                return

    def _refused(self, stage: Stage, answer: Answer) -> Result:
        if answer.code == 421 or answer.code < 200:
            self.close()  # it hangs up as well (RFC 5321, 3.8), or speaks of something else
        return Result(fates.of_answer(stage, answer.code, answer.words), answer.said)

    async def _answer(self, timeout_s: float) -> Answer:
        while not self._answers:
            if not self.is_open:
                raise HungUpError
            self._waiting = asyncio.get_running_loop().create_future()
            timer = asyncio.get_running_loop().call_later(timeout_s, self._out.abort)
            try:
                await self._waiting
            finally:
                timer.cancel()
                self._waiting = None
        return self._answers.popleft()

    def close(self) -> None:
        self.is_open = False
        self._out.close()

    async def leave(self) -> None:
        """Say goodbye, and wait for no answer."""
        if self.is_open:
            self._out.write(b"QUIT\r\n")
            self.close()


@asynccontextmanager
async def opened(server: Server) -> AsyncIterator[Line]:
    """A line that was let in.

    Raises:
        reaching.Trouble: it was not.
    """
    client = await reaching.opened(server)
    try:
        line = _taken_over(client)
    except BaseException:  # also when we are cancelled: nobody else has the connection yet
        client.close()
        raise
    try:
        yield line
    finally:
        await line.leave()


def _taken_over(client: aiosmtplib.SMTP) -> Line:
    transport = client.protocol.transport if client.protocol is not None else None
    if transport is None:
        raise reaching.Trouble("hung_up")
    line = Line(cast(asyncio.Transport, transport), is_pipelining=client.supports_extension("pipelining"))
    line.begin()
    return line


def stuffed(raw: bytes) -> bytes:
    """A mail, in CRLF, as it travels: no line of it ends it, but the one that is added."""
    whole = raw if raw.endswith(b"\r\n") else raw + b"\r\n"
    return (b"." if whole.startswith(b".") else b"") + whole.replace(b"\r\n.", b"\r\n..") + b".\r\n"
