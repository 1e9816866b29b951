"""Mailboxes that nobody reads: their rows stay as they are while others are looked at."""

import secrets
from typing import Any

from core.access import Actor
from core.channels.email import actions as email
from core.channels.email.fetching import actions
from core.channels.email.fetching.structs import MailboxInput
from core.channels.email.structs import EmailInboxInput
from core.database import pool
from tests.factories import an_inbox

REST = "UPDATE email_mailboxes SET next_at = now() + interval '1 day', reader = '', lease_until = NULL WHERE inbox_id = $1"


async def unread(admin: Actor, inbox_id: int, word: str) -> None:
    """The word is its user and in its password."""
    await actions.save(admin, inbox_id, MailboxInput(host="127.0.0.1", username=word, password=f"password-{word}"))
    await pool().execute(REST, inbox_id)


async def another(world: Any) -> dict[str, Any]:
    """An inbox with a mailbox of its own."""
    inbox = await an_inbox(world.admin)
    await email.connect(world.admin, inbox.id, EmailInboxInput(f"{secrets.token_hex(8)}@example.com"))
    await unread(world.admin, inbox.id, "ida")
    return {"inbox": inbox.id}
