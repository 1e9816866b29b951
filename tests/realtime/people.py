"""Sockets of staff and visitors against a running process, for tests of what goes over them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from core.access import Actor
from core.auth import tickets
from core.inboxes.structs import InboxView
from tests.security.sockets import Socket, opened
from tests.stack import Stack


def ticket(actor: Actor) -> dict[str, str]:
    return {"ticket": tickets.ticket_for(actor.session_id or 0)}


async def token(inbox: InboxView) -> dict[str, str]:
    """Of a new visitor."""
    return {"token": tickets.visitor_token_for(await tickets.widget(inbox.widget_key)), "key": inbox.widget_key}


async def actor_of(credentials: dict[str, str]) -> Actor:
    """The visitor with this token."""
    return await tickets.visitor(credentials["token"], await tickets.widget(credentials["key"]))


@asynccontextmanager
async def known(stack: Stack, **credentials: Any) -> AsyncIterator[Socket]:
    """Authenticated, not subscribed."""
    async with opened(stack) as socket:
        await socket.say("auth", **credentials)
        await socket.until("authenticated")
        yield socket


async def caught_up(socket: Socket, cursor: str | None) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Subscribe; the answer (`live` or `resync`), and the events that came before it."""
    await socket.say("subscribe", cursor=cursor)
    events: list[dict[str, Any]] = []
    while True:
        frame = await socket.hear()
        if frame["op"] in {"live", "resync"}:
            return frame, events
        if frame["op"] == "event":
            events.append(frame["event"])
