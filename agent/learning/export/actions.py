"""Training data: whether there may be any, who does not want to be in it, and taking it out."""

import asyncio
from collections.abc import AsyncIterator, Sequence

from agent.learning.export import lines, queries
from agent.learning.export.structs import Kind, TrainingInput, TrainingView
from agent.learning.export.tuning import ending
from agent.llm import queries as models
from core.access import ADMINS, STAFF, Actor
from core.audit import log as audit
from core.contacts import queries as contacts
from core.database import transaction
from core.errors import Conflict, NotFound

AT_ONCE = 200
"""Replies that are read and written at a time."""
DECIDE = """
INSERT INTO ai_training AS t (organization_id, allowed, decided_by) VALUES ($1, $2, $3)
ON CONFLICT (organization_id) DO UPDATE SET allowed = excluded.allowed, decided_by = excluded.decided_by, decided_at = now()
WHERE t.allowed <> excluded.allowed
"""
OBJECT = "INSERT INTO ai_training_objections (organization_id, contact_id, noted_by) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"
FORBIDDEN = "conversations may not be used for training any more"
AGREE = "DELETE FROM ai_training_objections WHERE organization_id = $1 AND contact_id = $2"


async def decide(actor: Actor, data: TrainingInput) -> TrainingView:
    """Say whether conversations may be used for training. Where they may not, what is under way is given up, here and at the provider.

    Raises:
        Forbidden: not an admin.
    """
    actor.require(*ADMINS)
    async with transaction(actor) as db:
        if await db.execute(DECIDE, actor.organization_id, data.allowed, actor.name):
            await audit.note(actor, "ai_training.allowed" if data.allowed else "ai_training.forbidden")
            if not data.allowed:
                await ending.end_all(db, actor, FORBIDDEN)
        return await queries.view(actor)


async def object_to(actor: Actor, contact_id: int) -> None:
    """Keep a contact's conversations out of training data from now on. Whoever talks to customers may note it.

    Raises:
        Forbidden: not staff.
        NotFound: unknown to the actor's organization.
    """
    actor.require(*STAFF)
    async with transaction(actor) as db:
        await contacts.get(actor, contact_id, lock=True)
        if await db.execute(OBJECT, actor.organization_id, contact_id, actor.name):
            await audit.note(actor, "ai_training.objected", subject=str(contact_id))


async def withdraw_objection(actor: Actor, contact_id: int) -> None:
    """Let a contact's conversations into training data again.

    Raises:
        Forbidden: not an admin.
        NotFound: the contact has not objected.
    """
    actor.require(*ADMINS)
    async with transaction(actor) as db:
        if not await db.execute(AGREE, actor.organization_id, contact_id):
            raise NotFound("this contact has not objected")
        await audit.note(actor, "ai_training.objection_withdrawn", subject=str(contact_id))


async def export(actor: Actor, kind: Kind) -> AsyncIterator[bytes]:
    """Training data as JSON, a line for each reply: what `view` counted, less what may not be exported any more when its turn comes.

    Raises:
        Forbidden: not an admin.
        Conflict: the organization has not said that conversations may be used for training (`training_not_allowed`).
    """
    actor.require(*ADMINS)
    async with transaction(actor):
        await require_consent(actor)
        decision_ids = await queries.ready(actor)
        await audit.note(actor, "ai_training.exported", subject=kind, lines=len(decision_ids))
    return written(actor, decision_ids, kind)


async def require_consent(actor: Actor) -> None:
    """Raises:
    Conflict: the organization has not said that conversations may be used for training.
    """
    if not (await queries.setting(actor)).allowed:
        raise Conflict("allow the use of conversations for training first", code="training_not_allowed")


async def written(actor: Actor, decision_ids: Sequence[int], kind: Kind) -> AsyncIterator[bytes]:
    """These replies as lines, some at a time, as long as the organization allows it."""
    number, system = 1, lines.system((await models.stored(actor)).instructions)
    for start in range(0, len(decision_ids), AT_ONCE):
        if not (await queries.setting(actor)).allowed:
            return
        found = await queries.replies(actor, decision_ids[start : start + AT_ONCE])
        yield await asyncio.to_thread(_page, found, kind, system, number)
        number += len(found)


def _page(found: Sequence[lines.Reply], kind: Kind, system: str, number: int) -> bytes:
    chats = [lines.chat(reply, system) for reply in found]
    written = (
        chats
        if kind == "chat"
        else [lines.provenance(*each) for each in zip(found, range(number, number + len(found)), chats, strict=True)]
    )
    return b"".join(line + b"\n" for line in written)
