"""Campaigns as they are written: made, changed, copied, deleted."""

from collections.abc import Sequence
from typing import Any

import asyncpg
import msgspec

from core.access import MARKETERS, Actor, Audience, opens
from core.database import Unit, transaction
from core.errors import Conflict, Invalid, LimitReached
from core.events.log import record
from modules.campaigns import queries
from modules.campaigns.events import CampaignDeleted, CampaignSaved
from modules.campaigns.structs import (
    CampaignChanges,
    CampaignCopy,
    CampaignInput,
    CampaignVariantInput,
    CampaignView,
    Status,
)

MARKETERS_ONLY = Audience(marketers_only=True)
CAMPAIGNS_MAX = 10_000
PLAIN = ("name", "topic_id", "inbox_id", "is_tracked", "hold_days")
COUNT = "SELECT count(*) FROM (SELECT FROM campaigns WHERE organization_id = $1 LIMIT $2) c"
MADE = "SELECT id FROM campaigns WHERE organization_id = $1 AND client_id = $2"
INSERT = """
INSERT INTO campaigns (organization_id, name, topic_id, inbox_id, is_tracked, hold_days, client_id, created_by) SELECT $1, $2, $3, $4, $5, $6, $7,
    (SELECT m.user_id FROM memberships m WHERE m.organization_id = $1 AND m.user_id = $8)
RETURNING id
"""
DELETE = "DELETE FROM campaigns WHERE organization_id = $1 AND id = $2"
INBOX = "SELECT EXISTS (SELECT FROM email_inboxes WHERE organization_id = $1 AND inbox_id = $2)"
UNVARY = "DELETE FROM campaign_variants WHERE organization_id = $1 AND campaign_id = $2"
VARY = """
INSERT INTO campaign_variants (organization_id, campaign_id, place, template_id, weight)
SELECT $1, $2, v.place - 1, v.template_id, v.weight FROM unnest($3::bigint[], $4::int[]) WITH ORDINALITY AS v (template_id, weight, place)
"""
UNADDRESS = "DELETE FROM campaign_segments WHERE organization_id = $1 AND campaign_id = $2 AND is_excluded = $3"
ADDRESS = """
INSERT INTO campaign_segments (organization_id, campaign_id, segment_id, name, is_excluded)
SELECT $1, $2, w.id, coalesce(g.name, ''), $4 FROM unnest($3::bigint[]) WITH ORDINALITY AS w (id, place)
LEFT JOIN segments g ON g.organization_id = $1 AND g.id = w.id ORDER BY w.place
"""


async def create(actor: Actor, data: CampaignInput) -> CampaignView:
    """Make a campaign, as a draft. The same `client_id` again returns what was made then. Admins and users.

    Raises:
        Invalid: `unknown_template`, `unknown_segment`, `unknown_topic`, `unknown_inbox`; `segment_twice`: a segment is both in and out.
        LimitReached: the organization has as many as it can have.
    """
    actor.require(*MARKETERS)
    async with transaction(actor) as db:
        if data.client_id is not None and (known := await db.fetch_value(MADE, actor.organization_id, data.client_id)) is not None:
            return await queries.shown(actor, known)
        if await db.fetch_value(COUNT, actor.organization_id, CAMPAIGNS_MAX) >= CAMPAIGNS_MAX:
            raise LimitReached(f"an organization has at most {CAMPAIGNS_MAX} campaigns", limit="campaigns")
        await _check_inbox(db, actor, data.inbox_id)
        values = [getattr(data, name) for name in PLAIN]
        try:
            campaign_id = await db.fetch_value(INSERT, actor.organization_id, *values, data.client_id, actor.user_id)
        except asyncpg.UniqueViolationError:
            raise Conflict("this campaign is being made by another request", code="in_progress") from None
        except asyncpg.ForeignKeyViolationError:
            raise _unknown("topic") from None
        await _put(db, actor, campaign_id, data.variants, data.include, data.exclude)
        await saved(actor, campaign_id)
        return await queries.shown(actor, campaign_id)


async def update(actor: Actor, campaign_id: int, data: CampaignChanges) -> CampaignView:
    """Change a draft. Admins and users.

    Raises:
        NotFound: unknown to the actor's organization.
        Conflict: `revised`: somebody changed it meanwhile; `not_a_draft`: it is scheduled, or has begun.
        Invalid: as `create`.
    """
    actor.require(*MARKETERS)
    changes: dict[str, Any] = {name: value for name in PLAIN if (value := getattr(data, name)) is not msgspec.UNSET}
    async with transaction(actor) as db:
        await locked(actor, campaign_id, "draft", revision=data.revision)
        await _check_inbox(db, actor, changes.get("inbox_id"))
        await assign(db, actor, campaign_id, **changes)
        variants = None if data.variants is msgspec.UNSET else data.variants
        include, exclude = (None if ids is msgspec.UNSET else ids for ids in (data.include, data.exclude))
        await _put(db, actor, campaign_id, variants, include, exclude)
        await saved(actor, campaign_id)
        return await queries.shown(actor, campaign_id)


async def duplicate(actor: Actor, campaign_id: int, data: CampaignCopy) -> CampaignView:
    """Make a draft like this campaign, with its templates as they are now and those of its segments that there still are. Admins and users.

    Raises:
        NotFound: unknown to the actor's organization.
    """
    async with transaction(actor):
        old = await queries.get(actor, campaign_id)
        include, exclude = ([one.segment_id for one in refs if one.segment_id is not None] for refs in (old.include, old.exclude))
        variants = [CampaignVariantInput(variant.template_id, variant.weight) for variant in old.variants]
        name = f"{old.name[:110]} (copy)"
        inbox_id = old.inbox_id if old.inbox_id is not None and opens(actor, "inbox_id", old.inbox_id) else None
        return await create(
            actor,
            CampaignInput(name, old.topic_id, inbox_id, variants, include, exclude, old.is_tracked, old.hold_days, data.client_id),
        )


async def delete(actor: Actor, campaign_id: int) -> None:
    """Remove a campaign that never began. Admins and users.

    Raises:
        NotFound: unknown to the actor's organization.
        Conflict: `not_a_draft`.
    """
    actor.require(*MARKETERS)
    async with transaction(actor) as db:
        await locked(actor, campaign_id, "draft", "missed")
        await db.execute(DELETE, actor.organization_id, campaign_id)
        await record(CampaignDeleted(organization_id=actor.organization_id, campaign_id=campaign_id, by=actor.ref), MARKETERS_ONLY)


async def locked(actor: Actor, campaign_id: int, *statuses: Status, revision: int | None = None) -> CampaignView:
    """Lock a campaign that is in one of `statuses`.

    Raises:
        NotFound: unknown to the actor's organization.
        Conflict: `not_a_draft`, with its `campaign_status`; `revised`: it is another one by now.
    """
    found = await queries.get(actor, campaign_id, lock=True)
    if found.status not in statuses:
        raise Conflict(f"this campaign is {found.status}", code="not_a_draft", campaign_status=found.status)
    if revision is not None and found.revision != revision:
        raise Conflict("somebody changed this campaign meanwhile", code="revised", revision=found.revision)
    return found


async def assign(db: Unit, actor: Actor, campaign_id: int, **values: Any) -> None:
    """Change columns of a locked campaign, which is another revision then.

    Raises:
        Invalid: `unknown_topic`.
    """
    assignments = "".join(f", {name} = ${number}" for number, name in enumerate(values, 3))
    sql = f"UPDATE campaigns SET revision = revision + 1, updated_at = now(){assignments} WHERE organization_id = $1 AND id = $2"
    try:
        await db.execute(sql, actor.organization_id, campaign_id, *values.values())
    except asyncpg.ForeignKeyViolationError:
        raise _unknown("topic") from None


async def saved(actor: Actor, campaign_id: int) -> None:
    await record(CampaignSaved(organization_id=actor.organization_id, campaign_id=campaign_id, by=actor.ref), MARKETERS_ONLY)


async def _put(
    db: Unit,
    actor: Actor,
    campaign_id: int,
    variants: Sequence[CampaignVariantInput] | None,
    include: Sequence[int] | None,
    exclude: Sequence[int] | None,
) -> None:
    """Set the parts that are given."""
    here = (actor.organization_id, campaign_id)
    if variants is not None:
        await db.execute(UNVARY, *here)
        try:
            await db.execute(VARY, *here, [one.template_id for one in variants], [one.weight for one in variants])
        except asyncpg.ForeignKeyViolationError:
            raise _unknown("template") from None
    for segment_ids, is_excluded in ((include, False), (exclude, True)):
        if segment_ids is not None:
            await db.execute(UNADDRESS, *here, is_excluded)
    for segment_ids, is_excluded in ((include, False), (exclude, True)):
        if segment_ids is not None:
            try:
                await db.execute(ADDRESS, *here, list(dict.fromkeys(segment_ids)), is_excluded)
            except asyncpg.ForeignKeyViolationError:
                raise _unknown("segment") from None
            except asyncpg.UniqueViolationError:
                raise Invalid("a segment cannot be both in and out", code="segment_twice") from None


async def _check_inbox(db: Unit, actor: Actor, inbox_id: int | None) -> None:
    if inbox_id is None:
        return
    if not opens(actor, "inbox_id", inbox_id) or not await db.fetch_value(INBOX, actor.organization_id, inbox_id):
        raise _unknown("inbox")


def _unknown(what: str) -> Invalid:
    return Invalid(f"there is no such {what}", code=f"unknown_{what}")
