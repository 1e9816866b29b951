"""From the visitor's POST to the agent's socket, one message at a time, beside the floor of the same run: a bare HTTP answer and `SELECT 1`."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from statistics import median
from typing import Any

import asyncpg
import httpx
import msgspec
import websockets

from tests.bench import ground
from tests.bench.measure import Options, percentiles
from tests.factories import client_id
from tests.stack import Stack

QUICK = True


async def run(options: Options) -> dict[str, Any]:
    """Milliseconds: `ack_*` until the POST is answered, `screen_*` until the frame is there. `--n`: messages."""
    async with ground.database() as urls, ground.stack(urls) as stack:
        return await _measure(stack, options.n or 300)


async def _measure(stack: Stack, n: int) -> dict[str, Any]:
    connection = await asyncpg.connect(stack.environment["LACASA_DATABASE_URL"])
    key = await connection.fetchval("SELECT widget_key FROM inboxes LIMIT 1")
    await connection.execute("UPDATE inboxes SET ai_enabled = false")
    figures: dict[str, list[float]] = {"select_1": [], "http": [], "ack": [], "screen": []}
    async with httpx.AsyncClient(base_url=stack.url, headers={"Origin": stack.url}) as http, websockets.connect(stack.ws) as socket:
        session = (await http.post(f"/api/widget/{key}/session", json={})).json()
        headers = {"Authorization": f"Bearer {session['token']}"}
        first = await http.post(f"/api/widget/{key}/messages", headers=headers, json={"client_id": client_id(), "content": "Hello"})
        conversation = first.json()["conversation"]["token"]
        await _subscribe(socket, session["token"], key)
        for _ in range(n):
            figures["select_1"].append(await _timed(lambda: connection.fetchval("SELECT 1")))
            figures["http"].append(await _timed(lambda: http.get("/health/live")))
            body = {"client_id": client_id(), "conversation": conversation, "content": "How far is it?"}
            began = time.perf_counter()
            seen = asyncio.create_task(_message(socket))
            (await http.post(f"/api/widget/{key}/messages", headers=headers, json=body)).raise_for_status()
            figures["ack"].append((time.perf_counter() - began) * 1000)
            await seen
            figures["screen"].append((time.perf_counter() - began) * 1000)
    await connection.close()
    floor = median(figures["select_1"]) + median(figures["http"])
    times = {name: value for kind, values in figures.items() for name, value in percentiles(values, f"{kind}_").items()}
    return {"n": n, **times, "ratio_to_floor": round(median(figures["screen"]) / floor, 2)}


async def _subscribe(socket: websockets.ClientConnection, token: str, key: str) -> None:
    await socket.recv()
    await socket.send(msgspec.json.encode({"op": "auth", "token": token, "key": key}).decode())
    await socket.recv()
    await socket.send(msgspec.json.encode({"op": "subscribe", "cursor": None}).decode())
    await socket.recv()


async def _message(socket: websockets.ClientConnection) -> None:
    while True:
        frame = msgspec.json.decode(await asyncio.wait_for(socket.recv(), 10))
        if frame["op"] == "event" and frame["event"]["type"] == "message.created":
            return


async def _timed(act: Callable[[], Awaitable[Any]]) -> float:
    began = time.perf_counter()
    await act()
    return (time.perf_counter() - began) * 1000
