"""How fast mail goes: a bucket that never gives more than its rate, and learns from what servers say."""

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.channels.email.bulk import fates, pace
from core.channels.email.bulk.fates import Fate, Stage
from core.channels.email.bulk.pace import Rate

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
FRESH = Rate("", None, 1.0, NOW, None, 0, "", NOW, None, 0, NOW.date())


@given(st.floats(0.01, 100), st.lists(st.tuples(st.floats(0, 60), st.integers(0, 300)), max_size=30))
def test_no_more_goes_than_the_rate_and_one_burst(per_s: float, asked: list[tuple[float, int]]) -> None:
    rate, now, went = FRESH, NOW, 0
    for pause_s, wanted in asked:
        now += timedelta(seconds=pause_s)
        rate, granted = pace.take(rate, now, wanted, limit=per_s)
        went += granted.mails
        assert 0 <= granted.mails <= wanted
        if wanted and not granted.mails:
            later, again = pace.take(rate, now + timedelta(seconds=granted.wait_s + 0.001), wanted, limit=per_s)
            assert again.mails >= 1, "who waits as long as he is told gets one"
            assert later.tokens >= 0
    assert went <= max(1.0, per_s * pace.BURST_S) + per_s * (now - NOW).total_seconds() + 1


@given(st.lists(st.tuples(st.floats(0, 4000), st.booleans()), max_size=60))
def test_a_rate_stays_within_its_bounds_and_is_free_again_in_the_end(told: list[tuple[float, bool]]) -> None:
    rate, now = FRESH, NOW
    for pause_s, is_refused in told:
        now += timedelta(seconds=pause_s)
        rate = pace.refused(rate, now, "421 slower") if is_refused else pace.accepted(rate, now)
        assert rate.per_s is None or pace.LEAST_PER_S <= rate.per_s < pace.FREE_PER_S
        assert rate.held_until is None or (rate.held_until - now).total_seconds() <= pace.HOLD_MAX_S
    for _ in range(int(pace.FREE_PER_S / pace.MORE_PER_S) + 1):
        now = max(now + pace.STEP, (rate.held_until or now) + pace.STEP)
        rate = pace.accepted(rate, now)
    assert (rate.per_s, rate.is_watched) == (None, False)


def test_a_server_that_was_away_is_no_slower_for_it() -> None:
    away = pace.refused(FRESH, NOW, "unreachable", per_s=None)
    assert (away.per_s, away.held_until, away.is_watched) == (None, NOW + timedelta(seconds=60), True)
    assert not pace.accepted(away, NOW + timedelta(seconds=61)).is_watched
    assert pace.refused(FRESH, NOW, "421 slower", per_s=12.0).per_s == 6.0


def test_many_who_hear_the_same_are_one() -> None:
    once = pace.refused(FRESH, NOW, "421 slower")
    assert (once.per_s, once.held_until, once.holds) == (1.0, NOW + timedelta(seconds=60), 1)
    assert pace.refused(once, NOW + timedelta(seconds=5), "421 slower") == once
    again = pace.refused(once, NOW + timedelta(seconds=70), "421 slower")
    assert (again.per_s, again.held_until, again.holds) == (0.5, NOW + timedelta(seconds=190), 2)


def test_what_is_held_waits_and_what_must_wait_has_its_time() -> None:
    held = pace.refused(FRESH, NOW, "421 slower")
    assert pace.take(held, NOW, 5, limit=None)[1] == (0, 60.0, "held", False)
    booked, waits = pace.book(held, NOW, 3, limit=None)
    assert waits == [61.0, 62.0, 63.0]
    assert pace.book(booked, NOW, 2, limit=None)[1] == [64.0, 65.0], "behind those"
    assert max(pace.book(FRESH, NOW, 10_000, limit=1.0)[1]) == pace.BOOK_MAX.total_seconds()


def test_who_warms_up_doubles_each_day_and_the_rest_waits_for_tomorrow() -> None:
    begun = date(2026, 11, 26)
    caps = [pace.cap_of(begun, begun + timedelta(days=day)) for day in (0, 1, 2, 11, 12)]
    assert caps == [100, 200, 400, 204_800, None]
    rate, granted = pace.take(FRESH, NOW, 150, limit=None, cap=100)
    assert granted.mails == 100
    rate, granted = pace.take(rate, NOW, 50, limit=None, cap=100)
    assert granted == (0, 12 * 3600.0, "warming_up", False)
    tomorrow = msgspec.structs.replace(rate)
    assert pace.take(tomorrow, NOW + timedelta(days=1), 50, limit=None, cap=200)[1].mails == 50


@pytest.mark.parametrize(("stage", "code", "words", "fate"), [
    ("rcpt", 450, "4.2.2 full", Fate("later", "not_now")),
    ("rcpt", 451, "4.7.650 too many", Fate("later", "slow_down", "domain")),
    ("end", 421, "come back", Fate("later", "slow_down", "domain")),
    ("rcpt", 550, "5.7.1 no", Fate("failed", "refused")),
    ("rcpt", 450, "address 14.7.1.2 is listed", Fate("later", "not_now")),
    ("mail", 451, "busy", Fate("not_tried", "server_busy", "server")),
    ("mail", 530, "who are you", Fate("not_tried", "sender_refused", "sender")),
    ("end", 354, "what", Fate("uncertain", "bad_answer")),
])  # fmt: skip
def test_what_an_answer_means(stage: Stage, code: int, words: str, fate: Fate) -> None:
    assert fates.of_answer(stage, code, words) == fate


@given(st.integers(1, 40))
def test_waits_grow_up_to_hours(attempt: int) -> None:
    assert 0.75 * min(fates.WAIT_MAX_S, 60 * 2 ** (attempt - 1)) <= fates.wait_s(attempt) <= 1.25 * fates.WAIT_MAX_S
