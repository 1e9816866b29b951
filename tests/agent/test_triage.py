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
        ("asks_human", "Arrange a video call with your sales team"),
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
        ("refund", "You owe me the difference"),
        ("refund", "There is a charge on my card that I never authorised"),
        ("refund", "Please reverse the payment"),
        ("account_access", "My account got suspended"),
        ("account_access", "Please merge my two accounts"),
        ("account_access", "The app will not let me back in"),
        ("account_access", "Which email is my account under?"),
        ("account_access", "change the phone number in my profile to 0151 2345"),
        ("account_access", "Your site shows me somebody else's invoices"),
        ("refund", "You cancelled order 55310, when do I get my 120?"),
        ("abuse", "you are thieves"),
        ("abuse", "I am going to sue"),
        ("hazard", "I got an electric shock"),
        ("hazard", "The battery is swollen"),
    ],
)
def test_a_request_is_handed_over(rule: str, text: str) -> None:
    assert triage(text).rule == rule


@pytest.mark.parametrize(
    "text",
    [
        "What is your refund policy?",
        "How do I arrange a delivery on Thursday?",
        "How can I change the phone number in my profile?",
        "Can somebody else see my invoices?",
        "How long does a refund take?",
        "Can I get a refund if the box is open?",
        "Do you refund shipping costs?",
        "How do I change my password?",
        "How can I delete my account?",
        "What happens if a customer is charged twice?",
        "Under what conditions will you refund a payment?",
        "If I close my account, what happens to my invoices?",
        "What if the reset mail does not arrive?",
        "Does the smoke detector need batteries?",
        "My voucher code is not accepted",
        "What hours are real people at the chat?",
        "Which languages do your agents speak?",
        "Does the lamp turn itself off automatically?",
        "I ordered two lamps for my team",
    ],
)
def test_a_question_about_it_is_not(text: str) -> None:
    assert triage(text).rule is None


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("asks_human", "can u put me thru to some1 real pls"),
        ("refund", "i payed twice, refund me pls"),
        ("account_access", "cant log in, forgot my pasword"),
    ],
)
def test_what_is_typed_on_phones_is_understood(rule: str, text: str) -> None:
    assert triage(text).rule == rule


@pytest.mark.parametrize(
    ("text", "failed"),
    [
        ("I tried that, it still flickers", True),
        ("the link you sent is broken", True),
        ("same problem again", True),
        ("you keep telling me the same thing", True),
        ("Thanks, that worked!", False),
        ("Is it still available?", False),
        ("I still have a question about the shade", False),
        ("And what does it cost?", False),
    ],
)
def test_after_an_answer_it_is_heard_that_it_was_of_no_use(text: str, failed: bool) -> None:
    assert (triage(text, answered_before=True).rule == "repeated_failure") == failed
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


@pytest.mark.parametrize(
    "text",
    [
        "I already paid, let me talk to a human",
        "I am not allowed to log in, let me speak to an agent",
        "When can I talk to a human? Now please",
        "I paid for this lamp, I want to speak to a real person",
        "My payment failed, please let me talk to a human",
        "let me talk to a human about pay",
        "Please connect me with someone who decides about refunds",
        "which number can I call to talk to a person",
        "What time is it? I'd like to talk to someone real",
        "Can I talk to a person about when my order ships?",
        "When I paid the page crashed, I need a human",
        "I need a human, I have paid already",
        "human please, I have paid already",
        "Agent! I paid and nothing came",
        "this bot is useless, human",
        "I need to reach a real person",
        "how do I reach a human",
        "I'd rather deal with a person",
        "can a human look at this",
        "could a real person answer me, I paid for it",
        "is there someone I can talk to?",
        "anyone I can speak with?",
        "who can I talk to about this?",
        "could you pass me to a colleague",
        "switch me to a human",
        "hand me over to a person",
        "hand this to your manager",
        "bring in a supervisor",
        "I demand to see the manager",
        "please escalate this",
        "raise this with a supervisor",
        "customer service please",
        "I'm done with this bot",
        "why can't I talk to a human?",
        "are you able to connect me to someone?",
        "get a human in here",
        "let me speak to whoever, an agent please",
        "is somebody real there?",
        "How long until I can talk to an agent?",
        "I'm being charged for nothing, get me a manager who is allowed to fix it",
        "HUMAN!!!",
        "put me through to someone who decides",
        "can i pls speak w/ someone? I want to speak with someone",
        "I don't want to talk to a bot, let me talk to a human",
        "live agent now",
        "send me to a person",
    ],
)
def test_a_request_for_a_person_is_heard_whatever_else_is_said(text: str) -> None:
    assert triage(text).rule == "asks_human"


@pytest.mark.parametrize(
    "text",
    [
        "What hours can I talk to a person?",
        "Until when can I chat with an agent?",
        "Which languages can I speak to your staff in?",
        "Do I need to talk to someone to cancel my order?",
        "Do I have to speak to an agent for a return?",
        "Can I cancel without talking to anyone?",
        "Can I change my order without having to speak to someone?",
        "Is a manager allowed to approve a bigger discount?",
        "Who decides about discounts?",
        "What is the most your staff may hand out as compensation without asking a boss?",
        "Can I connect the lamp to my phone?",
        "Will it connect to someone else's network?",
        "Can someone else collect my parcel?",
        "I want someone to receive the parcel at home",
        "Do you need a person at home to sign for it?",
        "Can your agents see my password?",
        "Can I give the lamp to someone as a present?",
        "I do not need a human, just the price",
        "I don't need to talk to a person, only tell me the price",
        "Do you offer customer support on Sundays?",
        "When is somebody available?",
        "How do I contact support?",
        "Do your people speak English?",
        "Is the lamp safe for people with epilepsy?",
        "Do I get an agent discount?",
        "Can a person stand on the table?",
    ],
)
def test_a_question_about_people_is_not_a_request_for_one(text: str) -> None:
    assert triage(text).rule is None


@pytest.mark.parametrize("before", [0, 150, 290, 310, 1000, 3500, 60_000])
@pytest.mark.parametrize("after", [0, 250])
@pytest.mark.parametrize("mark", ["", "."])
def test_a_request_is_heard_at_the_end_of_a_long_story(before: int, after: int, mark: str) -> None:
    def story(length: int) -> str:
        return f"and then the lamp came{mark} " * (length // 20)

    assert triage(f"{story(before)}I want to talk to a human {story(after)}").rule == "asks_human"


def test_a_request_is_heard_at_the_beginning_of_a_long_story() -> None:
    assert triage("I want to talk to a human " + "and then the lamp came " * 5000).rule == "asks_human"
