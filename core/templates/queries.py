"""Reads of mail templates, and what mails they make. For admins and users; agents have nothing to do with them."""

from collections import OrderedDict
from typing import Any, TypeVar

import msgspec

from core.access import MARKETERS, Actor, ActorKind
from core.contacts import queries as contacts
from core.database import Unit, read
from core.errors import NotFound
from core.extend import registry
from core.extend.merging import Recipient
from core.pages import decode_cursor, encode_cursor
from core.templates import values
from core.templates.blocks import Content
from core.templates.compiling import Compiled, Mail, compiled, drawn
from core.templates.hints import hints
from core.templates.structs import (
    MergeFieldView,
    TemplateCheck,
    TemplatePage,
    TemplatePreview,
    TemplateSummary,
    TemplateVersionSummary,
    TemplateVersionView,
    TemplateView,
)
from core.templates.tags import Scope

S = TypeVar("S", bound=msgspec.Struct)
COLUMNS = "t.id, t.name, t.subject, t.preheader, t.language, t.style, t.blocks, t.version, t.author_id, t.created_at, t.updated_at"
PAGE = """
SELECT t.id, t.name, t.subject, t.language, t.version, t.updated_at FROM templates t
WHERE t.organization_id = $1 AND ($2::text IS NULL OR position(lower($2) IN lower(t.name || ' ' || t.subject)) > 0)
  AND ($3::text IS NULL OR (t.updated_at, t.id) < ($3::timestamptz, $4))
ORDER BY t.updated_at DESC, t.id DESC LIMIT $5
"""
VERSIONS = """
SELECT version, name, subject, author, restored, created_at FROM template_versions
WHERE organization_id = $1 AND template_id = $2 ORDER BY version DESC
"""
VERSION = """
SELECT version, name, subject, preheader, language, style, blocks, author, restored, created_at FROM template_versions
WHERE organization_id = $1 AND template_id = $2 AND version = $3
"""
DRAWN_MAX = 50
_drawn: OrderedDict[tuple[int, int, int], Compiled] = OrderedDict()
"""By organization, template and version, which never changes."""


async def get(actor: Actor, template_id: int, *, lock: bool = False) -> TemplateView:
    """One template.

    Raises:
        NotFound: unknown to the actor's organization.
    """
    allow(actor)
    sql = f"SELECT {COLUMNS} FROM templates t WHERE t.organization_id = $1 AND t.id = $2" + (" FOR UPDATE" if lock else "")
    async with read(actor) as db:
        found = await _one(db, TemplateView, sql, actor.organization_id, template_id)
    if found is None:
        raise NotFound("this template does not exist")
    return found


async def page(actor: Actor, search: str | None, after: str | None, limit: int) -> TemplatePage:
    """Last changed first; `search` wants its text in the name or the subject."""
    allow(actor)
    value, last_id = decode_cursor(after, "changed") if after else (None, None)
    async with read(actor) as db:
        rows = await db.fetch(TemplateSummary, PAGE, actor.organization_id, search, value, last_id, limit + 1)
    following = encode_cursor("changed", rows[limit - 1].updated_at.isoformat(), rows[limit - 1].id) if len(rows) > limit else None
    return TemplatePage(rows[:limit], following)


async def versions(actor: Actor, template_id: int) -> list[TemplateVersionSummary]:
    """What was saved, newest first, the current one among them.

    Raises:
        NotFound: the template is unknown to the actor's organization.
    """
    allow(actor)
    async with read(actor) as db:
        found = await db.fetch(TemplateVersionSummary, VERSIONS, actor.organization_id, template_id)
    if not found:  # every template has its current one
        raise NotFound("this template does not exist")
    return found


async def version(actor: Actor, template_id: int, number: int) -> TemplateVersionView:
    """One version with its blocks.

    Raises:
        NotFound: unknown to the actor's organization, or too old to be kept.
    """
    allow(actor)
    async with read(actor) as db:
        found = await _one(db, TemplateVersionView, VERSION, actor.organization_id, template_id, number)
    if found is None:
        raise NotFound("this version does not exist")
    return found


async def ready(actor: Actor, template_id: int, number: int | None = None) -> Compiled:
    """A template as it is now, drawn once for all who get it; `number`: one of its versions, which this process remembers.

    Raises:
        NotFound: as `get`, or as `version`.
        Invalid: `faulty_template`: it names a field of a module that is off.
    """
    if number is None:
        return compiled(content_of(await get(actor, template_id)), registry.merge_fields())
    key = (actor.organization_id, template_id, number)
    if key not in _drawn:
        _drawn[key] = compiled(content_of(await version(actor, template_id, number)), registry.merge_fields())
        while len(_drawn) > DRAWN_MAX:
            _drawn.popitem(last=False)
    _drawn.move_to_end(key)
    return _drawn[key]


async def mail_to(actor: Actor, content: Content, contact_id: int | None) -> tuple[Compiled, Mail, str]:
    """A template, the mail that somebody would get (null: somebody made up), and its preheader.

    Raises:
        NotFound: the contact is unknown to the actor's organization.
        Invalid: `faulty_template`; `mail_too_long`.
    """
    fields = registry.merge_fields()
    ready_now = compiled(content, fields)
    known = dict(values.samples(fields))
    if contact_id is not None:
        async with read(actor):
            await contacts.get(actor, contact_id)
            own = (await values.of(actor, ready_now.names, [Recipient(contact_id)]))[0]
        known = {name: value for name, value in known.items() if fields[name].load is None} | own
    return ready_now, ready_now.looked_at(known), ready_now.preheader(known)


async def preview(actor: Actor, content: Content, contact_id: int | None) -> TemplatePreview:
    """A mail as somebody would get it, with hints.

    Raises:
        NotFound, Invalid: as `mail_to`.
    """
    allow(actor)
    made, mail, preheader = await mail_to(actor, content, contact_id)
    found = hints(content, made, mail, Scope(registry.merge_fields()))
    return TemplatePreview(mail.subject, preheader, mail.html, mail.text, len(mail.html.encode()), found)


async def preview_of(actor: Actor, template_id: int, contact_id: int | None) -> TemplatePreview:
    """The same of a template as it is stored."""
    return await preview(actor, content_of(await get(actor, template_id)), contact_id)


async def check(actor: Actor, content: Content) -> TemplateCheck:
    """What of a template cannot be, and what would help it; never refused."""
    allow(actor)
    fields = registry.merge_fields()
    made, faults = drawn(content, fields)
    return TemplateCheck(faults, hints(content, made, made.mail(values.samples(fields)), Scope(fields)))


async def check_of(actor: Actor, template_id: int) -> TemplateCheck:
    return await check(actor, content_of(await get(actor, template_id)))


async def fields(actor: Actor) -> list[MergeFieldView]:
    """What templates can name, by name."""
    allow(actor)
    return [MergeFieldView(one.name, one.title, one.kind) for _, one in sorted(registry.merge_fields().items())]


def content_of(template: TemplateView | TemplateVersionView) -> Content:
    return Content(template.subject, template.preheader, template.language, template.style, template.blocks)


def allow(actor: Actor) -> None:
    """
    Raises:
        Forbidden: neither admin nor user, nor a job.
    """
    if actor.kind != ActorKind.system:
        actor.require(*MARKETERS)


async def _one(db: Unit, struct: type[S], sql: str, *arguments: Any) -> S | None:
    rows = await db.fetch_rows(sql, *arguments)
    return msgspec.convert(dict(rows[0]), struct) if rows else None
