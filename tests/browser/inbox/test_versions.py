"""The history of an article, its categories, and a source that is changed: with the keyboard, and accessible in every look."""

import re
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Demo
from tests.browser.inbox.pages import Staff, settled, signed_in, violations
from tests.browser.looks import LOOKS

EN, AR = "Open the history", "افتح السجل"


def _article(demo: Demo, admin: Staff, title: str) -> int:
    made = admin.post(
        "/api/articles", title=title, body="Parcels to Norway arrive within 5 days.", category="Delivery", audience="public"
    )
    admin.post(f"/api/articles/{made['id']}/publish")
    changes = {"version": 2, "body": "Parcels to Norway arrive within 3 working days.", "audience": "internal"}
    answer = admin.http.patch(f"/api/articles/{made['id']}", json=changes)
    assert answer.status_code == 200, answer.text
    return int(made["id"])


def test_an_article_is_compared_and_taken_back_by_keys(page: Page, demo: Demo, admin: Staff) -> None:
    number = _article(demo, admin, f"Delivery {uuid4().hex[:6]}")
    page.goto(f"{demo.url}/app/knowledge?article={number}")
    page.get_by_role("button", name="Version 3: open the history").focus()
    page.keyboard.press("Enter")
    history = page.get_by_role("dialog", name="History")
    versions = history.get_by_role("list", name="Versions").get_by_role("button")
    expect(versions).to_have_count(3)
    expect(versions.first).to_contain_text("Current")
    expect(versions.first).to_contain_text("Text · Audience")
    expect(history.locator("del", has_text="5")).to_be_visible()
    expect(history.locator("ins", has_text="3 working")).to_be_visible()
    assert violations(page) == []
    versions.first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(versions.nth(1)).to_have_attribute("aria-pressed", "true")
    restore = history.get_by_role("button", name="Restore version 2")
    restore.focus()
    page.keyboard.press("Enter")
    expect(history).to_have_count(0)
    expect(page.get_by_label("Text")).to_have_value("Parcels to Norway arrive within 5 days.")
    expect(page.get_by_role("button", name="Version 4: open the history")).to_be_visible()
    saved = admin.get(f"/api/articles/{number}")
    assert (saved["version"], saved["audience"], saved["status"]) == (4, "internal", "published")


def test_whoever_takes_back_too_late_is_told(page: Page, demo: Demo, admin: Staff) -> None:
    number = _article(demo, admin, f"Delivery {uuid4().hex[:6]}")
    page.goto(f"{demo.url}/app/knowledge?article={number}")
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name="History").click()
    history = page.get_by_role("dialog", name="History")
    history.get_by_role("list", name="Versions").get_by_role("button").nth(1).click()
    page.route("**/restore", lambda route: route.continue_(post_data={"version": 2}))
    history.get_by_role("button", name="Restore version 2").click()
    expect(page.get_by_text("Somebody saved this article meanwhile")).to_be_visible()
    expect(history).to_be_visible()
    page.unroute("**/restore")
    history.get_by_role("button", name="Restore version 2").click()
    expect(history).to_have_count(0)
    assert admin.get(f"/api/articles/{number}")["version"] == 4


def test_a_category_is_filtered_by_and_merged(page: Page, demo: Demo, admin: Staff) -> None:
    word = uuid4().hex[:6]
    for category in (f"Old {word}", f"New {word}"):
        admin.post("/api/articles", title=f"In {category}", category=category)
    page.goto(f"{demo.url}/app/knowledge")
    page.get_by_role("combobox", name="Category").click()
    page.get_by_role("option", name=f"Old {word}").click()
    articles = page.get_by_role("list", name="Articles")
    expect(articles.get_by_role("listitem")).to_have_count(1)
    articles.get_by_role("link", name=f"In Old {word}").click()
    expect(page.get_by_role("combobox", name="Category").nth(1)).to_have_value(f"Old {word}")
    page.get_by_role("button", name="Categories").click()
    dialog = page.get_by_role("dialog", name="Categories")
    dialog.get_by_role("button", name=f"Rename Old {word}").click()
    dialog.get_by_role("combobox").fill(f"New {word}")
    expect(dialog.get_by_text("both become one")).to_be_visible()
    assert violations(page) == []
    dialog.get_by_role("button", name="Merge").click()
    expect(dialog.get_by_role("combobox")).to_have_count(0)
    expect(dialog.get_by_role("listitem").filter(has_text=f"New {word}")).to_contain_text("Articles: 2")
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile(f"category=New(%20|\\+){word}"))
    expect(articles.get_by_role("listitem")).to_have_count(2)
    expect(page.get_by_role("combobox", name="Category").nth(1)).to_have_value(f"New {word}")


def test_a_source_is_changed_and_its_documents_follow(page: Page, demo: Demo, admin: Staff, tmp_path: Path) -> None:
    word = uuid4().hex[:8]
    file = tmp_path / f"care-{word}.md"
    file.write_text(f"# Care {word}\n\nDust the lamp {word} weekly.")
    page.goto(f"{demo.url}/app/knowledge?sources=true")
    page.locator("input[type=file]").set_input_files([file])
    row = page.get_by_role("list", name="Sources").get_by_role("listitem").filter(has_text=file.name)
    expect(row).to_contain_text("Documents: 1", timeout=90_000)
    row.get_by_role("button", name=f"Change {file.name}").click()
    dialog = page.get_by_role("dialog", name=f"Change “{file.name}”")
    dialog.get_by_role("combobox", name="Audience").click()
    page.get_by_role("option", name="Public").click()
    dialog.get_by_label("Category").fill(f"Care {word}")
    assert violations(page) == []
    dialog.get_by_label("Category").press("Enter")
    expect(dialog).to_have_count(0)
    expect(row).to_contain_text("Public")
    document = page.get_by_role("list", name="Articles").get_by_role("listitem").filter(has_text=f"Care {word}")
    expect(document).to_contain_text("Public", timeout=90_000)


@pytest.mark.parametrize("look", LOOKS)
def test_history_and_categories_are_accessible_in_every_look(
    chromium: Browser, demo: Demo, admin: Staff, screenshots: Path, look: str
) -> None:
    number = _article(demo, admin, f"Delivery {uuid4().hex[:6]}")
    context = chromium.new_context(reduced_motion="reduce", **LOOKS[look])
    page = signed_in(context, admin, demo)

    def looked_at(name: str) -> None:
        settled(page)
        page.screenshot(path=screenshots / f"knowledge-{name}-{look}.png")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    page.goto(f"{demo.url}/app/knowledge")
    page.get_by_role("button", name=re.compile("^(Categories|الفئات)$")).click()
    expect(page.get_by_role("dialog").get_by_role("listitem").first).to_be_visible()
    looked_at("categories")
    page.goto(f"{demo.url}/app/knowledge?article={number}")
    page.get_by_role("button", name=re.compile(f"{EN}|{AR}", re.IGNORECASE)).click()
    page.get_by_role("dialog").get_by_role("list").get_by_role("button").nth(1).click()
    expect(page.get_by_role("dialog").get_by_role("button", name=re.compile("Restore|استعد")).first).to_be_visible()
    looked_at("history")
    context.close()
