"""A server in a process of its own that takes every mail and keeps none: what senders of mail are measured before. Prints its port."""

import asyncio
from typing import cast

import uvloop


class Taking(asyncio.Protocol):
    """Reads no more of a mail than where it ends."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._out = cast(asyncio.Transport, transport)
        self._waiting = b""
        self._in_mail = False
        transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        self._waiting += data
        while True:
            end = b"\r\n.\r\n" if self._in_mail else b"\r\n"
            told, found, rest = self._waiting.partition(end)
            if not found:
                return
            self._waiting = rest
            self._answer(told[:4].upper())

    def _answer(self, word: bytes) -> None:
        if self._in_mail:
            self._in_mail = False
            self._out.write(b"250 taken\r\n")
        elif word == b"DATA":
            self._in_mail = True
            self._out.write(b"354 go on\r\n")
        elif word == b"EHLO":
            self._out.write(b"250-sink\r\n250 PIPELINING\r\n")
        elif word == b"QUIT":
            self._out.write(b"221 bye\r\n")
            self._out.close()
        else:
            self._out.write(b"250 sink\r\n")


async def _serve() -> None:
    server = await asyncio.get_running_loop().create_server(Taking, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(_serve())
