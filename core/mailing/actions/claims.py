"""How mails leave the queue: claimed in batches, marked just before a server gets them, and settled in one statement for a batch.

Who of these a mail belongs to is told by its `attempt`; who has lost it changes nothing any more.
"""

from collections.abc import Sequence
from datetime import timedelta

from core.access import Actor
from core.consent.rules import SuppressionReason
from core.consent.standing import FIRST, arguments, judging_again
from core.database import Unit, transaction
from core.mailing import queries
from core.mailing.structs import Claimed, Deferred, Outcome

BATCH = 200
LEASE = timedelta(seconds=60)
"""For which a claim holds; marking a mail begins it anew for that one, and so does renewing it."""
ATTEMPTS_MAX = 20
WAIT_MAX_S = 366 * 24 * 3600.0
OVER = "CASE WHEN g.state = 'canceled' THEN 'skipped' ELSE 'queued' END"
WHY_OVER = "CASE WHEN g.state = 'canceled' THEN 'canceled' ELSE '' END"
"""What becomes of a mail that goes back, by its mailing `g`."""
BY_INDEX = (
    "SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off; SET LOCAL enable_sort = off"
)
"""A claim takes a few of very many, of which PostgreSQL's statistics know nothing yet when a mailing begins: it would read all of them each time."""
CLAIM = f"""
WITH due AS MATERIALIZED (
    SELECT s.id, s.address_id FROM mailing_sends s JOIN mailings g ON g.organization_id = s.organization_id AND g.id = s.mailing_id
    WHERE s.organization_id = $1 AND s.mailing_id = ${FIRST} AND s.state = 'queued' AND s.due_at <= now() AND g.state = 'active'
    ORDER BY s.due_at, s.id LIMIT ${FIRST + 1} FOR UPDATE OF s SKIP LOCKED FOR SHARE OF g
), {judging_again("SELECT d.id AS key, d.address_id FROM due d")}
UPDATE mailing_sends s SET state = CASE WHEN j.why_not IS NULL THEN 'sending' ELSE 'skipped' END, reason = coalesce(j.why_not, ''),
       attempt = s.attempt + 1, claimed_until = CASE WHEN j.why_not IS NULL THEN now() + ${FIRST + 2}::interval END, handed_at = NULL,
       settled_at = CASE WHEN j.why_not IS NOT NULL THEN now() END
FROM judged j WHERE s.organization_id = $1 AND s.id = j.key
RETURNING s.id, s.contact_id, s.entry, s.address_id, j.address, s.attempt, s.state
"""
"""Who claims holds the mailing's row for that moment: whoever pauses it waits, and then nothing more is claimed. What a person said since the
audience was settled is heeded here."""
HAND_OVER = """
UPDATE mailing_sends s SET handed_at = now(), claimed_until = now() + $4::interval
FROM unnest($2::bigint[], $3::int[]) AS u (id, attempt), mailings g
WHERE s.organization_id = $1 AND s.id = u.id AND s.attempt = u.attempt AND s.state = 'sending' AND s.claimed_until > now()
  AND s.handed_at IS NULL AND g.organization_id = s.organization_id AND g.id = s.mailing_id AND g.state = 'active'
RETURNING s.id
"""
RENEW = """
WITH mine AS MATERIALIZED (
    SELECT s.id FROM mailing_sends s JOIN unnest($2::bigint[], $3::int[]) AS u (id, attempt) ON s.id = u.id AND s.attempt = u.attempt
    WHERE s.organization_id = $1 AND s.state = 'sending' FOR NO KEY UPDATE OF s SKIP LOCKED
)
UPDATE mailing_sends s SET claimed_until = now() + $4::interval FROM mine m WHERE s.organization_id = $1 AND s.id = m.id
"""
"""Whoever holds one of these rows is about to settle it, and is not waited for."""
FINISH = f"""
UPDATE mailing_sends s SET
    state = CASE WHEN u.state <> 'queued' THEN u.state WHEN s.attempt - s.deferrals >= $7 THEN 'failed' ELSE {OVER} END,
    reason = CASE WHEN u.state <> 'queued' OR s.attempt - s.deferrals >= $7 THEN u.reason ELSE {WHY_OVER} END,
    detail = u.detail, claimed_until = NULL,
    handed_at = CASE WHEN u.state = 'queued' THEN NULL ELSE s.handed_at END,
    due_at = CASE WHEN u.state = 'queued' THEN now() + make_interval(secs => u.wait_s) ELSE s.due_at END,
    settled_at = CASE WHEN u.state = 'queued' AND s.attempt - s.deferrals < $7 AND g.state <> 'canceled' THEN NULL ELSE now() END
FROM unnest($2::bigint[], $3::int[], $4::text[], $5::text[], $6::text[], $8::float8[]) AS u (id, attempt, state, reason, detail, wait_s), mailings g
WHERE s.organization_id = $1 AND s.id = u.id AND s.attempt = u.attempt
  AND (s.state = 'sending' OR (s.state = 'uncertain' AND u.state IN ('sent', 'failed')))
  AND g.organization_id = s.organization_id AND g.id = s.mailing_id
RETURNING s.id
"""
"""What became uncertain is not queued again: it may have been sent. But who was slow may still tell what became of it."""
RELEASE = f"""
UPDATE mailing_sends s SET state = {OVER}, reason = {WHY_OVER}, claimed_until = NULL, deferrals = s.deferrals + 1,
       settled_at = CASE WHEN g.state = 'canceled' THEN now() END
FROM unnest($2::bigint[], $3::int[]) AS u (id, attempt), mailings g
WHERE s.organization_id = $1 AND s.id = u.id AND s.attempt = u.attempt AND s.state = 'sending' AND s.handed_at IS NULL
  AND g.organization_id = s.organization_id AND g.id = s.mailing_id
"""
DEFER = f"""
UPDATE mailing_sends s SET state = {OVER}, reason = CASE WHEN g.state = 'canceled' THEN 'canceled' ELSE u.reason END, claimed_until = NULL,
       handed_at = NULL, deferrals = s.deferrals + 1, due_at = now() + make_interval(secs => u.wait_s),
       settled_at = CASE WHEN g.state = 'canceled' THEN now() END
FROM unnest($2::bigint[], $3::int[], $4::text[], $5::float8[]) AS u (id, attempt, reason, wait_s), mailings g
WHERE s.organization_id = $1 AND s.id = u.id AND s.attempt = u.attempt AND s.state = 'sending'
  AND g.organization_id = s.organization_id AND g.id = s.mailing_id
RETURNING s.id
"""
TAKE_BACK = f"""
UPDATE mailing_sends s SET
    state = CASE WHEN s.handed_at IS NOT NULL THEN 'uncertain' ELSE {OVER} END,
    reason = CASE WHEN s.handed_at IS NOT NULL THEN 'worker_ended' ELSE {WHY_OVER} END, claimed_until = NULL,
    deferrals = s.deferrals + CASE WHEN s.handed_at IS NULL THEN 1 ELSE 0 END,
    settled_at = CASE WHEN s.handed_at IS NOT NULL OR g.state = 'canceled' THEN now() END
FROM mailings g WHERE g.organization_id = s.organization_id AND g.id = s.mailing_id AND s.organization_id = $1 AND s.id = ANY (ARRAY(
    SELECT l.id FROM mailing_sends l
    WHERE l.organization_id = $1 AND l.mailing_id = $2 AND l.state = 'sending' AND l.claimed_until < now() LIMIT $3 FOR UPDATE SKIP LOCKED))
"""

CAME_BACK = """
UPDATE mailing_sends s SET state = 'sent', reason = CASE WHEN s.reason = 'complained' THEN s.reason ELSE $3 END,
       detail = CASE WHEN $4 = '' THEN s.detail ELSE $4 END
FROM mail_addresses a WHERE s.organization_id = $1 AND s.id = $2 AND s.state IN ('sending', 'sent', 'uncertain')
  AND a.organization_id = s.organization_id AND a.id = s.address_id
RETURNING a.address
"""
"""Whatever comes back about a mail, its server had it."""


async def claim(actor: Actor, mailing_id: int, *, most: int = BATCH, lease: timedelta = LEASE) -> list[Claimed]:
    """Take the next mails that are due, as many as `most`; none are left, or the mailing is paused. Who may not get it any more is skipped, with the
    reason. What a worker that ended had claimed goes back first.

    Raises:
        NotFound: the mailing is unknown to the actor's organization.
    """
    async with transaction(actor) as db:
        mailing = await queries.mailing(actor, mailing_id)
        await db.execute(BY_INDEX)
        await db.execute(TAKE_BACK, actor.organization_id, mailing_id, BATCH)
        values = (*arguments(actor, mailing.topic_id, mailing.mail_kind), mailing_id, most, lease)
        rows = await db.fetch_rows(CLAIM, *values)
    return [Claimed(*row[:6]) for row in rows if row["state"] == "sending"]


async def hand_over(actor: Actor, claimed: Sequence[Claimed], *, lease: timedelta = LEASE) -> set[int]:
    """Mark mails whose server is about to get them; returns the ids of those that may go. The others belong to somebody else by now, or their
    mailing was paused."""
    async with transaction(actor) as db:
        rows = await db.fetch_rows(HAND_OVER, actor.organization_id, *_fenced(claimed), lease)
    return {send_id for (send_id,) in rows}


async def renew(actor: Actor, claimed: Sequence[Claimed], *, lease: timedelta = LEASE) -> None:
    """Who claimed these lives, and still has them: nobody takes them back for as long again."""
    async with transaction(actor) as db:
        await db.execute(RENEW, actor.organization_id, *_fenced(claimed), lease)


async def finish(actor: Actor, outcomes: Sequence[Outcome]) -> set[int]:
    """Settle a batch in one statement; returns the ids of those that were still this worker's to settle."""
    values = [(one.id, one.attempt, one.state, one.reason[:40], _storable(one.detail), one.wait_s) for one in outcomes]
    ids, attempts, states, reasons, details, waits = map(list, zip(*values, strict=True)) if values else ([], [], [], [], [], [])
    async with transaction(actor) as db:
        rows = await db.fetch_rows(FINISH, actor.organization_id, ids, attempts, states, reasons, details, ATTEMPTS_MAX, waits)
    return {send_id for (send_id,) in rows}


async def release(actor: Actor, claimed: Sequence[Claimed]) -> None:
    """Give back what was claimed and not handed over."""
    async with transaction(actor) as db:
        await db.execute(RELEASE, actor.organization_id, *_fenced(claimed))


async def defer(actor: Actor, deferred: Sequence[Deferred]) -> set[int]:
    """Put back what was claimed and that no server has: it is not its turn, or no server could be asked. No attempt is counted.

    Returns the ids of those that were still this worker's.
    """
    values = [(one.id, one.attempt, one.reason[:40], min(one.wait_s, WAIT_MAX_S)) for one in deferred]
    if not values:
        return set()
    async with transaction(actor) as db:
        rows = await db.fetch_rows(DEFER, actor.organization_id, *map(list, zip(*values, strict=True)))
    return {send_id for (send_id,) in rows}


async def came_back(db: Unit, actor: Actor, send_id: int, reason: SuppressionReason, said: str) -> str:
    """A report about a mail has come: it was sent, and `bounced` or `complained`. Returns the address that it was for; empty: it is forgotten."""
    address: str | None = await db.fetch_value(CAME_BACK, actor.organization_id, send_id, reason, _storable(said))
    return address or ""


def _fenced(claimed: Sequence[Claimed]) -> tuple[list[int], list[int]]:
    return [one.id for one in claimed], [one.attempt for one in claimed]


def _storable(detail: str) -> str:
    """What a server said, without what PostgreSQL cannot keep."""
    return detail.replace("\x00", "").encode(errors="replace").decode()[:300]
