"""Asking back, once: where the AI agent is not sure enough to answer, but knows what the question may be about.

The customer is shown up to three passages by name and answers with a number or a name. What was chosen is then answered from; anything else is
read together with the question before, and whatever is still not sure goes to people.
"""

import re
from collections.abc import Sequence

from agent import said
from agent.retrieve import Ranked
from agent.structs import AskedBack, Candidate

LOW = 0.3
"""Confidence from which asking back is worth a customer's time: above it the right article is nearly always found (`tests/evals/README.md`)."""
OPTIONS_MAX = 3
SECTIONS_MAX = 2
"""Of the best article, which is nearly always the right one, before other articles get a place."""
NEAR = 0.5
"""An option says at least this share of what the best one says."""
NUMBER = re.compile(
    r"^\W*(?:(?:number|no\.?|option|the)\s*)?(\d|first|second|third|last)\b(?:\s+(?:one|option))?\W*$", re.IGNORECASE
)
ORDER = {"first": 1, "second": 2, "third": 3}
NOTHING = r"0|no|nope|none|neither|none of (?:these|them|those|that)|not (?:really|that|these)|something else|other|another"
NONE = re.compile(rf"^\W*(?:{NOTHING})\W*$", re.IGNORECASE)


def options(ranked: Sequence[Ranked]) -> list[Ranked]:
    """What the question may be about, best first, each under a name of its own; empty where there is nothing to choose."""
    named: dict[tuple[str, str], Ranked] = {}
    for one in ranked:
        if one.score >= NEAR * ranked[0].score:
            named.setdefault((one.prepared.passage.title, one.prepared.passage.heading), one)
    best, others = _apart(list(named.values()))
    found = [*best[:SECTIONS_MAX], *others]
    found = [*found, *best[SECTIONS_MAX:]][:OPTIONS_MAX]
    return found if len(found) > 1 else []


def _apart(named: Sequence[Ranked]) -> tuple[list[Ranked], list[Ranked]]:
    """The best article's passages, and the first one of each other article."""
    best = [one for one in named if one.prepared.passage.article_id == named[0].prepared.passage.article_id]
    others: dict[int, Ranked] = {}
    for one in named:
        if one not in best:
            others.setdefault(one.prepared.passage.article_id, one)
    return best, list(others.values())


def text(language: str, chosen_from: Sequence[Candidate]) -> str:
    """The question back, as numbered lines."""
    lines = [f"{number}. {name(one)}" for number, one in enumerate(chosen_from, 1)]
    return "\n".join([said.said(language, "which"), "", *lines, "", said.said(language, "which_none")])


def name(one: Candidate) -> str:
    """What an option is called; nothing of it is read as Markdown."""
    plain = " – ".join(filter(None, [one.title, one.heading]))
    return re.sub(r"([\\\[\]`*_<>#])", r"\\\1", plain)


def is_none(turn: str) -> bool:
    """Whether the customer says that it is none of them."""
    return NONE.match(turn) is not None


def choice(turn: str, asked: AskedBack) -> Candidate | None:
    """The option that the customer chose, by its number or its name."""
    if (found := NUMBER.match(turn)) is not None:
        word = found.group(1).lower()
        number = len(asked.options) if word == "last" else ORDER.get(word) or int(word)
        return asked.options[number - 1] if 1 <= number <= len(asked.options) else None
    wanted = _bare(turn)
    names = [(_bare(one.title), _bare(one.heading), one) for one in asked.options]
    matching = [one for title, heading, one in names if wanted and wanted in {heading, title, f"{title} {heading}".strip()}]
    return matching[0] if len(matching) == 1 else None


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))
