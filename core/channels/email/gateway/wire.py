"""What a mail client sends, cut as SMTP and LMTP cut it: command lines, and a mail that ends at a dot.

Lines end with CRLF and with nothing else. What other servers took for the end of a mail (a dot between bare line feeds: "SMTP
smuggling") is part of the mail here, so that nobody can make two mails out of one.
"""

import asyncio
from collections.abc import Callable

LINE_MAX = 4096
"""Bytes of a command line. RFC 5321 asks for 512, and for more with each extension."""
PIECE = 64 * 1024
END = b"\r\n.\r\n"


class BadLineError(Exception):
    """A command line too long, or not ended by CRLF: whatever follows cannot be trusted."""


class Wire:
    def __init__(self, reader: asyncio.StreamReader) -> None:
        self._reader = reader
        self._held = b""

    async def _more(self, within_s: float) -> bytes:
        piece = await asyncio.wait_for(self._reader.read(PIECE), within_s)
        if not piece:
            raise EOFError
        return piece

    @property
    def has_more(self) -> bool:
        """Whether the client has sent something after the line that was read last."""
        return bool(self._held)

    async def line(self, within_s: float) -> bytes:
        """The next command, without its end.

        Raises:
            BadLineError, EOFError, TimeoutError
        """
        while (end := self._held.find(b"\n")) < 0:
            if len(self._held) > LINE_MAX:
                raise BadLineError("too long")
            self._held += await self._more(within_s)
        line, self._held = self._held[: end + 1], self._held[end + 1 :]
        if end > LINE_MAX or not line.endswith(b"\r\n") or b"\r" in line[:-2]:
            raise BadLineError("not one line")
        return line[:-2]

    async def mail(self, grown: Callable[[int], bool], *, pause_s: float, most: int) -> bytes | None:
        """The bytes up to the dot, unstuffed; None where `grown(size)` once said that there may be no more: these are read past.

        Raises:
            BadLineError: more than `most` bytes came without an end.
            EOFError, TimeoutError: it is not complete.
        """
        data = bytearray(b"\r\n")  # so that a dot in the first line is one after a line break
        piece, self._held = self._held, b""
        size, is_wanted = 0, True
        while True:
            searched = max(0, len(data) - len(END) + 1)
            data += piece
            size += len(piece)
            end = data.find(END, searched)
            if end >= 0:
                self._held = bytes(data[end + len(END) :])
                del data[end + 2 :]
                return _unstuffed(data) if is_wanted and grown(len(data) - 2) else None
            if is_wanted and not grown(size):
                is_wanted = False
            if not is_wanted:
                del data[: -len(END) + 1]
            if size > most:
                raise BadLineError("endless")
            piece = await self._more(pause_s)


def _unstuffed(data: bytearray) -> bytes:
    """Without the first two bytes, and without the dot that was put before each line that begins with one."""
    if data.find(b"\r\n.") < 0:
        return bytes(memoryview(data)[2:])
    return bytes(memoryview(data.replace(b"\r\n.", b"\r\n"))[2:])
