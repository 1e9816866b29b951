"""One connection to an IMAP server (RFC 3501): what is said and what comes back, in bounded time and memory.

It is pinned to an address that was looked at, and TLS checks the name that people typed.
"""

import asyncio
import base64
import re
import ssl
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import lru_cache

import msgspec

from core.channels.email.fetching.troubles import Trouble

LINE_MAX = 64 * 1024
"""Bytes that are read ahead. A line may be longer (thousands of UIDs stand on one)."""
TEXT_MAX = 8 * 1024 * 1024
"""Bytes of all that a server says to one command, beside mails."""
LINES_MAX = 50_000
"""Lines of it, which are kept until the last has come, and take a hundred times the bytes of the shortest."""
COMMAND_S = 60.0
CLOSE_S = 2.0
LITERAL = re.compile(rb"\{(\d{1,10})\+?\}\Z")
FETCHED = re.compile(rb"\* \d{1,10} FETCH \(", re.IGNORECASE)
ITEM = re.compile(rb'"((?:[^"\\]|\\.)*+)"|([()])|([^\s()"]++)')
ESCAPED = re.compile(rb"\\(.)")
Take = Callable[[int], bool]
"""Told the size of a literal before it is read; False: pass over its bytes."""


class Refused(Exception):
    """The server says NO or BAD."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class Response(msgspec.Struct):
    """One response without its line ends: `texts` with a literal between each two."""

    texts: list[bytes]
    literals: list[bytes]

    @property
    def line(self) -> str:
        return self.texts[0].decode("utf-8", "replace")


@lru_cache(maxsize=1)
def trusted() -> ssl.SSLContext:
    """The authorities that this machine trusts (`SSL_CERT_FILE` names others)."""
    return ssl.create_default_context()


async def connected(address: str, port: int, *, host: str, is_tls: bool, time_s: float) -> "Wire":
    """To `address`; TLS checks that it is `host`.

    Raises:
        OSError, TimeoutError
    """
    async with asyncio.timeout(time_s):
        reader, writer = await asyncio.open_connection(
            address, port, limit=LINE_MAX, ssl=trusted() if is_tls else None, server_hostname=host if is_tls else None
        )
    return Wire(reader, writer)


class Wire:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._number = 0
        self._left, self._lines = TEXT_MAX, LINES_MAX

    async def greeting(self, time_s: float = COMMAND_S) -> str:
        """Raises:
        Trouble: `protocol`, this is no IMAP server; `server`, it wants nobody now.
        """
        async with asyncio.timeout(time_s):
            line = (await self._response(None)).line
        if line.upper().startswith(("* OK", "* PREAUTH")):
            return line
        raise Trouble("server" if line.upper().startswith("* BYE") else "protocol", line.removeprefix("* "))

    async def start_tls(self, host: str) -> None:
        """Raises:
        Refused: the server does not.
        Trouble: `protocol`, it went on talking: whoever sits in between could have put that there.
        """
        await self.command("STARTTLS")
        early = asyncio.create_task(self._reader.read(1))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        if early.done():
            raise Trouble("protocol", "there was something between STARTTLS and TLS")
        early.cancel()
        with suppress(asyncio.CancelledError):
            await early
        async with asyncio.timeout(COMMAND_S):
            await self._writer.start_tls(trusted(), server_hostname=host)

    async def command(self, *words: str | bytes, take: Take | None = None, time_s: float = COMMAND_S) -> list[Response]:
        """Say something and hear all that comes of it, the last line included. `words`: text in ASCII as it is to stand there; bytes: a literal.

        Raises:
            Refused: NO or BAD.
            Trouble: `gone`, `protocol`.
            TimeoutError: it took longer than `time_s`.
        """
        async with asyncio.timeout(time_s):
            tag = self._tag()
            line = tag.encode()
            for word in words:
                if isinstance(word, str):
                    line += b" " + word.encode("ascii")
                else:
                    await self._write(line + b" {%d}\r\n" % len(word))
                    await self._asked(tag)
                    line = word
            await self._write(line + b"\r\n")
            return await self._answered(tag, take)

    async def authenticate(self, mechanism: str, initial: bytes) -> None:
        """SASL with one message of ours. What the server asks after it gets an empty answer: then it says why not.

        Raises:
            As `command`.
        """
        async with asyncio.timeout(COMMAND_S):
            tag = self._tag()
            await self._write(f"{tag} AUTHENTICATE {mechanism}\r\n".encode("ascii"))
            await self._asked(tag)
            await self._write(base64.b64encode(initial) + b"\r\n")
            while True:
                response = await self._response(None)
                if response.texts[0].startswith(b"+"):
                    await self._write(b"\r\n")
                elif self._is_end(tag, response):
                    return

    async def idle(self, time_s: float) -> None:
        """Wait until something happens in the folder, `time_s` at most (RFC 2177)."""
        async with asyncio.timeout(COMMAND_S):
            tag = self._tag()
            await self._write(f"{tag} IDLE\r\n".encode())
            await self._asked(tag)
        loop = asyncio.get_running_loop()
        until = loop.time() + time_s
        hearing = asyncio.create_task(self._response(None))
        try:
            while True:
                await asyncio.wait({hearing}, timeout=max(0.0, until - loop.time()))
                if not hearing.done():
                    break
                response = hearing.result()
                self._look(response)
                hearing = asyncio.create_task(self._response(None))
                if response.line.upper().endswith(" EXISTS"):
                    break
            async with asyncio.timeout(COMMAND_S):
                await self._write(b"DONE\r\n")
                while not self._is_end(tag, await hearing):
                    hearing = asyncio.create_task(self._response(None))
        finally:
            hearing.cancel()

    async def close(self) -> None:
        """Say good-bye if that is quickly done."""
        try:
            with suppress(OSError, TimeoutError, asyncio.IncompleteReadError, Refused, Trouble):
                await self.command("LOGOUT", time_s=CLOSE_S)
        finally:
            self._writer.transport.abort()

    def _tag(self) -> str:
        self._number += 1
        self._left, self._lines = TEXT_MAX, LINES_MAX
        return f"L{self._number}"

    async def _write(self, data: bytes) -> None:
        if self._writer.transport.is_closing():  # uvloop would raise a RuntimeError
            raise ConnectionResetError
        self._writer.write(data)
        await self._writer.drain()

    async def _asked(self, tag: str) -> None:
        """Until the server asks for more."""
        while True:
            response = await self._response(None)
            if response.texts[0].startswith(b"+"):
                return
            if self._is_end(tag, response):
                raise Trouble("protocol", "it did not wait for what was to come")

    async def _answered(self, tag: str, take: Take | None) -> list[Response]:
        found: list[Response] = []
        while True:
            found.append(await self._response(take))
            if self._is_end(tag, found[-1]):
                return found

    def _is_end(self, tag: str, response: Response) -> bool:
        self._look(response)
        word, _, rest = response.line.partition(" ")
        if word != tag:
            return False
        if rest[:2].upper() != "OK":
            raise Refused(rest)
        return True

    def _look(self, response: Response) -> None:
        line = response.line
        if line[:5].upper() == "* BYE" and self._number:
            raise Trouble("gone", line[6:])
        if not line.startswith(("*", "+", "L")):
            raise Trouble("protocol", line)

    async def _response(self, take: Take | None) -> Response:
        texts: list[bytes] = []
        literals: list[bytes] = []
        while True:
            line = await self._line()
            found = LITERAL.search(line[-16:])
            if found is None:
                return Response([*texts, line], literals)
            texts.append(line[: len(line) - len(found[0])])
            literals.append(await self._literal(int(found[1]), take))

    async def _line(self) -> bytes:
        self._lines -= 1
        self._spend(0)
        pieces: list[bytes] = []
        while True:
            try:
                pieces.append(await self._reader.readuntil(b"\n"))
            except asyncio.LimitOverrunError as longer:
                pieces.append(await self._reader.readexactly(max(1, longer.consumed)))
                self._spend(len(pieces[-1]))
                continue
            self._spend(len(pieces[-1]))
            return b"".join(pieces).rstrip(b"\r\n")

    async def _literal(self, size: int, take: Take | None) -> bytes:
        if take is None:
            self._spend(size)
            return await self._reader.readexactly(size)
        if take(size):
            return await self._reader.readexactly(size)
        while size:
            size -= len(await self._reader.readexactly(min(size, LINE_MAX)))
        return b""

    def _spend(self, size: int) -> None:
        self._left -= size
        if self._left < 0 or self._lines < 0:
            raise Trouble("protocol", "it says more than anybody asked for")


def quoted(value: str) -> str | bytes:
    """A string as it can stand in a command: in quotation marks, or as a literal."""
    if value.isascii() and value.isprintable():
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return value.encode()


def folder(name: str) -> str:
    """A folder's name as servers spell it: in modified UTF-7 (RFC 3501, 5.1.3), in quotation marks."""
    spelled, strange = "", ""
    for letter in [*name, ""]:
        if letter and not " " <= letter <= "~":
            strange += letter
            continue
        if strange:
            spelled += "&" + base64.b64encode(strange.encode("utf-16-be")).decode().rstrip("=").replace("/", ",") + "-"
            strange = ""
        spelled += "&-" if letter == "&" else letter
    return str(quoted(spelled))


def fetched(response: Response) -> dict[str, bytes | None] | None:
    """What a FETCH response says, by the item's name (`UID`, `BODY[]`): None stands for NIL, lists are left out. None: it is another response."""
    found = FETCHED.match(response.texts[0])
    if found is None:
        return None
    told: dict[str, bytes | None] = {}
    name, depth = "", 0
    for mark, value in _items(response, found.end()):
        if mark:
            depth += 1 if mark == b"(" else -1
            name = "" if depth == 0 else name
        elif depth == 0 and not name:
            name = (value or b"").decode("latin-1").upper()
        elif depth == 0:
            told[name], name = value, ""
        if depth < 0:
            break
    return told


def _items(response: Response, at: int) -> Iterator[tuple[bytes, bytes | None]]:
    """(parenthesis, nothing) or (nothing, value)."""
    for number, text in enumerate(response.texts):
        for found in ITEM.finditer(text, at):
            string, mark, atom = found.groups()
            if mark is not None:
                yield mark, None
            elif string is not None:
                yield b"", ESCAPED.sub(rb"\1", string)
            else:
                yield b"", None if atom.upper() == b"NIL" else atom
        at = 0
        if number < len(response.literals):
            yield b"", response.literals[number]
