"""Why something became of somebody: a code with values, kept in a column of 500 characters, whatever the values are."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from modules.workflows.saying import KEPT_MAX, Explained, heard, say, told

PLAIN = st.none() | st.booleans() | st.integers(-(2**31), 2**31) | st.text(max_size=300)
ROWS = st.lists(st.dictionaries(st.text(max_size=5), PLAIN, max_size=3), max_size=8)
VALUES = st.dictionaries(st.from_regex(r"[a-z]{1,8}\Z"), PLAIN | ROWS, max_size=4)


@settings(max_examples=150, deadline=None)
@given(VALUES)
def test_whatever_is_said_is_kept_and_heard(values: dict[str, object]) -> None:
    kept = say("quiet_hours", **values)
    assert len(kept) <= KEPT_MAX
    assert "\x00" not in kept, "PostgreSQL keeps none"
    said = heard(kept)
    assert said is not None
    assert (said.code, said.values.keys()) == ("quiet_hours", values.keys())
    if len(json.dumps(values)) < 100:
        assert said.values == values


@settings(max_examples=150, deadline=None)
@given(
    st.text(max_size=60)
    | st.sampled_from(["=code {", "=code []", "=code {}x", "= {}", "=Code {}", '=code {"a":}', "by the server"])
)
def test_the_words_of_others_stay_theirs(words: str) -> None:
    assert told(words) == (words, None)


def test_what_is_said_says_nothing_in_words() -> None:
    assert told(say("cap", count=2, hours=24)) == ("", Explained("cap", {"count": 2, "hours": 24}))
