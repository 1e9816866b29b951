"""What staff reads of a conversation's mails: who wrote to whom, what became of ours, and a whole mail from its bytes."""

import asyncio
import base64
from collections.abc import Callable
from html import escape

import msgspec

from core.access import STAFF, Actor, visible
from core.channels.email import images, shown
from core.channels.email.parsing import Mail, parse
from core.channels.email.structs import HeaderView, MessageMailView, PersonView, RelatedView, WholeMail
from core.conversations import queries as conversations
from core.database import read
from core.errors import NotFound

MAILS_MAX = 500
INLINE_BYTES = 8 * 1024 * 1024
HEADERS_MAX = 500
CAME = f"""
SELECT m.message_id, m.from_name, m.from_address, m.people, m.subject, m.hidden, m.is_verified, c.id, c.number
FROM message_mails m LEFT JOIN conversations c ON c.organization_id = m.organization_id AND c.id = m.related_id AND {{rule}}
WHERE m.organization_id = $1 AND m.conversation_id = $2 ORDER BY m.message_id DESC LIMIT {MAILS_MAX}
"""
WENT = f"""
SELECT DISTINCT ON (coalesce(b.id, o.message_id)) coalesce(b.id, o.message_id), o.state, o.reason, o.recipients, o.leaves_at, o.forwards_id
FROM outbound_mails o
LEFT JOIN continuity_mails k ON k.organization_id = o.organization_id AND k.mail_id = o.id
LEFT JOIN messages b ON b.organization_id = k.organization_id AND b.conversation_id = k.conversation_id
    AND b.seq BETWEEN k.first_seq AND k.last_seq AND NOT b.is_internal AND b.sender_type <> 'contact'
WHERE o.organization_id = $1 AND o.conversation_id = $2 AND o.state <> 'withdrawn'
ORDER BY coalesce(b.id, o.message_id) DESC, o.id DESC LIMIT {MAILS_MAX}
"""
"""A chat's mail is each of its replies; of two that one went out in, the newer."""
CONTENT = """
SELECT i.content FROM message_mails m JOIN inbound_mails i ON i.organization_id = m.organization_id AND i.id = m.mail_id
WHERE m.organization_id = $1 AND m.message_id = $2
"""


async def of_conversation(actor: Actor, conversation_id: int) -> list[MessageMailView]:
    """A conversation's mails by message, the newest 500 each way, oldest first.

    Raises:
        NotFound: the conversation is not visible to the actor.
    """
    actor.require(*STAFF)
    rule, held = visible(actor, 3)
    async with read(actor) as db:
        await conversations.get(actor, conversation_id)
        came = await db.fetch_rows(CAME.format(rule=rule), actor.organization_id, conversation_id, *held)
        went = await db.fetch_rows(WENT, actor.organization_id, conversation_id)
    found = [
        MessageMailView(
            message_id=message_id, state="received", reason="", subject=subject, sender=PersonView(name, address),
            to=_people(people, "to"), cc=_people(people, "cc"), is_verified=is_verified, hidden=hidden,
            about=None if related_id is None else RelatedView(related_id, number),
        )
        for message_id, name, address, people, subject, hidden, is_verified, related_id, number in came
    ]  # fmt: skip
    found += [
        MessageMailView(
            message_id=message_id, state=state, reason=reason, subject="", sender=None,
            to=[PersonView("", address) for address in recipients], cc=[], is_verified=None, hidden="",
            leaves_at=leaves_at, forwards_id=forwards_id,
        )
        for message_id, state, reason, recipients, leaves_at, forwards_id in went
    ]  # fmt: skip
    return sorted(found, key=lambda mail: mail.message_id)


async def whole(actor: Actor, message_id: int, *, with_images: bool = False) -> WholeMail:
    """A received mail as its sender made it, made safe to be shown in a frame that may do nothing.

    `with_images`: images from elsewhere as well, which somebody asks for; for some senders they always are there.

    Raises:
        NotFound: there is no such mail, or its conversation is not visible to the actor.
    """
    actor.require(*STAFF)
    async with read(actor) as db:
        found = await images.of_mail(actor, message_id)
        content: bytes | None = await db.fetch_value(CONTENT, actor.organization_id, message_id)
    if content is None:
        raise NotFound("this mail is not kept any more")
    loads = with_images or found.by_itself
    return await asyncio.to_thread(_whole, content, found, images.addresses(actor, message_id) if loads else None)


def _whole(content: bytes, found: images.OfMail, remote: Callable[[str], str | None] | None) -> WholeMail:
    mail = parse(content)
    page = shown.clean(mail.html, _inline(mail), remote) if mail.html is not None else None
    return WholeMail(
        text=mail.text,
        headers=[HeaderView(field.name, field.value) for field in mail.headers[:HEADERS_MAX]],
        defects=list(mail.defects),
        remote_images=page.remote_images if page else 0,
        page=page.html if page else f"<pre>{escape(mail.text)}</pre>",
        address=found.address,
        loads_images=remote is not None,
        always=found.always,
    )


def _inline(mail: Mail) -> dict[str, str]:
    """The mail's own pictures as addresses that hold them; beyond 8 MB they are left out."""
    found: dict[str, str] = {}
    room = INLINE_BYTES
    for part in mail.attachments:
        if part.content_id and part.content_type.startswith("image/") and len(part.data) <= room:
            room -= len(part.data)
            found[part.content_id] = f"data:{part.content_type};base64,{base64.b64encode(part.data).decode()}"
    return found


def _people(told: object, group: str) -> list[PersonView]:
    groups: dict[str, list[list[str]]] = msgspec.json.decode(told) if isinstance(told, str) else msgspec.convert(told, dict)
    return [PersonView(name, address) for name, address in groups.get(group, [])]
