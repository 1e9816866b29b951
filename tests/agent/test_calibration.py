"""The mathematics of calibration: what must hold for any reviews."""

import math
import random
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent import calibration
from agent.calibration import Example, Prior

PRIOR = {"bias": -1.0, "near": 2.0, "far": -1.0}
probability = st.floats(0.001, 0.999)
label = st.sampled_from([0.0, 1.0])
rows = st.lists(st.tuples(probability, label), min_size=1, max_size=60)
shares = st.floats(0, 1)
examples = st.lists(
    st.builds(
        Example,
        signals=st.fixed_dictionaries({"near": shares, "far": shares}),
        label=label,
        weight=st.floats(0.1, 10),
        offset=st.floats(-2, 2),
    ),
    max_size=40,
)


def columns(drawn: list[tuple[float, float]]) -> tuple[list[float], list[float]]:
    return [p for p, _ in drawn], [right for _, right in drawn]


def simulated(n: int, seed: int, weights: dict[str, float]) -> list[Example]:
    """Reviews in a world where `weights` are the truth."""
    chance = random.Random(seed)
    found = []
    for _ in range(n):
        signals = {"near": chance.random(), "far": chance.random()}
        found.append(Example(signals, float(chance.random() < calibration.predict(weights, signals))))
    return found


def test_without_reviews_the_prior_speaks() -> None:
    assert calibration.fit([], Prior(PRIOR)) == PRIOR


@given(examples)
@settings(max_examples=40, deadline=None)
def test_fitted_weights_are_where_nothing_pulls_any_more(given_examples: list[Example]) -> None:
    prior = Prior(PRIOR, shrink=2.0, shrink_bias=2.0, scale=0.0)
    weights = calibration.fit(given_examples, prior)
    for name, mean in PRIOR.items():
        pull = sum(
            one.weight
            * (one.label - calibration.predict(weights, one.signals, one.offset))
            * (1.0 if name == "bias" else one.signals[name])
            for one in given_examples
        )
        assert math.isclose(pull, 2.0 * (weights[name] - mean), abs_tol=1e-5)


@given(examples, st.integers(2, 5))
@settings(max_examples=20, deadline=None)
def test_a_weight_counts_like_as_many_reviews(given_examples: list[Example], times: int) -> None:
    once = [Example(one.signals, one.label, 1.0) for one in given_examples]
    heavy = [Example(one.signals, one.label, float(times)) for one in given_examples]
    repeated, weighted = calibration.fit(once * times, Prior(PRIOR)), calibration.fit(heavy, Prior(PRIOR))
    assert all(math.isclose(repeated[name], weighted[name], abs_tol=1e-5) for name in PRIOR)


def test_enough_reviews_find_the_truth_and_few_stay_near_the_prior() -> None:
    truth = {"bias": 0.5, "near": 3.0, "far": -2.5}
    many = calibration.fit(simulated(20_000, 1, truth), Prior(PRIOR))
    few = calibration.fit(simulated(3, 1, truth), Prior(PRIOR))
    assert all(abs(many[name] - truth[name]) < 0.25 for name in truth)
    assert all(abs(few[name] - PRIOR[name]) < 1.0 for name in ("near", "far"))


def test_reviews_repair_a_prior_that_is_off_altogether() -> None:
    truth = {"bias": -3.0, "near": 3.0, "far": -2.0}
    asked = simulated(2000, 2, truth)
    labels = [one.label for one in asked]
    errors = []
    for n in (0, 25, 100):
        weights = calibration.fit(simulated(n, 3, truth), Prior(PRIOR))
        errors.append(calibration.ece([calibration.predict(weights, one.signals) for one in asked], labels))
    assert errors[0] > 0.15 > errors[1] > 0.0
    assert errors[2] < 0.05


@given(examples)
@settings(max_examples=40, deadline=None)
def test_what_is_learned_is_never_surer_than_what_fits_and_no_less_sure_than_that_or_the_prior(
    given_examples: list[Example],
) -> None:
    prior = Prior(PRIOR)
    fitted, learned = calibration.fit(given_examples, prior), calibration.learned(given_examples, prior)
    assert learned["bias"] <= fitted["bias"]
    assert all(learned[name] == fitted[name] for name in ("near", "far"))
    told = [(one, calibration.predict(fitted, one.signals, one.offset)) for one in given_examples]
    counts = [one.weight * said * (1 - said) for one, said in told]
    rise = sum(
        count * (calibration.logit(fitted, one.signals) - calibration.logit(PRIOR, one.signals))
        for one, count in zip(given_examples, counts, strict=True)
    ) / (sum(counts) or 1.0)
    assert fitted["bias"] - learned["bias"] <= max(rise, 0.0) + 1e-9


def test_reviews_make_it_surer_once_they_are_many_and_less_sure_at_once() -> None:
    good, bad = {"bias": 2.0, "near": 2.0, "far": -1.0}, {"bias": -3.0, "near": 2.0, "far": -1.0}
    at = {"near": 0.8, "far": 0.2}

    def sure(truth: dict[str, float], n: int) -> float:
        return calibration.predict(calibration.learned(simulated(n, 7, truth), Prior(PRIOR)), at)

    shipped = calibration.predict(PRIOR, at)
    assert shipped <= sure(good, 8) < shipped + 0.1
    assert sure(good, 2000) > shipped + 0.1
    assert sure(bad, 8) < shipped - 0.1


def test_an_offset_is_kept_out_of_the_weights() -> None:
    truth = {"bias": -1.0, "near": 2.0, "far": -1.0}
    chance = random.Random(4)
    shifted = []
    for one in simulated(8000, 5, truth):
        right = float(chance.random() < calibration.predict(truth, one.signals, 2.0))
        shifted.append(Example(one.signals, right, offset=2.0))
    weights = calibration.fit(shifted, Prior(PRIOR))
    assert all(abs(weights[name] - truth[name]) < 0.25 for name in truth)


def test_cross_validation_never_asks_weights_about_what_they_saw() -> None:
    chance = random.Random(6)
    noise = [Example({"near": chance.random(), "far": chance.random()}, float(chance.random() < 0.5)) for _ in range(40)]
    loose = Prior(dict.fromkeys(PRIOR, 0.0), shrink=1e-6, shrink_bias=1e-6, scale=0.0)
    labels = [one.label for one in noise]
    inside = calibration.fit(noise, loose)
    seen = calibration.brier([calibration.predict(inside, one.signals) for one in noise], labels)
    assert calibration.brier(calibration.cross_validated(noise, loose), labels) > seen
    assert calibration.cross_validated(noise[:1], Prior(PRIOR)) == [calibration.predict(PRIOR, noise[0].signals)]


@given(st.lists(st.floats(0.0001, 1), min_size=1, max_size=50))
def test_propensity_weights_sum_up_to_what_they_tell(propensities: list[float]) -> None:
    weights = calibration.propensity_weights(propensities)
    assert math.isclose(sum(weights), sum(weights) ** 2 / sum(weight**2 for weight in weights), rel_tol=1e-6)
    assert sum(weights) <= len(weights) + 1e-6
    assert max(weights) <= calibration.HEAVIEST * min(weights) * (1 + 1e-9)


def test_seldom_audited_answers_count_for_those_that_nobody_looked_at() -> None:
    often, seldom = calibration.propensity_weights([1.0, 0.1])
    assert math.isclose(seldom / often, 10)


@given(rows)
def test_measures_stay_in_their_range(drawn: list[tuple[float, float]]) -> None:
    said, labels = columns(drawn)
    for measure in (calibration.ece, calibration.brier, calibration.auroc, calibration.aurc):
        assert 0 <= measure(said, labels) <= 1


@given(rows)
def test_who_says_what_is_so_has_no_error(drawn: list[tuple[float, float]]) -> None:
    labels = [right for _, right in drawn]
    share = sum(labels) / len(labels)
    assert calibration.ece([share] * len(labels), labels) < 1e-9
    assert calibration.brier(labels, labels) == 0
    assert calibration.ece(labels, labels) == 0


@given(rows)
def test_the_error_is_what_the_bins_show(drawn: list[tuple[float, float]]) -> None:
    said, labels = columns(drawn)
    bins = calibration.reliability(said, labels)
    assert sum(one.n for one in bins) == len(said)
    shown = sum(one.n * abs(one.confidence - one.accuracy) for one in bins) / len(said)
    assert math.isclose(calibration.ece(said, labels), shown, abs_tol=1e-9)
    assert all(one.n == 0 or one.low - 1e-9 <= one.confidence <= one.high + 1e-9 for one in bins)


@given(rows)
def test_auroc_counts_pairs(drawn: list[tuple[float, float]]) -> None:
    said, labels = columns(drawn)
    pairs = [(p, q) for p, right in drawn if right for q, wrong in drawn if not wrong]
    won = sum((p > q) + 0.5 * (p == q) for p, q in pairs)
    assert math.isclose(calibration.auroc(said, labels), won / len(pairs) if pairs else 0.5)


@given(rows)
def test_order_alone_matters_for_auroc_and_aurc(drawn: list[tuple[float, float]]) -> None:
    said, labels = columns(drawn)
    squared = [p * p for p in said]
    if len(set(squared)) == len(set(said)):
        assert math.isclose(calibration.auroc(said, labels), calibration.auroc(squared, labels))
        assert math.isclose(calibration.aurc(said, labels), calibration.aurc(squared, labels))


def test_aurc_prefers_mistakes_to_come_last() -> None:
    assert calibration.aurc([0.9, 0.8, 0.7, 0.6], [1, 1, 1, 0]) == pytest.approx(0.25 / 4)
    assert calibration.aurc([0.9, 0.8, 0.7, 0.6], [0, 1, 1, 1]) == pytest.approx((1 + 1 / 2 + 1 / 3 + 1 / 4) / 4)
    assert calibration.aurc([0.5] * 4, [0, 1, 1, 1]) == pytest.approx(0.25)


@given(shares, st.floats(0.5, 500))
def test_the_lower_bound_lies_below_and_comes_nearer_with_more(share: float, n: float) -> None:
    lower = calibration.wilson_lower(share, n)
    assert 0 <= lower <= share
    assert lower <= calibration.wilson_lower(share, 4 * n) + 1e-12
    assert calibration.wilson_lower(share, 1e9) == pytest.approx(share, abs=1e-3)


def test_the_lower_bound_is_wilsons() -> None:
    assert calibration.wilson_lower(0.9, 100, z=1.959964) == pytest.approx(0.8256, abs=1e-4)
    assert calibration.wilson_lower(1.0, 25) == pytest.approx(0.9024, abs=1e-4)
    assert calibration.wilson_lower(0.5, 0) == 0.0


@given(rows, st.floats(0.05, 0.95), st.floats(0.5, 0.99), st.integers(1, 20))
def test_the_threshold_is_the_lowest_that_meets_the_target(
    drawn: list[tuple[float, float]], threshold: float, target: float, enough: int
) -> None:
    said, labels = columns(drawn)
    found = calibration.raised(said, labels, threshold, target=target, enough=enough)
    assert found.value >= threshold

    def lower(at: float) -> float:
        above = [right for p, right in drawn if p >= at]
        return calibration.wilson_lower(sum(above) / len(above), len(above)) if above else 0.0

    if sum(p >= threshold for p in said) < enough:
        assert (found.why, found.value) == ("too_few", threshold)
    elif found.why == "unmet":
        assert found.value == 1.0
        assert all(lower(at) < target for at in [threshold, *(p for p in said if p >= threshold)])
    else:
        assert lower(found.value) >= target - 1e-12
        assert all(lower(at) < target for at in [threshold, *said] if threshold <= at < found.value)
        assert (found.why == "met") == (found.value == threshold)


def test_nothing_reaches_the_threshold_of_one() -> None:
    assert calibration.predict({"bias": 1e6}, {}) < 1.0
    assert calibration.predict({"bias": -1e6}, {}) > 0.0


def test_importing_it_brings_no_numpy() -> None:
    code = "import sys, agent.calibration, agent.confidence; assert 'numpy' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


@given(st.lists(st.tuples(st.floats(0.01, 10), st.integers(1, 4)), max_size=20))
def test_none_of_several_owners_has_more_than_half(drawn: list[tuple[float, int]]) -> None:
    weights, owners = [weight for weight, _ in drawn], [owner for _, owner in drawn]
    shared = calibration.shared_out(weights, owners)
    total = sum(shared)
    for owner in set(owners):
        own = sum(weight for weight, by in zip(shared, owners, strict=True) if by == owner)
        assert len(set(owners)) == 1 or own <= total / 2 + 1e-9
    assert all(0 < after <= before + 1e-9 for before, after in zip(weights, shared, strict=True))
    if len(set(owners)) == 1:
        assert shared == weights
