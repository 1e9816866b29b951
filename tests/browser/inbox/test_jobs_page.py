"""Background jobs in the settings: what failed is seen, found, retried and dropped, in every look."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Demo
from tests.browser.inbox.pages import DESKTOP, PHONE, Staff, signed_in, violations

JOB = """
INSERT INTO jobs (organization_id, class, name, status, attempt, error, finished_at)
SELECT min(id), 'bulk', $1, 3, 5, 'ValueError: it rained', now() FROM organizations
"""
EVENT = """
INSERT INTO event_dead_letters (id, organization_id, type, version, contact_ids, inbox_ids, team_ids, assignee_ids, staff_only, body, error)
SELECT nextval(pg_get_serial_sequence('outbox', 'id')), min(id), $1, 0, '{}', '{}', '{}', '{}', true, '{}', 'DataError: too long' FROM organizations
"""


REFRESHED_MS = 5000
"""How often the page asks anew by itself."""


@pytest.fixture
def names(demo: Demo) -> Iterator[tuple[str, str, str]]:
    """Two dead jobs and a refused event."""
    made = (f"tests.import_{uuid4().hex[:8]}", f"tests.export_{uuid4().hex[:8]}", f"tests.happened_{uuid4().hex[:8]}")
    demo.execute(JOB, made[0])
    demo.execute(JOB, made[1])
    demo.execute(EVENT, made[2])
    yield made
    demo.execute("DELETE FROM jobs WHERE name LIKE 'tests.%'")
    demo.execute("DELETE FROM event_dead_letters")


def test_a_dead_job_is_found_by_name_retried_and_dropped_after_a_question(
    page: Page, demo: Demo, names: tuple[str, str, str]
) -> None:
    imported, exported, _ = names
    page.goto(f"{demo.url}/app/settings/jobs")
    dead = page.get_by_role("tab", name="Dead")
    expect(dead).to_contain_text("2")
    jobs = page.get_by_role("list", name="Background jobs").get_by_role("listitem")
    expect(jobs).to_have_count(2)
    page.get_by_label("Name contains").fill("IMPORT_")
    expect(jobs).to_have_count(1)
    expect(jobs).to_contain_text("Attempt 5 of 5")
    jobs.get_by_text("Last error").click()
    expect(jobs.get_by_text("ValueError: it rained")).to_be_visible()
    page.get_by_role("button", name=f"Retry: {imported}").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Retry").click()
    expect(page.get_by_text("No job of this name.")).to_be_visible()
    page.get_by_label("Name contains").fill("")
    page.get_by_role("button", name=f"Drop: {exported}").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Cancel").click()
    expect(jobs).to_have_count(1)
    page.get_by_role("button", name=f"Drop: {exported}").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Drop").click()
    expect(page.get_by_text("No job has failed for good.")).to_be_visible()
    page.get_by_role("tab", name="Queued").click()
    expect(page.get_by_text(imported)).to_be_visible()
    page.get_by_role("tab", name="Done").click()
    expect(page.get_by_text(exported)).to_be_visible()


def test_a_refused_event_is_announced_again_and_new_failures_show_by_themselves(
    page: Page, demo: Demo, names: tuple[str, str, str]
) -> None:
    page.goto(f"{demo.url}/app/settings/jobs")
    page.get_by_role("tab", name="Refused events").press("Enter")
    page.get_by_role("button", name=f"Retry: {names[2]}").press("Enter")
    page.get_by_role("alertdialog").get_by_role("button", name="Retry").press("Enter")
    expect(page.get_by_text("No event was refused.")).to_be_visible()
    later = f"tests.happened_{uuid4().hex[:8]}"
    demo.execute(EVENT, later)
    expect(page.get_by_text(later)).to_be_visible(timeout=4 * REFRESHED_MS)
    expect(page.get_by_role("tab", name="Refused events")).to_contain_text("1", timeout=4 * REFRESHED_MS)


@pytest.mark.parametrize("look", ["desktop", "rtl", "phone"])
def test_the_page_is_accessible_with_failures_on_it(
    chromium: Browser, demo: Demo, admin: Staff, names: tuple[str, str, str], look: str
) -> None:
    context = chromium.new_context(
        viewport=PHONE if look == "phone" else DESKTOP,
        reduced_motion="reduce",
        locale="ar" if look == "rtl" else "en",
    )
    page = signed_in(context, admin, demo)
    page.goto(f"{demo.url}/app/settings/jobs")
    expect(page.get_by_text(names[0])).to_be_visible()
    page.locator("summary").first.click()
    assert violations(page, dark_too=True) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("tab").nth(1).click()
    expect(page.get_by_text(names[2])).to_be_visible()
    assert violations(page, dark_too=True) == []
    context.close()
