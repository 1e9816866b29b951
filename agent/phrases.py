"""What the AI agent tells the staff in its own words: the note to whoever takes over."""

import re
from collections.abc import Sequence

from agent.packet import NOTHING, Packet
from agent.structs import Candidate
from agent.triage import Rule
from core.conversations.actions import HandoffReason

TO_STAFF: dict[HandoffReason, str] = {
    "asked_human": "The customer asked for a person",
    "account_access": "This is about access to an account",
    "refund": "The customer wants money back",
    "repeated_failure": "My answers did not help",
    "low_confidence": "I was not sure enough of my answer",
    "no_knowledge": "The help center says nothing about this",
    "agent_error": "I failed while working on an answer",
    "disabled": "The AI agent is switched off",
    "suggest_only": "In this inbox I suggest answers, and people send them",
}
BY_RULE: dict[Rule, str] = {"hazard": "This may be dangerous", "abuse": "The customer is angry"}
"""Where the reason alone would mislead."""
MARKS, ESCAPED = re.compile(r"[\\\[`*_]"), r"\\\g<0>"
QUESTION_MAX = 1500
EXCERPT_MAX = 500


def note(
    reason: HandoffReason,
    detail: str,
    question: str,
    confidence: float | None,
    threshold: float,
    passages: Sequence[Candidate],
    trouble: str = "",
    known: Packet = NOTHING,
    looked_up: str = "",
    proposed: Sequence[str] = (),
    rule: Rule | None = None,
) -> str:
    """The internal note for whoever takes over. Staff only: it may hold internal passages.

    What the customer wrote stands in it as plain text: a link in it would look like one of ours.
    """
    told = " ".join(detail.replace("`", "'").split())
    lines = [
        f"**{BY_RULE.get(rule, TO_STAFF[reason]) if rule else TO_STAFF[reason]}.**"
        + (f" Words that told me so: `{told}`." if told else "")
    ]
    if trouble:
        lines.append(f"What went wrong: `{' '.join(trouble.replace('`', chr(39)).split())}`.")
    if confidence is not None:
        lines.append(f"Confidence {confidence:.2f}, needed {threshold:.2f}.")
    lines += _known(known, looked_up, proposed)
    if question.strip():
        lines += ["", *(f"> {_plain(line)}" for line in question[:QUESTION_MAX].splitlines())]
    if passages:
        lines += ["", "This may help:"]
    for passage in passages:
        where = passage.title + (f", {passage.heading}" if passage.heading else "")
        kind = "internal, not for the customer" if passage.audience == "internal" else "help center"
        lines += ["", f"**{where}** ({kind})", *(f"> {line}" for line in passage.excerpt[:EXCERPT_MAX].splitlines())]
    return "\n".join(lines)


def _known(known: Packet, looked_up: str, proposed: Sequence[str]) -> list[str]:
    """What was tried and what the customer named, a line for each that there is."""
    lines = {
        "I looked this up and did not say it": _plain(looked_up),
        "I answered before from": "; ".join(map(_plain, known.tried)),
        "What tools were to do": "; ".join(map(_plain, known.called)),
        "I propose, above the composer": "; ".join(map(_plain, proposed)),
    }
    told = [f"{what}: {which}." for what, which in lines.items() if which]
    if known.named:
        told.append(f"The customer named {', '.join(f'`{one}`' for one in known.named)}.")
    if known.language not in {"", "en"}:
        told.append(f"The customer reads `{known.language}`.")
    return told


def _plain(text: str) -> str:
    return MARKS.sub(ESCAPED, text)
