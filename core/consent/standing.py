"""What is known of addresses, as the facts that `rules` reads: one piece of SQL for one address and for a whole audience alike."""

from core.access import Actor
from core.consent.rules import ALWAYS, MailKind, Standing, WhyNot, as_sql, why_not
from core.contacts.addresses import digest_arguments, digest_sql, normal_sql
from core.database import Unit, columns, read
from core.errors import NotFound

FIRST = 7
"""The first parameter that whoever uses `judging` has for himself; those before are `arguments`."""
FACTS = {
    "has_address": "p.address <> ''",
    **{
        reason: f"coalesce('{reason}' = ANY (p.stops), false)"
        for reason in ("bounced", "complained", "manual", "unsubscribed", "imported")
    },
    "kind": "coalesce(t.kind, $3::text)",
    "opt_in": "coalesce(t.opt_in, 'single')",
    "is_archived": "coalesce(t.archived_at IS NOT NULL, false)",
    "consent": "coalesce(c.state, 'none')",
    "is_confirmed": "coalesce(c.confirmed_at IS NOT NULL, false)",
}
TOPIC = "SELECT EXISTS (SELECT FROM topics WHERE organization_id = $1 AND id = $2)"


def judging(people: str) -> str:
    """SQL for a WITH: `judged` has `key`, `address`, `address_id` and `why_not` for each row of `people`, a SELECT of `key` and `email`.

    `why_not` is null for whoever may get it, `address_id` where nothing is known of an address. Forgotten ones are looked for by their keyed hash
    only where there are any. What is compared is settled before, for row-level security lets no expression reach an index.
    """
    return f"""
        erased AS (SELECT EXISTS (SELECT FROM mail_addresses WHERE organization_id = $1 AND address = '') AS is_any),
        people AS MATERIALIZED (
            SELECT w.key, w.address, CASE WHEN w.address <> '' AND (SELECT is_any FROM erased) THEN {digest_sql("w.address", 4)} END AS digest
            FROM (SELECT q.key, {normal_sql("q.email")} AS address FROM ({people}) q) w
        ), known AS MATERIALIZED (
            SELECT w.key, w.address, coalesce(a.id, e.id) AS id, coalesce(a.stops, e.stops) AS stops FROM people w
            LEFT JOIN mail_addresses a ON a.organization_id = $1 AND a.address = w.address AND a.address <> ''
            LEFT JOIN mail_addresses e ON e.organization_id = $1 AND e.digest = w.digest AND e.address = ''
        ), {_judged()}
    """


def judging_again(people: str) -> str:
    """The same for those whose addresses have been found: `people` is a SELECT of `key` and `address_id`. Whoever is forgotten has none any more."""
    return f"""
        given AS (SELECT $4::bytea, $5::bytea, $6::bytea),
        known AS MATERIALIZED (
            SELECT q.key, coalesce(a.address, '') AS address, a.id, a.stops FROM ({people}) q
            LEFT JOIN mail_addresses a ON a.organization_id = $1 AND a.id = q.address_id
        ), {_judged()}
    """


def _judged() -> str:
    listed = ", ".join(f"{sql} AS {fact}" for fact, sql in FACTS.items())
    return f"""
        facts AS (
            SELECT p.key, p.address, p.id AS address_id, {listed} FROM known p
            LEFT JOIN topics t ON t.organization_id = $1 AND t.id = $2::bigint
            LEFT JOIN consents c ON c.organization_id = $1 AND c.address_id = p.id AND c.topic_id = $2::bigint
        ), judged AS (SELECT f.*, {as_sql("f")} AS why_not FROM facts f)
    """


def arguments(actor: Actor, topic_id: int | None, kind: MailKind) -> tuple[object, ...]:
    """`$1` to `$6`. A topic says itself of what kind its mail is; `kind` is for mail that has none."""
    return actor.organization_id, topic_id, kind, *digest_arguments(actor.organization_id)


ONE = f"SELECT NULL::bigint AS key, ${FIRST}::text AS email"
"""A single address as `people`."""
STANDING = f"WITH {judging(ONE)} SELECT {columns(Standing, 'j')} FROM judged j"


def held_back(organization: str, email: str) -> str:
    """SQL: whether mail of every kind is held back from this address, of this organization."""
    return f"""EXISTS (SELECT FROM mail_addresses ma WHERE ma.organization_id = {organization} AND ma.address = lower({email})
                    AND ma.address <> '' AND ma.stops && '{{{",".join(ALWAYS)}}}'::text[])"""


async def may_get(actor: Actor, email: str | None, topic_id: int | None = None, kind: MailKind = "marketing") -> WhyNot | None:
    """Why an address may not get mail about this topic, or without one of this kind; None: it may.

    Raises:
        NotFound: the topic is unknown to the actor's organization.
    """
    async with read(actor) as db:
        if topic_id is not None and not await db.fetch_value(TOPIC, actor.organization_id, topic_id):
            raise NotFound("this topic does not exist")
        return why_not(await standing(db, actor, email, topic_id, kind))


async def standing(db: Unit, actor: Actor, email: str | None, topic_id: int | None, kind: MailKind) -> Standing:
    found = await db.fetch_rows(STANDING, *arguments(actor, topic_id, kind), email or "")
    return Standing(**dict(found[0]))
