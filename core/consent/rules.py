"""May this address get this mail, and if not, why: THE rule, written once, as data.

`why_not` evaluates it over what is known of one address, `as_sql` compiles it for as many as there are. The first rule that holds gives the reason,
so that there is exactly one; none: it may.
"""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

import msgspec

MailKind = Literal["marketing", "transactional"]
OptIn = Literal["single", "double"]
ConsentState = Literal["pending", "subscribed", "unsubscribed"]
SuppressionReason = Literal["bounced", "complained", "manual", "unsubscribed", "imported"]
WhyNot = Literal[
    "no_address",
    "bounced",
    "complained",
    "manual",
    "unsubscribed",
    "imported",
    "topic_archived",
    "opted_out",
    "unconfirmed",
    "no_consent",
]


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """All that the rule reads about an address and a kind of mail. `consent`: what it said of the topic; `none`: nothing, or there is no topic."""

    has_address: bool
    bounced: bool
    complained: bool
    manual: bool
    unsubscribed: bool
    imported: bool
    kind: MailKind
    opt_in: OptIn
    is_archived: bool
    consent: ConsentState | Literal["none"]
    is_confirmed: bool


class Rule(NamedTuple):
    """`reason` holds where every one of these facts has this value."""

    reason: WhyNot
    where: Mapping[str, bool | str]


MARKETING: Mapping[str, bool | str] = {"kind": "marketing"}
RULES = (
    Rule("no_address", {"has_address": False}),
    Rule("bounced", {"bounced": True}),
    Rule("complained", {"complained": True}),
    Rule("manual", {"manual": True}),
    Rule("unsubscribed", {**MARKETING, "unsubscribed": True}),
    Rule("imported", {**MARKETING, "imported": True}),
    Rule("topic_archived", {"is_archived": True}),
    Rule("opted_out", {"consent": "unsubscribed"}),
    Rule("unconfirmed", {"consent": "pending"}),
    Rule("unconfirmed", {**MARKETING, "consent": "subscribed", "opt_in": "double", "is_confirmed": False}),
    Rule("no_consent", {**MARKETING, "consent": "none"}),
)
ALWAYS = tuple(rule.reason for rule in RULES if len(rule.where) == 1 and rule.where.get(rule.reason) is True)
"""Suppressions that stop mail of every kind: `bounced`, `complained`, `manual`."""


def why_not(standing: Standing) -> WhyNot | None:
    """Why this mail may not go there; None: it may."""
    for reason, where in RULES:
        if all(getattr(standing, fact) == value for fact, value in where.items()):
            return reason
    return None


def as_sql(alias: str) -> str:
    """The same as an SQL expression over a row `alias` whose columns are the fields of `Standing`."""
    cases = " ".join(
        f"WHEN {' AND '.join(_holds(alias, *each) for each in where.items())} THEN '{reason}'" for reason, where in RULES
    )
    return f"CASE {cases} END"


def _holds(alias: str, fact: str, value: Any) -> str:
    if isinstance(value, bool):
        return f"{alias}.{fact}" if value else f"NOT {alias}.{fact}"
    return f"{alias}.{fact} = '{value}'"
