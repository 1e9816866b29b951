"""What a report says of small numbers is true: intervals hold, and where two mails do equally well no difference is shown."""

import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.database import pool
from modules.campaigns.report.statistics import ALPHA, Group, against_first, fisher, wilson
from modules.campaigns.variants import place_of, place_sql

GROUPS = st.integers(0, 60).flatmap(lambda people: st.builds(Group, st.integers(0, people), st.just(people)))
TRIALS = 1500
MARGIN = 3 * (ALPHA * (1 - ALPHA) / TRIALS) ** 0.5
"""By which so many trials may be above by chance."""


def shown(rates: Sequence[float], people: int, chance: random.Random) -> float:
    """In how many of `TRIALS` campaigns any difference is shown, where the mails do as well as `rates` say. People get theirs as they do."""
    weights, found = [1] * len(rates), 0
    for trial in range(TRIALS):
        hits, sizes = [0] * len(rates), [0] * len(rates)
        for contact in range(people):
            place = place_of(trial, contact, weights)
            sizes[place] += 1
            hits[place] += chance.random() < rates[place]
        found += any(one.verdict == "difference" for one in against_first(list(map(Group, hits, sizes))))
    return found / TRIALS


@pytest.mark.parametrize(("rates", "people"), [((0.1, 0.1), 120), ((0.3,) * 4, 120)])
def test_equal_mails_show_no_lift_at_the_stated_error_rate(rates: tuple[float, ...], people: int) -> None:
    assert shown(rates, people, random.Random(7)) <= ALPHA + MARGIN


def test_unequal_mails_are_told_apart() -> None:
    assert shown((0.05, 0.35), 120, random.Random(7)) > 0.9


def test_known_values() -> None:
    assert fisher(Group(3, 4), Group(1, 4)) == pytest.approx(0.4857142857)
    assert fisher(Group(1, 10), Group(9, 10)) == pytest.approx(0.0010933, rel=1e-3)
    assert fisher(Group(0, 0), Group(3, 5)) == 1.0
    assert wilson(Group(5, 10)) == pytest.approx((0.2366, 0.7634), abs=1e-4)
    assert wilson(Group(0, 10)) == pytest.approx((0.0, 0.2775), abs=1e-4)
    assert wilson(Group(0, 0)) == (0.0, 1.0)
    few = against_first([Group(0, 2), Group(2, 2)])
    assert [one.verdict for one in few] == ["too_few"]


def test_many_are_compared_as_few_are() -> None:
    """Where tables are too many to weigh one by one."""
    for other in (30_400, 30_700, 31_000):
        one = Group(30_000, 200_000)
        exact = fisher(Group(one.hits // 2, one.people // 2), Group(other // 2, one.people // 2))
        assert fisher(one, Group(other, 200_000)) < exact
    assert fisher(Group(30_000, 200_000), Group(30_000, 200_000)) == 1.0


@settings(max_examples=300, deadline=None)
@given(one=GROUPS, other=GROUPS)
def test_whatever_the_numbers_are_they_make_sense(one: Group, other: Group) -> None:
    low, high = wilson(one)
    assert 0 <= low <= (one.hits / one.people if one.people else 0.5) <= high <= 1
    assert 0 < fisher(one, other) <= 1
    assert fisher(one, other) == pytest.approx(fisher(other, one))
    [judged] = against_first([one, other])
    assert (judged.verdict == "difference") == (judged.p_value <= ALPHA)


async def test_who_gets_which_mail_is_the_same_in_sql_and_here(connected: object) -> None:
    del connected
    weights = [1, 5, 3, 91]
    sql = f"SELECT n, {place_sql(2**40, 'n', weights)} FROM generate_series(1, 4000) n"
    found = {row[0]: row[1] for row in await pool().fetch(sql)}
    assert found == {number: place_of(2**40, number, weights) for number in range(1, 4001)}
    shares = [sum(place == each for place in found.values()) / 40 for each in range(4)]
    assert shares == pytest.approx(weights, abs=2)
