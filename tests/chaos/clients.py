"""Clients that behave like ours: they send until they are answered, and listen with a cursor through every cut.

A message is known by its text, `<writer>/<number>`: what a server makes of client ids must not fool the checker.
"""

import asyncio
import os
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import msgspec
import websockets

from tests.chaos.door import Answer, Door, NoAnswerError, NotReachedError

ATTEMPT_S = 40.0
"""Long, so that a machine at its limit answers late rather than work for clients who have gone."""
RETRY_S = (0.1, 3.0)
"""Before the second attempt and at most; it doubles, with full jitter, as the widget's outbox does it."""
ENTER_S, PING_S = 30.0, 25.0
PLAIN = str.maketrans("./", "--")


class AckLog:
    """What clients were promised, kept outside of the system and synced line by line."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("ab", buffering=0)
        self.entries: list[tuple[str, str, int]] = []

    def add(self, conversation: str, text: str, seq: int) -> None:
        self._file.write(msgspec.json.encode([conversation, text, seq]) + b"\n")
        os.fsync(self._file.fileno())
        self.entries.append((conversation, text, seq))

    def close(self) -> None:
        self._file.close()


class Supply:
    """`n` messages for all writers together, or without end until `stop`."""

    def __init__(self, n: int | None = None) -> None:
        self._left = n
        self._stopped = False

    def take(self) -> bool:
        if self._stopped or self._left == 0:
            return False
        if self._left is not None:
            self._left -= 1
        return True

    def stop(self) -> None:
        self._stopped = True


class World:
    """What all clients share: where to go, the ack log, the counts, and when each message was sent, acked and heard.

    `counts`: `unknown` (sent, never answered, sent again), `not_reached`, `unavailable` (an honest 503), `refused` (4xx),
    `dishonest` (any other 5xx, or a refusal that is no problem document).
    """

    def __init__(self, port: int, key: str, acks: AckLog, seed: int) -> None:
        self.port, self.key, self.acks, self.seed = port, key, acks, seed
        self.filler = ""
        """What every message has besides its name, to make it long."""
        self.counts: Counter[str] = Counter()
        self.begun: dict[str, float] = {}
        self.acked: dict[str, float] = {}
        self.ends: Counter[int] = Counter()
        """How sockets ended, by close code."""
        self.examples: dict[str, str] = {}
        """The first answer of each kind that should not be."""

    def worded(self, name: str) -> str:
        return f"{name}|{self.filler}" if self.filler else name

    @property
    def unanswered(self) -> int:
        """Messages begun and never acknowledged: nobody was promised anything about them."""
        return len(self.begun) - len(self.acked)


class Writer:
    """One hand that writes into one conversation, one message after the other, each until it is acknowledged.

    `post(writer, client_id, text, timeout_s)` makes one attempt.
    """

    def __init__(self, world: World, name: str, post: "Post") -> None:
        self.world, self.name = world, name
        self.door = Door(world.port)
        self.conversation: str | None = None
        self.chance = random.Random(f"{world.seed}.{name}")
        self._post = post
        self._number = 0

    async def write(self, supply: Supply, pause_s: float = 0.0) -> None:
        """Until the supply ends; between messages a pause of 0 to twice `pause_s`."""
        while supply.take():
            await self.say()
            if pause_s:
                await asyncio.sleep(self.chance.uniform(0, 2 * pause_s))

    async def say(self) -> bool:
        """One message, until it is acknowledged. False: it was refused for good."""
        text = self._next()
        answer = await persist(self.world, self.chance, lambda: self._send(text, ATTEMPT_S))
        if answer.status >= 300:
            self.conversation = None  # the server forgot a conversation that it had acknowledged
            return False
        self._note(text, answer)
        return True

    async def attempt(self, timeout_s: float) -> Answer:
        """One message, once.

        Raises:
            NotReachedError, NoAnswerError: see there.
        """
        text = self._next()
        answer = await self._send(text, timeout_s)
        if answer.status < 300:
            self._note(text, answer)
        return answer

    def _next(self) -> str:
        text = f"{self.name}/{self._number:06d}"
        self._number += 1
        self.world.begun[text] = time.monotonic()
        return text

    def _send(self, text: str, timeout_s: float) -> Awaitable[Answer]:
        return self._post(self, f"chaos-{text}".translate(PLAIN), self.world.worded(text), timeout_s)

    def _note(self, text: str, answer: Answer) -> None:
        sent = answer.json()
        token: str = sent["conversation"]["token"]
        self.conversation = token
        self.world.acks.add(token, text, sent["message"]["seq"])
        self.world.acked[text] = time.monotonic()


Post = Callable[[Writer, str, str, float], Awaitable[Answer]]


def name_of(content: str) -> str:
    """The name that a message's text begins with."""
    return content.partition("|")[0]


async def persist(world: World, chance: random.Random, attempt: Callable[[], Awaitable[Answer]]) -> Answer:
    """Until it is answered with 2xx or refused for good (4xx), as the widget's outbox does it; everything else is tried again."""
    pause_s = RETRY_S[0]
    while True:
        try:
            answer = await attempt()
        except NotReachedError:
            world.counts["not_reached"] += 1
        except NoAnswerError:
            world.counts["unknown"] += 1
        else:
            if answer.status < 300:
                return answer
            kind = _kind(answer)
            world.counts[kind] += 1
            if kind in ("refused", "dishonest"):
                world.examples.setdefault(f"{kind} {answer.status}", answer.body[:300].decode(errors="replace"))
            if kind == "refused":
                return answer
        await asyncio.sleep(chance.uniform(0, pause_s))
        pause_s = min(2 * pause_s, RETRY_S[1])


def _kind(answer: Answer) -> str:
    if not answer.is_problem:
        return "dishonest"
    if answer.status in (408, 409, 429):
        return "again"
    if answer.status == 503:
        return "unavailable"
    return "refused" if answer.status < 500 else "dishonest"


class Ear:
    """One socket that hears everything its owner may see: `heard` by conversation token, in the order of arrival."""

    def __init__(self, world: World, name: str) -> None:
        self.world, self.name = world, name
        self.chance = random.Random(f"{world.seed}.ear.{name}")
        self.heard: dict[str, list[tuple[int, str]]] = {}
        self.heard_at: dict[str, float] = {}
        self.known: set[str] = set()
        self.cursor: str | None = None
        self.resyncs = 0
        self._fetched: dict[str, tuple[int, int]] = {}
        """By conversation, what was fetched after a resync and may yet come as an event: messages after the first `seq`, up to the second."""
        self.live_after: list[float] = []
        """Seconds from each loss of the socket until it was live again."""
        self.live = asyncio.Event()

    async def credentials(self) -> dict[str, Any]:
        raise NotImplementedError

    async def refetch(self, token: str, before_seq: int | None) -> Answer:
        """A page of a thread, for who was told to start over."""
        raise NotImplementedError

    async def listen(self, stopping: asyncio.Event) -> None:
        """Until `stopping`; after each cut go on from the last cursor."""
        lost_at: float | None = None
        pause_s = RETRY_S[0]
        while not stopping.is_set():
            try:
                async with websockets.connect(
                    f"ws://127.0.0.1:{self.world.port}/ws", open_timeout=10, close_timeout=1, ping_interval=None, compression=None
                ) as socket:
                    await self._enter(socket)
                    if lost_at is not None:
                        self.live_after.append(time.monotonic() - lost_at)
                        lost_at = None
                    self.live.set()
                    pause_s = RETRY_S[0]
                    await self._hear_until(socket, stopping)
            except (OSError, websockets.WebSocketException, NoAnswerError, NotReachedError) as error:
                lost_at = lost_at or time.monotonic()
                self.live.clear()
                if isinstance(error, websockets.ConnectionClosed) and error.rcvd is not None:
                    self.world.ends[error.rcvd.code] += 1
                await asyncio.sleep(self.chance.uniform(0, pause_s))
                pause_s = min(2 * pause_s, RETRY_S[1])

    async def _enter(self, socket: Any) -> None:
        """Authenticate, subscribe, and hear the replay to its end."""
        async with asyncio.timeout(ENTER_S):
            await socket.recv()
            await socket.send(msgspec.json.encode({"op": "auth", **await self.credentials()}).decode())
            await socket.recv()
            await socket.send(msgspec.json.encode({"op": "subscribe", "cursor": self.cursor}).decode())
        while await self._hear(msgspec.json.decode(await asyncio.wait_for(socket.recv(), ENTER_S))) not in ("live", "resync"):
            continue

    async def _hear_until(self, socket: Any, stopping: asyncio.Event) -> None:
        """Pings as our client does; a socket that is silent though pinged is given up: it may be half-open."""
        pinged, silent = time.monotonic(), 0
        while not stopping.is_set():
            if silent == 5 or time.monotonic() > pinged + PING_S:
                await socket.send('{"op":"ping","n":1}')
                pinged = time.monotonic()
            elif silent == 10:
                socket.transport.abort()
            try:
                text = await asyncio.wait_for(socket.recv(), 1.0)
            except TimeoutError:
                silent += 1
            else:
                silent = 0
                await self._hear(msgspec.json.decode(text))

    async def _hear(self, frame: dict[str, Any]) -> str:
        if frame["op"] == "event" and frame["event"]["type"] == "message.created":
            event = frame["event"]
            self._note(event["conversation"]["token"], event["message"]["seq"], name_of(event["message"]["content"]))
        if frame["op"] == "resync":
            self.resyncs += 1
            await self._start_over()
        if "cursor" in frame:
            self.cursor = frame["cursor"]
        return str(frame["op"])

    def _note(self, token: str, seq: int, text: str) -> None:
        passed, upto = self._fetched.pop(token, (0, 0))
        if passed < seq <= upto:  # it was written between the cursor and the fetching: passed over once, as our client does it
            self._fetched[token] = (seq, upto)
            return
        self.heard.setdefault(token, []).append((seq, text))
        self.heard_at.setdefault(text, time.monotonic())
        self.known.add(text)

    async def _start_over(self) -> None:
        """All that the threads have gained since this ear last heard of them. Whoever is cut meanwhile has to start over again."""
        gained = {token: await self._since(token, rows[-1][0]) for token, rows in self.heard.items()}
        for token, rows in gained.items():
            if rows:
                self._fetched[token] = (self.heard[token][-1][0], rows[-1][0])
            self.heard[token] += rows
            self.known |= {text for _, text in rows}

    async def _since(self, token: str, seq: int) -> list[tuple[int, str]]:
        """What a thread has after message `seq`, in its order."""
        before: int | None = None
        found: list[tuple[int, str]] = []
        while True:
            page = (await self.refetch(token, before)).json()
            found += [(one["seq"], name_of(one["content"])) for one in page["messages"] if one["seq"] > seq]
            if not page["has_more"] or page["messages"][0]["seq"] <= seq:
                return sorted(found)
            before = page["messages"][0]["seq"]


class Visitor(Ear):
    """A person with a browser: conversations of his own, and one socket."""

    def __init__(self, world: World, number: int, conversations: int) -> None:
        super().__init__(world, f"v{number:04d}")
        self.token = ""
        self.number = number
        self.writers = [Writer(world, f"{self.name}.{thread}", self.send) for thread in range(conversations)]
        self._door = Door(world.port)

    async def open(self) -> None:
        """Become a visitor with a first message, and remember the place in the log before it."""
        path = f"/api/widget/{self.world.key}"
        answer = await persist(self.world, self.chance, lambda: self._door.ask("POST", f"{path}/session", {}))
        self.token = answer.json()["token"]
        answer = await persist(
            self.world, self.chance, lambda: self._door.ask("GET", f"{path}/conversations", headers=self._bearer)
        )
        self.cursor = answer.json()["live_cursor"]
        await self.writers[0].say()

    @property
    def _bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    async def send(self, writer: Writer, client_id: str, text: str, timeout_s: float) -> Answer:
        body = {"client_id": client_id, "conversation": writer.conversation, "content": text}
        path = f"/api/widget/{self.world.key}/messages"
        return await writer.door.ask("POST", path, body, headers=self._bearer, timeout_s=timeout_s)

    async def upload(self, name: str, content: bytes) -> Answer:
        """One attempt at a file."""
        headers = {**self._bearer, "Content-Type": "text/plain"}
        return await self._door.ask("POST", f"/api/widget/{self.world.key}/files?name={name}", content, headers=headers)

    async def credentials(self) -> dict[str, Any]:
        return {"token": self.token, "key": self.world.key}

    async def refetch(self, token: str, before_seq: int | None) -> Answer:
        place = f"/api/widget/{self.world.key}/conversations/{token}/messages?limit=100"
        place += "" if before_seq is None else f"&before_seq={before_seq}"
        return await persist(self.world, self.chance, lambda: self._door.ask("GET", place, headers=self._bearer))


class Staff(Ear):
    """A member of staff: sees every conversation, and can write into any with several hands at once."""

    def __init__(self, world: World, name: str, account: dict[str, str]) -> None:
        super().__init__(world, name)
        self._account = account
        self._door = Door(world.port)
        self._headers = {"Origin": f"http://127.0.0.1:{world.port}"}
        self._ids: dict[str, int] = {}
        self._busy = asyncio.Lock()
        self.writers: list[Writer] = []

    async def sign_in(self) -> None:
        given = {"email": self._account["email"], "password": self._account["password"]}
        answer = await persist(
            self.world, self.chance, lambda: self._door.ask("POST", "/api/auth/login", given, headers=self._headers)
        )
        self._headers["Cookie"] = answer.headers["set-cookie"].partition(";")[0]

    async def ask(self, method: str, path: str, body: Any = None) -> Answer:
        """Any request as this person, until it is answered."""
        async with self._busy:
            return await persist(self.world, self.chance, lambda: self._door.ask(method, path, body, headers=self._headers))

    def answer_in(self, conversation_id: int, hands: int) -> None:
        """Get `hands` writers that answer in one conversation at the same time."""
        path = f"/api/conversations/{conversation_id}/reply"

        async def send(writer: Writer, client_id: str, text: str, timeout_s: float) -> Answer:
            body = {"client_id": client_id, "content": text}
            return await writer.door.ask("POST", path, body, headers=self._headers, timeout_s=timeout_s)

        self.writers = [Writer(self.world, f"{self.name}.{hand:02d}", send) for hand in range(hands)]

    async def credentials(self) -> dict[str, Any]:
        async with self._busy:
            answer = await self._door.ask("POST", "/api/auth/ticket", headers=self._headers)
        if answer.status == 200:
            return {"ticket": answer.json()["ticket"]}
        raise NoAnswerError(f"no ticket: {answer.status}")

    async def _hear(self, frame: dict[str, Any]) -> str:
        if frame["op"] == "event" and frame["event"]["type"] == "message.created":
            conversation = frame["event"]["conversation"]
            self._ids[conversation["token"]] = conversation["id"]
        return await super()._hear(frame)

    async def refetch(self, token: str, before_seq: int | None) -> Answer:
        place = f"/api/conversations/{self._ids[token]}/messages?limit=100"
        return await self.ask("GET", place if before_seq is None else f"{place}&before_seq={before_seq}")
