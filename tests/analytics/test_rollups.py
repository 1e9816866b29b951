"""What facts add up to is the same whenever they come, however they are cut into batches, and whether they are counted anew."""

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from core.access import Actor
from core.database import transaction
from modules.analytics import actions
from modules.analytics.counting import histograms, life, rollups
from modules.analytics.counting.cells import Fact
from tests.analytics.support import rolled
from tests.factories import an_organization

BEGAN = datetime(2026, 3, 28, 22, 0, tzinfo=UTC)
"""Some hours before clocks change in Madrid."""
ZONE = ZoneInfo("Europe/Madrid")
KINDS = [
    "ticket_created", "message_received", "message_sent", "ai_answered", "ai_said", "ai_decided", "handed_off", "ticket_resolved",
    "ticket_reopened", "ticket_closed", "ticket_moved", "ticket_seen", "message_withdrawn", "quiet",
]  # fmt: skip
STATUS = {"ticket_resolved": "resolved", "ticket_closed": "closed"}


@st.composite
def lives(draw: st.DrawFn) -> list[dict[str, Any]]:
    """What happens in one conversation, in order; not all of it makes sense."""
    found, minutes = [], draw(st.integers(0, 300))
    for version in range(1, 1 + draw(st.integers(1, 10))):
        kind = draw(st.sampled_from(KINDS))
        minutes += draw(st.sampled_from([0, 1, 30, 900, 1500]))
        held = {
            "version": version, "seq": version, "decision": draw(st.integers(1, 4)), "channel": draw(st.sampled_from(["chat", "email"])),
            "inbox_id": draw(st.integers(1, 2)), "team_id": draw(st.sampled_from([None, 7])), "assignee_id": draw(st.sampled_from([None, 5])),
            "tags": draw(st.sampled_from([[], ["vip"], ["vip", "late"]])), "status": STATUS.get(kind, "open"), "read": draw(st.integers(0, 9)),
            "by": draw(st.sampled_from(["visitor", "user"])), "handler": draw(st.sampled_from(["ai", "human"])),
            "reason": draw(st.sampled_from(["covered", "small_talk", "asked_human"])), "talk": draw(st.sampled_from(["", "thanks"])),
            "outcome": draw(st.sampled_from(["answered", "handed_off", "clarified"])),
        }  # fmt: skip
        if kind in ("ai_decided", "quiet"):
            held = {name: held[name] for name in ("decision", "reason", "talk", "outcome") if kind == "ai_decided"}
        found.append({"kind": kind, "at": BEGAN + timedelta(minutes=minutes), "metadata": held})
    return found


def facts_of(life_of: list[dict[str, Any]]) -> list[Fact]:
    return [Fact("conversation", 1, number, one["kind"], one["at"], None, one["metadata"]) for number, one in enumerate(life_of)]


@given(one=lives(), seed=st.integers(0, 2**32))
@settings(max_examples=100, deadline=None)
def test_the_order_in_which_facts_are_written_down_changes_nothing(one: list[dict[str, Any]], seed: int) -> None:
    facts = facts_of(one)
    shuffled = random.Random(seed).sample(facts, len(facts))
    assert life.tally(shuffled, ZONE).cells == life.tally(facts, ZONE).cells


@given(one=lives())
@settings(max_examples=100, deadline=None)
def test_what_is_open_is_never_counted_twice(one: list[dict[str, Any]]) -> None:
    standing: Counter[tuple[str, str]] = Counter()
    for (metric, dimension, key, _, _, _), value in life.tally(facts_of(one), ZONE).cells.items():
        if metric == "backlog":
            standing[dimension, key] += value
    assert set(standing.values()) <= {0, 1}


async def write(actor: Actor, conversation_id: int, one: dict[str, Any]) -> None:
    entity = "order" if one["kind"].startswith("order_") else "conversation"
    await actions.write(
        actor, one["kind"], entity, conversation_id, at=one["at"], contact_id=None, user_id=None, metadata=one["metadata"]
    )


ORDER = {"kind": "order_paid", "at": BEGAN, "metadata": {"currency": "EUR", "platform": "shopify", "amount": 199_900}}


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), database=None, phases=[Phase.generate])
@given(several=st.lists(lives(), min_size=1, max_size=4), seed=st.integers(0, 2**32))
async def test_step_by_step_and_anew_are_equal(connected: object, several: list[list[dict[str, Any]]], seed: int) -> None:
    del connected
    admin, dice = await an_organization(), random.Random(seed)
    async with transaction(admin) as db:
        await rollups.locked(db, admin)
        await db.execute(
            "UPDATE analytics_states SET zone = $2, rules = $3 WHERE organization_id = $1",
            admin.organization_id,
            ZONE.key,
            rollups.RULES,
        )
    arriving = [(number, one) for number, life_of in enumerate(several, 1) for one in life_of] + [(1, ORDER)]
    dice.shuffle(arriving)
    for number, one in arriving:
        await write(admin, number, one)
        if dice.random() < 0.3:
            await rollups.count(admin)
            assert await rollups.count(admin) == 0
    await rollups.count(admin)
    step_by_step = await rolled(admin)
    expected: Counter[tuple[Any, ...]] = Counter()
    for life_of in several:
        expected.update(life.tally(facts_of(life_of), ZONE).cells)
    assert {cell: value for cell, value in step_by_step.items() if cell[0] not in ("orders_paid", "revenue")} == {
        cell: value for cell, value in expected.items() if value
    }
    assert step_by_step["revenue", "currency", "EUR", BEGAN.astimezone(ZONE).date(), -1, 0] == 199_900
    assert await rollups.rebuild(admin) == len(arriving)
    assert await rolled(admin) == step_by_step


@given(times=st.lists(st.floats(1, 3e7), min_size=1, max_size=60), share=st.sampled_from([0.5, 0.9, 1.0]), cut=st.integers(0, 60))
def test_percentiles_of_added_histograms_are_off_by_no_more_than_is_printed(times: list[float], share: float, cut: int) -> None:
    parts = [Counter(histograms.bucket_of(each) for each in part) for part in (times[:cut], times[cut:])]
    found = histograms.percentile(parts[0] + parts[1], share)
    exact = sorted(times)[max(1, -(-int(share * 100) * len(times) // 100)) - 1]
    assert found is not None
    assert abs(found / exact - 1) <= histograms.ERROR + 1e-6


def test_there_is_no_percentile_of_nothing() -> None:
    assert histograms.percentile({}, 0.5) is None
