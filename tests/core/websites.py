"""A real HTTP server on loopback that plays a website, as well or as badly as a test wants."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

Page = str | bytes | Callable[[dict[str, str]], bytes]


def answer(body: str | bytes = b"", status: int = 200, **headers: str) -> bytes:
    data = body.encode() if isinstance(body, str) else body
    named = {"content-type": "text/html; charset=utf-8", "content-length": str(len(data))} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    head = [f"HTTP/1.1 {status} X", *(f"{name}: {value}" for name, value in named.items()), "", ""]
    return "\r\n".join(head).encode() + data


class Website:
    """`pages` by path: HTML, a whole answer in bytes, or what makes one of the request's headers. `asked`: paths in their order."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.asked: list[str] = []
        self.at_once = self.most_at_once = 0
        self.port = 0

    def at(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def listed(self, *paths: str) -> str:
        return f"<urlset>{''.join(f'<url><loc>{self.at(path)}</loc></url>' for path in paths)}</urlset>"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
            path = first.split(" ")[1]
            self.asked.append(path)
            headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines if line)}
            page = self.pages.get(path, answer("no", 404))
            page = page(headers) if callable(page) else page
            if page == b"drip":
                writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n")
                while True:
                    writer.write(b"x")
                    await writer.drain()
                    await asyncio.sleep(0.02)
            writer.write(answer(page) if isinstance(page, str) else page)
            await writer.drain()
        self.at_once -= 1
        writer.close()


@asynccontextmanager
async def a_website() -> AsyncIterator[Website]:
    found = Website()
    async with await asyncio.start_server(found.serve, "127.0.0.1", 0) as listening:
        found.port = listening.sockets[0].getsockname()[1]
        yield found
