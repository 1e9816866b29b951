"""The webhook step against a server of ours: accepted at most once, tried again where it was not, and no way into the house."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from core.access import Actor
from core.database import pool
from core.settings import settings
from modules.workflows.actions import advancing
from modules.workflows.saying import Explained
from tests.factories import a_contact, an_organization
from tests.workflows.support import a_workflow, drive, enroll, hours_pass, of, tag, taken

pytestmark = pytest.mark.usefixtures("connected")


@pytest.fixture
async def admin() -> Actor:
    return await an_organization()


@pytest.fixture
def loopback() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LACASA_EGRESS_NETWORKS", "127.0.0.1")
        settings.cache_clear()
        yield
    settings.cache_clear()


class Server:
    """Answers with `statuses`, the last one for ever; 0: the connection is cut without an answer."""

    def __init__(self, *statuses: int) -> None:
        self.statuses = list(statuses)
        self.heads: list[str] = []
        self.bodies: list[dict[str, Any]] = []
        self.port = 0

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = next(int(line.partition(":")[2]) for line in head.splitlines() if line.lower().startswith("content-length"))
        self.heads.append(head)
        self.bodies.append(json.loads(await reader.readexactly(length)))
        status = self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]
        if status:
            writer.write(f"HTTP/1.1 {status} Said\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".encode())
            await writer.drain()
        writer.close()


@asynccontextmanager
async def serving(*statuses: int) -> AsyncIterator[Server]:
    server = Server(*statuses)
    listening = await asyncio.start_server(server.answer, "127.0.0.1", 0)
    server.port = listening.sockets[0].getsockname()[1]
    async with listening:
        yield server


def hook(port: int, **more: Any) -> dict[str, Any]:
    config = {"url": f"http://127.0.0.1:{port}/in", "headers": {"Authorization": "Bearer a"}, "body": {"kind": "care"}}
    return {"id": "hook", "type": "webhook", "config": config, **more}


async def tried_again(admin: Actor) -> None:
    await hours_pass(admin, 1)
    await drive(admin)


@pytest.mark.usefixtures("loopback")
async def test_what_is_sent_says_who_and_why_and_can_be_told_from_another(admin: Actor) -> None:
    async with serving(200) as server:
        workflow, ida = await a_workflow(admin, hook(server.port), tag("told")), await a_contact(admin, email="ida@example.com")
        run = await enroll(admin, workflow, ida, "order-1", order={"total": 5})
        await asyncio.gather(*(advancing.advance(admin, run.id) for _ in range(5)))
        await drive(admin)
    [body], [head] = server.bodies, server.heads
    assert taken(await of(admin, run)) == [("hook", "done"), ("told", "done")]
    assert body["contact"]["email"] == "ida@example.com"
    assert (body["trigger"], body["data"], body["workflow"]["id"]) == ({"order": {"total": 5}}, {"kind": "care"}, workflow.id)
    assert "authorization: bearer a" in head.lower()
    assert "idempotency-key: " in head.lower()


@pytest.mark.usefixtures("loopback")
async def test_a_busy_server_is_asked_again_with_the_same_key(admin: Actor) -> None:
    async with serving(503, 429, 200) as server:
        run = await enroll(admin, await a_workflow(admin, hook(server.port)), await a_contact(admin))
        await drive(admin)
        waiting = await of(admin, run)
        assert (taken(waiting), waiting.held) == ([("hook", "again")], Explained("answered", {"status": 503}))
        await tried_again(admin)
        await tried_again(admin)
    assert taken(await of(admin, run)) == [("hook", "done")]
    assert (await of(admin, run)).steps[0].attempt == 3
    assert len({line for head in server.heads for line in head.lower().splitlines() if line.startswith("idempotency-key")}) == 1


@pytest.mark.usefixtures("loopback")
@pytest.mark.parametrize(("status", "becomes"), [(404, "failed"), (302, "failed"), (0, "uncertain")])
async def test_what_was_refused_or_lost_is_not_sent_again(admin: Actor, status: int, becomes: str) -> None:
    async with serving(status) as server:
        run = await enroll(admin, await a_workflow(admin, hook(server.port)), await a_contact(admin))
        await drive(admin)
        await tried_again(admin)
    assert taken(await of(admin, run)) == [("hook", becomes)]
    assert len(server.bodies) == 1


async def test_addresses_inside_the_house_are_not_asked(admin: Actor) -> None:
    async with serving(200) as server:
        run = await enroll(admin, await a_workflow(admin, hook(server.port, on_failure="exit")), await a_contact(admin))
        await drive(admin)
    ended = await of(admin, run)
    assert (ended.reason, taken(ended), server.bodies) == ("step_failed", [("hook", "failed")], [])
    assert "not on the public internet" in ended.detail


@pytest.mark.usefixtures("loopback")
async def test_who_dies_in_the_midst_leaves_it_uncertain_and_it_is_not_sent_again(admin: Actor) -> None:
    async with serving(200) as server:
        run = await enroll(admin, await a_workflow(admin, hook(server.port), tag("after")), await a_contact(admin))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(advancing, "_asked", _die)
            with pytest.raises(RuntimeError, match="killed"):
                await advancing.advance(admin, run.id)
        assert await pool().fetchval("SELECT status FROM workflow_effects WHERE enrollment_id = $1", run.id) == "begun"
        assert await advancing.advance(admin, run.id) is False, "whoever began it may still live"
        await tried_again(admin)
    assert taken(await of(admin, run)) == [("hook", "uncertain"), ("after", "done")]
    assert server.bodies == []


async def _die(*_: Any) -> Any:
    raise RuntimeError("killed")
