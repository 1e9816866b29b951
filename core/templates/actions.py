"""Writing, changing and deleting mail templates. What is stored can be drawn: faults are refused with their places."""

from typing import Any

import asyncpg
import msgspec

from core.access import Actor, Audience
from core.database import Unit, transaction
from core.errors import Conflict, Invalid, LimitReached
from core.events.log import record
from core.extend import registry
from core.templates import queries
from core.templates.blocks import CONTENT_MAX, Content
from core.templates.compiling import compiled
from core.templates.events import TemplateDeleted, TemplateSaved
from core.templates.structs import (
    TEMPLATES_MAX,
    VERSIONS_MAX,
    TemplateChanges,
    TemplateInput,
    TemplateRestore,
    TemplateView,
)

FIELDS = ("name", "subject", "preheader", "language", "style", "blocks")
COUNT = "SELECT count(*) FROM (SELECT FROM templates WHERE organization_id = $1 LIMIT $2) s"
INSERT = f"""
INSERT INTO templates AS t (organization_id, author_id, {", ".join(FIELDS)}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING t.id
"""
UPDATE = """
UPDATE templates SET name = $3, subject = $4, preheader = $5, language = $6, style = $7, blocks = $8, version = version + 1, updated_at = now()
WHERE organization_id = $1 AND id = $2
"""
KEEP = f"""
INSERT INTO template_versions (organization_id, template_id, version, {", ".join(FIELDS)}, author, restored)
SELECT $1, t.id, t.version, {", ".join(f"t.{name}" for name in FIELDS)}, $3, $4 FROM templates t WHERE t.organization_id = $1 AND t.id = $2
"""
TRIM = """
DELETE FROM template_versions WHERE organization_id = $1 AND template_id = $2 AND NOT is_kept AND version < (
    SELECT version FROM template_versions WHERE organization_id = $1 AND template_id = $2 ORDER BY version DESC OFFSET $3 LIMIT 1)
"""
MARK = """
UPDATE template_versions v SET is_kept = true FROM templates t
WHERE t.organization_id = $1 AND t.id = $2 AND v.organization_id = $1 AND v.template_id = t.id AND v.version = t.version RETURNING v.version
"""
DELETE = "DELETE FROM templates WHERE organization_id = $1 AND id = $2"


async def create(actor: Actor, data: TemplateInput) -> TemplateView:
    """Write a template. Admins and users.

    Raises:
        Invalid: `faulty_template`, with `faults`; `template_too_large`.
        LimitReached: the organization has as many as it can have.
    """
    queries.allow(actor)
    values = {name: getattr(data, name) for name in FIELDS}
    _check(values)
    async with transaction(actor) as db:
        if await db.fetch_value(COUNT, actor.organization_id, TEMPLATES_MAX) >= TEMPLATES_MAX:
            raise LimitReached(f"an organization has at most {TEMPLATES_MAX} templates", limit="templates")
        template_id = await db.fetch_value(INSERT, actor.organization_id, actor.user_id, *_stored(values))
        return await _saved(db, actor, template_id)


async def update(actor: Actor, template_id: int, data: TemplateChanges, *, restored: int | None = None) -> TemplateView:
    """Change a template. Admins and users. What is as it was makes no new version.

    Raises:
        NotFound: unknown to the actor's organization.
        Conflict: `newer_version`: somebody saved it meanwhile.
        Invalid: as `create`.
    """
    queries.allow(actor)
    async with transaction(actor) as db:
        before = await queries.get(actor, template_id, lock=True)
        if before.version != data.version:
            raise Conflict("somebody saved this template meanwhile", code="newer_version", version=before.version)
        given = {name: getattr(data, name) for name in FIELDS}
        values = {name: getattr(before, name) if value is msgspec.UNSET else value for name, value in given.items()}
        if all(values[name] == getattr(before, name) for name in FIELDS):
            return before
        _check(values)
        await db.execute(UPDATE, actor.organization_id, template_id, *_stored(values))
        return await _saved(db, actor, template_id, restored)


async def restore(actor: Actor, template_id: int, version: int, data: TemplateRestore) -> TemplateView:
    """Write a template anew as it was in `version`. Admins and users.

    Raises:
        NotFound: template or version is unknown.
        Conflict, Invalid: as `update`.
    """
    async with transaction(actor):
        then = await queries.version(actor, template_id, version)
        changes = TemplateChanges(data.version, then.name, then.subject, then.preheader, then.language, then.style, then.blocks)
        return await update(actor, template_id, changes, restored=version)


async def keep(actor: Actor, template_id: int) -> int:
    """Keep the current version for whoever mails by it; returns its number. It stays what it is, and is never too old to be read.

    Raises:
        NotFound: unknown to the actor's organization.
    """
    queries.allow(actor)
    async with transaction(actor) as db:
        await queries.get(actor, template_id, lock=True)
        return int(await db.fetch_value(MARK, actor.organization_id, template_id))


async def delete(actor: Actor, template_id: int) -> None:
    """Remove a template with its versions. Admins and users.

    Raises:
        NotFound: unknown to the actor's organization.
        Conflict: `template_in_use`: something refers to it.
    """
    queries.allow(actor)
    try:
        async with transaction(actor) as db:
            await queries.get(actor, template_id, lock=True)
            await db.execute(DELETE, actor.organization_id, template_id)
            await record(
                TemplateDeleted(organization_id=actor.organization_id, template_id=template_id, by=actor.ref),
                Audience(marketers_only=True),
            )
    except asyncpg.ForeignKeyViolationError:
        raise Conflict("this template is in use: take it out there first", code="template_in_use") from None


def _check(values: dict[str, Any]) -> None:
    if len(msgspec.json.encode(values["blocks"])) > CONTENT_MAX:
        raise Invalid(f"a template has at most {CONTENT_MAX // 1024} KiB", code="template_too_large", limit_bytes=CONTENT_MAX)
    content = Content(values["subject"], values["preheader"], values["language"], values["style"], values["blocks"])
    compiled(content, registry.merge_fields())


def _stored(values: dict[str, Any]) -> list[Any]:
    return [values[name] for name in FIELDS]


async def _saved(db: Unit, actor: Actor, template_id: int, restored: int | None = None) -> TemplateView:
    await db.execute(KEEP, actor.organization_id, template_id, actor.name, restored)
    await db.execute(TRIM, actor.organization_id, template_id, VERSIONS_MAX)
    template = await queries.get(actor, template_id)
    await record(
        TemplateSaved(organization_id=actor.organization_id, template_id=template.id, version=template.version, by=actor.ref),
        Audience(marketers_only=True),
    )
    return template
