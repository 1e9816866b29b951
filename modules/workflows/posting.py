"""What a mail of a workflow needs besides its template, as somebody chose it or by default, and what is still to be chosen."""

from typing import NamedTuple

import msgspec

from core.access import Actor, opens
from core.consent.rules import MailKind
from core.database import Unit, read
from core.errors import Invalid, NotFound
from core.extend import registry
from core.templates import queries as templates
from core.templates.compiling import compiled

INBOXES = """
SELECT i.inbox_id FROM email_inboxes i WHERE i.organization_id = $1 AND ($2::bigint IS NULL OR i.inbox_id = $2) ORDER BY i.inbox_id
"""
TOPIC = """
SELECT t.id, t.kind, t.archived_at IS NOT NULL FROM topics t
WHERE t.organization_id = $1 AND CASE WHEN $2::bigint IS NULL THEN t.kind = $3 AND t.archived_at IS NULL ELSE t.id = $2 END ORDER BY t.id LIMIT 1
"""


class Chosen(NamedTuple):
    """`missing`: what is still to be chosen, as paths below the step's config and sentences; empty: all is there."""

    inbox_id: int | None
    topic_id: int | None
    missing: list[tuple[str, str]]


async def chosen(
    actor: Actor, template_id: int | None, subject: str, inbox_id: int | None, topic_id: int | None, kind: MailKind
) -> Chosen:
    """What it is for this actor, who may send from those inboxes alone that he has access to; jobs may from all."""
    async with read(actor) as db:
        missing = [await _template(actor, template_id, subject)]
        rows = await db.fetch_rows(INBOXES, actor.organization_id, inbox_id)
        inbox = next((row[0] for row in rows if opens(actor, "inbox_id", row[0])), None)
        if inbox is None:
            nowhere = (
                "You have access to no inbox with an address that could send it",
                "This is no inbox with an address that you have access to",
            )
            missing.append(("", nowhere[0]) if inbox_id is None else (".inbox_id", nowhere[1]))
        topic, wrong = await _topic(db, actor, topic_id, kind)
    return Chosen(inbox, topic, [one for one in (*missing, wrong) if one is not None])


async def _template(actor: Actor, template_id: int | None, subject: str) -> tuple[str, str] | None:
    if template_id is None:
        return "", "Choose a template"
    try:
        content = templates.content_of(await templates.get(actor, template_id))
    except NotFound:
        return ".template_id", "There is no such template"
    fields = registry.merge_fields()
    try:
        compiled(content, fields)
    except Invalid as error:
        return ".template_id", f"This template cannot be sent as it is: {error.detail}"
    if subject:
        try:
            compiled(msgspec.structs.replace(content, subject=subject), fields)
        except Invalid as error:
            return ".subject", error.detail
    return None


async def _topic(db: Unit, actor: Actor, topic_id: int | None, kind: MailKind) -> tuple[int | None, tuple[str, str] | None]:
    """Marketing needs a topic that people can consent to; what is transactional may do without."""
    rows = await db.fetch_rows(TOPIC, actor.organization_id, topic_id, kind)
    if topic_id is None:
        if kind == "transactional":
            return None, None
        return (
            (rows[0][0], None) if rows else (None, ("", "Marketing needs a topic that people can subscribe to, and there is none"))
        )
    if not rows:
        return None, (".topic_id", "There is no such topic")
    _, its_kind, is_archived = rows[0]
    if is_archived:
        return None, (".topic_id", "This topic is archived")
    if its_kind != kind:
        return None, (".topic_id", f"Mail about this topic is {its_kind}: say so as its kind, or choose another topic")
    return topic_id, None
