"""How an agent works through the list: what comes to them, what they go on to, and the keys that lead there."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import Demo
from tests.browser.inbox.pages import DESKTOP, Customer, Staff, going_live, open_conversation, row_of, signed_in, violations


@pytest.fixture
def page(context: BrowserContext, admin: Staff, demo: Demo) -> Page:
    """The admin's browser, as it is for whoever has chosen nothing."""
    return signed_in(context, admin, demo, goes_on=True)


def at(conversation: int) -> re.Pattern[str]:
    return re.compile(rf"/inbox/{conversation}\b")


def test_what_a_colleague_gives_is_told_and_counts_until_it_is_looked_at(
    chromium: Browser, colleague: Page, demo: Demo, admin: Staff, agent: Staff, customer: Customer
) -> None:
    agent.post(f"/api/conversations/{customer.id}/read", seq=1)  # nothing in it is new to them
    with going_live(colleague):
        colleague.goto(f"{demo.url}/app/settings/profile")
    expect(colleague.get_by_role("heading", name="Profile and sessions")).to_be_visible()
    told = colleague.get_by_text(f"{admin.me['name']} assigned #{customer.number} to you")
    title = re.compile(r"^\(\d+\) ")
    before = colleague.title()

    admin.post(f"/api/conversations/{customer.id}/assign", assignee_id=agent.me["user_id"])
    expect(told).to_be_visible()
    expect(colleague).to_have_title(title)
    assert colleague.title() != before
    colleague.reload()
    expect(colleague).to_have_title(title)
    colleague.goto(f"{demo.url}/app/inbox?view=mine")
    expect(row_of(colleague, customer.id)).to_contain_text("Unread")
    row_of(colleague, customer.id).click()
    expect(colleague.get_by_role("log").get_by_role("article").first).to_be_visible()
    expect(row_of(colleague, customer.id)).not_to_contain_text("Unread")


def test_a_toast_about_a_given_conversation_opens_it(
    colleague: Page, demo: Demo, admin: Staff, agent: Staff, customer: Customer
) -> None:
    with going_live(colleague):
        colleague.goto(f"{demo.url}/app/contacts")
    expect(colleague.get_by_role("heading", name="Contacts")).to_be_visible()
    admin.post(f"/api/conversations/{customer.id}/assign", assignee_id=agent.me["user_id"])
    expect(colleague.get_by_text("to you")).to_be_visible()
    assert violations(colleague) == []
    colleague.get_by_role("button", name="Open", exact=True).click()
    expect(colleague).to_have_url(at(customer.id))


def test_what_an_agent_takes_is_told_to_nobody(page: Page, demo: Demo, admin: Staff, customer: Customer) -> None:
    admin.post(f"/api/conversations/{customer.id}/assign", assignee_id=None)
    log = open_conversation(page, demo, customer.id)
    expect(log.get_by_text("removed the assignee")).to_be_visible()
    before = log.get_by_text("took this").count()
    page.keyboard.press("i")
    expect(log.get_by_text("took this")).to_have_count(before + 1)
    admin.post(f"/api/conversations/{customer.id}/assign", assignee_id=None)
    admin.post(f"/api/conversations/{customer.id}/assign", assignee_id=admin.me["user_id"])  # from another device
    expect(log.get_by_text("took this")).to_have_count(before + 2)
    expect(page.get_by_text("to you")).to_have_count(0)


def test_resolving_opens_the_next_one_and_undo_brings_the_last_back(
    page: Page, demo: Demo, admin: Staff, customer: Customer
) -> None:
    second = Customer(demo, admin, "And the second one?")
    third = Customer(demo, admin, "And the third one?")  # the list: third, second, first
    open_conversation(page, demo, third.id, "?view=mine")
    expect(row_of(page, second.id)).to_be_visible()
    page.get_by_role("button", name="Resolve").click()
    expect(page).to_have_url(at(second.id))
    log = page.get_by_role("log")
    expect(log).to_be_focused()
    expect(log).to_contain_text("And the second one?")
    page.keyboard.press("e")
    expect(page).to_have_url(at(customer.id))
    page.get_by_role("button", name="Undo").click()
    expect(page).to_have_url(at(second.id))
    expect(row_of(page, second.id)).to_be_visible()
    assert admin.get(f"/api/conversations/{third.id}")["conversation"]["status"] == "resolved"
    assert admin.get(f"/api/conversations/{second.id}")["conversation"]["status"] == "open"


def test_the_last_of_a_list_leads_back_to_it(page: Page, demo: Demo, admin: Staff, customer: Customer) -> None:
    admin.post(f"/api/conversations/{customer.id}/tags", add=[f"only-{customer.id}"], remove=[])
    open_conversation(page, demo, customer.id, f"?tag=only-{customer.id}")
    expect(row_of(page, customer.id)).to_be_visible()
    page.keyboard.press("e")
    expect(page).not_to_have_url(at(customer.id))
    expect(page.get_by_text("Nothing matches")).to_be_visible()


def test_who_does_not_want_the_next_one_stays(chromium: Browser, demo: Demo, admin: Staff, customer: Customer) -> None:
    Customer(demo, admin, "Another one")
    context = chromium.new_context(viewport=DESKTOP)
    page = signed_in(context, admin, demo, goes_on=True)
    page.goto(f"{demo.url}/app/settings/profile")
    choice = page.get_by_role("switch", name="Open the next conversation after resolving one")
    expect(choice).to_be_checked()
    choice.click()
    log = open_conversation(page, demo, customer.id)
    page.keyboard.press("e")
    expect(log.get_by_text("resolved this")).to_be_visible()
    expect(page).to_have_url(at(customer.id))
    context.close()


def test_a_capital_moves_through_the_list_as_its_small_letter_does(
    page: Page, demo: Demo, admin: Staff, customer: Customer
) -> None:
    other = Customer(demo, admin, "Which one is first?")
    page.goto(f"{demo.url}/app/inbox?view=mine")
    expect(row_of(page, customer.id)).to_be_visible()
    page.keyboard.press("Shift+J")
    expect(row_of(page, other.id)).to_be_focused()
    page.keyboard.press("J")  # caps lock: a capital without Shift
    expect(row_of(page, customer.id)).to_be_focused()
    page.keyboard.press("Shift+K")
    expect(row_of(page, other.id)).to_be_focused()


def test_a_row_tells_who_is_waited_for(page: Page, demo: Demo, admin: Staff, customer: Customer) -> None:
    page.goto(f"{demo.url}/app/inbox?view=mine")
    row = row_of(page, customer.id)
    expect(row).to_contain_text("Waiting for an answer")
    expect(row).not_to_contain_text("Waiting for customer")
    admin.write(customer.id, "reply", "Does it hum at every brightness?")
    expect(row).to_contain_text("Waiting for customer")
    expect(row).not_to_contain_text("Waiting for an answer")


def test_every_part_of_the_settings_is_found_by_other_words(page: Page, colleague: Page, demo: Demo) -> None:
    for browser, word, part in ((page, "queue", "jobs"), (page, "snippet", "inboxes"), (colleague, "password", "profile")):
        browser.goto(f"{demo.url}/app/inbox")
        expect(browser.get_by_role("navigation", name="Views")).to_be_visible()
        browser.keyboard.press("Control+k")
        expect(browser.get_by_role("option", name="Go to Contacts")).to_be_visible()
        browser.get_by_placeholder("Type a command or search").fill(word)
        expect(browser.get_by_role("option", name="Go to Contacts")).to_have_count(0)  # else a click may meet what is just leaving
        browser.get_by_role("option", name=re.compile("Go to")).first.click()
        expect(browser).to_have_url(re.compile(rf"/settings/{part}$"))
    colleague.keyboard.press("Control+k")
    colleague.get_by_placeholder("Type a command or search").fill("Background jobs")
    expect(colleague.get_by_role("option", name="Go to Background jobs")).to_have_count(0)


def test_who_works_elsewhere_is_told_by_the_browser_where_they_allowed_it(
    chromium: Browser, demo: Demo, admin: Staff, agent: Staff, customer: Customer
) -> None:
    context = chromium.new_context(viewport=DESKTOP, permissions=["notifications"])
    context.add_init_script("""
      localStorage.setItem("lacasa.notify.desktop", "true");
      document.hasFocus = () => false;
      window.told = [];
      window.onTold = new Promise((heard) => { window.heard = heard; });
      window.Notification = class extends EventTarget {
        static permission = "granted";
        constructor(title, { body }) { super(); told.push(`${title} | ${body}`); heard(); }
      };
    """)
    page = signed_in(context, agent, demo)
    page.goto(f"{demo.url}/app/inbox?view=mine")
    expect(page.get_by_role("heading", name="Assigned to me")).to_be_visible()
    page.wait_for_load_state("networkidle")  # what the first list holds already is no news
    admin.post(f"/api/conversations/{customer.id}/assign", assignee_id=agent.me["user_id"])
    page.evaluate("onTold")
    told = page.evaluate("told.join()")
    assert f"{admin.me['name']} assigned #{customer.number} to you" in told
    assert "My lamp hums" in told
    context.close()


def test_who_gives_a_conversation_away_sees_who_is_there(
    page: Page, colleague: Page, demo: Demo, agent: Staff, customer: Customer
) -> None:
    colleague.goto(f"{demo.url}/app/inbox")
    open_conversation(page, demo, customer.id)
    page.keyboard.press("a")
    expect(page.get_by_role("option", name=agent.me["name"])).to_contain_text("online")
    expect(page.get_by_role("option", name="Tomas")).to_contain_text("offline")
    assert violations(page) == []
