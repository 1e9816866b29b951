"""What the AI agent says in its own words to customers and staff. Everything else it says is quoted."""

import re
from collections.abc import Sequence

from agent.structs import Candidate
from core.conversations.actions import HandoffReason

NEXT = "They see our whole conversation and reply right here, so you do not need to repeat anything."
TO_CUSTOMER: dict[HandoffReason, str] = {
    "asked_human": f"Of course. I have asked a person from our team to take over. {NEXT}",
    "account_access": f"Only a person may check who you are and change an account, so I have asked one from our team to take over. {NEXT}",
    "refund": f"A person decides about your money, not I. I have asked someone from our team to take over. {NEXT}",
    "repeated_failure": f"I am sorry that I could not help. I have asked a person from our team to take over. {NEXT}",
    "low_confidence": f"I am not sure enough of the answer to give you one, so I have asked a person from our team to take over. {NEXT}",
    "no_knowledge": f"I have found nothing about this in our help center, so I have asked a person from our team to take over. {NEXT}",
    "agent_error": f"Sorry, something went wrong on my side. I have asked a person from our team to take over. {NEXT}",
    "disabled": f"A person from our team will answer you. {NEXT}",
}
TO_STAFF: dict[HandoffReason, str] = {
    "asked_human": "The customer asked for a person",
    "account_access": "This is about access to an account",
    "refund": "The customer wants money back",
    "repeated_failure": "My answers did not help",
    "low_confidence": "I was not sure enough of my answer",
    "no_knowledge": "The help center says nothing about this",
    "agent_error": "I failed while working on an answer",
    "disabled": "The AI agent is switched off",
}
MARKS, ESCAPED = re.compile(r"[\\\[`*]"), r"\\\g<0>"
QUESTION_MAX = 1500
EXCERPT_MAX = 500


def note(
    reason: HandoffReason, detail: str, question: str, confidence: float | None, threshold: float, passages: Sequence[Candidate]
) -> str:
    """The internal note for whoever takes over. Staff only: it may hold internal passages.

    What the customer wrote stands in it as plain text: a link in it would look like one of ours.
    """
    told = " ".join(detail.replace("`", "'").split())
    lines = [f"**{TO_STAFF[reason]}.**" + (f" Words that told me so: `{told}`." if told else "")]
    if confidence is not None:
        lines.append(f"Confidence {confidence:.2f}, needed {threshold:.2f}.")
    if question.strip():
        lines += ["", *(f"> {MARKS.sub(ESCAPED, line)}" for line in question[:QUESTION_MAX].splitlines())]
    if passages:
        lines += ["", "This may help:"]
    for passage in passages:
        where = passage.title + (f", {passage.heading}" if passage.heading else "")
        kind = "internal, not for the customer" if passage.audience == "internal" else "help center"
        lines += ["", f"**{where}** ({kind})", *(f"> {line}" for line in passage.excerpt[:EXCERPT_MAX].splitlines())]
    return "\n".join(lines)
