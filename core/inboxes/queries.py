"""Reads of inboxes."""

from typing import Literal

import msgspec

from core.access import Actor
from core.database import read
from core.errors import NotFound
from core.inboxes.structs import AiMode, InboxView, WidgetConfig
from core.settings import settings

COLUMNS = """
i.id, i.name, i.channel, i.widget_key, i.access, i.allowed_origins, i.greeting, i.ai_enabled, i.ai_mode,
ARRAY(SELECT n.user_id FROM inbox_members n WHERE n.organization_id = i.organization_id AND n.inbox_id = i.id ORDER BY 1), i.created_at
"""


def snippet_for(widget_key: str, accent: str) -> str:
    """The HTML that puts a widget on a page; with the colour, so that the launcher need not ask for it."""
    return f'<script src="{settings().origin}/widget.js" data-key="{widget_key}" data-accent="{accent}" async></script>'


async def with_snippets(actor: Actor, inboxes: list[InboxView]) -> list[InboxView]:
    async with read(actor) as db:
        accent = await db.fetch_value("SELECT accent_color FROM organizations WHERE id = $1", actor.organization_id)
    return [msgspec.structs.replace(inbox, snippet=snippet_for(inbox.widget_key, accent)) for inbox in inboxes]


async def all_of(actor: Actor) -> list[InboxView]:
    """The organization's inboxes; members who are not admins get those they may see."""
    sql = f"SELECT {COLUMNS} FROM inboxes i WHERE i.organization_id = $1 ORDER BY i.id"
    async with read(actor) as db:
        inboxes = await with_snippets(actor, await db.fetch(InboxView, sql, actor.organization_id))
    return [inbox for inbox in inboxes if actor.role == "admin" or inbox.id in actor.inbox_ids]


async def get(actor: Actor, inbox_id: int) -> InboxView:
    """One inbox.

    Raises:
        NotFound: unknown to the actor's organization.
    """
    sql = f"SELECT {COLUMNS} FROM inboxes i WHERE i.organization_id = $1 AND i.id = $2"
    async with read(actor) as db:
        found = await db.fetch(InboxView, sql, actor.organization_id, inbox_id)
        if not found:
            raise NotFound("this inbox does not exist")
        return (await with_snippets(actor, found))[0]


async def visible(actor: Actor, inbox_id: int) -> InboxView:
    """An inbox whose conversations the actor may see.

    Raises:
        NotFound: there is none, or he may not.
    """
    found = await get(actor, inbox_id)
    if actor.role != "admin" and inbox_id not in actor.inbox_ids:
        raise NotFound("this inbox does not exist")
    return found


async def first_handler(actor: Actor, inbox_id: int) -> Literal["ai", "human"]:
    """Who gets a new conversation of this inbox first."""
    return "human" if await ai_mode(actor, inbox_id) == "off" else "ai"


async def ai_mode(actor: Actor, inbox_id: int) -> AiMode | Literal["off"]:
    """What the AI agent may do in an inbox; `off`: nothing, there or in the whole organization."""
    sql = """
        SELECT CASE WHEN i.ai_enabled AND o.ai_enabled THEN i.ai_mode ELSE 'off' END
        FROM inboxes i JOIN organizations o ON o.id = i.organization_id WHERE i.organization_id = $1 AND i.id = $2
    """
    async with read(actor) as db:
        found: AiMode | None = await db.fetch_value(sql, actor.organization_id, inbox_id)
    return found or "off"


async def widget_config(actor: Actor) -> WidgetConfig:
    """What the widget of the visitor's inbox shows before anybody writes."""
    sql = """
        SELECT o.name, i.name, i.greeting, o.accent_color, i.ai_enabled AND o.ai_enabled, $3::bigint
        FROM inboxes i JOIN organizations o ON o.id = i.organization_id WHERE i.organization_id = $1 AND i.id = $2
    """
    limit = settings().upload_max_mb * 1024 * 1024
    async with read(actor) as db:
        found = await db.fetch_one(WidgetConfig, sql, actor.organization_id, actor.inbox_id, limit)
    if found is None:
        raise NotFound("this widget does not exist")
    return found
