"""People see how good the AI agent is, and teach it: the review queue, the receipt, the figures, and what comes of a correction."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from tests.browser.conftest import TIMEOUT_MS, Demo
from tests.browser.inbox.pages import DESKTOP, Customer, Staff, open_conversation, settled, signed_in, violations
from tests.browser.looks import LOOKS

DECISION = """
INSERT INTO ai_decisions (organization_id, conversation_id, trigger_seq, outcome, reason, confidence, threshold, question, draft,
                          signals, passages, model, latency_ms, mode, prompt_version, head)
SELECT organization_id, id, 1, 'answered', 'covered', $2, 0.7, $3, $4, $5, $6, 'extractive', 41, 'extractive', 'quote-9', $7
FROM conversations WHERE id = $1
"""
CALIBRATOR = """
INSERT INTO ai_calibrators (organization_id, mode, model, prompt_version, head, weights, n, ece, brier, auroc, bins, asked, threshold, why,
                            accuracy, lower)
SELECT min(id), $1, $2, 'quote-9', $3, '{}', $4, 0.043, 0.121, 0.87, $5, 0.7, $6, $7, 0.95, 0.9 FROM organizations
"""
BINS = [(0.35, 0.2, 4), (0.55, 0.5, 9), (0.66, 0.61, 18), (0.74, 0.7, 31), (0.86, 0.88, 44), (0.95, 0.97, 26)]
"""Confidence, share that was right, reviews."""
DRAFT = "From our help center (**Delivery**):\n\nParcels to Norway arrive within 3 working days and cost €9.90. [1]"


def _bins(rows: list[tuple[float, float, int]]) -> str:
    found = {int(said * 10): (said, right, n) for said, right, n in rows}
    bins = []
    for place in range(10):
        said, right, n = found.get(place, (place / 10 + 0.05, place / 10 + 0.05, 0))
        bins.append({"low": place / 10, "high": (place + 1) / 10, "n": n, "confidence": said, "accuracy": right})
    return json.dumps(bins)


@pytest.fixture
def head(demo: Demo) -> Iterator[str]:
    """A way of answering of this test's own; what was decided and learned in it goes with the test."""
    head = f"tests/{uuid4().hex[:8]}"
    yield head
    demo.execute("DELETE FROM ai_reviews WHERE decision_id IN (SELECT id FROM ai_decisions WHERE head = $1)", head)
    demo.execute("DELETE FROM ai_decisions WHERE head = $1", head)
    demo.execute("DELETE FROM ai_calibrators WHERE head = $1", head)


def _decided(demo: Demo, admin: Staff, customer: Customer, head: str, sure: float = 0.7) -> str:
    """The AI agent answered the customer; returns what it was asked."""
    question = f"How long do parcels to Norway take, order {uuid4().hex[:6]}?"
    article = admin.get("/api/articles?limit=1")["items"][0]
    passage = {
        "article_id": article["id"], "version": 1, "slug": "delivery", "title": "Delivery", "heading": "Norway", "audience": "public",
        "excerpt": "Parcels to Norway arrive within 3 working days and cost €9.90.", "score": 0.81, "quoted": True,
    }  # fmt: skip
    other = passage | {"heading": "Sweden", "excerpt": "Parcels to Sweden arrive the next day.", "score": 0.4, "quoted": False}
    signals, passages = json.dumps({"headed": 1.0, "fits": 0.8, "margin": 0.4}), json.dumps([passage, other])
    demo.execute(DECISION, customer.id, sure, question, DRAFT, signals, passages, head)
    return question


def _row(page: Page, question: str, within: str = "To review") -> Locator:
    return page.get_by_role("list", name=within, exact=True).get_by_role("link").filter(has_text=question)


def _review(admin: Staff, question: str) -> Any:
    """The decision, if it still waits for a review."""
    found = admin.get("/api/ai/reviews?limit=100")["items"]
    return next((each for each in found if each["receipt"]["question"] == question), None)


def _asks(context: BrowserContext, demo: Demo, question: str) -> Locator:
    """A visitor asks in the widget; returns the log of the conversation once the AI agent has answered."""
    context.set_default_timeout(TIMEOUT_MS)
    page = context.new_page()
    page.goto(f"{demo.url}/demo")
    page.get_by_role("button", name="Open chat").click()
    page.get_by_role("button", name="Send us a message").click()
    box = page.get_by_role("textbox", name="Write a message")
    box.fill(question)
    box.press("Enter")
    log = page.get_by_role("log")
    expect(log.get_by_role("list", name="Sources")).to_be_visible()
    return log


@pytest.fixture
def all_unsure(admin: Staff) -> Iterator[None]:
    """The threshold is so high that also good answers are near it."""
    before = admin.get("/api/organization")["ai_threshold"]
    admin.http.patch("/api/organization", json={"ai_threshold": 0.9}).raise_for_status()
    yield
    admin.http.patch("/api/organization", json={"ai_threshold": before}).raise_for_status()


@pytest.mark.usefixtures("all_unsure")
def test_what_a_reviewer_corrects_is_answered_better(page: Page, chromium: Browser, demo: Demo, admin: Staff) -> None:
    question = "What does it cost to rent lanterns for a wedding?"
    wrong = "## What does it cost to rent lanterns for a wedding?\n\nRenting lanterns for a wedding costs €40 a day.\n"
    article = admin.post("/api/articles", title="Renting lanterns for weddings", body=wrong, audience="public")
    admin.post(f"/api/articles/{article['id']}/publish")
    first, second = chromium.new_context(viewport=DESKTOP), chromium.new_context(viewport=DESKTOP)
    expect(_asks(first, demo, question)).to_contain_text("€40 a day")

    page.goto(f"{demo.url}/app/inbox")
    page.get_by_role("navigation").first.get_by_role("link", name="AI agent").click()
    _row(page, question).click()
    draft = page.get_by_role("article", name="Draft", exact=True)
    expect(draft).to_contain_text("€40 a day")
    expect(draft.get_by_role("meter", name="Confidence")).to_be_visible()
    page.get_by_role("button", name="Reject").click()
    page.get_by_role("menuitem", name="It is wrong").click()
    expect(_row(page, question)).to_have_count(0)
    expect(_row(page, question, "Reviewed by you just now")).to_contain_text("Rejected")
    expect(page.get_by_role("status").get_by_text("Rejected")).to_be_visible()
    assert _review(admin, question) is None

    page.get_by_role("button", name="Review again").click()
    draft.get_by_role("link", name="Fix the article").click()
    expect(page).to_have_url(re.compile(rf"/knowledge\?article={article['id']}\b"))
    page.get_by_role("button", name="Withdraw").click()
    body = page.get_by_label("Text", exact=True)
    expect(body).to_have_value(wrong)
    expect(page.get_by_text("Withdrawn.")).to_be_visible()
    body.fill(wrong.replace("€40 a day", "€65 a day, and €80 in June"))
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Unsaved changes")).to_be_hidden()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Published. The AI agent answers from it now.")).to_be_visible()
    page.go_back()
    expect(draft).to_contain_text("€40 a day")

    answer = _asks(second, demo, question)
    expect(answer).to_contain_text("€65 a day, and €80 in June")
    expect(answer).not_to_contain_text("€40 a day")
    first.close()
    second.close()
    admin.http.delete(f"/api/articles/{article['id']}").raise_for_status()


def test_a_queue_is_worked_through_by_keys(page: Page, demo: Demo, admin: Staff, customer: Customer, head: str) -> None:
    questions = [_decided(demo, admin, customer, head, sure) for sure in (0.7, 0.701, 0.702)]
    page.goto(f"{demo.url}/app/ai")
    _row(page, questions[0]).click()
    draft = page.get_by_role("article", name="Draft", exact=True)
    expect(draft).to_contain_text(questions[0])
    page.keyboard.press("j")
    expect(draft).to_contain_text(questions[1])
    page.keyboard.press("k")
    expect(draft).to_contain_text(questions[0])
    page.keyboard.press("a")
    expect(draft).to_contain_text(questions[1])
    expect(_row(page, questions[0], "Reviewed by you just now")).to_contain_text("Approved")

    page.keyboard.press("e")
    field = page.get_by_label("The answer as it should be")
    expect(field).to_be_focused()
    expect(field).to_have_value(DRAFT)
    page.keyboard.press("Escape")
    expect(field).to_have_count(0)
    expect(page.get_by_role("button", name="Edit")).to_be_focused()
    page.keyboard.press("e")
    field.fill(DRAFT.replace("3 working", "7 working"))
    changes = page.get_by_role("region", name="Before and after")
    expect(changes.locator("del")).to_contain_text("3")
    expect(changes.locator("ins")).to_contain_text("7")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("A real change: it counts as a wrong answer.")).to_be_visible()
    expect(draft).to_contain_text(questions[2])

    page.keyboard.press("r")
    expect(page.get_by_role("menu")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(_row(page, questions[2], "Reviewed by you just now")).to_contain_text("Rejected")
    expect(page.get_by_role("status").get_by_text("Rejected")).to_be_visible()
    assert [_review(admin, question) for question in questions] == [None, None, None]


def test_what_the_server_does_not_take_comes_back_with_the_words(
    page: Page, demo: Demo, admin: Staff, customer: Customer, head: str
) -> None:
    question = _decided(demo, admin, customer, head)

    def refuse(route: Route) -> None:
        route.fulfill(
            status=503, content_type="application/problem+json", body='{"status": 503, "code": "busy", "detail": "Busy."}'
        )

    page.route("**/api/ai/decisions/*/review", refuse)
    page.goto(f"{demo.url}/app/ai")
    _row(page, question).click()
    page.get_by_role("button", name="Edit").click()
    field = page.get_by_label("The answer as it should be")
    field.fill("It takes a week.")
    page.get_by_role("button", name="Save the edit").click()
    expect(page.get_by_text("The review was not saved")).to_be_visible()
    expect(_row(page, question)).to_be_visible()
    page.unroute("**/api/ai/decisions/*/review")
    page.get_by_role("button", name="Open it").click()
    page.get_by_role("button", name="Edit").click()
    expect(field).to_have_value("It takes a week.")
    page.get_by_role("button", name="Save the edit").click()
    expect(_row(page, question, "Reviewed by you just now")).to_contain_text("Edited")
    expect(page.get_by_text("Edit saved")).to_be_visible()
    assert _review(admin, question) is None


def test_what_a_colleague_reviews_leaves_the_queue_but_not_whoever_reads_it(
    page: Page, demo: Demo, admin: Staff, agent: Staff, customer: Customer, head: str
) -> None:
    question = _decided(demo, admin, customer, head)
    found = _review(admin, question)["receipt"]["id"]
    page.goto(f"{demo.url}/app/ai?decision={found}")
    expect(page.get_by_role("article", name="Draft", exact=True)).to_contain_text(question)
    path = f"/api/ai/decisions/{found}/review"
    agent.http.put(path, json={"verdict": "approve"}).raise_for_status()
    expect(_row(page, question)).to_have_count(0)
    expect(page.get_by_role("article", name="Draft", exact=True)).to_contain_text(question)
    page.reload()
    expect(page.get_by_text("Not in the queue any more")).to_be_visible()


def test_a_receipt_is_reviewed_where_it_is_read(
    page: Page, demo: Demo, admin: Staff, customer: Customer, head: str, screenshots: Path
) -> None:
    question = _decided(demo, admin, customer, head)
    open_conversation(page, demo, customer.id)
    page.get_by_role("button", name=re.compile("Answered")).click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(question)
    assert violations(page) == []
    page.screenshot(path=screenshots / "ai-receipt.png")
    dialog.get_by_role("button", name="Edit").click()
    page.keyboard.press("Escape")
    expect(dialog.get_by_label("The answer as it should be")).to_have_count(0)
    dialog.get_by_role("button", name="Approve").click()
    expect(dialog.get_by_role("button", name="Approve")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_text("Approved", exact=True)).to_be_visible()
    assert _review(admin, question) is None
    dialog.get_by_role("button", name="Reject").click()
    page.get_by_role("menuitem", name="Something is missing").click()
    expect(dialog.get_by_role("button", name="Reject")).to_have_attribute("aria-pressed", "true")
    dialog.get_by_role("link", name="Fix the article").click()
    expect(page.get_by_label("Text", exact=True)).to_be_visible()


def test_figures_say_what_is_known_and_why_the_threshold_is_where_it_is(
    page: Page, demo: Demo, admin: Staff, customer: Customer, head: str
) -> None:
    _decided(demo, admin, customer, head)
    page.goto(f"{demo.url}/app/ai?tab=quality")
    expect(page.get_by_text("Uncalibrated: 0 of 50 reviews")).to_be_visible()
    expect(page.get_by_text("Nothing was learned from reviews of this kind yet")).to_be_visible()
    demo.execute(CALIBRATOR, "extractive", "extractive", head, 132, _bins(BINS), 0.81, "raised")
    demo.execute(CALIBRATOR, "written", "openai:small", head, 12, _bins(BINS[:2]), 0.7, "too_few")
    page.reload()
    expect(page.get_by_text("Calibrated", exact=True)).to_be_visible()
    expect(page.get_by_text("Raised: at your organization’s own threshold", exact=False)).to_be_visible()
    expect(page.get_by_role("region", name="Threshold in force")).to_contain_text("81%")
    drawing = page.get_by_role("img", name="Reliability diagram")
    expect(drawing.locator("circle")).to_have_count(len(BINS))
    expect(drawing).to_have_accessible_description(
        re.compile(r"6 groups with 132 reviewed answers.*Said 86%, right 88%, 44 answers\.")
    )
    expect(page.get_by_role("table", name="Reliability").get_by_role("row")).to_have_count(len(BINS) + 1)
    page.get_by_role("combobox", name="Way of answering").click()
    page.get_by_role("option", name="Written by openai:small").click()
    expect(page.get_by_text("Uncalibrated: 12 of 50 reviews")).to_be_visible()
    expect(page.get_by_text("Too few reviewed answers reach it", exact=False)).to_be_visible()
    page.get_by_role("button", name="Review drafts").click()
    expect(page.get_by_role("tab", name="Review queue")).to_have_attribute("aria-selected", "true")


def test_an_admin_goes_back_to_what_was_learned_before(page: Page, demo: Demo, admin: Staff, customer: Customer, head: str) -> None:
    _decided(demo, admin, customer, head)
    for n, threshold in ((60, 0.7), (132, 0.81)):
        demo.execute(CALIBRATOR, "extractive", "extractive", head, n, _bins(BINS), threshold, "raised")
    page.goto(f"{demo.url}/app/ai?tab=quality")
    learned = page.get_by_role("region", name="What was learned")
    rows = learned.get_by_role("row")
    expect(rows).to_have_count(4)
    expect(rows.nth(1)).to_contain_text("In use")
    rows.nth(2).get_by_role("button", name="Use this one").click()
    expect(rows.nth(2)).to_contain_text("Held fast")
    expect(learned).to_contain_text("new reviews change nothing")
    expect(page.get_by_role("region", name="Threshold in force")).to_contain_text("70%")
    rows.nth(3).get_by_role("button", name="Use this one: As it was shipped").click()
    expect(rows.nth(3)).to_contain_text("Held fast")
    learned.get_by_role("button", name="Let reviews decide again").click()
    expect(rows.nth(1)).to_contain_text("In use")
    expect(page.get_by_role("region", name="Threshold in force")).to_contain_text("81%")


@pytest.mark.parametrize("look", LOOKS)
def test_both_tabs_are_accessible_in_every_look(
    chromium: Browser, demo: Demo, admin: Staff, customer: Customer, head: str, screenshots: Path, look: str
) -> None:
    question = _decided(demo, admin, customer, head)
    _decided(demo, admin, customer, head, 0.74)
    demo.execute(CALIBRATOR, "extractive", "extractive", head, 132, _bins(BINS), 0.81, "raised")
    demo.execute(CALIBRATOR, "written", "openai:small", head, 12, _bins(BINS[:2]), 0.7, "too_few")
    context = chromium.new_context(reduced_motion="reduce", **LOOKS[look])
    page = signed_in(context, admin, demo)

    def looked_at(name: str) -> None:
        settled(page)
        page.screenshot(path=screenshots / f"ai-{name}-{look}.png")
        assert violations(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name

    page.goto(f"{demo.url}/app/ai")
    row = page.get_by_role("link").filter(has_text=question)
    expect(row).to_be_visible()
    looked_at("queue")
    row.click()
    buttons = page.locator("footer").get_by_role("button")
    expect(buttons.first).to_be_visible()
    page.locator("summary").last.click()
    looked_at("review")
    buttons.nth(1).click()
    page.get_by_role("textbox").last.fill(DRAFT.replace("3 working", "7 working"))
    looked_at("edit")
    page.goto(f"{demo.url}/app/ai?tab=quality")
    expect(page.locator("svg[role=img] circle")).to_have_count(len(BINS))
    looked_at("quality")
    page.locator("svg[role=img]").scroll_into_view_if_needed()
    page.screenshot(path=screenshots / f"ai-diagram-{look}.png")
    context.close()
