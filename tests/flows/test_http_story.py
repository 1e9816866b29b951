"""A message both ways through the public door: HTTP in, sockets out, all processes real."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

import httpx
import msgspec
import pytest
import websockets

from tests.factories import PASSWORD, an_address, client_id
from tests.stack import Stack


class Live:
    """A socket that collects what it hears."""

    def __init__(self, socket: websockets.ClientConnection) -> None:
        self.socket = socket
        self.cursor: str | None = None
        self.events: list[dict[str, Any]] = []

    async def frame(self) -> dict[str, Any]:
        found: dict[str, Any] = msgspec.json.decode(await asyncio.wait_for(self.socket.recv(), 10))
        self.cursor = found.get("cursor", self.cursor)
        if found["op"] == "event":
            self.events.append(found["event"])
        return found

    async def say(self, **frame: Any) -> None:
        await self.socket.send(msgspec.json.encode(frame).decode())

    async def until(self, kind: str) -> dict[str, Any]:
        """The next event of this type."""
        while True:
            frame = await self.frame()
            if frame["op"] == "event" and frame["event"]["type"] == kind:
                event: dict[str, Any] = frame["event"]
                return event

    async def join(self, cursor: str | None = None, **auth: str) -> dict[str, Any]:
        await self.frame()
        await self.say(op="auth", **auth)
        await self.frame()
        await self.say(op="subscribe", cursor=cursor)
        while True:
            frame = await self.frame()
            if frame["op"] in ("live", "resync"):
                return frame


@pytest.fixture
async def agent(stack: Stack) -> AsyncIterator[httpx.AsyncClient]:
    """A browser of a new organization's admin."""
    async with httpx.AsyncClient(base_url=stack.url, headers={"Origin": stack.url}, timeout=10) as client:
        body = {"organization_name": "Harbour", "name": "Ada", "email": an_address(), "password": PASSWORD}
        answer = await client.post("/api/auth/signup", json=body)
        assert answer.status_code == 201, answer.text
        yield client


async def a_widget(agent: httpx.AsyncClient) -> tuple[str, dict[str, str]]:
    """An inbox's key and a visitor's headers."""
    inbox = (await agent.post("/api/inboxes", json={"name": "Website", "ai_enabled": False})).json()
    key = inbox["widget_key"]
    session = (await agent.post(f"/api/widget/{key}/session", json={})).json()
    return key, {"Authorization": f"Bearer {session['token']}"}


async def test_a_message_goes_both_ways_live(stack: Stack, agent: httpx.AsyncClient) -> None:
    key, visitor = await a_widget(agent)
    ticket = (await agent.post("/api/auth/ticket")).json()["ticket"]
    async with websockets.connect(stack.ws) as one, websockets.connect(stack.ws) as other:
        inbox, widget = Live(one), Live(other)
        assert (await inbox.join(ticket=ticket))["op"] == "live"
        body = {"client_id": client_id(), "content": "Is the harbour open on Sunday?"}
        sent = (await agent.post(f"/api/widget/{key}/messages", json=body, headers=visitor)).json()
        heard = await inbox.until("message.created")
        assert heard["message"]["content"] == "Is the harbour open on Sunday?"
        await widget.join(token=visitor["Authorization"].split()[1], key=key)
        number = heard["conversation"]["id"]
        await agent.post(f"/api/conversations/{number}/note", json={"client_id": client_id(), "content": "Check the plan first."})
        await agent.post(f"/api/conversations/{number}/reply", json={"client_id": client_id(), "content": "Yes, from ten."})
        shown = await widget.until("message.created")
        assert shown["message"]["content"] == "Yes, from ten."
        assert shown["conversation"]["token"] == sent["conversation"]["token"]
        assert "Check the plan" not in str(widget.events)


async def test_a_cut_socket_resumes_where_it_was(stack: Stack, agent: httpx.AsyncClient) -> None:
    key, visitor = await a_widget(agent)
    first = {"client_id": client_id(), "content": "First"}
    token = (await agent.post(f"/api/widget/{key}/messages", json=first, headers=visitor)).json()["conversation"]["token"]
    credentials = {"token": visitor["Authorization"].split()[1], "key": key}
    async with websockets.connect(stack.ws) as socket:
        live = Live(socket)
        cursor = (await live.join(**credentials))["cursor"]
    for number in range(5):
        body = {"client_id": client_id(), "content": f"While away {number}", "conversation": token}
        await agent.post(f"/api/widget/{key}/messages", json=body, headers=visitor)
    async with websockets.connect(stack.ws) as socket:
        live = Live(socket)
        assert (await live.join(cursor=cursor, **credentials))["replayed"] == 5
        assert [event["message"]["content"] for event in live.events] == [f"While away {number}" for number in range(5)]


async def test_a_foreign_or_impossible_cursor_asks_for_a_fresh_start(stack: Stack, agent: httpx.AsyncClient) -> None:
    await a_widget(agent)
    for cursor, reason in (("1.1", "epoch"), ("nonsense", "invalid"), (None, None)):
        ticket = (await agent.post("/api/auth/ticket")).json()["ticket"]
        async with websockets.connect(stack.ws) as socket:
            frame = await Live(socket).join(cursor=cursor, ticket=ticket)
            assert frame.get("reason") == reason


async def test_a_snooze_ends_by_itself_and_not_too_early(stack: Stack, agent: httpx.AsyncClient) -> None:
    key, visitor = await a_widget(agent)
    ticket = (await agent.post("/api/auth/ticket")).json()["ticket"]
    async with websockets.connect(stack.ws) as socket:
        live = Live(socket)
        await live.join(ticket=ticket)
        await agent.post(f"/api/widget/{key}/messages", json={"client_id": client_id(), "content": "Later"}, headers=visitor)
        number = (await live.until("message.created"))["conversation"]["id"]
        await agent.post(f"/api/conversations/{number}/snooze", json={"wait_s": 1})
        until = (await live.until("conversation.snoozed"))["until"]
        woken = await live.until("conversation.woken")
        assert datetime.fromisoformat(woken["conversation"]["last_activity_at"]) >= datetime.fromisoformat(until)
        assert woken["conversation"]["snoozed_until"] is None


async def test_a_session_that_ends_takes_its_socket_with_it(stack: Stack, agent: httpx.AsyncClient) -> None:
    await a_widget(agent)
    ticket = (await agent.post("/api/auth/ticket")).json()["ticket"]
    async with websockets.connect(stack.ws) as socket:
        live = Live(socket)
        await live.join(ticket=ticket)
        await agent.post("/api/auth/logout")
        with pytest.raises(websockets.ConnectionClosed) as closed:
            await live.until("never")
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4401


async def test_what_the_browser_prefers_is_what_it_is_answered_in(stack: Stack, agent: httpx.AsyncClient) -> None:
    inbox = (await agent.post("/api/inboxes", json={"name": "Website", "ai_enabled": True})).json()
    place = f"/api/widget/{inbox['widget_key']}"
    session = (await agent.post(f"{place}/session", json={})).json()
    visitor = {"Authorization": f"Bearer {session['token']}", "Accept-Language": "de-CH, de;q=0.9, en;q=0.7"}
    body = {"client_id": client_id(), "content": "Guten Tag"}
    token = (await agent.post(f"{place}/messages", json=body, headers=visitor)).json()["conversation"]["token"]
    await agent.post(f"{place}/conversations/{token}/handoff", json={"client_id": client_id()}, headers=visitor)
    thread = (await agent.get(f"{place}/conversations/{token}/messages", headers=visitor)).json()
    assert "an einen Menschen weitergegeben" in str(thread) or "einen Menschen aus unserem Team" in str(thread)
