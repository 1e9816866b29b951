"""Agents see what the AI agent would have answered, and what it is writing; they send it, change it, or say what is wrong with it."""

import re
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Demo
from tests.browser.inbox.pages import Asker, Staff, open_conversation, signed_in, violations
from tests.browser.inbox.test_answering_mail import conversation_of, send
from tests.browser.looks import LOOKS

SENT = re.compile(r"/api/ai/decisions/\d+/send")
QUESTION = "How long may I return a lamp that I do not like?"


@pytest.fixture
def suggesting(admin: Staff) -> Iterator[None]:
    """The demo's inbox in which the AI agent suggests alone."""
    inbox = admin.get("/api/inboxes")[0]["id"]
    admin.http.patch(f"/api/inboxes/{inbox}", json={"ai_mode": "suggest"}).raise_for_status()
    yield
    admin.http.patch(f"/api/inboxes/{inbox}", json={"ai_mode": "answer"}).raise_for_status()


def card(page: Page) -> Locator:
    return page.get_by_role("region", name="Suggestion of the AI agent")


def change_what_is_quoted(admin: Staff, asker: Asker) -> None:
    passages = admin.get(f"/api/conversations/{asker.id}/suggestion")["suggestion"]["receipt"]["passages"]
    for quoted in {one["article_id"] for one in passages if one["quoted"]}:
        article = admin.get(f"/api/articles/{quoted}")
        changed = {"version": article["version"], "body": f"{article['body']}\n\nMore is to come."}
        admin.http.patch(f"/api/articles/{quoted}", json=changed).raise_for_status()


@pytest.mark.usefixtures("suggesting")
def test_a_suggestion_comes_by_itself_and_is_sent_as_it_is(page: Page, demo: Demo, admin: Staff) -> None:
    asker = Asker(demo, admin, QUESTION)
    open_conversation(page, demo, asker.id)
    expect(card(page)).to_contain_text("30 days")
    expect(card(page)).to_contain_text("% sure")
    assert "30 days" not in "".join(asker.reads()[1:])
    text = card(page).get_by_role("region", name="Suggested reply").inner_text()
    with page.expect_response(SENT):
        card(page).get_by_role("button", name="Send as it is").click()
    expect(card(page)).to_have_count(0)
    expect(page.get_by_role("log")).to_contain_text("30 days")
    assert "[1]" not in text
    assert any("30 days" in one for one in asker.reads())


@pytest.mark.usefixtures("suggesting")
def test_it_is_inserted_by_a_key_changed_and_sent(page: Page, demo: Demo, admin: Staff) -> None:
    asker = Asker(demo, admin, QUESTION)
    open_conversation(page, demo, asker.id)
    expect(card(page)).to_be_visible()
    page.keyboard.press("y")
    field = page.get_by_role("textbox", name="Reply to the customer")
    expect(field).to_be_focused()
    expect(field).to_have_value(re.compile("30 days"))
    field.press("ControlOrMeta+End")
    field.press_sequentially(" Write to us at any time.")
    with page.expect_response(SENT):
        field.press("ControlOrMeta+Enter")
    assert asker.reads()[-1].count("Write to us at any time.") == 1
    expect(card(page)).to_have_count(0)


@pytest.mark.usefixtures("suggesting")
def test_a_newer_message_takes_it_away_and_a_rejected_one_is_gone_everywhere(
    page: Page, colleague: Page, demo: Demo, admin: Staff, agent: Staff
) -> None:
    asker = Asker(demo, admin, QUESTION)
    open_conversation(page, demo, asker.id)
    expect(card(page)).to_contain_text("30 days")
    asker.write("Refund my order 1042")
    expect(card(page)).to_have_count(0)
    asker.write("And what does shipping to Norway cost?")
    admin.write(asker.id, "reply", "One moment.")
    asker.write(QUESTION)
    expect(card(page)).to_contain_text("30 days")
    open_conversation(colleague, demo, asker.id)
    expect(card(colleague)).to_contain_text("30 days")
    card(page).get_by_role("button", name="Reject").click()
    page.get_by_role("menuitem", name="It is out of date").click()
    expect(card(page)).to_have_count(0)
    expect(card(colleague)).to_have_count(0)


@pytest.mark.usefixtures("suggesting")
def test_one_whose_article_was_changed_is_drafted_again_with_a_click(page: Page, demo: Demo, admin: Staff) -> None:
    asker = Asker(demo, admin, QUESTION)
    open_conversation(page, demo, asker.id)
    expect(card(page)).to_contain_text("30 days")
    change_what_is_quoted(admin, asker)
    expect(card(page)).to_contain_text("was changed since")
    expect(card(page).get_by_role("button", name="Send as it is")).to_have_count(0)
    expect(card(page).get_by_role("button", name="Insert")).to_have_count(0)
    assert violations(page) == []
    card(page).get_by_role("button", name="Draft again").click()
    expect(card(page)).to_have_count(0)
    expect(page.get_by_role("region", name="Copilot", exact=True)).to_contain_text("30 days")


@pytest.mark.usefixtures("suggesting")
def test_one_that_was_refused_for_its_article_goes_out_by_no_other_way(page: Page, demo: Demo, admin: Staff) -> None:
    asker = Asker(demo, admin, QUESTION)
    open_conversation(page, demo, asker.id)
    expect(card(page)).to_be_visible()
    page.keyboard.press("y")
    change_what_is_quoted(admin, asker)
    page.reload()
    field = page.get_by_role("textbox", name="Reply to the customer")
    for is_again in (False, True):
        if is_again:
            page.get_by_role("log").get_by_role("button", name="Edit").click()
        expect(field).to_have_value(re.compile("30 days"))
        with page.expect_response(re.compile(r"/api/(ai/decisions|conversations)/\d+/(send|reply)")) as refused:
            field.press("ControlOrMeta+Enter")
        assert refused.value.status == 409
        expect(page.get_by_role("log")).to_contain_text("an article that it quotes was changed")
    assert not any("30 days" in one for one in asker.reads())


@pytest.mark.usefixtures("suggesting")
@pytest.mark.parametrize("look", LOOKS)
def test_it_is_fit_to_be_seen(chromium: Browser, demo: Demo, admin: Staff, screenshots: Path, look: str) -> None:
    asker = Asker(demo, admin, QUESTION)
    context = chromium.new_context(**LOOKS[look])
    page = signed_in(context, admin, demo)
    page.goto(f"{demo.url}/app/inbox/{asker.id}")
    expect(page.locator("[data-suggestion]")).to_be_visible()
    page.screenshot(path=screenshots / f"suggestion-{look}.png")
    assert violations(page) == []
    context.close()


def test_what_an_inbox_lets_it_do_is_chosen_in_the_settings(page: Page, demo: Demo, admin: Staff) -> None:
    page.goto(f"{demo.url}/app/settings/inboxes")
    page.get_by_role("button", name=re.compile("^Edit ")).first.click()
    page.get_by_role("radio", name="Suggests").click()
    expect(page.get_by_role("dialog")).to_contain_text("Customers hear from your team alone")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("AI agent suggests")).to_be_visible()
    assert admin.get("/api/inboxes")[0]["ai_mode"] == "suggest"
    page.get_by_role("button", name=re.compile("^Edit ")).first.click()
    page.get_by_role("radio", name="Answers").click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("AI agent answers")).to_be_visible()
    assert admin.get("/api/inboxes")[0]["ai_mode"] == "answer"


@pytest.fixture
def letter(demo: Demo, admin: Staff) -> Iterator[int]:
    """A mail to an inbox in which the AI agent suggests; answers wait for half a minute."""
    address = f"{secrets.token_hex(4)}@shop.example"
    inbox = admin.post("/api/inboxes", name=f"Letters {address}", ai_enabled=True, ai_mode="suggest")["id"]
    admin.http.put(f"/api/inboxes/{inbox}/email", json={"address": address}).raise_for_status()
    admin.http.put("/api/profile/mail", json={"undo_s": 30}).raise_for_status()
    send(demo, address, QUESTION)
    yield conversation_of(admin, inbox)
    admin.http.put("/api/profile/mail", json={"undo_s": 0}).raise_for_status()  # other tests' mail leaves at once


def test_what_was_sent_of_it_by_mail_and_taken_back_is_still_of_it(page: Page, demo: Demo, letter: int) -> None:
    open_conversation(page, demo, letter)
    with page.expect_response(SENT) as first:
        card(page).get_by_role("button", name="Send as it is").click()
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    field = page.get_by_role("textbox", name="Reply to the customer")
    expect(field).to_have_value(re.compile("30 days"))
    with page.expect_response(SENT) as second:
        field.press("ControlOrMeta+Enter")
    assert first.value.url == second.value.url
