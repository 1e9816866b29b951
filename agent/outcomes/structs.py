"""What came of the AI agent's answers, as it crosses the edge."""

from datetime import date, datetime

import msgspec


class Outcomes(msgspec.Struct, frozen=True):
    """How many episodes ended how. An episode: what a customer asked until 24 h without a word from anybody, or until people took over.

    `confirmed`: the customer thanked for the answer; `assumed`: he read it and said no more; `abandoned`: he did not read it, or
    did not reply to what was asked back; `handed_over`: people took over; `under_way`: less than 24 h old. Small talk counts where the
    AI agent told something within the 24 h before it. `reopened`: those of `confirmed` and `assumed` after which the customer wrote again,
    in any conversation, within 7 days.
    """

    confirmed: int
    assumed: int
    abandoned: int
    handed_over: int
    under_way: int
    reopened: int


class OutcomesOfDay(Outcomes, frozen=True, kw_only=True):
    """`day`: the UTC day of the AI agent's last word in the episode."""

    day: date


class AskedForHuman(msgspec.Struct, frozen=True):
    """Customers who asked for a person. `median_wait_s`: over those who got a reply; null for none. `longest_waiting_since`: of those who wait."""

    asked: int
    replied: int
    median_wait_s: float | None
    longest_waiting_since: datetime | None


class OutcomesView(msgspec.Struct, frozen=True):
    """`days` has every day from `since` to today, empty ones too."""

    since: date
    totals: Outcomes
    days: list[OutcomesOfDay]
    asked_for_human: AskedForHuman
