"""Admins allow training, leave contacts out, and take the data with them."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Demo
from tests.browser.inbox.pages import Customer, Staff, settled, signed_in, violations
from tests.browser.looks import LOOKS

DECISION = """
INSERT INTO ai_decisions (organization_id, conversation_id, trigger_seq, outcome, reason, confidence, threshold, question, draft, model, mode, head)
SELECT organization_id, id, 1, 'answered', 'covered', 0.8, 0.7, $2, $3, 'extractive', 'extractive', $4 FROM conversations WHERE id = $1
"""
TUNED = """
INSERT INTO ai_fine_tunings (organization_id, base_model, base_url, status, lines, model, trouble, started_by, file_id, asked, job_id)
SELECT organization_id, 'tiny-base', 'https://llm.example.invalid/v1', $2, 120, $3, $4, 'Ada', 'f', true, 'j' FROM conversations WHERE id = $1
"""

LOOKED_AT_LATER = """
INSERT INTO jobs (organization_id, class, name, arguments, key, max_attempts, run_at)
SELECT organization_id, 'bulk', 'agent.learning.export.tuning.advance', jsonb_build_object('organization_id', organization_id, 'run_id', id),
       'fine-tuning:' || id, 3, now() + interval '1 hour' FROM ai_fine_tunings WHERE status = 'training'
"""


@pytest.fixture
def head(demo: Demo) -> Iterator[str]:
    """What was decided under this name goes with the test, and what was said of training."""
    head = f"tests/{uuid4().hex[:8]}"
    _forget(demo)
    yield head
    demo.execute("DELETE FROM ai_decisions WHERE head = $1", head)
    _forget(demo)


def _forget(demo: Demo) -> None:
    for left in ("ai_training", "ai_training_objections", "ai_fine_tunings", "ai_fine_tuning_plans"):
        demo.execute(f"DELETE FROM {left}")


def _reviewed(demo: Demo, admin: Staff, customer: Customer, head: str, question: str, **review: str) -> None:
    demo.execute(DECISION, customer.id, question, "Brass polish costs €7.50. [1]", head)
    decision = admin.get(f"/api/conversations/{customer.id}/decisions")[0]
    admin.http.put(f"/api/ai/decisions/{decision['id']}/review", json=review).raise_for_status()


def test_reviewed_replies_are_taken_along_once_that_is_allowed(
    page: Page, demo: Demo, admin: Staff, customer: Customer, head: str
) -> None:
    word = f"no{uuid4().hex[:6]}"  # digits alone would be taken for a number of theirs, and left out
    _reviewed(demo, admin, customer, head, f"What does polish {word} cost? I am ann@mail.example", verdict="approve")
    page.goto(f"{demo.url}/app/ai")
    page.get_by_role("tab", name="Training").click()
    download = page.get_by_role("button", name="Download training data")
    expect(download).to_be_disabled()
    page.get_by_role("switch", name="Conversations may be used for training").click()
    page.get_by_role("alertdialog").or_(page.get_by_role("dialog")).get_by_role("button", name="Allow").click()
    expect(page.get_by_text("Allowed by")).to_be_visible()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Download training data").click()
    assert taken.value.suggested_filename == "training.jsonl"
    written = [json.loads(line) for line in taken.value.path().read_text().splitlines()]
    (line,) = [one["messages"] for one in written if word in one["messages"][1]["content"]]
    assert line[1]["content"] == f"What does polish {word} cost? I am [email]"
    assert line[2]["content"] == "Brass polish costs €7.50."

    page.get_by_role("button", name="Add a contact").click()
    dialog = page.get_by_role("dialog")
    name = f"Zoe{word}"
    contact = admin.get(f"/api/conversations/{customer.id}")["conversation"]["contact_id"]
    admin.http.patch(f"/api/contacts/{contact}", json={"first_name": name}).raise_for_status()
    dialog.get_by_role("searchbox").fill(name)
    dialog.get_by_role("button", name=name).click()
    expect(page.get_by_role("list", name="Objections")).to_contain_text(name)
    expect(page.get_by_text("the customer objects")).to_be_visible()
    page.get_by_role("button", name=f"Take back the objection of {name}").click()
    expect(page.get_by_text("the customer objects")).to_have_count(0)


def test_what_is_trained_is_planned_and_what_is_missing_is_said(
    page: Page, demo: Demo, admin: Staff, customer: Customer, head: str
) -> None:
    _reviewed(demo, admin, customer, head, f"What does polish {head} cost?", verdict="approve")
    admin.http.put("/api/ai/training", json={"allowed": True}).raise_for_status()
    demo.execute("DELETE FROM ai_models")  # what another test has chosen
    page.goto(f"{demo.url}/app/ai?tab=training")
    tuning = page.get_by_role("region", name="Fine-tuning")
    expect(tuning.get_by_role("button", name="Train now")).to_be_disabled()
    expect(tuning.get_by_text("Choose a language model of your own in the settings first.")).to_be_visible()
    tuning.get_by_label("New replies needed").fill("3")
    expect(tuning.get_by_text("A number from 10 to 20,000.")).to_be_visible()
    tuning.get_by_label("New replies needed").fill("50")
    tuning.get_by_label("Model to train").fill("tiny-base")
    tuning.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved", exact=True).first).to_be_visible()
    tuning.get_by_role("switch", name="Train automatically").click()
    expect(tuning.get_by_role("switch", name="Train automatically")).to_be_checked()
    kept = admin.get("/api/ai/fine-tuning")
    assert (kept["base_model"], kept["minimum"], kept["scheduled"], kept["runs"]) == ("tiny-base", 50, True, [])

    demo.execute(TUNED, customer.id, "training", "", "")
    demo.execute(LOOKED_AT_LATER)
    page.reload()
    run = tuning.get_by_role("list", name="Trainings").get_by_role("listitem")
    run.get_by_role("button", name="Cancel").click()
    expect(run).to_contain_text("Being cancelled")


@pytest.mark.parametrize("look", LOOKS)
def test_training_is_accessible_in_every_look(
    chromium: Browser, demo: Demo, admin: Staff, customer: Customer, head: str, screenshots: Path, look: str
) -> None:
    context = chromium.new_context(reduced_motion="reduce", **LOOKS[look])
    page = signed_in(context, admin, demo)

    def looked_at(name: str) -> None:
        settled(page)
        page.screenshot(path=screenshots / f"training-{name}-{look}.png")
        assert violations(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name

    page.goto(f"{demo.url}/app/ai?tab=training")
    expect(page.get_by_role("switch").first).to_be_visible()
    looked_at("empty")
    _reviewed(demo, admin, customer, head, "What does polish cost?", verdict="approve")
    _reviewed(demo, admin, customer, head, "What does glass cost?", verdict="edit", content="Glass costs €4.")
    _reviewed(demo, admin, customer, head, "What does wood cost?", verdict="reject", reason="wrong")
    admin.http.put("/api/ai/training", json={"allowed": True}).raise_for_status()
    contact = admin.post("/api/contacts", first_name="Bea", last_name=uuid4().hex[:6])
    admin.http.put(f"/api/ai/training/objections/{contact['id']}").raise_for_status()
    for status, model, trouble in (
        ("succeeded", "ft:tiny-base:shop:1", ""),
        ("failed", "", "the provider answered 401: the key is wrong"),
        ("training", "", ""),
    ):
        demo.execute(TUNED, customer.id, status, model, trouble)
    demo.execute("UPDATE ai_fine_tunings SET at_provider = 'unreached', provider_says = trouble WHERE status = 'failed'")
    page.reload()
    expect(page.locator("a[download]").first).to_have_attribute("href", re.compile("kind=chat"))
    looked_at("full")
    page.locator("form").scroll_into_view_if_needed()
    page.locator("[role=tabpanel] ul li button").last.scroll_into_view_if_needed()
    looked_at("tuning")
    admin.http.delete(f"/api/contacts/{contact['id']}").raise_for_status()
    context.close()
