"""What came of the AI agent's answers, as a panel of the dashboard."""

from datetime import UTC, datetime, time

from agent.outcomes import queries
from agent.outcomes.structs import Outcomes, OutcomesOfDay
from core.access import Actor
from core.extend.panels import Block, Fact, Facts, PanelDocument, Plot, Series

LINES = (("Confirmed", "confirmed"), ("Assumed", "assumed"), ("Abandoned", "abandoned"), ("Handed over", "handed_over"))
FORMULA = (
    "Per day in UTC: confirmed = the customer thanked; assumed = he read the answer and wrote no more for 24 h; abandoned = not read, or asked back "
    "in vain; handed over = people took over"
)


async def of_days(actor: Actor, days: int) -> PanelDocument:
    """How episodes ended, and who asked for a person and got one."""
    found = await queries.outcomes(actor, days)
    totals, asked = found.totals, found.asked_for_human
    solved = totals.confirmed + totals.assumed
    ended = solved + totals.abandoned + totals.handed_over
    facts = [
        Fact("Confirmed", _of(totals.confirmed, ended)),
        Fact("Assumed", _of(totals.assumed, ended)),
        Fact("Abandoned", _of(totals.abandoned, ended)),
        Fact("Handed over", _of(totals.handed_over, ended)),
        Fact("Came back within 7 days", _of(totals.reopened, solved)),
        Fact("Asked for a person, got a reply", _of(asked.replied, asked.asked)),
        Fact("Median wait for a person", "–" if asked.median_wait_s is None else _minutes(asked.median_wait_s)),
    ]
    at = [int(datetime.combine(one.day, time.min, UTC).timestamp()) for one in found.days]
    series = [Series(label, [_value(one, name) for one in found.days]) for label, name in LINES]
    blocks: list[Block] = [Facts(facts), Plot("Per day", at, series, FORMULA)]
    return PanelDocument("What came of AI answers", blocks, "warn" if asked.replied < asked.asked else "neutral")


def _of(part: int, whole: int) -> str:
    return f"{part} / {whole} ({part / whole:.0%})" if whole else "–"


def _minutes(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


def _value(outcomes: Outcomes | OutcomesOfDay, name: str) -> float:
    value: int = getattr(outcomes, name)
    return float(value)
