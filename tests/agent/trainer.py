"""A provider's trainings on loopback, over real sockets. What it does, and how it fails, is scripted; it trains nothing."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import msgspec

MODEL = "ft:tiny:harbour:7"


class Request(msgspec.Struct):
    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def line(self) -> str:
        return f"{self.method} {self.path.partition('?')[0].removeprefix('/v1')}"

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Reply(msgspec.Struct):
    """`raw` is sent as it is and the connection closed; `endless`: it never ends; `cut`: nothing is sent, the connection goes."""

    content: Any = None
    status: int = 200
    headers: dict[str, str] = {}
    raw: bytes | None = None
    pause_s: float = 0.0
    endless: bool = False
    cut: bool = False


class Trainer:
    """Takes files and trains with them: `status` is what it says of all trainings. `says` may answer in its place."""

    def __init__(self) -> None:
        self.says: Callable[[Request], Reply | None] = lambda request: None
        self.asked: list[Request] = []
        self.jobs: list[dict[str, Any]] = []
        self.status = "running"
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def lines(self) -> list[str]:
        return [request.line for request in self.asked]

    def _does(self, request: Request) -> Reply:
        match request.line.split("/"):
            case ["POST ", "files"]:
                return Reply({"id": f"file-{self.lines.count('POST /files')}", "object": "file"})
            case ["POST ", "fine_tuning", "jobs"]:
                self.jobs.append({"id": f"job-{len(self.jobs) + 1}", **request.json})
                return Reply(self._told(self.jobs[-1]))
            case ["GET ", "fine_tuning", "jobs"]:
                return Reply({"data": [self._told(job) for job in reversed(self.jobs)], "has_more": False})
            case ["POST ", "fine_tuning", "jobs", name, "cancel"]:
                self.status = "cancelled"
                return Reply(self._told({"id": name}))
            case ["GET ", "fine_tuning", "jobs", name]:
                return Reply(self._told(next(job for job in self.jobs if job["id"] == name)))
        return Reply({"error": "unknown"}, 404)

    def _told(self, job: dict[str, Any]) -> dict[str, Any]:
        return {**job, "status": self.status, "fine_tuned_model": MODEL if self.status == "succeeded" else None}

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
        method, path, _ = head[0].split(" ")
        request = Request(method, path, headers, await reader.readexactly(int(headers.get("content-length", "0"))))
        self.asked.append(request)
        reply = self.says(request) or self._does(request)
        await asyncio.sleep(reply.pause_s)
        if reply.cut:
            writer.transport.abort()
        elif reply.raw is not None:
            writer.write(reply.raw)
            await writer.drain()
        else:
            await self._send(writer, reply)

    async def _send(self, writer: asyncio.StreamWriter, reply: Reply) -> None:
        content = json.dumps(reply.content).encode()
        size = [] if reply.endless else [f"content-length: {len(content)}"]
        lines = [f"HTTP/1.1 {reply.status} X", "content-type: application/json", "connection: close", *size]
        lines += [f"{name}: {value}" for name, value in reply.headers.items()]
        writer.write(("\r\n".join(lines) + "\r\n\r\n").encode() + content)
        await writer.drain()
        while reply.endless:
            writer.write(b" " * 65536)
            await writer.drain()


@asynccontextmanager
async def trainer() -> AsyncIterator[Trainer]:
    found = Trainer()
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        with suppress(asyncio.CancelledError, asyncio.IncompleteReadError, ConnectionError):
            await found.serve(reader, writer)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    found.port = server.sockets[0].getsockname()[1]
    try:
        yield found
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
