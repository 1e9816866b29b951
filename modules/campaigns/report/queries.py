"""A campaign's report, from the ledger of mail to many. Marketers alone read it; of answers, each as far as he may see the conversations."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from core.access import Actor, visible
from core.database import Unit, columns, read
from core.pages import decode_cursor, encode_cursor
from modules.campaigns import queries
from modules.campaigns.report import statistics
from modules.campaigns.report.facts import RULE, RULE_WORDS, UNSUBSCRIBED
from modules.campaigns.report.statistics import Group
from modules.campaigns.report.structs import (
    JUDGED_AFTER_S,
    ByLabel,
    CampaignReport,
    ComparisonReport,
    Funnel,
    LinkReport,
    MailShare,
    MomentReport,
    ReplyPage,
    ReplyView,
    RevenueReport,
    SkipReport,
    VariantReport,
)
from modules.campaigns.structs import REASONS, CampaignView
from modules.campaigns.variants import NAMES, place_sql

LINKS_MAX = 50
HOUR_S, DAY_S = 3600, 24 * 3600
HOURS, DAYS = 72, 60
"""Points of the plot: hours of the first three days, or days of the first two months."""
LABELS = ("human", "unknown", "proxy", "bot")
BEST = "min(array_position(ARRAY['human', 'unknown', 'proxy', 'bot'], t.label::text))"
PLAIN = ("under_way", "skipped", "failed", "uncertain", "sent", "bounced", "complained", "unsubscribed")
DELIVERED = "s.state = 'sent' AND s.reason <> 'bounced'"
SENDS = """
s AS MATERIALIZED (SELECT s.id, s.state, s.reason, s.address_id, s.settled_at, {place} AS place FROM mailing_sends s
    WHERE s.organization_id = $1 AND s.mailing_id = $2)
"""
COUNTED = f"""
WITH {SENDS}, t AS (
    SELECT t.send_id, t.touch, {BEST} AS best, bool_or(t.label = 'human' AND t.after_s <= {JUDGED_AFTER_S}) AS in_time
    FROM s JOIN mailing_touches t ON t.organization_id = $1 AND t.send_id = s.id WHERE {DELIVERED} GROUP BY 1, 2
)
SELECT s.place, count(*) FILTER (WHERE s.state IN ('queued', 'sending')) AS under_way,
    count(*) FILTER (WHERE s.state = 'skipped') AS skipped, count(*) FILTER (WHERE s.state = 'failed') AS failed,
    count(*) FILTER (WHERE s.state = 'uncertain') AS uncertain, count(*) FILTER (WHERE s.state = 'sent') AS sent,
    count(*) FILTER (WHERE s.state = 'sent' AND s.reason = 'bounced') AS bounced,
    count(*) FILTER (WHERE s.state = 'sent' AND s.reason = 'complained') AS complained,
    count(*) FILTER (WHERE {DELIVERED} AND {UNSUBSCRIBED.format(campaign="$3")}) AS unsubscribed,
    {", ".join(f"count(*) FILTER (WHERE o.best = {n}) AS opened_{label}" for n, label in enumerate(LABELS, 1))},
    {", ".join(f"count(*) FILTER (WHERE c.best = {n}) AS clicked_{label}" for n, label in enumerate(LABELS, 1))},
    count(*) FILTER (WHERE o.in_time) AS opened_in_time, count(*) FILTER (WHERE c.in_time) AS clicked_in_time, max(s.settled_at) AS last_at
FROM s LEFT JOIN t o ON o.send_id = s.id AND o.touch = 'open' LEFT JOIN t c ON c.send_id = s.id AND c.touch = 'click'
GROUP BY s.place
"""
SKIPPED = """
SELECT s.reason, count(*) FROM mailing_sends s WHERE s.organization_id = $1 AND s.mailing_id = $2 AND s.state = 'skipped'
GROUP BY 1 ORDER BY 2 DESC, 1
"""
LINKS = f"""
SELECT w.url, {", ".join(f"count(*) FILTER (WHERE w.best = {n})" for n in range(1, 5))} FROM (
    SELECT t.url, t.send_id, {BEST} AS best FROM mailing_sends s JOIN mailing_touches t ON t.organization_id = $1 AND t.send_id = s.id
    WHERE s.organization_id = $1 AND s.mailing_id = $2 AND {DELIVERED} AND t.touch = 'click' GROUP BY 1, 2
) w GROUP BY 1 ORDER BY 2 DESC, count(*) DESC, 1 LIMIT {LINKS_MAX}
"""
MOMENTS = f"""
WITH s AS MATERIALIZED (SELECT s.id, s.settled_at FROM mailing_sends s WHERE s.organization_id = $1 AND s.mailing_id = $2 AND {DELIVERED}),
h AS (
    SELECT t.touch, min(t.created_at) AS at FROM s JOIN mailing_touches t ON t.organization_id = $1 AND t.send_id = s.id
    WHERE t.label = 'human' GROUP BY t.touch, t.send_id
), a AS (SELECT 'sent' AS what, s.settled_at AS at FROM s UNION ALL SELECT h.touch, h.at FROM h)
SELECT date_bin(make_interval(secs => $4), a.at, $3) AS at, count(*) FILTER (WHERE a.what = 'sent'), count(*) FILTER (WHERE a.what = 'open'),
       count(*) FILTER (WHERE a.what = 'click')
FROM a WHERE a.at >= $3 AND a.at < $3 + make_interval(secs => $4 * $5) GROUP BY 1 ORDER BY 1
"""
REVENUE = """
SELECT o.currency, count(*), sum(o.amount - o.refunded) FROM campaign_orders o WHERE o.organization_id = $1 AND o.campaign_id = $2
GROUP BY 1 ORDER BY 3 DESC, 1
"""
REPLIED = "SELECT count(*) FROM conversation_mailings m WHERE m.organization_id = $1 AND m.mailing_id = $2"
REPLIES = """
SELECT {columns} FROM conversation_mailings m JOIN conversations c ON c.organization_id = m.organization_id AND c.id = m.conversation_id
JOIN mailing_sends s ON s.organization_id = m.organization_id AND s.id = m.send_id
WHERE m.organization_id = $1 AND m.mailing_id = $2 AND ($3::bigint IS NULL OR c.id < $3) AND {rule} ORDER BY c.id DESC LIMIT $4
"""


class _Part(NamedTuple):
    """What was counted of one of the mails, by name."""

    place: int
    counts: dict[str, int]
    last_at: datetime | None


async def report(actor: Actor, campaign_id: int) -> CampaignReport:
    """What came of it, counted now.

    Raises:
        NotFound: unknown to the actor's organization.
    """
    async with read(actor) as db:
        campaign = await queries.get(actor, campaign_id)
        here = (actor.organization_id, campaign.mailing_id)
        parts = await _parts(db, actor, campaign)
        replied = await db.fetch_value(REPLIED, *here)
        skips = [SkipReport(reason, REASONS.get(reason, reason), count) for reason, count in await db.fetch_rows(SKIPPED, *here)]
        links = [LinkReport(url, ByLabel(*counts)) for url, *counts in await db.fetch_rows(LINKS, *here)]
        step_s, moments = await _moments(db, here, campaign)
        revenue = await db.fetch(RevenueReport, REVENUE, actor.organization_id, campaign_id)
    judged_at = _judged_at(campaign, parts)
    return CampaignReport(
        campaign.id, campaign.status, _funnel(parts, replied), skips, links, step_s, moments, _variants(campaign, parts),
        _comparisons(campaign, parts, judged_at), judged_at, revenue, RULE, RULE_WORDS,
    )  # fmt: skip


async def replies(actor: Actor, campaign_id: int, after: str | None, limit: int) -> ReplyPage:
    """Conversations that began with an answer to it and that the actor may see, newest first.

    Raises:
        NotFound: unknown to the actor's organization.
    """
    last_id = decode_cursor(after, "newest")[1] if after else None
    rule, held = visible(actor, 5)
    async with read(actor) as db:
        campaign = await queries.get(actor, campaign_id)
        variant = f"substr('{NAMES}', {_place(campaign)} + 1, 1)"
        found = columns(ReplyView, "c", conversation_id="c.id", variant=variant, is_recipient="m.is_recipient")
        sql = REPLIES.format(columns=found, rule=rule)
        rows = await db.fetch(ReplyView, sql, actor.organization_id, campaign.mailing_id, last_id, limit + 1, *held)
    following = encode_cursor("newest", "", rows[limit - 1].conversation_id) if len(rows) > limit else None
    return ReplyPage(rows[:limit], following)


def _place(campaign: CampaignView) -> str:
    return place_sql(campaign.id, "s.contact_id", [variant.weight for variant in campaign.variants])


async def _parts(db: Unit, actor: Actor, campaign: CampaignView) -> list[_Part]:
    """Of each mail in order, also where nobody was to get it."""
    sql = COUNTED.format(place=_place(campaign))
    found: dict[int, _Part] = {}
    for row in await db.fetch_rows(sql, actor.organization_id, campaign.mailing_id, campaign.id):
        counts: dict[str, Any] = dict(row)
        place, last_at = counts.pop("place"), counts.pop("last_at")
        found[place] = _Part(place, counts, last_at)
    return [found.get(place) or _Part(place, {}, None) for place in range(max(1, len(campaign.variants)))]


async def _moments(db: Unit, here: tuple[Any, ...], campaign: CampaignView) -> tuple[int, list[MomentReport]]:
    if campaign.started_at is None:
        return HOUR_S, []
    is_young = datetime.now(UTC) - campaign.started_at < timedelta(seconds=HOURS * HOUR_S)
    step_s, most = (HOUR_S, HOURS) if is_young else (DAY_S, DAYS)
    return step_s, await db.fetch(MomentReport, MOMENTS, *here, campaign.started_at, step_s, most)


def _sum(parts: Sequence[_Part], name: str) -> int:
    return sum(part.counts.get(name, 0) for part in parts)


def _labels(parts: Sequence[_Part], touch: str) -> ByLabel:
    return ByLabel(*(_sum(parts, f"{touch}_{label}") for label in LABELS))


def _funnel(parts: Sequence[_Part], replied: int) -> Funnel:
    counts = {name: _sum(parts, name) for name in PLAIN}
    audience = sum(counts[name] for name in ("under_way", "skipped", "failed", "uncertain", "sent"))
    delivered = counts["sent"] - counts["bounced"]
    return Funnel(
        audience=audience, delivered=delivered, opened=_labels(parts, "opened"), clicked=_labels(parts, "clicked"), replied=replied, **counts
    )  # fmt: skip


def _group(part: _Part, name: str) -> Group:
    return Group(part.counts.get(name, 0), part.counts.get("sent", 0) - part.counts.get("bounced", 0))


def _share(group: Group) -> MailShare:
    interval = statistics.wilson(group)
    return MailShare(group.hits, group.hits / group.people if group.people else 0.0, interval.low, interval.high)


def _variants(campaign: CampaignView, parts: Sequence[_Part]) -> list[VariantReport]:
    return [
        VariantReport(
            variant.name, variant.template_id, variant.template_name, variant.subject, variant.weight, part.counts.get("sent", 0),
            _group(part, "clicked_in_time").people, _share(_group(part, "opened_in_time")), _share(_group(part, "clicked_in_time")),
            part.counts.get("unsubscribed", 0),
        )
        for variant, part in zip(campaign.variants, parts, strict=False)
    ]  # fmt: skip


def _judged_at(campaign: CampaignView, parts: Sequence[_Part]) -> datetime | None:
    """A day after the last mail of a campaign that has ended."""
    ends = [part.last_at for part in parts if part.last_at is not None]
    if campaign.ended_at is None or not ends:
        return None
    return max(ends) + timedelta(seconds=JUDGED_AFTER_S)


def _comparisons(campaign: CampaignView, parts: Sequence[_Part], judged_at: datetime | None) -> list[ComparisonReport]:
    names = [variant.name for variant in campaign.variants]
    if judged_at is None or judged_at > datetime.now(UTC):
        return [ComparisonReport(name, names[0], "too_early", None) for name in names[1:]]
    if len(names) < 2:
        return []
    judged = statistics.against_first([_group(part, "clicked_in_time") for part in parts])
    return [ComparisonReport(name, names[0], one.verdict, one.p_value) for name, one in zip(names[1:], judged, strict=True)]
