"""Customers write what our regular expressions read, so none may take more than time in proportion to it.

Time is the processor's. Bounds are far from what is measured; growth is what a mistake shows by.
"""

import math
import re
import time
from collections.abc import Callable
from typing import TypeVar

import msgspec
import pytest

from agent.courtesy import bare
from agent.draft import pick
from agent.retrieve import CANDIDATES, rank
from agent.sections import Prepared
from agent.sentences import pieces, readable
from agent.spelling import GUESSED_MAX, meant
from agent.triage import triage
from agent.words import QUESTION_WORDS_MAX, Concept
from core.knowledge.passages import PASSAGE_MAX, cut, visible
from core.knowledge.structs import BODY_MAX, Found
from tests.security.patterns import Pattern, hostile, patterns, text

T = TypeVar("T")
LENGTHS = (250, 1000, 4000)
AT_MOST_S = 0.25
LONGER = 4
GROWTH = 8
"""What a text `LONGER` times as long may cost: four times is linear, sixteen is not, and noise on either side is not twofold."""
SHORT_S = 0.004
"""Shorter times say nothing about growth."""


def cpu_s(work: Callable[[], object], times: int = 1) -> float:
    spent = []
    for _ in range(times):
        before = time.process_time()
        work()
        spent.append(time.process_time() - before)
    return min(spent)


def grows_no_faster(work: Callable[[T], object], make: Callable[[int], T], length: int) -> None:
    """Four times the length takes about four times as long. The machine is noisy: the shortest times of up to 10 tries count."""
    shorter, longer = make(length), make(LONGER * length)
    best = [math.inf, math.inf]
    for _ in range(10):
        best = [min(best[0], cpu_s(lambda: work(shorter), 3)), min(best[1], cpu_s(lambda: work(longer)))]
        if best[1] < SHORT_S or best[1] <= GROWTH * best[0] < GROWTH * AT_MOST_S:
            return
    raise AssertionError(
        f"{str(shorter)[:60]!r}: a length of {length} takes {best[0]:.4f} s, {LONGER} times as many {best[1]:.4f} s"
    )


@pytest.mark.parametrize("pattern", patterns(), ids=lambda pattern: pattern.where)
def test_no_text_makes_a_pattern_slow(pattern: Pattern) -> None:
    spent: dict[tuple[str, str, str], float] = {}
    for parts in hostile(pattern):
        for length in LENGTHS:
            said = text(parts, length)
            spent[parts] = cpu_s(lambda said=said: pattern.compiled.search(said))  # type: ignore[misc]
            assert spent[parts] < AT_MOST_S or cpu_s(lambda said=said: pattern.compiled.search(said), 3) < AT_MOST_S, (
                parts,
                length,
            )  # type: ignore[misc]
    for parts in sorted(spent, key=lambda parts: -spent[parts])[:3]:
        grows_no_faster(pattern.compiled.search, lambda length, parts=parts: text(parts, length), 4000)  # type: ignore[misc]


@pytest.mark.parametrize(("careless", "repeated"), [(r"\s+x", " "), (r"(?:a|b)*c", "a"), (r"a*b", "a")])
def test_a_careless_pattern_is_seen(careless: str, repeated: str) -> None:
    with pytest.raises(AssertionError, match="times as many"):
        grows_no_faster(re.compile(careless).search, lambda length: repeated * length, 2000)


REPEATED = [
    "human ", "when ", "languages ", "real ", "speak ", "when human ", "speak to a ", "refund ", "not received my ", "change my ", "you ", "1", "1 ",
    "a. ", "how ", "#", "\n", "?", "no ", "i want ", "order ", "**", ".\n", "f", "the same ", "can you ", "’", " ",
]  # fmt: skip
LETTERS = "abcdefghijklmnopqrstuvwxyz"
ARTICLES = [
    ("# a", " ", "x"), ("", "<!--", ""), ("", "<!---->", ""), ("", "# ", "x"), ("# ", "#", "x"), ("# a ", "# ", "x"), ("", "\n", "x"),
    ("", "\n ", "x"), ("a", " ", "x"), ("", "-", ">"), ("", "# a\n", ""), ("", "a\n\n", ""), ("", "\u200b", ""), ("", "<!-", "->"), ("", "\r", "x"),
]  # fmt: skip


@pytest.mark.parametrize("repeated", REPEATED)
def test_no_message_keeps_the_hard_rules_busy(repeated: str) -> None:
    grows_no_faster(triage, lambda length: text(("", repeated, "x"), length), 1000)
    assert cpu_s(lambda: triage(repeated * 50_000, answered_before=True), 3) < AT_MOST_S


@pytest.mark.parametrize(
    "repeated", [*REPEATED, "thanks ", "hi there ", "could you please tell me ", "kind regards, ", "i hope ", "sorry to "]
)
def test_no_politeness_keeps_the_question_waiting(repeated: str) -> None:
    grows_no_faster(bare, lambda length: text(("", repeated, "x"), length), 1000)


def test_no_misspelled_question_and_no_long_help_center_keep_the_spelling_busy() -> None:
    words = [f"aaaaaaa{first}{second}{third}" for first in LETTERS for second in LETTERS for third in LETTERS[:4]]
    question = ["aabaaaaaaab"[:number] for number in range(12 - GUESSED_MAX, 12)]
    grows_no_faster(lambda known: [meant(word, {"a": known}) for word in question], lambda count: words[:count], 600)


@pytest.mark.parametrize("parts", ARTICLES)
def test_no_article_is_slow_to_publish(parts: tuple[str, str, str]) -> None:
    grows_no_faster(cut, lambda length: text(parts, length), BODY_MAX // LONGER)
    grows_no_faster(visible, lambda length: text(parts, length), BODY_MAX // LONGER)


def _prepared(number: int, said: str) -> Prepared:
    shown = readable(said)
    parts = pieces(shown)
    stems = [frozenset(re.findall(r"\w+", part.text.lower())) for part in parts]
    passage = Found(number, number, 1, "Title", "Heading", said, "public", 1.0, [], "title", 1)
    return Prepared(passage, shown, parts, stems, frozenset({"heading"}), frozenset({"title"}), frozenset({"title"}).union(*stems))


@pytest.mark.parametrize(
    "said", ["Wa. Wb. Wc. Wd. We. ", "- wa\n", "A. ", "1 ", "wa wb wc wd ", "[", "<", "**", "How much is wa? "]
)
def test_no_question_and_no_article_keep_the_ranking_busy(said: str) -> None:
    question = "how much, how long, how many, where and how do I " * 80
    found = [
        Concept(f"{word}{number}", tuple((frozenset({other}), 0.8) for other in (f"w{word}", f"x{number}", "heading")))
        for word in "abcdefgh"
        for number in range(QUESTION_WORDS_MAX // 8)
    ]
    found = [msgspec.structs.replace(concept, weight=1 / (place + 1)) for place, concept in enumerate(found)]
    passages = [_prepared(number, (said * 1500)[:PASSAGE_MAX]) for number in range(CANDIDATES)]
    assert cpu_s(lambda: _prepared(1, (said * 1500)[:PASSAGE_MAX]), 3) < AT_MOST_S
    assert cpu_s(lambda: rank(question, found, passages), 3) < 4 * AT_MOST_S
    ranked = rank(question, found, passages)
    assert cpu_s(lambda: [pick(question, found, one.prepared) for one in ranked[:1] if one.prepared.pieces], 3) < 4 * AT_MOST_S
