"""What one conversation adds to the rollups: a function of its facts alone, in whatever order they were written down. Pure.

So a fact that comes late or again changes nothing but what it should, and counting all of it anew gives what counting step by step gave.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from modules.analytics.counting.cells import EVERYTHING, Dimensions, Fact, Tally

QUIET = timedelta(hours=24)
"""After so long without a word of the customer's it is settled what came of an answer."""
RANKS = {"ticket_created": 0, "ticket_reopened": 1, "message_received": 2}
"""What was written in one go belongs in this order; all else comes after."""
DONE = ("resolved", "closed")
CAME = ("confirmed", "assumed", "abandoned", "handed_over", "under_way")
STATUSES = {"ticket_resolved": "resolved", "ticket_closed": "closed"}


def tally(facts: Sequence[Fact], zone: ZoneInfo) -> Tally:
    """`facts`: all that is known of one conversation."""
    counted = Tally(zone)
    withdrawn = {fact.metadata.get("seq") for fact in facts if fact.kind == "message_withdrawn"}
    ordered = sorted((fact for fact in facts if _stands(fact, withdrawn)), key=_order)
    _walk(ordered, counted)
    _episodes(ordered, counted)
    return counted


def _stands(fact: Fact, withdrawn: set[Any]) -> bool:
    return fact.kind != "message_withdrawn" and not (fact.kind == "message_sent" and fact.metadata.get("seq") in withdrawn)


def _order(fact: Fact) -> tuple[int, datetime, int, int, str]:
    """By the conversation's version; those that were written before it was noted have none and come first, by their time."""
    return (fact.metadata.get("version", 0), fact.at, RANKS.get(fact.kind, 9), fact.metadata.get("seq", 0), fact.kind)


def where(fact: Fact, agent: int | None) -> Dimensions:
    """All that a fact counts to."""
    held = fact.metadata
    found = [*EVERYTHING, ("channel", str(held.get("channel", "")))]
    for dimension, name in (("inbox", "inbox_id"), ("team", "team_id")):
        if held.get(name) is not None:
            found.append((dimension, str(held[name])))
    if agent is not None:
        found.append(("agent", str(agent)))
    return (*found, *(("tag", str(tag)) for tag in held.get("tags", ())))


class _Thread:
    """What is known on the way through a conversation."""

    def __init__(self) -> None:
        self.begun: datetime | None = None
        """Since when it is open: its beginning, or when it was opened again."""
        self.opened: datetime | None = None
        """When its customer began it."""
        self.asked: datetime | None = None
        """His first word that has no answer yet."""
        self.people = self.ai = False
        """Whether they have answered."""
        self.standing: Dimensions = ()
        """To whom it counts as open; nothing: it is done."""


def _walk(ordered: Sequence[Fact], counted: Tally) -> None:
    thread = _Thread()
    for fact in ordered:
        if fact.kind in ("ai_decided", "quiet"):
            continue  # they say nothing of who holds it
        _step(fact, thread, counted)
        _stand(fact, thread, counted)


def _stand(fact: Fact, thread: _Thread, counted: Tally) -> None:
    """The backlog: one more where it is open now, one less where it was."""
    status = fact.metadata.get("status") or STATUSES.get(fact.kind, "open")
    standing = () if status in DONE else where(fact, fact.metadata.get("assignee_id"))
    if standing != thread.standing:
        counted.add("backlog", fact.at, thread.standing, -1)
        counted.add("backlog", fact.at, standing)
        thread.standing = standing


def _step(fact: Fact, thread: _Thread, counted: Tally) -> None:
    at, here = fact.at, where(fact, None if fact.kind.startswith("ai_") else fact.user_id)
    match fact.kind:
        case "ticket_created":
            counted.add("opened", at, here)
            thread.begun = at
            if fact.metadata.get("by") in ("visitor", None):
                thread.opened = at
        case "message_received":
            counted.add("received", at, here)
            thread.asked = thread.asked or at
        case "message_sent":
            counted.add("sent", at, here)
            _answered(thread, counted, at, here, "people", is_first=not thread.people)
            thread.people = True
        case "ai_answered":
            counted.add("ai_answered", at, here)
            _answered(thread, counted, at, here, "ai", is_first=not thread.ai)
            thread.ai = True
        case "handed_off":
            counted.add("handed_off", at, (*here, ("reason", str(fact.metadata.get("reason", "")))))
        case "ticket_resolved":
            _resolved(fact, thread, counted, here)
        case "ticket_reopened":
            counted.add("reopened", at, here)
            thread.begun = at
        case _:
            pass  # it only moved


def _answered(thread: _Thread, counted: Tally, at: datetime, here: Dimensions, who: str, *, is_first: bool) -> None:
    if is_first and thread.opened is not None:
        counted.took(f"first_response_{who}", thread.opened, at, here)
    elif thread.asked is not None:
        counted.took(f"next_response_{who}", thread.asked, at, here)
    thread.asked = None


def _resolved(fact: Fact, thread: _Thread, counted: Tally, here: Dimensions) -> None:
    who = "ai" if fact.metadata.get("handler") == "ai" else "people"
    counted.add("resolved", fact.at, here)
    if who == "ai":
        counted.add("resolved_by_ai", fact.at, here)
    if thread.begun is not None:
        counted.took(f"resolution_{who}", thread.begun, fact.at, here)
    thread.asked = thread.begun = None


def _episodes(ordered: Sequence[Fact], counted: Tally) -> None:
    """What came of the AI agent's words, each judged by what was said after it: the rule of the AI agent's own figures."""
    if not ordered:
        return
    decisions = {fact.metadata["decision"]: fact for fact in ordered if fact.kind == "ai_decided"}
    told = {number: fact.at for number, fact in decisions.items() if _tells(fact)}
    latest = max(fact.at for fact in ordered)
    read = max(fact.metadata.get("read", 0) for fact in ordered)
    asked: datetime | None = None
    replied: datetime | None = None
    for fact in reversed(ordered):
        if fact.kind == "message_received":
            asked = fact.at
        elif fact.kind == "message_sent":
            replied = fact.at
        elif fact.kind in ("ai_answered", "ai_said"):
            number = fact.metadata.get("decision")
            decided = decisions.get(number)
            if decided is None or number is None:
                continue
            is_settled = latest >= fact.at + QUIET
            came = _came(fact, decided, asked, replied, is_read=read >= fact.metadata.get("seq", 0), is_settled=is_settled)
            is_talk = decided.metadata.get("reason") == "small_talk"
            is_greeting = is_talk and not any(other < number and at > fact.at - QUIET for other, at in told.items())
            if came is not None and (came == "handed_over" or not is_greeting):
                counted.add(f"ai_{came}", fact.at, where(fact, None))


def _tells(decided: Fact) -> bool:
    return decided.metadata.get("outcome") == "answered" and decided.metadata.get("reason") in ("covered", "looked_up")


def _came(
    fact: Fact, decided: Fact, asked: datetime | None, replied: datetime | None, *, is_read: bool, is_settled: bool
) -> str | None:
    """None: the customer wrote on within a day, so the AI agent's last word is a later one."""
    outcome, is_talk = decided.metadata.get("outcome"), decided.metadata.get("reason") == "small_talk"
    if outcome == "handed_off" or (replied is not None and (asked is None or replied < asked)):
        return "handed_over"
    if asked is not None and asked < fact.at + QUIET:
        return None
    if not is_settled:
        return "under_way"
    if is_talk and decided.metadata.get("talk") == "thanks":
        return "confirmed"
    return "assumed" if outcome == "answered" and (is_read or is_talk) else "abandoned"
