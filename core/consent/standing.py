"""What is known of addresses, as the facts that `rules` reads: one piece of SQL for one address and for a whole audience alike."""

from core.access import Actor
from core.consent.rules import ALWAYS, MailKind, Standing, WhyNot, as_sql, why_not
from core.contacts.addresses import digest_arguments, digest_sql, normal_sql
from core.database import Unit, columns, read
from core.errors import NotFound

FIRST = 7
"""The first parameter that whoever uses `facts` has for himself; those before are `arguments`."""
FACTS = {
    "has_address": "p.address <> ''",
    **{
        reason: f"coalesce('{reason}' = ANY (m.stops), false)"
        for reason in ("bounced", "complained", "manual", "unsubscribed", "imported")
    },
    "kind": "coalesce(t.kind, $3::text)",
    "opt_in": "coalesce(t.opt_in, 'single')",
    "is_archived": "coalesce(t.archived_at IS NOT NULL, false)",
    "consent": "coalesce(c.state, 'none')",
    "is_confirmed": "coalesce(c.confirmed_at IS NOT NULL, false)",
}
TOPIC = "SELECT EXISTS (SELECT FROM topics WHERE organization_id = $1 AND id = $2)"


def facts(people: str) -> str:
    """SQL: for each row of `people` (a SELECT of `key` and `email`) its key, the address, and the facts about it as columns.

    `address_id` is null where nothing is known of an address. Forgotten ones are looked for by their keyed hash, which costs time for each
    address, so only where there are any.
    """
    known = f"CASE WHEN a.id IS NULL AND p.address <> '' AND (SELECT has_erased FROM erased) THEN {digest_sql('p.address', 4)} END"
    listed = ", ".join(f"{sql} AS {fact}" for fact, sql in FACTS.items())
    return f"""
        SELECT p.key, p.address, m.id AS address_id, {listed}
        FROM (SELECT q.key, {normal_sql("q.email")} AS address FROM ({people}) q) p
        LEFT JOIN mail_addresses a ON a.organization_id = $1 AND a.address = p.address AND a.address <> ''
        LEFT JOIN mail_addresses e ON e.organization_id = $1 AND e.address = '' AND e.digest = {known}
        LEFT JOIN LATERAL (SELECT coalesce(a.id, e.id) AS id, CASE WHEN a.id IS NULL THEN e.stops ELSE a.stops END AS stops) m ON true
        LEFT JOIN topics t ON t.organization_id = $1 AND t.id = $2::bigint
        LEFT JOIN consents c ON c.organization_id = $1 AND c.address_id = m.id AND c.topic_id = t.id
    """


ERASED = "erased AS (SELECT EXISTS (SELECT FROM mail_addresses WHERE organization_id = $1 AND address = '') AS has_erased)"


def judged(people: str) -> str:
    """SQL: `key`, `address`, `address_id` and `why_not` for each row of `people`, below a WITH that has `ERASED`. Null: it may."""
    return f"SELECT f.key, f.address, f.address_id, {as_sql('f')} AS why_not FROM ({facts(people)}) f"


def arguments(actor: Actor, topic_id: int | None, kind: MailKind) -> tuple[object, ...]:
    """`$1` to `$6`. A topic says itself of what kind its mail is; `kind` is for mail that has none."""
    return actor.organization_id, topic_id, kind, *digest_arguments(actor.organization_id)


STANDING = f"WITH {ERASED} SELECT {columns(Standing, 'f')} FROM ({facts(f'SELECT NULL::bigint AS key, ${FIRST}::text AS email')}) f"


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
