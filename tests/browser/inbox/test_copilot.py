"""The copilot at the composer: what it drafts, sums up, finds and suggests is looked at, put in, and taken back."""

import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from core.access import Audience
from core.events.live import Working
from tests.browser.conftest import Demo
from tests.browser.inbox.pages import Customer, Staff, going_live, open_conversation, signed_in, violations
from tests.browser.inbox.test_suggestions import Asker
from tests.browser.looks import LOOKS


@pytest.fixture
def asked(demo: Demo, admin: Staff) -> Customer:
    """A customer whom a person answers asked something that the help center answers."""
    return Customer(demo, admin, "How long may I return a lamp that I do not like?")


def menu(page: Page, item: str) -> None:
    page.get_by_role("button", name="Copilot", exact=True).click()
    page.get_by_role("menuitem", name=item).click()


def panel(page: Page) -> Locator:
    return page.get_by_role("region", name="Copilot", exact=True)


def field(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Reply to the customer")


def test_a_draft_is_asked_for_from_the_palette_put_in_and_sent(page: Page, demo: Demo, asked: Customer) -> None:
    open_conversation(page, demo, asked.id)
    page.keyboard.press("ControlOrMeta+k")
    page.keyboard.type("Draft a reply")
    page.keyboard.press("Enter")
    expect(panel(page)).to_contain_text("30 days")
    expect(panel(page)).to_contain_text("Quoted word for word")
    panel(page).get_by_role("button", name="Insert").click()
    expect(panel(page)).to_have_count(0)
    expect(field(page)).to_have_value(re.compile("30 days"))
    expect(field(page)).to_be_focused()
    field(page).press("ControlOrMeta+Enter")
    expect(page.get_by_role("log")).to_contain_text("30 days")


def test_a_summary_and_tags_are_shown_and_escape_puts_them_away(page: Page, demo: Demo, admin: Staff, asked: Customer) -> None:
    other = Customer(demo, admin, "May I return a lamp that I do not like? How long?")
    admin.post(f"/api/conversations/{other.id}/tags", add=["giving-back"], remove=[])
    open_conversation(page, demo, asked.id)
    menu(page, "Summarise the conversation")
    expect(panel(page)).to_contain_text("The customer asked")
    expect(panel(page)).to_contain_text("How long may I return a lamp")
    panel(page).get_by_role("button", name="Put it away").focus()
    page.keyboard.press("Escape")
    expect(panel(page)).to_have_count(0)
    menu(page, "Suggest tags")
    with page.expect_response(re.compile(r"/tags$")):
        panel(page).get_by_role("button", name="Add the tag giving-back").click()
    expect(panel(page)).not_to_contain_text("giving-back")
    assert "giving-back" in admin.get(f"/api/conversations/{asked.id}")["conversation"]["tags"]


def test_without_a_model_rewriting_is_off_and_says_why(page: Page, demo: Demo, asked: Customer) -> None:
    open_conversation(page, demo, asked.id)
    field(page).fill("yes u can")
    page.keyboard.press("ControlOrMeta+j")
    expect(page.get_by_role("menu")).to_contain_text("Rewriting needs a language model")
    expect(page.get_by_role("menuitem", name="Friendlier")).to_be_disabled()


def test_what_quotes_an_internal_article_is_asked_about_before_it_goes(
    page: Page, demo: Demo, admin: Staff, asked: Customer
) -> None:
    secret = "Lamps of the heron series are taken back for ninety days, if the customer asks twice."
    article = admin.post("/api/articles", title="Heron lapwing", body=secret, audience="internal")
    admin.post(f"/api/articles/{article['id']}/publish")
    open_conversation(page, demo, asked.id)
    menu(page, "Find an article")
    expect(panel(page).get_by_role("textbox")).to_be_focused()
    page.keyboard.type("heron lapwing")
    row = panel(page).get_by_role("listitem").filter(has_text="Heron lapwing")
    expect(row).to_contain_text("Internal")
    row.get_by_role("button", name="Insert from").click()
    expect(field(page)).to_have_value(re.compile("ninety days"))
    field(page).press("ControlOrMeta+Enter")
    dialog = page.get_by_role("alertdialog")
    expect(dialog).to_contain_text("internal article")
    dialog.get_by_role("button", name="Cancel").click()
    assert not any("ninety" in one for one in asked.reads())
    field(page).fill("Thirty days.")
    field(page).press("ControlOrMeta+Enter")
    expect(page.get_by_role("log")).to_contain_text("Thirty days.")
    admin.http.delete(f"/api/articles/{article['id']}")


def rewriting(route: Route) -> None:
    """A language model, which no demo has: the server's answer in its place."""
    if route.request.method != "POST" or route.request.post_data_json["kind"] != "rewrite":
        return route.continue_()
    result = {"text": "Yes, you may return it within 30 days.", "points": [], "tags": [], "sources": [], "model": "openai:tiny"}
    body: dict[str, Any] = {"id": 1, "conversation_id": 1, "kind": "rewrite", "status": "done", "result": result, "trouble": ""}
    return route.fulfill(json=body)


def test_a_rewriting_shows_before_and_after_and_is_taken_back(page: Page, demo: Demo, asked: Customer) -> None:
    page.route("**/api/copilot", lambda route: route.fulfill(json={"reason": ""}))
    page.route("**/api/conversations/*/copilot", rewriting)
    open_conversation(page, demo, asked.id)
    field(page).fill("Yes, u may return it within 30 days.")
    menu(page, "More formal")
    expect(panel(page).locator("del")).to_contain_text("u")
    expect(panel(page).locator("ins")).to_contain_text("you")
    field(page).focus()
    assert violations(page) == []
    panel(page).get_by_role("button", name="Use it").click()
    expect(field(page)).to_have_value("Yes, you may return it within 30 days.")
    page.get_by_role("button", name="Undo").click()
    expect(field(page)).to_have_value("Yes, u may return it within 30 days.")


def test_what_goes_wrong_is_said_and_tried_again(page: Page, demo: Demo, asked: Customer) -> None:
    page.route("**/api/conversations/*/copilot", lambda route: route.abort())
    open_conversation(page, demo, asked.id)
    menu(page, "Summarise the conversation")
    expect(panel(page).get_by_role("alert")).to_be_visible()
    page.unroute("**/api/conversations/*/copilot")
    panel(page).get_by_role("button", name="Try again").click()
    expect(panel(page)).to_contain_text("The customer asked")


@pytest.mark.parametrize("look", LOOKS)
def test_it_is_fit_to_be_seen(chromium: Browser, demo: Demo, admin: Staff, asked: Customer, screenshots: Path, look: str) -> None:
    context = chromium.new_context(**LOOKS[look])
    page = signed_in(context, admin, demo)
    page.goto(f"{demo.url}/app/inbox/{asked.id}")
    page.get_by_role("button", name=re.compile("^(Copilot|المساعد)$")).click()
    expect(page.get_by_role("menu")).to_be_visible()
    page.screenshot(path=screenshots / f"copilot-menu-{look}.png")
    page.get_by_role("menuitem").first.click()
    expect(page.locator("[data-copilot]")).to_contain_text("30 days")
    page.get_by_role("textbox").last.focus()
    page.screenshot(path=screenshots / f"copilot-{look}.png")
    assert violations(page) == []
    context.close()


def tell(demo: Demo, organization: int, conversation: dict[str, Any], **more: Any) -> None:
    """What a worker tells of its work: the demo has no language model that would take its time."""
    working = Working(
        conversation_id=conversation["id"],
        epoch=conversation["handler_epoch"],
        audience=Audience(conversation_id=conversation["id"], inbox_ids=(conversation["inbox_id"],), staff_only=False),
        **({"stage": "writing"} | more),
    )
    demo.publish(f"live.{organization}", msgspec.json.encode(working))


def test_staff_see_what_the_ai_agent_writes_until_somebody_takes_over(
    page: Page, demo: Demo, admin: Staff, screenshots: Path
) -> None:
    asker = Asker(demo, admin, "Zyzzyva zyzzyva?")
    home = admin.me["organization_id"]
    while (conversation := admin.get(f"/api/conversations/{asker.id}")["conversation"])["handler"] == "ai":
        page.wait_for_timeout(100)
    with going_live(page):
        open_conversation(page, demo, asker.id)
    tell(demo, home, conversation, draft="Parcels to Norway arr")
    expect(page.get_by_text("The AI agent is writing…")).to_be_visible()
    expect(page.get_by_role("region", name="What the AI agent is writing")).to_have_text("Parcels to Norway arr")
    page.screenshot(path=screenshots / "working-light.png")
    assert violations(page) == []
    tell(demo, home, conversation, active=False)
    expect(page.get_by_text("The AI agent is writing…")).to_have_count(0)
    tell(demo, home, conversation, stage="searching")
    expect(page.get_by_text("The AI agent is searching…")).to_be_visible()
    admin.write(asker.id, "reply", "I am here.")
    expect(page.get_by_text("The AI agent is searching…")).to_have_count(0)
    tell(demo, home, conversation | {"handler_epoch": conversation["handler_epoch"] + 9})
    tell(demo, home, admin.get(f"/api/conversations/{asker.id}")["conversation"], stage="checking")
    expect(page.get_by_text("The AI agent is checking its answer…")).to_be_visible()
    expect(page.get_by_text("The AI agent is checking its answer…")).to_have_count(0)  # whoever says nothing more is gone
