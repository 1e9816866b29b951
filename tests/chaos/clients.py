"""Clients that behave like the widget: they send until they are answered, and listen with a cursor through every cut."""

import asyncio
import os
import random
from pathlib import Path
from typing import Any

import httpx
import msgspec
import websockets

ATTEMPT_S = 5.0
PATIENCE_S = 90.0


class AckLog:
    """What clients were promised, kept outside of the system and synced line by line."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("ab", buffering=0)
        self.entries: list[tuple[str, str, int]] = []

    def add(self, conversation: str, client_id: str, seq: int) -> None:
        self._file.write(msgspec.json.encode([conversation, client_id, seq]) + b"\n")
        os.fsync(self._file.fileno())
        self.entries.append((conversation, client_id, seq))


class RefusedError(Exception):
    """The server says that this cannot be: 4xx."""


class Client:
    """One visitor: `heard` is every message its socket ever carried, in order, duplicates included."""

    def __init__(self, url: str, ws: str, key: str, number: int, chance: random.Random, acks: AckLog) -> None:
        self._url, self._ws, self._key = url, ws, key
        self.number = number
        self._chance = chance
        self._acks = acks
        self.token = ""
        self.conversation: str | None = None
        self.sent: list[str] = []
        self.heard: list[tuple[int, str | None]] = []
        self.retries = 0
        self.refused = 0
        self._cursor: str | None = None
        self._written = asyncio.Event()

    async def open(self) -> None:
        """Become a visitor, and remember the place in the log before the first message."""
        self.token = (await self._post("session", {}))["token"]
        async with httpx.AsyncClient(base_url=self._url, timeout=ATTEMPT_S) as http:
            answer = await http.get(f"/api/widget/{self._key}/conversations", headers={"Authorization": f"Bearer {self.token}"})
        self._cursor = answer.json()["live_cursor"]

    async def send(self, count: int) -> None:
        """Send `count` messages one after the other, each until it is acknowledged."""
        for number in range(count):
            client_id = f"chaos-{self.number:04d}-{number:06d}"
            body = {
                "client_id": client_id,
                "conversation": self.conversation,
                "content": f"Message {number} of client {self.number}",
            }
            try:
                answer = await self._post("messages", body)
            except RefusedError:
                self.refused += 1  # the server forgot a conversation that it had acknowledged
                self.conversation = None
                continue
            self.conversation = answer["conversation"]["token"]
            self._written.set()
            self._acks.add(self.conversation, client_id, answer["message"]["seq"])
            self.sent.append(client_id)
            await asyncio.sleep(self._chance.uniform(0, 0.05))

    async def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Until it is answered with 2xx. 4xx is a defect of the test; everything else is tried again."""
        deadline = asyncio.get_running_loop().time() + PATIENCE_S
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        while asyncio.get_running_loop().time() < deadline:
            try:
                async with httpx.AsyncClient(base_url=self._url, timeout=ATTEMPT_S) as http:
                    answer = await http.post(f"/api/widget/{self._key}/{path}", json=body, headers=headers)
                if answer.status_code < 300:
                    found: dict[str, Any] = answer.json()
                    return found
                if answer.status_code < 500 and answer.status_code not in (408, 409, 429):
                    raise RefusedError(f"{answer.status_code} {answer.text}")
            except httpx.HTTPError:
                self.retries += 1
            await asyncio.sleep(self._chance.uniform(0.05, 0.4))
        raise AssertionError(f"client {self.number} was not answered within {PATIENCE_S:.0f} s")

    async def listen(self, stopping: asyncio.Event) -> None:
        """Hear until `stopping`, from the first message on; after each cut go on from the last cursor."""
        await self._written.wait()
        while not stopping.is_set():
            try:
                async with websockets.connect(self._ws, open_timeout=5, close_timeout=1, ping_interval=None) as socket:
                    await self._subscribe(socket)
                    while not stopping.is_set():
                        try:
                            self._hear(msgspec.json.decode(await asyncio.wait_for(socket.recv(), 0.5)))
                        except TimeoutError:
                            continue
            except (OSError, websockets.WebSocketException):
                await asyncio.sleep(self._chance.uniform(0.05, 0.4))

    async def _subscribe(self, socket: Any) -> None:
        await socket.recv()
        await socket.send(msgspec.json.encode({"op": "auth", "token": self.token, "key": self._key}).decode())
        await socket.recv()
        await socket.send(msgspec.json.encode({"op": "subscribe", "cursor": self._cursor}).decode())

    def _hear(self, frame: dict[str, Any]) -> None:
        if "cursor" in frame:
            self._cursor = frame["cursor"]
        if frame["op"] == "resync":
            raise AssertionError(f"client {self.number} had to start over: {frame['reason']}")
        if frame["op"] == "event" and frame["event"]["type"] == "message.created":
            message = frame["event"]["message"]
            self.heard.append((message["seq"], message["client_id"]))
