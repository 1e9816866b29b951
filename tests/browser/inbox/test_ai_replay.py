"""People try a threshold, and another text of an article, on what customers asked before they change anything."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Demo
from tests.browser.inbox.pages import Customer, Staff, settled, signed_in, violations
from tests.browser.looks import LOOKS

DECISION = """
INSERT INTO ai_decisions (organization_id, conversation_id, trigger_seq, outcome, reason, confidence, threshold, question, draft, model, mode, head)
SELECT organization_id, id, 1, $2, $3, $4, 0.7, $5, 'Parcels to Norway arrive within 3 working days.', 'extractive', 'extractive', $6
FROM conversations WHERE id = $1
"""
REVIEW = """
INSERT INTO ai_reviews (organization_id, decision_id, user_id, verdict, label)
SELECT d.organization_id, d.id, 1, 'approve', $2 FROM ai_decisions d WHERE d.question = $1
"""
SURE = (0.12, 0.33, 0.36, 0.52, 0.55, 0.61, 0.64, 0.66, 0.74, 0.77, 0.82, 0.86, 0.88, 0.91, 0.93, 0.95)
QUESTION = "Do you regild antique weather vanes?"
BODY = "## Do you regild antique weather vanes?\n\nYes, we regild antique weather vanes. It costs €90 and takes two weeks.\n"


@pytest.fixture
def head(demo: Demo, customer: Customer) -> Iterator[str]:
    """Decisions of this test's own, of all degrees of confidence; they go with it."""
    head = f"tests/{uuid4().hex[:8]}"
    demo.execute("UPDATE ai_decisions SET confidence = NULL")  # what other tests left takes no part
    for sure in SURE:
        outcome = ("answered", "covered") if sure >= 0.7 else ("handed_off", "low_confidence")
        demo.execute(DECISION, customer.id, *outcome, sure, f"How long do parcels take, {sure}?", head)
    for sure, label in ((0.61, 1.0), (0.66, 1.0), (0.74, 0.0), (0.82, 1.0), (0.88, 1.0)):
        demo.execute(REVIEW, f"How long do parcels take, {sure}?", label)
    demo.execute(DECISION, customer.id, "handed_off", "no_knowledge", None, QUESTION, head)
    yield head
    demo.execute("DELETE FROM ai_replays")
    demo.execute("DELETE FROM ai_reviews WHERE decision_id IN (SELECT id FROM ai_decisions WHERE head = $1)", head)
    demo.execute("DELETE FROM ai_decisions WHERE head = $1", head)
    demo.execute("DELETE FROM articles WHERE title LIKE 'Weather vanes %'")


@pytest.fixture
def draft(admin: Staff) -> dict[str, Any]:
    found: dict[str, Any] = admin.post("/api/articles", title=f"Weather vanes {uuid4().hex[:6]}", body=BODY, audience="public")
    return found


@pytest.fixture
def unchanged(admin: Staff) -> Iterator[None]:
    """The threshold is put back."""
    before = admin.get("/api/organization")["ai_threshold"]
    yield
    admin.http.patch("/api/organization", json={"ai_threshold": before}).raise_for_status()


@pytest.mark.usefixtures("head", "unchanged")
def test_a_threshold_is_moved_looked_at_and_taken(page: Page, demo: Demo, admin: Staff) -> None:
    page.goto(f"{demo.url}/app/ai")
    page.get_by_role("tab", name="Try a change").click()
    part = page.get_by_role("region", name="Another threshold")
    slider = part.get_by_role("slider", name=re.compile("Threshold: 70"))
    expect(part.get_by_role("img", name=re.compile("How many decisions there are of each confidence"))).to_be_visible()
    slider.fill("0.6")
    cases = part.get_by_role("list", name="What would turn out otherwise")
    expect(cases.get_by_role("listitem")).to_have_count(3)
    expect(part).to_contain_text("3 gained, 0 lost")
    cases.get_by_text("How long do parcels take, 0.66?").click()
    expect(cases).to_contain_text("A person took over.")
    expect(cases).to_contain_text("Reviewed as right")
    part.get_by_role("button", name="Answer from 60% on").click()
    expect(page.get_by_text("The new threshold is in force")).to_be_visible()
    assert round(admin.get("/api/organization")["ai_threshold"], 3) == 0.6
    expect(part).to_contain_text("In force now: 60%")
    expect(cases).to_have_count(0)


@pytest.mark.usefixtures("head")
def test_a_draft_is_tried_and_each_case_is_seen_before_and_after(
    page: Page, demo: Demo, admin: Staff, draft: dict[str, Any]
) -> None:
    page.goto(f"{demo.url}/app/ai?tab=replay")
    part = page.get_by_role("region", name="A changed article")
    part.get_by_role("button", name="Choose an article").click()
    page.get_by_role("searchbox", name="Search articles").fill(draft["title"])
    page.get_by_role("dialog").get_by_role("button", name=draft["title"]).click()
    field = part.get_by_label("The text as it would be")
    expect(field).to_have_value(BODY)
    field.fill(BODY.replace("€90", "€95"))
    part.get_by_role("button", name="Try it").click()
    expect(part.get_by_role("button", name=re.compile("1 ?Answers gained"))).to_be_visible()
    part.get_by_role("button", name=re.compile("Answers lost")).click()
    expect(part.get_by_text("No question turns out like this.")).to_be_visible()
    part.get_by_role("button", name=re.compile("Answers gained")).click()
    cases = part.get_by_role("list", name="Answers gained")
    cases.get_by_text(QUESTION, exact=True).click()
    expect(cases.get_by_role("region", name="As things are")).to_contain_text("Handed over to people")
    expect(cases.get_by_role("region", name="With the change")).to_contain_text("It costs €95")
    assert admin.get(f"/api/articles/{draft['id']}")["body"] == BODY, "nothing was saved"


@pytest.mark.usefixtures("head")
def test_whoever_may_not_write_knowledge_looks_on(colleague: Page, demo: Demo) -> None:
    colleague.goto(f"{demo.url}/app/ai?tab=replay")
    slider = colleague.get_by_role("slider", name=re.compile("Threshold"))
    slider.fill("0.6")
    expect(colleague.get_by_text("Admins can change the threshold.")).to_be_visible()
    expect(colleague.get_by_role("button", name="Choose an article")).to_have_count(0)


@pytest.mark.usefixtures("head")
@pytest.mark.parametrize("look", LOOKS)
def test_trying_is_accessible_in_every_look(
    chromium: Browser, demo: Demo, admin: Staff, draft: dict[str, Any], screenshots: Path, look: str
) -> None:
    admin.post("/api/ai/replay/runs", article_id=draft["id"])
    context = chromium.new_context(reduced_motion="reduce", **LOOKS[look])
    page = signed_in(context, admin, demo)
    page.goto(f"{demo.url}/app/ai?tab=replay")
    page.get_by_role("slider").fill("0.6")
    parts = page.locator("[role=tabpanel] section[aria-labelledby]")
    expect(parts.first.locator("details")).to_have_count(3)
    parts.first.locator("summary").first.click()
    settled(page)
    page.screenshot(path=screenshots / f"ai-threshold-{look}.png")
    gained = parts.nth(1).locator("details").filter(has_text=QUESTION)
    gained.locator("summary").click()
    settled(page)
    gained.scroll_into_view_if_needed()
    page.screenshot(path=screenshots / f"ai-replay-{look}.png")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()
