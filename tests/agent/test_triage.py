"""The hard rules, in pairs: what is asked for is handed over, what is asked about is not."""

import pytest

from agent.triage import triage


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("asks_human", "Can I talk to someone?"),
        ("asks_human", "Hi, I'd like to speak with a human being."),
        ("asks_human", "please call me back"),
        ("asks_human", "I don't want to talk to a bot"),
        ("asks_human", "agent please"),
        ("account_access", "I can’t log in any more"),
        ("account_access", "Somebody changed the password of my account"),
        ("account_access", "Please delete my account"),
        ("account_access", "change my email to a@b.example"),
        ("refund", "Refund my order 1042"),
        ("refund", "I want my money back"),
        ("refund", "Can you refund me?"),
        ("refund", "My refund hasn't arrived"),
        ("refund", "Why was I charged twice?"),
        ("refund", "How long does the refund for order #20931 take?"),
        ("abuse", "you are thieves"),
        ("hazard", "I got an electric shock"),
    ],
)
def test_a_request_is_handed_over(rule: str, text: str) -> None:
    assert triage(text).rule == rule


@pytest.mark.parametrize(
    "text",
    [
        "What is your refund policy?",
        "How long does a refund take?",
        "Can I get a refund if the box is open?",
        "Do you refund shipping costs?",
        "How do I change my password?",
        "How can I delete my account?",
        "What hours are real people at the chat?",
        "Which languages do your agents speak?",
        "Does the lamp turn itself off automatically?",
        "I ordered two lamps for my team",
    ],
)
def test_a_question_about_it_is_not(text: str) -> None:
    assert triage(text).rule is None


def test_rules_read_every_sentence_of_a_burst() -> None:
    assert triage("Hi\nmy lamp is broken\nget me a human").rule == "asks_human"


@pytest.mark.parametrize(
    "text", ["Thanks, but where is my parcel?", "ok 1042", "hello I need a lamp", "no", "thanks it did not help", ""]
)
def test_small_talk_holds_nothing_else(text: str) -> None:
    verdict = triage(text)
    assert verdict.small_talk is None or (text, verdict.small_talk) == ("no", "acknowledged")


def test_that_it_did_not_help_counts_only_after_an_answer() -> None:
    assert triage("The reset did not help").rule is None
    assert triage("That did not help", answered_before=True).rule == "repeated_failure"
    assert triage("Any question", answered_before=True, repeats=True).rule == "repeated_failure"
