"""A workflow is built on the canvas, checked where it is wrong, published, and a contact walks through it; looked at on a desk and a phone."""

import json
import re
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Demo
from tests.browser.inbox.pages import Staff, settled, signed_in, violations
from tests.browser.looks import LOOKS

pytest.importorskip("modules.workflows", reason="workflows is not here")

TEXTS = Path(__file__).parents[3] / "widget/inbox/src/pages/workflows/texts"
SLOW_MS = 90_000
"""What goes by jobs, on a machine that has just begun to work off those of a new shop."""


@pytest.fixture
def page(page: Page) -> Page:
    """An inbox of another file may be in trouble, and its alert stand over a button: it is put away."""
    alert = page.get_by_role("status").filter(has_text="needs you")
    page.add_locator_handler(alert, lambda: alert.get_by_role("button").last.click())
    page.emulate_media(reduced_motion="reduce")
    return page


def card(page: Page, name: str) -> Locator:
    return page.locator("[data-card]").filter(has_text=name)


def add(page: Page, where: str, kind: str) -> Locator:
    """Add a step at a button on the canvas, by the keyboard's way of choosing; returns its panel."""
    page.get_by_role("button", name=where, exact=True).click()
    page.get_by_role("combobox", name="Add a step").fill(kind)
    expect(page.get_by_role("option").first).to_contain_text(kind)
    page.keyboard.press("Enter")
    return page.get_by_role("complementary", name="What is open")


def a_workflow(admin: Staff, name: str, *steps: dict[str, Any], **trigger: str) -> dict[str, Any]:
    """One that runs, and begins by request, or by what `trigger` says."""
    definition = {"trigger": {"type": "custom", "config": trigger}, "steps": list(steps)}
    made: dict[str, Any] = admin.post("/api/workflows", name=name, client_id=uuid4().hex, definition=definition)
    admin.http.post(f"/api/workflows/{made['id']}/activate").raise_for_status()
    return made


def enroll(admin: Staff, workflow: dict[str, Any], name: str) -> None:
    """Let a new contact in."""
    contact = admin.post("/api/contacts", first_name=name)["id"]
    admin.post(f"/api/workflows/{workflow['id']}/enroll", contact_id=contact, client_id=uuid4().hex)


def came_in(admin: Staff, runs: str) -> None:
    """Wait for somebody: what an event does to contacts is bulk work, and a new shop has much of that to do first."""
    deadline = time.monotonic() + SLOW_MS / 1000
    while not admin.get(runs)["items"]:
        assert time.monotonic() < deadline, "nobody came in"
        time.sleep(0.1)


def signal(admin: Staff, contact: int, name: str, **facts: Any) -> None:
    body = {"contact_id": contact, "name": name, "key": uuid4().hex, "facts": facts}
    admin.http.post("/api/workflows/signals", json=body).raise_for_status()


def test_a_cart_workflow_is_built_from_a_template_and_from_nothing(page: Page, demo: Demo, admin: Staff, screenshots: Path) -> None:
    page.goto(f"{demo.url}/app/workflows")
    expect(page.get_by_role("heading", name="Let things happen by themselves")).to_be_visible()
    page.screenshot(path=screenshots / "workflows-empty-light.png")
    assert violations(page, dark_too=True) == []
    page.get_by_role("button", name="Abandoned cart").click()
    canvas = page.get_by_role("group", name="The workflow's steps")
    expect(card(page, "Remind of the cart")).to_be_visible()
    expect(page.get_by_text("It happened", exact=True)).to_be_visible()
    # The arrow keys walk: down the ways and across them. Enter edits.
    start = page.locator('[data-card="trigger"]')
    start.focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowRight", "ArrowDown"):
        page.keyboard.press(key)
    expect(card(page, "Make an offer")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("complementary", name="What is open")).to_contain_text("Send a mail")
    page.screenshot(path=screenshots / "workflow-template-light.png")
    assert violations(page, dark_too=True) == []
    page.get_by_role("button", name="All workflows").click()
    expect(page.get_by_role("row").filter(has_text="Abandoned cart")).to_contain_text("Draft")

    page.get_by_role("button", name="Actions for Abandoned cart").click()
    page.get_by_role("menuitem", name="Duplicate").click()
    expect(page.get_by_role("heading", name="Abandoned cart (copy)")).to_be_visible()
    page.get_by_role("button", name="All workflows").click()

    page.get_by_role("button", name="New workflow").click()
    page.get_by_role("dialog").get_by_role("button", name="From nothing").click()
    expect(canvas).to_be_visible()
    start.click()
    panel = page.get_by_role("complementary", name="What is open")
    panel.get_by_label("Event", exact=True).fill("cart_left")
    panel.get_by_label("Name", exact=True).fill("Rescue carts")
    panel = add(page, "Add the first step", "Wait")
    amount = panel.get_by_label("How long")
    amount.fill("0")
    expect(panel).to_contain_text("A delay needs a time")
    expect(page.get_by_role("button", name="1 problem").last).to_be_visible()
    amount.fill("1")
    panel.get_by_role("combobox", name="Unit").click()
    page.get_by_role("option", name="seconds").click()
    expect(page.get_by_role("button", name="1 problem")).to_have_count(0)
    panel = add(page, "Add a step after “Wait”", "Wait until something happens")
    panel.get_by_label("Event", exact=True).fill("cart_bought")
    for way, tag in (("It happened", "rescued"), ("Not in time", "reminded")):
        panel = add(page, f"Add a step to “{way}” of “Wait until something happens”", "Tag")
        panel.get_by_label("Add tags").fill(tag)
        page.keyboard.press("Enter")
        expect(card(page, tag)).to_be_visible()
    page.keyboard.press("Escape")
    card(page, "reminded").focus()
    page.keyboard.press("Delete")
    expect(card(page, "reminded")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(card(page, "reminded")).to_be_visible()
    page.get_by_role("button", name="JSON").click()
    text = page.get_by_role("textbox", name="JSON")
    text.fill(text.input_value().replace('"reminded"', '"wrote again"'))
    expect(card(page, "wrote again")).to_be_visible()
    page.screenshot(path=screenshots / "workflow-json-light.png")
    page.get_by_role("button", name="JSON").click()
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_role("button", name="Saved")).to_be_visible()
    page.get_by_role("button", name="Switch on").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Switch on").click()
    expect(page.get_by_text("Version 1", exact=True)).to_be_visible()
    page.screenshot(path=screenshots / "workflow-built-light.png")

    page.get_by_role("tab", name="Runs").click()
    expect(page.get_by_text("Nobody came in yet")).to_be_visible()
    contact = admin.post("/api/contacts", first_name="Ida", last_name="Lund")["id"]
    signal(admin, contact, "cart_left")
    runs = f"/api/workflows/{page.url.split('/')[-1].split('?')[0]}/enrollments"
    came_in(admin, runs)
    row = page.locator("[data-run]").filter(has_text="Ida Lund")
    expect(row).to_be_visible()
    expect(row).to_contain_text("Wait until something happens", timeout=SLOW_MS)
    expect(card(page, "Wait until something happens")).to_contain_text("1 here now")
    row.click()
    run = page.get_by_role("complementary", name="Run")
    expect(run).to_contain_text("Goes on")
    page.screenshot(path=screenshots / "workflow-walking-light.png")
    assert violations(page, dark_too=True) == []
    signal(admin, contact, "cart_bought")
    expect(run).to_contain_text("Came to the end", timeout=SLOW_MS)
    expect(card(page, "rescued")).to_contain_text("Done")
    expect(card(page, "wrote again")).not_to_contain_text("Done")
    page.screenshot(path=screenshots / "workflow-walked-light.png")
    page.get_by_role("button", name="Why is somebody in here, or not?").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("searchbox").fill("Ida")
    dialog.get_by_role("button", name="Ida Lund").click()
    expect(dialog).to_contain_text("Came to the end")
    assert violations(page) == []


def test_publishing_asks_for_whoever_is_inside_and_resuming_for_whose_time_came(
    page: Page, demo: Demo, admin: Staff, screenshots: Path
) -> None:
    steps = [
        {"id": "rest", "type": "delay", "config": {"days": 2}},
        {"id": "buys", "type": "wait_until_event", "config": {"event": "sold", "days": 9}},
    ]
    made = a_workflow(admin, "Asked", *steps, {"id": "tag", "type": "tag", "config": {"add": ["asked"]}}, event="began")
    enroll(admin, made, "Bo")
    ines, ola = (admin.post("/api/contacts", first_name=name)["id"] for name in ("Ines", "Ola"))
    for contact, happened in ((ines, "began"), (ola, "began"), (ines, "sold")):
        signal(admin, contact, happened)
    page.goto(f"{demo.url}/app/workflows/{made['id']}")
    expect(card(page, "Wait").first).to_contain_text("3 here now", timeout=SLOW_MS)
    card(page, "2 days").click()
    page.get_by_role("complementary", name="What is open").get_by_role("button", name="Remove").click()
    # What it would have done with those to whom it happened.
    page.get_by_role("tab", name="Simulate").click()
    page.get_by_role("button", name="Simulate").click()
    expect(card(page, "Wait until something happens")).to_contain_text("2 came here")
    expect(page.get_by_text("2 of 2 would go another way than by version 1.")).to_be_visible()
    page.get_by_role("list").get_by_role("button", name="Ines").first.click()
    expect(page.get_by_role("complementary", name="Run")).to_contain_text("“sold” happened")
    expect(card(page, "asked")).to_contain_text("Done")
    page.screenshot(path=screenshots / "workflow-simulate-light.png")
    assert violations(page) == []
    page.get_by_role("tab", name="Build").click()
    page.get_by_role("button", name="Publish").click()
    dialog = page.get_by_role("dialog", name="Publish version 2")
    expect(dialog).to_contain_text("this step is gone")
    publish = dialog.get_by_role("button", name="Publish")
    expect(publish).to_be_disabled()
    dialog.get_by_role("combobox", name="For those at").click()
    page.get_by_role("option", name="Move to another step").click()
    expect(publish).to_be_disabled()
    dialog.get_by_role("combobox", name="Where those at").click()
    page.get_by_role("option", name="Wait until something happens").click()
    page.screenshot(path=screenshots / "workflow-publish-light.png")
    assert violations(page) == []
    publish.click()
    expect(page.get_by_text("Version 2", exact=True)).to_be_visible()
    expect(card(page, "Wait until something happens")).to_contain_text("3 here now")
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Pause").click()
    page.get_by_role("button", name="Resume").click()
    dialog = page.get_by_role("dialog", name="Resume this workflow")
    expect(dialog).to_contain_text("3 people are inside")
    dialog.get_by_role("radio", name="Leave out what is overdue").check()
    page.screenshot(path=screenshots / "workflow-resume-light.png")
    assert violations(page) == []
    dialog.get_by_role("button", name="Resume").click()
    expect(page.get_by_text("Active", exact=True)).to_be_visible()
    # Somebody else saves meanwhile: nothing is overwritten unasked.
    start = page.locator('[data-card="trigger"]')
    start.click()
    name = page.get_by_label("Name", exact=True)
    name.fill("Mine")
    seen = admin.get(f"/api/workflows/{made['id']}")
    admin.http.patch(f"/api/workflows/{made['id']}", json={"revision": seen["revision"], "name": "Theirs"}).raise_for_status()
    expect(page.get_by_role("alert")).to_contain_text("Somebody saved this workflow meanwhile")
    page.get_by_role("button", name="Take theirs").click()
    expect(name).to_have_value("Theirs")


@pytest.mark.parametrize("look", [name for name in LOOKS if name != "light"])
def test_a_phone_shows_the_list_and_the_same_panels(
    chromium: Browser, demo: Demo, admin: Staff, look: str, screenshots: Path
) -> None:
    language = "ar" if LOOKS[look].get("locale") == "ar" else "en"
    words = json.loads((TEXTS / f"{language}.json").read_text())
    ask = {
        "id": "ask", "type": "condition", "config": {"field": "contact.order_count", "operator": "greater_than", "value": 1},
        "true_branch": [{"id": "vip", "type": "tag", "config": {"add": ["vip"]}}], "false_branch": [],
    }  # fmt: skip
    made = a_workflow(admin, "Care", {"id": "rest", "type": "delay", "config": {"hours": 2}}, ask)
    enroll(admin, made, "Mia")
    context = chromium.new_context(**LOOKS[look])
    page = signed_in(context, admin, demo)
    page.goto(f"{demo.url}/app/workflows")
    expect(page.locator(f'[data-workflow="{made["id"]}"]')).to_be_visible()
    settled(page)
    page.screenshot(path=screenshots / f"workflows-list-{look}.png")
    assert violations(page) == []
    page.goto(f"{demo.url}/app/workflows/{made['id']}")
    steps = page.locator("[data-step], [data-card]")
    expect(steps).to_have_count(4)
    page.screenshot(path=screenshots / f"workflow-steps-{look}.png")
    assert violations(page) == []
    steps.filter(has_text=words["readable.contact.order_count"]).click()
    expect(page.get_by_label(words["condition.value"])).to_have_value("1")
    page.screenshot(path=screenshots / f"workflow-panel-{look}.png")
    assert violations(page) == []
    page.goto(f"{demo.url}/app/workflows/{made['id']}?tab=runs")
    page.locator("[data-run]").click()
    expect(page.locator("[data-run-panel]")).to_contain_text(words["run.entered"])
    page.screenshot(path=screenshots / f"workflow-run-{look}.png")
    assert violations(page) == []
    context.close()


def test_who_does_not_market_sees_no_workflows(colleague: Page, demo: Demo) -> None:
    colleague.goto(f"{demo.url}/app/inbox")
    settled(colleague)
    expect(colleague.get_by_role("link", name=re.compile("^Workflows"))).to_have_count(0)
