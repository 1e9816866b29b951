"""People see what the AI agent could not do, and mend it: unanswered questions, corrections of articles, questions that must hold."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Demo
from tests.browser.inbox.pages import DESKTOP, PHONE, Customer, Staff, settled, signed_in, violations

DECISION = """
INSERT INTO ai_decisions (organization_id, conversation_id, trigger_seq, outcome, reason, threshold, question, passages, model, mode, head)
SELECT organization_id, id, 1, 'handed_off', 'no_knowledge', 0.7, $2, $3, 'extractive', 'extractive', $4 FROM conversations WHERE id = $1
"""
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"viewport": DESKTOP},
    "dark": {"viewport": DESKTOP, "color_scheme": "dark"},
    "phone": {"viewport": PHONE, "has_touch": True, "is_mobile": True},
    "rtl": {"viewport": DESKTOP, "locale": "ar"},
}


@pytest.fixture
def head(demo: Demo) -> Iterator[str]:
    """What was decided under this name goes with the test, and what was made of it."""
    head = f"tests/{uuid4().hex[:8]}"
    yield head
    demo.execute("DELETE FROM ai_decisions WHERE head = $1", head)
    demo.execute("DELETE FROM ai_gaps g WHERE NOT EXISTS (SELECT FROM ai_unanswered u WHERE u.gap_id = g.id)")


def _unanswered(demo: Demo, admin: Staff, customer: Customer, head: str, question: str) -> None:
    article = admin.get("/api/articles?limit=1&status=published&audience=public")["items"][0]
    passage = {
        "article_id": article["id"], "version": 1, "slug": "any", "title": article["title"], "heading": "", "audience": "public",
        "excerpt": "Text", "score": 0.3, "quoted": False,
    }  # fmt: skip
    demo.execute(DECISION, customer.id, question, json.dumps([passage]), head)


def _gap(page: Page, question: str) -> Locator:
    return page.get_by_role("list", name="Unanswered questions").get_by_role("article", name=question)


def test_what_nobody_answered_becomes_an_article(page: Page, demo: Demo, admin: Staff, customer: Customer, head: str) -> None:
    word = uuid4().hex[:6]
    questions = [f"Do you engrave zodiac signs {word} into lanterns?", f"Can you engrave a zodiac sign {word} on a lantern?"]
    for question in questions:
        _unanswered(demo, admin, customer, head, question)
    customer.write("I ask for a friend.")
    admin.write(customer.id, "reply", f"Yes, engraving {word} costs €15. Mail me at theo@lanterns.example.")
    page.goto(f"{demo.url}/app/ai")
    page.get_by_role("tab", name="Unanswered questions").click()
    page.get_by_role("button", name="Look now").click()
    gap = _gap(page, questions[1])
    expect(gap).to_contain_text("asked 2 times")
    expect(gap.get_by_role("img", name=re.compile(r"The last 8 weeks, oldest first: (0, ){7}2"))).to_be_visible()
    expect(gap).to_contain_text("Nearest article:")
    gap.get_by_text("1 more question").click()
    expect(gap).to_contain_text(questions[0])
    expect(gap.get_by_role("link", name=f"#{customer.number}").first).to_have_attribute("href", f"/app/inbox/{customer.id}")

    gap.get_by_role("button", name="Write an article").click()
    expect(page).to_have_url(re.compile(r"/knowledge\?article=\d+"))
    body = page.get_by_label("Text", exact=True)
    expect(body).to_have_value(re.compile(f"engraving {word} costs €15. Mail me at \\[email\\]"))
    article = int(page.url.rpartition("=")[2])
    page.go_back()
    expect(gap).to_have_count(0)
    page.get_by_role("combobox", name="Which questions").click()
    page.get_by_role("option", name="With an article").click()
    expect(gap.get_by_role("link", name="Can you engrave")).to_be_visible()
    expect(gap).to_contain_text("draft")
    admin.http.delete(f"/api/articles/{article}").raise_for_status()


def test_it_belongs_to_an_article_or_to_nobody_and_that_can_be_undone(
    page: Page, demo: Demo, admin: Staff, customer: Customer, head: str
) -> None:
    question = f"Who painted the {uuid4().hex[:6]} portrait in your stairway?"
    _unanswered(demo, admin, customer, head, question)
    title = f"About our house {uuid4().hex[:6]}"
    article = admin.post("/api/articles", title=title, body="A house.", audience="public")
    admin.http.post("/api/ai/gaps/find").raise_for_status()
    page.goto(f"{demo.url}/app/ai?tab=gaps")
    gap = _gap(page, question)
    gap.get_by_role("button", name="Not for the AI agent").click()
    expect(gap).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(gap).to_be_visible()
    gap.get_by_role("button", name="Belongs to an article").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("searchbox").fill(title)
    dialog.get_by_role("button", name=title).click()
    expect(page.get_by_text(f"It belongs to “{title}” now")).to_be_visible()
    expect(gap).to_have_count(0)
    page.get_by_role("combobox", name="Which questions").click()
    page.get_by_role("option", name="With an article").click()
    expect(gap.get_by_role("link", name=title)).to_be_visible()
    expect(gap).to_contain_text("decided this")
    gap.get_by_role("button", name="Open again").click()
    expect(gap).to_have_count(0)
    admin.http.delete(f"/api/articles/{article['id']}").raise_for_status()


@pytest.mark.parametrize("look", LOOKS)
def test_what_is_to_be_learned_is_accessible_in_every_look(
    chromium: Browser, demo: Demo, admin: Staff, customer: Customer, head: str, screenshots: Path, look: str
) -> None:
    questions = ["Do you sell lanterns made of marble?", "Is there a lantern of marble?", "May my dog come into the showroom?"]
    for question in questions:
        _unanswered(demo, admin, customer, head, question)
    admin.http.post("/api/ai/gaps/find").raise_for_status()
    context = chromium.new_context(reduced_motion="reduce", **LOOKS[look])
    page = signed_in(context, admin, demo)

    def looked_at(name: str) -> None:
        settled(page)
        page.screenshot(path=screenshots / f"ai-{name}-{look}.png")
        assert violations(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name

    page.goto(f"{demo.url}/app/ai?tab=gaps")
    expect(page.get_by_role("article", name=questions[1])).to_be_visible()
    page.locator("summary").first.click()
    looked_at("gaps")
    context.close()
