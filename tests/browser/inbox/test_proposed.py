"""What the AI agent could do, somebody lets it: a card above the composer, and what came of it in the conversation."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Demo
from tests.browser.inbox.pages import Asker, Staff, open_conversation, signed_in, violations
from tests.browser.looks import LOOKS
from tests.browser.shop_module import BLOCKED

REFUND = "I want my money back for order #{number}, a refund please."


def card(page: Page) -> Locator:
    return page.get_by_role("region", name="Proposed by the AI agent: Refund the order")


def test_a_tool_answers_what_it_knows_of_this_customer(page: Page, demo: Demo, admin: Staff) -> None:
    asker = Asker(demo, admin, "When does the parcel of #1234 come?")
    log = open_conversation(page, demo, asker.id)
    expect(log).to_contain_text("left us this morning")
    receipt = admin.get(f"/api/conversations/{asker.id}/decisions")[0]
    assert (receipt["outcome"], receipt["reason"], receipt["detail"]) == ("answered", "looked_up", "Find parcel")


def test_a_refund_waits_for_somebody_and_is_done_when_they_approve(page: Page, demo: Demo, admin: Staff) -> None:
    asker = Asker(demo, admin, REFUND.format(number=1001))
    log = open_conversation(page, demo, asker.id)
    expect(card(page)).to_contain_text("€49.00")
    assert "went back" not in str(asker.reads())
    assert violations(page) == []
    card(page).get_by_role("button", name="Approve").focus()
    page.keyboard.press("Enter")
    expect(log).to_contain_text("€49.00 of order #1001 went back to the card.")
    expect(page.get_by_role("group", name="What the AI agent proposes")).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="Approved: Refund the order")).to_have_count(1)
    expect(card(page)).to_have_count(0)
    assert "went back" not in str(asker.reads()), "what was done is told by people"


def test_what_the_shop_refuses_is_said_and_can_be_put_away(page: Page, demo: Demo, admin: Staff) -> None:
    asker = Asker(demo, admin, REFUND.format(number=BLOCKED))
    open_conversation(page, demo, asker.id)
    card(page).get_by_role("button", name="Approve").click()
    expect(card(page)).to_contain_text("It was not done: this order is older than a year")
    expect(card(page).get_by_role("button", name="Try again")).to_be_enabled()
    card(page).get_by_role("button", name="Reject").click()
    expect(card(page)).to_have_count(0)


def test_who_looks_on_sees_that_a_colleague_decided(page: Page, colleague: Page, demo: Demo, admin: Staff) -> None:
    asker = Asker(demo, admin, REFUND.format(number=1002))
    for each in (page, colleague):
        open_conversation(each, demo, asker.id)
        expect(card(each)).to_be_visible()
    card(colleague).get_by_role("button", name="Reject").click()
    expect(card(page)).to_have_count(0)


def test_what_nobody_approved_is_withdrawn_with_the_end_of_the_conversation(page: Page, demo: Demo, admin: Staff) -> None:
    asker = Asker(demo, admin, REFUND.format(number=1004))
    open_conversation(page, demo, asker.id)
    expect(card(page).get_by_role("button", name="Approve")).to_be_visible()
    admin.post(f"/api/conversations/{asker.id}/resolve")
    expect(card(page)).to_contain_text("Withdrawn: the conversation ended")
    expect(card(page).get_by_role("button")).to_have_count(0)
    assert violations(page) == []
    admin.post(f"/api/conversations/{asker.id}/reopen")
    expect(card(page)).to_have_count(0)


@pytest.mark.parametrize("look", LOOKS)
def test_how_it_looks(chromium: Browser, demo: Demo, admin: Staff, screenshots: Path, look: str) -> None:
    asker = Asker(demo, admin, REFUND.format(number=1003))
    context = chromium.new_context(**LOOKS[look])
    page = signed_in(context, admin, demo)
    open_conversation(page, demo, asker.id)
    proposed = page.locator("[data-proposed]")
    expect(proposed).to_contain_text("€49.00")
    page.screenshot(path=screenshots / f"proposed-{look}.png")
    assert violations(page) == []
    context.close()
