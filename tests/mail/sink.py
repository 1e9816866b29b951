"""An SMTP server that takes what it is given, or answers as it is told to: for mail that goes out."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from typing import NamedTuple

DROP = "drop"


class Taken(NamedTuple):
    mail_from: str
    recipients: list[str]
    mail: EmailMessage


class Sink:
    """`answers[stage]`: what to say next at `mail`, `rcpt`, `data`, `end` in place of yes; `DROP`: nothing, and hang up."""

    def __init__(self) -> None:
        self.taken: list[Taken] = []
        self.answers: dict[str, deque[str]] = {stage: deque() for stage in ("mail", "rcpt", "data", "end")}
        self.url = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._talk(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # hung up by either side
        finally:
            writer.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 sink\r\n")
        envelope = list[str]()
        """Who sends it, then whom it is for; empty without the first."""
        while line := (await reader.readuntil(b"\r\n")).decode():
            word = line[:4].upper()
            await self.pause()
            if word in ("EHLO", "HELO", "RSET"):
                writer.write(self.hello(word, writer))
            elif await self.other(line, reader, writer):
                pass
            elif word == "QUIT":
                writer.write(b"221 bye\r\n")
                return
            elif word in ("MAIL", "RCPT"):
                self._address(word, line, envelope, writer)
            elif len(envelope) <= 1:
                self._say(writer, "503 for whom")
            elif self._say(writer, self.choose("data", "354 go on")):
                raw = (await reader.readuntil(b"\r\n.\r\n"))[:-3].replace(b"\r\n..", b"\r\n.")
                said = self.choose("end", "250 taken")
                self.keep(raw, said)
                if self._say(writer, said):
                    self.taken.append(Taken(envelope[0], envelope[1:], BytesParser(policy=default).parsebytes(raw)))
            await writer.drain()

    def _address(self, word: str, line: str, envelope: list[str], writer: asyncio.StreamWriter) -> None:
        if word == "MAIL":
            envelope.clear()
            is_taken = self._say(writer, self.choose("mail", "250 yes"))
        elif not envelope:
            is_taken = self._say(writer, "503 from whom")
        else:
            is_taken = self._say(writer, self.choose("rcpt", self.about(line)))
        if is_taken:
            envelope.append(line.partition("<")[2].partition(">")[0])

    def hello(self, word: str, writer: asyncio.StreamWriter) -> bytes:
        """The answer to a greeting."""
        del word, writer
        return b"250 sink\r\n"

    async def other(self, line: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Whether a command was another one than these, and is answered."""
        del line, reader, writer
        return False

    def about(self, line: str) -> str:
        """What is said to a recipient, where nothing else is to be."""
        del line
        return "250 yes"

    async def pause(self) -> None:
        """Before each answer."""

    def choose(self, stage: str, usual: str) -> str:
        """What to say at a stage."""
        return self.answers[stage].popleft() if self.answers[stage] else usual

    def keep(self, raw: bytes, said: str) -> None:
        """A whole mail has come, and this is what will be said."""

    def _say(self, writer: asyncio.StreamWriter, said: str) -> bool:
        """Whether it is a yes."""
        if said == DROP:
            raise ConnectionError
        writer.write(f"{said}\r\n".encode())
        return said[0] in "23"


@asynccontextmanager
async def a_sink(sink: Sink | None = None) -> AsyncIterator[Sink]:
    sink = sink or Sink()
    server = await asyncio.start_server(sink.serve, "127.0.0.1", 0, limit=2**24)
    sink.url = f"smtp+plain://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server:
        yield sink
