"""Files and websites on the knowledge page: added, read, opened, removed; accessible in every look."""

import re
from pathlib import Path
from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.browser.conftest import Demo
from tests.browser.inbox.pages import PHONE, Staff, settled, violations


def test_files_are_added_read_and_removed(page: Page, demo: Demo, admin: Staff, tmp_path: Path) -> None:
    word = uuid4().hex[:8]
    good, bad = tmp_path / f"care-{word}.md", tmp_path / f"broken-{word}.pdf"
    good.write_text(f"# Care {word}\n\nDust the lamp {word} weekly.<!-- not for readers -->")
    bad.write_bytes(b"%PDF-1.7 nothing")
    page.goto(f"{demo.url}/app/knowledge")
    page.get_by_role("button", name="Sources").click()
    expect(page).to_have_url(re.compile("sources=true"))
    page.locator("input[type=file]").set_input_files([good, bad])
    listed = page.get_by_role("list", name="Sources")
    expect(listed.get_by_role("listitem").filter(has_text=good.name)).to_contain_text("Documents: 1", timeout=90_000)
    expect(listed.get_by_role("listitem").filter(has_text=bad.name)).to_contain_text("The file is damaged.", timeout=90_000)
    assert violations(page) == []
    articles = page.get_by_role("list", name="Articles")
    articles.get_by_role("link", name=f"Care {word}").click()
    expect(page.get_by_text(f"Dust the lamp {word} weekly.")).to_be_visible()
    expect(page.get_by_text("not for readers")).to_have_count(0)
    expect(page.get_by_role("button", name="Copy into an article")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Sources").click()
    page.get_by_role("button", name=f"Remove {good.name}").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Remove").click()
    expect(listed.get_by_role("listitem").filter(has_text=good.name)).to_have_count(0)
    expect(articles.get_by_role("link", name=f"Care {word}")).to_have_count(0)


def test_a_website_that_may_not_be_read_says_so(page: Page, demo: Demo, admin: Staff) -> None:
    page.goto(f"{demo.url}/app/knowledge?sources=true")
    page.get_by_role("button", name="Read website").click()
    expect(page.get_by_text("An address, as in")).to_be_visible()
    address = f"127.0.0.1/{uuid4().hex[:8]}"
    page.get_by_label("Website").fill(address)
    page.get_by_role("button", name="Read website").click()
    row = page.get_by_role("list", name="Sources").get_by_role("listitem").filter(has_text=address)
    expect(row).to_contain_text("The website does not answer.", timeout=90_000)
    expect(row.get_by_role("button", name="again")).to_be_visible()
    page.set_viewport_size(PHONE)
    settled(page)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_an_agent_sees_sources_and_changes_none(colleague: Page, demo: Demo) -> None:
    colleague.goto(f"{demo.url}/app/knowledge?sources=true")
    expect(colleague.get_by_role("heading", name="Sources")).to_be_visible()
    expect(colleague.get_by_role("button", name="Read website")).to_have_count(0)
    assert violations(colleague) == []
