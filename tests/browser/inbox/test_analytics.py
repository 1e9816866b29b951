"""Figures on the screen: what happened is counted within seconds, narrowed, compared, explained and taken away as a file."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import Demo
from tests.browser.inbox.pages import Staff, settled, signed_in, violations
from tests.browser.looks import LOOKS

pytest.importorskip("modules.analytics", reason="analytics is not here")

FACTS = """
WITH fact AS (
    INSERT INTO analytics_events (organization_id, kind, entity, entity_id, user_id, metadata, at)
    SELECT o.id, k.kind, 'conversation', 1000000 + c.number, CASE WHEN k.people THEN m.user_id END,
           jsonb_build_object(
               'version', k.version, 'seq', k.version, 'decision', c.number, 'by', 'visitor', 'inbox_id', i.id, 'read', 9,
               'handler', CASE WHEN c.is_ai THEN 'ai' ELSE 'human' END, 'channel', CASE WHEN c.number % 4 = 0 THEN 'email' ELSE 'chat' END,
               'tags', jsonb_build_array(CASE WHEN c.number % 5 = 0 THEN 'refund' ELSE 'delivery' END),
               'assignee_id', CASE WHEN NOT c.is_ai THEN m.user_id END, 'outcome', CASE WHEN c.is_ai THEN 'answered' ELSE 'handed_off' END,
               'reason', CASE WHEN c.is_ai THEN 'covered' WHEN c.number % 3 = 0 THEN 'asked_human' ELSE 'low_confidence' END,
               'status', CASE WHEN k.kind = 'ticket_resolved' THEN 'resolved' ELSE 'open' END),
           c.at + k.after * (0.5 + c.number % 7) * interval '1 minute'
    FROM (SELECT min(id) AS id FROM organizations) o
    JOIN LATERAL (SELECT id FROM inboxes WHERE organization_id = o.id ORDER BY id LIMIT 1) i ON true
    CROSS JOIN (
        SELECT n AS number, n % 3 <> 0 AS is_ai, now() - (n * 1.3 + 30 * (n % 3)) * interval '37 minutes' AS at
        FROM generate_series(1, 900) n) c
    JOIN LATERAL (SELECT user_id FROM memberships WHERE organization_id = o.id ORDER BY user_id OFFSET c.number % 3 LIMIT 1) m ON true
    JOIN (VALUES ('ticket_created', 1, 0, false), ('message_received', 2, 0, false), ('ai_answered', 3, 0.1, false), ('ai_decided', 3, 0.1, false),
        ('handed_off', 4, 0.2, true), ('message_sent', 5, 6, true), ('message_received', 6, 9, true), ('message_sent', 7, 12, true),
        ('ticket_resolved', 8, 90, false),
        ('quiet', 9, 3000, false)) AS k (kind, version, after, people)
      ON (k.people <= NOT c.is_ai) AND NOT (k.kind = 'ticket_resolved' AND c.number % 11 = 0)
    WHERE c.at + k.after * (0.5 + c.number % 7) * interval '1 minute' < now()
    RETURNING id, organization_id, entity, entity_id
)
INSERT INTO analytics_pending (organization_id, fact_id, entity, entity_id) SELECT organization_id, id, entity, entity_id FROM fact
"""
GONE = "DELETE FROM analytics_events WHERE entity_id > 1000000 AND entity = 'conversation'"
REBUILD = "UPDATE analytics_states SET rules = 0"


@pytest.fixture(scope="module")
def history(demo: Demo, admin: Staff) -> Iterator[int]:
    """A month of conversations; how many began in the months until now. Nothing a page asks for is kept from before they were counted."""
    demo.execute(FACTS)
    numbers: dict[str, float] = {}
    for days in range(91, 211):  # other days each time, and never the 90 that a page asks for: answers are kept for a while
        time.sleep(0.5)
        found = admin.get(f"/api/analytics/report?name=helpdesk&last={days}")
        numbers = {number["key"]: number["value"] for number in found["numbers"]}
        if numbers["opened"] >= 900:
            break
    yield int(numbers["opened"])
    demo.execute(GONE)
    demo.execute(REBUILD)


def test_somebody_reads_narrows_and_takes_along_the_figures(page: Page, demo: Demo, history: int) -> None:
    page.goto(f"{demo.url}/app/dashboard")
    page.get_by_role("link", name="Analytics").click()
    settled(page)
    page.get_by_role("tab", name="Helpdesk").click()
    page.get_by_role("radio", name="90 days").click()
    expect(page).to_have_url(re.compile(r"tab=helpdesk.*last=90|last=90.*tab=helpdesk"))
    expect(page.get_by_role("listitem").filter(has=page.get_by_text("Opened", exact=True)).locator("bdi")).to_have_text(
        str(history)
    )
    page.get_by_role("button", name=re.compile("How “Backlog” is made")).focus()
    expect(page.get_by_role("tooltip")).to_contain_text("minus all that were resolved or closed")
    page.get_by_text("As a table").first.click()
    expect(page.get_by_role("region", name="Conversations").get_by_role("row").nth(1)).to_be_visible()
    with page.expect_download() as file:
        page.get_by_role("link", name="Download “Tags” as CSV").click()
    assert Path(file.value.path()).read_text().startswith("Key,Name,Opened,")
    page.get_by_role("region", name="Tags").get_by_role("button", name="refund").click()
    expect(page).to_have_url(re.compile("by=tag.*key=refund"))
    expect(page.get_by_text("Tag: refund")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has=page.get_by_text("Opened", exact=True)).locator("bdi")).to_have_text("180")
    page.get_by_role("button", name="Show everything again").click()
    expect(page.get_by_role("region", name="Agents")).to_be_visible()
    page.get_by_role("button", name="Time zone and retention").click()
    page.get_by_role("combobox", name="Keep figures").click()
    page.get_by_role("option", name="365 days").click()
    expect(page.get_by_text("Every night, what is older goes.")).to_be_visible()
    page.get_by_role("button", name="Cancel").click()


def test_an_agent_reads_his_own_and_a_failure_can_be_tried_again(colleague: Page, demo: Demo, history: int) -> None:
    failing = True

    def answer(route: Route) -> None:
        route.fulfill(
            status=503, json={"code": "unavailable", "title": "Away", "detail": "", "status": 503}
        ) if failing else route.continue_()

    colleague.route("**/api/analytics/report?*", answer)
    colleague.goto(f"{demo.url}/app/analytics?tab=orders")
    expect(colleague.get_by_text("The report could not be loaded")).to_be_visible()
    failing = False
    colleague.get_by_role("button", name="Try again").click()
    expect(colleague.get_by_text("Only what counts to you")).to_be_visible()
    expect(colleague.get_by_role("tab")).to_have_count(2)
    assert history


@pytest.mark.parametrize("look", LOOKS)
def test_it_is_for_everybody_to_read(
    chromium: Browser, demo: Demo, admin: Staff, history: int, screenshots: Path, look: str
) -> None:
    context = chromium.new_context(reduced_motion="reduce", **LOOKS[look])
    page = signed_in(context, admin, demo)
    for tab in ("overview", "helpdesk", "ai", "orders"):
        page.goto(f"{demo.url}/app/analytics?tab={tab}")
        settled(page)
        if tab != "orders":
            expect(page.locator(".uplot").first).to_be_visible()
        page.screenshot(path=screenshots / f"analytics-{tab}-{look}.png")
        assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth"), tab
        assert violations(page) == []
        if tab == "helpdesk":
            page.get_by_role("table").last.scroll_into_view_if_needed()
            page.screenshot(path=screenshots / f"analytics-tables-{look}.png")
            page.get_by_role("region", name=re.compile("Busiest hours|أكثر الساعات")).scroll_into_view_if_needed()
            page.screenshot(path=screenshots / f"analytics-busy-{look}.png")
    assert history
    context.close()
