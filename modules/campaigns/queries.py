"""Reads of campaigns and of who gets them. Marketers alone read them."""

from typing import Any

from core.access import MARKETERS, Actor, ActorKind
from core.database import Unit, columns, read
from core.errors import NotFound
from core.mailing import queries as mailings
from core.mailing.structs import SendState, Tally
from core.pages import decode_cursor, encode_cursor
from modules.campaigns import checks
from modules.campaigns.structs import (
    CampaignPage,
    CampaignProgress,
    CampaignRecipient,
    CampaignRecipientPage,
    CampaignSummary,
    CampaignVariantView,
    CampaignView,
    SegmentRef,
    Status,
)
from modules.campaigns.variants import NAMES, place_of, place_sql

TOPIC = "coalesce((SELECT t.name FROM topics t WHERE t.organization_id = c.organization_id AND t.id = c.topic_id), '')"
SUMMARY = columns(CampaignSummary, "c", topic_name=TOPIC)
ONE = f"SELECT {SUMMARY}, c.mailing_id, c.hold_until FROM campaigns c WHERE c.organization_id = $1 AND c.id = $2"
PAGE = f"""
SELECT {SUMMARY} FROM campaigns c
WHERE c.organization_id = $1 AND ($2::text IS NULL OR c.status = $2) AND ($3::text IS NULL OR strpos(lower(c.name), lower($3)) > 0)
  AND ($4::bigint IS NULL OR c.id < $4) ORDER BY c.id DESC LIMIT $5
"""
VARIANTS = f"""
SELECT substr('{NAMES}', v.place + 1, 1), v.template_id, coalesce(x.name, t.name), coalesce(x.subject, t.subject), v.version, v.weight
FROM campaign_variants v JOIN templates t ON t.organization_id = v.organization_id AND t.id = v.template_id
LEFT JOIN template_versions x ON x.organization_id = v.organization_id AND x.template_id = v.template_id AND x.version = v.version
WHERE v.organization_id = $1 AND v.campaign_id = $2 ORDER BY v.place
"""
SEGMENTS = """
SELECT s.segment_id, coalesce(g.name, s.name), s.is_excluded FROM campaign_segments s
LEFT JOIN segments g ON g.organization_id = s.organization_id AND g.id = s.segment_id
WHERE s.organization_id = $1 AND s.campaign_id = $2 ORDER BY s.id
"""
IS_OPEN = """EXISTS (SELECT FROM conversations o
    WHERE o.organization_id = $1 AND o.contact_id = {contact} AND o.status IN ('open', 'pending'))"""
"""Whether a conversation of a contact is under way."""
HELD = """
SELECT count(*) FROM mailing_sends s
WHERE s.organization_id = $1 AND s.mailing_id = $2 AND s.state = 'queued' AND s.reason = 'open_conversation'
"""
BY_PEOPLE = """(SELECT coalesce(sum(t.times), 0) FROM mailing_touches t
    WHERE t.organization_id = $1 AND t.send_id = s.id AND t.touch = '{touch}' AND t.label = 'human')::int"""
RECIPIENTS = """
SELECT {columns} FROM mailing_sends s
LEFT JOIN contacts k ON k.organization_id = s.organization_id AND k.id = s.contact_id
LEFT JOIN mail_addresses a ON a.organization_id = s.organization_id AND a.id = s.address_id
WHERE s.organization_id = $1 AND s.mailing_id = $2 AND ($3::text IS NULL OR s.state = $3) AND ($4::text IS NULL OR s.reason = $4)
  AND ($5::text IS NULL OR strpos(lower(concat_ws(' ', a.address, k.first_name, k.last_name)), lower($5)) > 0)
  AND ($6::bigint IS NULL OR s.id > $6) ORDER BY s.id LIMIT $7
"""


def check_may(actor: Actor) -> None:
    """Campaigns are for admins and users, and for background work.

    Raises:
        Forbidden: for anybody else.
    """
    if actor.kind != ActorKind.system:
        actor.require(*MARKETERS)


async def get(actor: Actor, campaign_id: int, *, lock: bool = False) -> CampaignView:
    """A campaign with its parts, without its problems.

    Raises:
        NotFound: unknown to the actor's organization.
    """
    check_may(actor)
    async with read(actor) as db:
        rows = await db.fetch_rows(ONE + (" FOR NO KEY UPDATE OF c" if lock else ""), actor.organization_id, campaign_id)
        if not rows:
            raise NotFound("this campaign does not exist")
        variants = await db.fetch(CampaignVariantView, VARIANTS, actor.organization_id, campaign_id)
        segments = await db.fetch_rows(SEGMENTS, actor.organization_id, campaign_id)
    refs: dict[bool, list[SegmentRef]] = {False: [], True: []}
    for segment_id, name, is_excluded in segments:
        refs[is_excluded].append(SegmentRef(segment_id, name))
    return CampaignView(**dict(rows[0]), variants=variants, include=refs[False], exclude=refs[True])


def variant_of(campaign: CampaignView, contact_id: int) -> CampaignVariantView:
    """The mail that a contact gets, or got."""
    return campaign.variants[place_of(campaign.id, contact_id, [variant.weight for variant in campaign.variants])]


async def shown(actor: Actor, campaign_id: int) -> CampaignView:
    """The same with what keeps it from beginning, where it has not begun."""
    async with read(actor):
        found = await get(actor, campaign_id)
        if found.status not in {"draft", "scheduled", "missed"}:
            return found
        found.problems.extend(await checks.problems(actor, found))
    return found


async def page(actor: Actor, status: Status | None, search: str | None, after: str | None, limit: int) -> CampaignPage:
    """Newest first; `search` wants its text in the name."""
    check_may(actor)
    last_id = decode_cursor(after, "newest")[1] if after else None
    async with read(actor) as db:
        rows = await db.fetch(CampaignSummary, PAGE, actor.organization_id, status, search, last_id, limit + 1)
    return CampaignPage(rows[:limit], encode_cursor("newest", "", rows[limit - 1].id) if len(rows) > limit else None)


async def progress(actor: Actor, campaign_id: int) -> CampaignProgress:
    """How far it is, counted now.

    Raises:
        NotFound: unknown to the actor's organization.
    """
    async with read(actor) as db:
        campaign = await get(actor, campaign_id)
        tally, held, per_minute, due_at, detail = Tally(), 0, 0, None, ""
        if campaign.mailing_id is not None:
            found = await mailings.progress(actor, campaign.mailing_id)
            tally, per_minute, due_at, detail = found.tally, found.per_minute, found.due_at, found.mailing.pause_detail
            held = await db.fetch_value(HELD, actor.organization_id, campaign.mailing_id)
    return CampaignProgress(
        campaign.status, campaign.reason, detail, campaign.settled_at is not None, tally.audience, tally.queued, held, tally.sending, tally.sent,
        tally.failed, tally.uncertain, dict(tally.skipped), per_minute, due_at, campaign.started_at, campaign.ended_at,
    )  # fmt: skip


async def recipients(
    actor: Actor, campaign_id: int, state: SendState | None, reason: str | None, search: str | None, after: str | None, limit: int
) -> CampaignRecipientPage:
    """Everybody of the audience, in the order in which they were settled; `search` wants its text in address or name.

    Raises:
        NotFound: unknown to the actor's organization.
    """
    last_id = decode_cursor(after, "oldest")[1] if after else None
    async with read(actor) as db:
        campaign = await get(actor, campaign_id)
        if campaign.mailing_id is None:
            return CampaignRecipientPage([], None)
        rows = await _recipients(db, actor, campaign, (state, reason, search, last_id, limit + 1))
    return CampaignRecipientPage(rows[:limit], encode_cursor("oldest", "", rows[limit - 1].id) if len(rows) > limit else None)


async def _recipients(db: Unit, actor: Actor, campaign: CampaignView, values: tuple[Any, ...]) -> list[CampaignRecipient]:
    place = place_sql(campaign.id, "s.contact_id", [variant.weight for variant in campaign.variants])
    found = columns(
        CampaignRecipient,
        "s",
        name="trim(concat_ws(' ', k.first_name, k.last_name))",
        address="coalesce(a.address, '')",
        variant=f"substr('{NAMES}', {place} + 1, 1)",
        opened=BY_PEOPLE.format(touch="open"),
        clicked=BY_PEOPLE.format(touch="click"),
    )
    return await db.fetch(CampaignRecipient, RECIPIENTS.format(columns=found), actor.organization_id, campaign.mailing_id, *values)
