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
from tests.browser.inbox.pages import Customer, Staff, settled, signed_in, violations
from tests.browser.looks import LOOKS

DECISION = """
INSERT INTO ai_decisions (organization_id, conversation_id, trigger_seq, outcome, reason, threshold, question, passages, model, mode, head)
SELECT organization_id, id, 1, 'handed_off', 'no_knowledge', 0.7, $2, $3, 'extractive', 'extractive', $4 FROM conversations WHERE id = $1
"""
REVIEWED = """
INSERT INTO ai_decisions (organization_id, conversation_id, trigger_seq, outcome, reason, confidence, threshold, question, draft, passages, model,
                          mode, head)
SELECT organization_id, id, 1, 'answered', 'covered', 0.8, 0.7, $2, $3, $4, 'extractive', 'extractive', $5 FROM conversations WHERE id = $1
"""
BODY = "Intro.\n\n## What does brass polish cost?\n\nBrass polish costs €7.50 in our shop. Use it twice a year.\n\n## Glass\n\nUse water.\n"


@pytest.fixture
def head(demo: Demo) -> Iterator[str]:
    """What was decided under this name goes with the test, and what was made of it."""
    head = f"tests/{uuid4().hex[:8]}"
    yield head
    demo.execute("DELETE FROM ai_decisions WHERE head = $1", head)
    for left in ("ai_checks", "ai_evaluations", "articles WHERE title LIKE 'Care of brass %'"):
        demo.execute(f"DELETE FROM {left}")
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
    expect(body).to_have_value(re.compile(r"engraving \S+ costs €15\. Mail me at \[email\]"))
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


def _quoted(demo: Demo, admin: Staff, customer: Customer, head: str) -> tuple[dict[str, Any], str]:
    """An article, published, and the question of a draft that quotes it and waits for a review."""
    article = admin.post("/api/articles", title=f"Care of brass {uuid4().hex[:6]}", body=BODY, audience="public")
    article = admin.post(f"/api/articles/{article['id']}/publish")
    question = f"What does polish for brass {uuid4().hex[:6]} cost? Tell me at ann@example.com"
    passage = {
        "article_id": article["id"], "version": 1, "slug": article["slug"], "title": article["title"], "heading": "What does brass polish cost?",
        "audience": "public", "excerpt": "Brass polish costs €7.50", "score": 0.9, "quoted": True,
    }  # fmt: skip
    draft = "From our help center (**Care of brass**):\n\nBrass polish costs €7.50 in our shop. Use it twice a year. [1]"
    demo.execute(REVIEWED, customer.id, question, draft, json.dumps([passage]), head)
    decision = admin.get(f"/api/conversations/{customer.id}/decisions")[0]
    edited = draft.replace("€7.50", "€8.90")
    path = f"/api/ai/decisions/{decision['id']}/review"
    admin.http.put(path, json={"verdict": "edit", "reason": "outdated", "content": edited}).raise_for_status()
    return article, question


def test_a_correction_changes_its_article_and_is_asked_from_then_on(
    page: Page, demo: Demo, admin: Staff, customer: Customer, head: str
) -> None:
    article, question = _quoted(demo, admin, customer, head)
    page.goto(f"{demo.url}/app/ai")
    page.get_by_role("tab", name="Corrections").click()
    edit = page.get_by_role("list", name="Corrections").get_by_role("article", name=article["title"])
    expect(edit).to_contain_text(question)
    expect(edit).to_contain_text("It was out of date")
    changes = edit.get_by_role("region", name="Before and after")
    expect(changes.locator("del")).to_contain_text("€7.50")
    expect(changes.locator("ins")).to_contain_text("€8.90")
    asked = edit.get_by_label("Question", exact=True)
    expect(asked).to_have_value(re.compile(r"What does polish .* \[email\]$"))
    asked.fill(question.partition(" Tell")[0])
    edit.get_by_role("button", name="Change it first").click()
    field = edit.get_by_label("The section as it should be")
    field.fill(field.input_value().replace("twice", "three times"))
    expect(changes).to_contain_text("three times")
    edit.get_by_role("button", name="Accept and publish").click()
    expect(page.get_by_text("The AI agent answers from the new version now.")).to_be_visible()
    expect(edit).to_have_count(0)
    body = admin.get(f"/api/articles/{article['id']}")["body"]
    assert body == BODY.replace("€7.50", "€8.90").replace("twice", "three times")

    page.get_by_role("tab", name="Must hold").click()
    row = page.get_by_role("row").filter(has_text=question.partition(" Tell")[0])
    expect(row).to_contain_text(article["title"])
    expect(row).to_contain_text("Not asked yet")


def test_what_held_and_breaks_is_told(page: Page, demo: Demo, admin: Staff, customer: Customer, head: str) -> None:
    article, _ = _quoted(demo, admin, customer, head)
    page.goto(f"{demo.url}/app/ai?tab=checks")
    expect(page.get_by_text("No questions yet")).to_be_visible()
    question = "What does brass polish cost?"
    page.get_by_role("button", name="Add a question").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Add a question").click()
    expect(dialog.get_by_text("Write the question.")).to_be_visible()
    dialog.get_by_label("Question", exact=True).fill(question)
    dialog.get_by_role("button", name="Choose an article").click()
    page.get_by_role("searchbox", name="Search articles").fill(article["title"])
    page.get_by_role("dialog").get_by_role("button", name=article["title"]).click()
    expect(dialog).to_contain_text(article["title"])
    expect(dialog.get_by_label("Question", exact=True)).to_have_value(question)
    dialog.get_by_role("button", name="Add a question").click()
    row = page.get_by_role("row").filter(has_text=question)
    page.get_by_role("button", name="Ask all now").click()
    expect(row).to_contain_text("Holds")
    expect(page.get_by_role("region", name="The last run")).to_contain_text("1 / 1")

    admin.post(f"/api/articles/{article['id']}/withdraw")
    page.get_by_role("button", name="Ask all now").click()
    expect(page.get_by_role("alert")).to_contain_text("1 question that held does not hold any more")
    expect(row).to_contain_text("Broke")
    expect(page.get_by_role("img", name="Share that held, run by run. 2 runs, oldest first: 100%, 0%")).to_be_visible()
    row.get_by_role("button", name=f"Remove “{question}”").click()
    page.get_by_role("alertdialog").or_(page.get_by_role("dialog")).get_by_role("button", name="Remove").click()
    expect(page.get_by_text("No questions yet")).to_be_visible()


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
    article, _ = _quoted(demo, admin, customer, head)
    for question, answered in (("What does brass polish cost?", article["id"]), ("May my dog come along?", None)):
        expects = "answer" if answered else "handover"
        admin.http.post(
            "/api/ai/checks", json={"question": question, "expects": expects, "article_id": answered}
        ).raise_for_status()
    page.goto(f"{demo.url}/app/ai?tab=edits")
    expect(page.get_by_role("article", name=article["title"])).to_be_visible()
    looked_at("edits")
    page.goto(f"{demo.url}/app/ai?tab=checks")
    for runs in (1, 2):
        page.locator("[role=tabpanel] header button").last.click()
        expect(page.locator("td").filter(has_text=re.compile(r"^(Holds|Broke|Does not hold|ثابت|سقط|غير ثابت)"))).to_have_count(2)
        if runs == 1:
            admin.post(f"/api/articles/{article['id']}/withdraw")
    expect(page.get_by_role("alert")).to_be_visible()
    looked_at("checks")
    context.close()
