"""A language model's server on loopback, spoken to like any OpenAI-compatible one. What it says, and how it fails, is scripted; it is no model.

Over real sockets: streams, stalls, cuts, errors, garbage and rate limits are what the client sees of real ones.
"""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import msgspec

MARKED = re.compile(r"<(\w+) (\w+)>\n(.*?)\n</\1 \2>", re.DOTALL)
KEY = "sk-never-to-be-seen"


class Asked(msgspec.Struct):
    """One request: its headers and body, and what our prompts put between marks."""

    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def text(self) -> str:
        return "\n".join(message["content"] for message in self.body["messages"])

    @property
    def data(self) -> dict[str, Any]:
        return {name: json.loads(content) for name, _, content in MARKED.findall(self.text)}

    @property
    def sources(self) -> list[dict[str, str]]:
        return self.data.get("sources", [])

    @property
    def is_rewrite(self) -> bool:
        return "last_message" in self.data.get("customer", {})

    def source(self, words: str) -> str:
        """The name of the first source that holds these words."""
        return next(one["id"] for one in self.sources if words in one["text"])


class Answer(msgspec.Struct):
    """What is sent back. `pause_s` before anything, `each_s` before each piece.

    `stall_after` so many pieces nothing more comes, `cut_after` so many the connection goes.
    """

    text: str = ""
    status: int = 200
    headers: dict[str, str] = {}
    pause_s: float = 0.0
    each_s: float = 0.0
    stall_after: int | None = None
    cut_after: int | None = None
    usage: tuple[int, int] | None = (120, 30)
    raw: bytes | None = None


def saying(*sentences: tuple[str, list[str]], answerable: bool = True) -> str:
    """A reply in the form that is asked for."""
    return json.dumps({"answerable": answerable, "sentences": [{"text": text, "sources": sources} for text, sources in sentences]})


class Loopback:
    """`says` decides about each request; everything asked is in `asked`."""

    def __init__(self, host: str) -> None:
        self.host = host
        self.says: Callable[[Asked], Answer] = lambda asked: Answer(saying(answerable=False))
        self.asked: list[Asked] = []
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}/v1"

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await self._one(reader, writer):
                pass
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
        body = json.loads(await reader.readexactly(int(headers["content-length"])))
        asked = Asked(headers, body)
        self.asked.append(asked)
        answer = self.says(asked)
        await asyncio.sleep(answer.pause_s)
        if answer.raw is not None:
            writer.write(answer.raw)
            await writer.drain()
            return False
        if answer.status != 200:
            content = json.dumps({"error": {"message": f"no: your key is {KEY}", "type": "x", "code": "y"}}).encode()
            self._head(
                writer, answer.status, {**answer.headers, "content-type": "application/json", "content-length": str(len(content))}
            )
            writer.write(content)
            await writer.drain()
            return True
        self._head(writer, 200, {"content-type": "text/event-stream", "transfer-encoding": "chunked"})
        for number, piece in enumerate(re.findall(r".{1,12}", answer.text, re.DOTALL)):
            await asyncio.sleep(answer.each_s)
            if number == answer.stall_after:
                await asyncio.sleep(60)
            if number == answer.cut_after:
                writer.transport.abort()
                return False
            self._event(
                writer, {"choices": [{"index": 0, "delta": {"role": "assistant", "content": piece}, "finish_reason": None}]}
            )
            await writer.drain()
        self._event(writer, {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
        if answer.usage is not None:
            tokens_in, tokens_out = answer.usage
            usage = {"prompt_tokens": tokens_in, "completion_tokens": tokens_out, "total_tokens": tokens_in + tokens_out}
            self._event(writer, {"choices": [], "usage": usage})
        self._chunk(writer, b"data: [DONE]\n\n")
        writer.write(b"0\r\n\r\n")
        await writer.drain()
        return True

    def _head(self, writer: asyncio.StreamWriter, status: int, headers: dict[str, str]) -> None:
        lines = [f"HTTP/1.1 {status} X", *(f"{name}: {value}" for name, value in headers.items())]
        writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())

    def _event(self, writer: asyncio.StreamWriter, event: dict[str, Any]) -> None:
        whole = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m"} | event
        self._chunk(writer, b"data: " + json.dumps(whole).encode() + b"\n\n")

    def _chunk(self, writer: asyncio.StreamWriter, data: bytes) -> None:
        writer.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")


@asynccontextmanager
async def loopback(host: str = "127.0.0.1") -> AsyncIterator[Loopback]:
    found = Loopback(host)
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        with suppress(asyncio.CancelledError):
            await found._serve(reader, writer)

    server = await asyncio.start_server(serve, host, 0)
    found.port = server.sockets[0].getsockname()[1]
    try:
        yield found
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
