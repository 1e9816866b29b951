"""What whoever takes over would otherwise have to read the whole conversation for: what was tried, what the customer named, what he reads."""

import logging
import re
from typing import Any

import msgspec

from agent.learning.redact import without_secrets
from core.access import Actor
from core.contacts import queries as contacts
from core.conversations import queries as conversations
from core.database import read

log = logging.getLogger("lacasa.agent")

TRIED_MAX, NAMED_MAX, READ_MAX = 5, 6, 4000
BRIEF_MAX, BRIEF_READ = 120, 2000
"""Characters that the note has of what a tool told, and those that are looked at for them."""
SAID = """
SELECT left(m.content, $3) FROM messages m
WHERE m.organization_id = $1 AND m.conversation_id = $2 AND m.sender_type = 'contact' AND NOT m.is_internal ORDER BY m.seq DESC LIMIT 20
"""
TRIED = f"""
SELECT d.outcome, d.reason, d.detail, d.passages, CASE WHEN d.reason = 'looked_up' THEN d.draft ELSE '' END AS told FROM ai_decisions d
WHERE d.organization_id = $1 AND d.conversation_id = $2 AND d.outcome IN ('answered', 'clarified') AND d.reason <> 'small_talk'
ORDER BY d.id DESC LIMIT {TRIED_MAX}
"""
CALLS = f"""
SELECT t.title, t.status, CASE t.status WHEN 'done' THEN t.text WHEN 'failed' THEN t.trouble ELSE '' END AS told
FROM ai_tool_calls t WHERE t.organization_id = $1 AND t.conversation_id = $2 ORDER BY t.id DESC LIMIT {TRIED_MAX}
"""
CALLED = {"proposed": "waits for you", "approved": "under way"}
"""How it stands with a change that is neither done nor refused, in words."""
NUMBER = re.compile(r"(?<![\w#.,:-])(?:#\d{3,12}|[A-Z]{1,4}-\d{3,12})(?![\w@-])")
"""What stands as a name before everybody: an order, a parcel, an invoice. Bare digits may be a year, an amount, a card or a code: they stay out."""
ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{2,63}){1,3}(?![\w@])")


class Packet(msgspec.Struct, frozen=True):
    """`tried`: the articles and tools that answers came from, `called`: changes that tools were to make, and what came of both, oldest first.

    `named`: numbers and addresses in the customer's words, newest first.
    """

    tried: list[str] = []
    called: list[str] = []
    named: list[str] = []
    language: str = ""


NOTHING = Packet()


async def known(actor: Actor, conversation_id: int) -> Packet:
    """What is known; nothing, where that cannot be read: the handoff goes on without it."""
    try:
        async with read(actor) as db:
            conversation = await conversations.get(actor, conversation_id)
            decided = await db.fetch_rows(TRIED, actor.organization_id, conversation_id)
            called = await db.fetch_rows(CALLS, actor.organization_id, conversation_id)
            said = await db.fetch_rows(SAID, actor.organization_id, conversation_id, READ_MAX)
            language = await contacts.language(actor, conversation.contact_id)
    except Exception:  # the note says less then; that a person comes depends on none of it
        log.exception("nothing is known about conversation %s", conversation_id)
        return NOTHING
    return Packet(
        tried=list(dict.fromkeys(filter(None, (_tried(row) for row in reversed(decided))))),
        called=[outcome(row["title"], row["told"], CALLED.get(row["status"], row["status"])) for row in reversed(called)],
        named=list(dict.fromkeys(found for row in said for found in named(row[0])))[:NAMED_MAX],
        language=language,
    )


def named(text: str) -> list[str]:
    return [*NUMBER.findall(text), *ADDRESS.findall(text)]


def outcome(title: str, told: str, how: str = "") -> str:
    """A tool's name, how it went, and what it told, in a few words and without what opens anything."""
    words = brief(told)
    said = ": ".join(filter(None, (how, f"“{words}”" if words else "")))
    return f"{brief(title)} ({said})" if said else brief(title)


def brief(text: str) -> str:
    line = " ".join(without_secrets(text[:BRIEF_READ]).split())
    return line if len(line) <= BRIEF_MAX else f"{line[: BRIEF_MAX - 1]}…"


def _tried(row: Any) -> str:
    """Where an answer came from, in a few words."""
    if row["reason"] == "looked_up":
        return outcome(row["detail"], row["told"])
    quoted = [one for one in row["passages"] if one.get("quoted")]
    if row["outcome"] == "clarified":
        return "asked which is meant: " + " / ".join(one["heading"] or one["title"] for one in quoted) if quoted else ""
    return " / ".join(dict.fromkeys(one["title"] for one in quoted))
