"""Questions that lead to an article: with the keyboard, by who may write, and accessible in every look."""

from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Demo
from tests.browser.inbox.pages import Staff, settled, signed_in, violations
from tests.browser.looks import LOOKS


def _article(admin: Staff) -> int:
    made = admin.post("/api/articles", title=f"Parking {uuid4().hex[:6]}", body="Cars stand behind the house.", audience="internal")
    admin.post(f"/api/articles/{made['id']}/publish")
    return int(made["id"])


def test_questions_are_added_changed_and_removed_by_keys(page: Page, demo: Demo, admin: Staff) -> None:
    number = _article(admin)
    page.goto(f"{demo.url}/app/knowledge?article={number}")
    field = page.get_by_label("A question as a customer would ask it")
    field.fill("Where can I leave my van?")
    field.press("Enter")
    asked = page.get_by_role("list", name="Asked like this").get_by_role("listitem")
    expect(asked).to_have_count(1)
    expect(field).to_have_value("")
    field.press_sequentially("May I leave a bus?")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(asked).to_have_count(2)
    page.get_by_role("button", name="Edit “Where can I leave my van?”").focus()
    page.keyboard.press("Enter")
    words = page.get_by_label("The question", exact=True)
    expect(words).to_be_focused()
    words.fill("Where can I leave my camper?")
    words.press("Escape")
    expect(asked.first).to_contain_text("Where can I leave my van?")
    page.get_by_role("button", name="Edit “Where can I leave my van?”").press("Enter")
    words.fill("Where can I leave my camper?")
    words.press("Enter")
    expect(asked.first).to_contain_text("Where can I leave my camper?")
    page.get_by_role("button", name="Remove “May I leave a bus?”").press("Enter")
    expect(asked).to_have_count(1)
    assert [one["text"] for one in admin.get(f"/api/articles/{number}/questions")] == ["Where can I leave my camper?"]
    expect(page.get_by_role("button", name="Version 2: open the history")).to_be_visible()


def test_what_a_colleague_adds_shows_while_the_text_is_being_changed(page: Page, demo: Demo, admin: Staff) -> None:
    number = _article(admin)
    page.goto(f"{demo.url}/app/knowledge?article={number}")
    page.get_by_label("Text", exact=True).fill("Cars stand in the yard.")
    expect(page.get_by_label("A question as a customer would ask it")).to_be_visible()
    admin.post(f"/api/articles/{number}/questions", text="Where can I leave my van?")
    expect(page.get_by_role("list", name="Asked like this")).to_contain_text("Where can I leave my van?")
    expect(page.get_by_label("Text", exact=True)).to_have_value("Cars stand in the yard.")
    expect(page.get_by_text("Somebody saved this article meanwhile.")).to_have_count(0)


@pytest.mark.parametrize("look", LOOKS)
def test_questions_are_accessible_in_every_look(chromium: Browser, demo: Demo, admin: Staff, screenshots: Path, look: str) -> None:
    number = _article(admin)
    admin.post(f"/api/articles/{number}/questions", text="Where can I leave my camper van over night?")
    context = chromium.new_context(reduced_motion="reduce", **LOOKS[look])
    page = signed_in(context, admin, demo)
    page.goto(f"{demo.url}/app/knowledge?article={number}")
    listed = page.locator("section[aria-labelledby=article-questions]")
    expect(listed.get_by_role("listitem")).to_have_count(1)
    listed.scroll_into_view_if_needed()
    settled(page)
    page.screenshot(path=screenshots / f"questions-{look}.png")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()
