"""May this address get this mail: the rule in Python and in SQL say the same, whatever is known and in whatever order it came."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from itertools import product
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from core.consent import rules, standing
from core.consent.rules import ConsentState, MailKind, OptIn, Standing, SuppressionReason, WhyNot
from core.contacts import addresses
from core.contacts.addresses import digest
from core.database import pool, read
from tests.consent.people import Shop, a_shop
from tests.factories import an_address

FACTS = {
    **dict.fromkeys(
        ("has_address", "bounced", "complained", "manual", "unsubscribed", "imported", "is_archived", "is_confirmed"), (False, True)
    ),
    "kind": get_args(MailKind),
    "opt_in": get_args(OptIn),
    "consent": ("none", *get_args(ConsentState)),
}
ADDRESS = """
INSERT INTO mail_addresses (organization_id, address, digest, stops, erased_at)
VALUES ($1, $2::text, $3, $4, CASE WHEN $2::text = '' THEN now() END) RETURNING id
"""
TOPIC = "INSERT INTO topics (organization_id, name, kind, opt_in, archived_at) VALUES ($1, $2, $3, $4, $5) RETURNING id"
CONSENT = """
INSERT INTO consents (organization_id, address_id, topic_id, state, source, text_version, confirmed_at) VALUES ($1, $2, $3, $4, 'form', 1, $5)
"""
PEOPLE = f"SELECT k.id AS key, k.email FROM contacts k WHERE k.organization_id = $1 AND k.id = ANY (${standing.FIRST}::bigint[])"
FOUND = f"SELECT * FROM unnest(${standing.FIRST}::bigint[], ${standing.FIRST + 1}::bigint[]) AS n (key, address_id)"
NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
async def shop(connected: Any) -> AsyncIterator[Shop]:
    del connected
    async with a_shop() as shop:
        yield shop


def test_every_reason_can_be_the_one() -> None:
    found = {rules.why_not(Standing(**dict(zip(FACTS, each, strict=True)))) for each in product(*FACTS.values())}
    assert found == {None, *get_args(WhyNot)}
    assert rules.ALWAYS == ("bounced", "complained", "manual")


def test_nothing_but_a_dead_or_unwilling_address_stops_what_is_no_advertising() -> None:
    allowed = {"no_address", "bounced", "complained", "manual", "topic_archived", "opted_out", "unconfirmed"}
    for each in product(*FACTS.values()):
        known = Standing(**dict(zip(FACTS, each, strict=True)))
        if known.kind == "transactional":
            assert rules.why_not(known) in {None, *allowed}
        elif rules.why_not(known) is None:
            assert known.consent == "subscribed"
            assert known.is_confirmed or known.opt_in == "single"


async def test_for_all_that_can_be_known_sql_says_what_python_says(shop: Shop) -> None:
    """All 4,096 of them."""
    assert shop.admin
    every = [dict(zip(FACTS, each, strict=True)) for each in product(*FACTS.values())]
    columns = ", ".join(f"{name} {'boolean' if values == (False, True) else 'text'}" for name, values in FACTS.items())
    sql = f"SELECT {rules.as_sql('f')} FROM ROWS FROM (jsonb_to_recordset($1::jsonb) AS ({columns})) WITH ORDINALITY AS f ORDER BY f.ordinality"
    said = [row[0] for row in await pool().fetch(sql, every)]
    assert said == [rules.why_not(Standing(**each)) for each in every]


NOWHERE = (
    "öl@example.org", "a@b@c.example", "no address", "=?utf-8?q?a?=@example.org", 'a"b@example.org', "a@localhost", "a@b..example", "@b.example", "",
    "a@b.example\n", "<a@b.example>", "İ@b.example",
)  # fmt: skip
KNOWN = st.fixed_dictionaries(
    {
        "email": st.sampled_from(["ascii", "UPPER", "none", *NOWHERE]),
        "is_kept": st.sampled_from(["clear", "forgotten", "unknown"]),
        "stops": st.sets(st.sampled_from(get_args(SuppressionReason))),
        "consent": st.sampled_from(["none", *get_args(ConsentState)]),
        "is_confirmed": st.booleans(),
    }
)
"""What may be known of one contact's address."""


async def test_python_and_sql_agree_on_what_an_address_is(shop: Shop) -> None:
    good = ("Ida.O'Neil+news@Example.co.uk", "a!#$%&*/?=^_`{|}~-@b-c.example", "x@xn--bcher-kva.example")
    sql = f"SELECT {addresses.normal_sql('n.email')} FROM unnest($1::text[]) WITH ORDINALITY AS n (email, place) ORDER BY place"
    said = [row[0] for row in await pool().fetch(sql, [*good, *NOWHERE])]
    assert said == [addresses.normal(email) for email in (*good, *NOWHERE)]
    assert said == [*(email.lower() for email in good), *("" for _ in NOWHERE)]
    assert shop.admin


@settings(
    max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), database=None, phases=[Phase.explicit, Phase.generate]
)
@example(people=[{"email": "UPPER", "is_kept": "forgotten", "stops": {"manual"}, "consent": "subscribed", "is_confirmed": True}],
         kind="transactional", opt_in="double", is_archived=False, has_topic=False)  # fmt: skip
@given(
    people=st.lists(KNOWN, min_size=1, max_size=6),
    kind=st.sampled_from(get_args(MailKind)),
    opt_in=st.sampled_from(get_args(OptIn)),
    is_archived=st.booleans(),
    has_topic=st.booleans(),
)
async def test_a_whole_audience_is_judged_as_each_of_it(
    shop: Shop, people: list[dict[str, Any]], kind: MailKind, opt_in: OptIn, is_archived: bool, has_topic: bool
) -> None:
    """From rows to reasons: what the model knows of each, what one address is told, and what SQL says of all at once."""
    topic_id = await pool().fetchval(TOPIC, shop.admin.organization_id, an_address(), kind, opt_in, NOW if is_archived else None)
    expected: dict[int, WhyNot | None] = {}
    emails: dict[int, str | None] = {}
    for person in people:
        contact_id, email, known = await _kept(shop, topic_id, person)
        emails[contact_id] = email
        expected[contact_id] = rules.why_not(
            Standing(
                **known, kind=kind, opt_in=opt_in if has_topic else "single", is_archived=is_archived and has_topic,
                consent=person["consent"] if has_topic and known["has_address"] and person["is_kept"] != "unknown" else "none",
                is_confirmed=person["is_confirmed"],
            )
        )  # fmt: skip
    chosen = topic_id if has_topic else None
    async with read(shop.admin) as db:
        sql = f"WITH {standing.judging(PEOPLE)} SELECT key, address_id, why_not FROM judged"
        rows = await db.fetch_rows(sql, *standing.arguments(shop.admin, chosen, kind), list(expected))
        found = {row["key"]: row["address_id"] for row in rows if row["address_id"]}
        sql = f"WITH {standing.judging_again(FOUND)} SELECT key, why_not FROM judged"
        values = (list(found), list(found.values()))
        again = await db.fetch_rows(sql, *standing.arguments(shop.admin, chosen, kind), *values)
    assert {row["key"]: row["why_not"] for row in rows} == expected
    forgotten = {key for key, person in zip(expected, people, strict=True) if person["is_kept"] == "forgotten"}
    assert {row["key"]: row["why_not"] for row in again} == {
        key: "no_address" if key in forgotten else reason for key, reason in expected.items() if key in found
    }
    assert {key: await standing.may_get(shop.admin, email, chosen, kind) for key, email in emails.items()} == expected


async def _kept(shop: Shop, topic_id: int, person: dict[str, Any]) -> tuple[int, str | None, dict[str, bool]]:
    """The rows of a person; his contact, address, and the facts that hold for it whatever the mail."""
    organization_id, address = shop.admin.organization_id, an_address()
    email = {"ascii": address, "UPPER": address.upper(), "none": None}.get(person["email"], person["email"])
    has_address = person["email"] in {"ascii", "UPPER"}
    is_known = person["is_kept"] != "unknown"
    contact_id = await pool().fetchval(
        "INSERT INTO contacts (organization_id, email, tags) VALUES ($1, $2, '{}') RETURNING id", organization_id, email
    )
    if is_known:
        clear = "" if person["is_kept"] == "forgotten" else address
        stops = sorted(person["stops"])
        address_id = await pool().fetchval(ADDRESS, organization_id, clear, digest(organization_id, address), stops)
        if person["consent"] != "none":
            confirmed_at = NOW if person["is_confirmed"] else None
            await pool().execute(CONSENT, organization_id, address_id, topic_id, person["consent"], confirmed_at)
    stopped = person["stops"] if has_address and is_known else set()
    return contact_id, email, {"has_address": has_address} | {reason: reason in stopped for reason in get_args(SuppressionReason)}
