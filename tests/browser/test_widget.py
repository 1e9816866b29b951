"""The widget in a real browser: what a visitor sees and does in it, also while the network is away."""

import re
from typing import Any
from uuid import uuid4

import httpx
from playwright.sync_api import FilePayload, Page, Request, Route, expect

from tests.browser.widget_pages import PNG, Shop, Staff, asked_for_person, faults, launcher, opened, panel, started, write


def test_the_ai_agent_answers_with_sources_and_a_person_is_one_tap_away(
    shop: Shop, staff: Staff, page: Page, screenshots: Any
) -> None:
    question = "What is your refund policy?"
    opened(page, shop.page())
    panel(page).get_by_role("button", name="Send us a message").click()
    write(page, question)
    source = panel(page).get_by_role("list", name="Sources").get_by_role("button").first
    source.wait_for(timeout=30_000)
    expect(panel(page).locator(".mark")).to_have_text("AI agent")
    assert faults(page) == []
    page.screenshot(path=screenshots / "widget-answer.png")
    source.click()
    expect(panel(page).get_by_role("heading", level=1)).to_be_visible()
    assert faults(page) == []
    panel(page).get_by_role("button", name="Back").click()
    panel(page).get_by_role("button", name="Talk to a person").click()
    expect(panel(page).get_by_text("The team has this conversation now.")).to_be_visible()
    expect(panel(page).get_by_role("button", name="Talk to a person")).to_have_count(0)
    panel(page).get_by_label("Where can we reach you").fill("visitor@example.com")
    panel(page).get_by_role("button", name="Save").click()
    expect(panel(page).get_by_text("visitor@example.com")).to_be_visible()


def test_an_answer_while_the_panel_is_closed_shows_on_the_launcher(shop: Shop, staff: Staff, page: Page) -> None:
    subject = asked_for_person(page, shop.page())
    page.evaluate("window.counts = []; Lacasa('onUnread', (count) => counts.push(count))")
    page.wait_for_function("counts.at(-1) === 0")  # what the panel shows is read in a moment
    page.evaluate("counts.length = 0")
    page.keyboard.press("Escape")
    staff.reply(subject, "**Hello**, this is a person.")
    expect(launcher(page).locator(".badge")).to_have_text("1")
    preview = page.locator("lacasa-widget .preview")
    expect(preview).to_contain_text("Hello, this is a person.")
    assert page.evaluate("counts") == [1]
    assert faults(page) == []
    page.reload()
    expect(launcher(page).locator(".badge")).to_have_text("1")  # it is found without a click
    preview.get_by_role("button").first.click()
    expect(panel(page).locator("strong", has_text="Hello")).to_be_visible()
    expect(panel(page).get_by_text("joined the conversation")).to_be_visible()
    expect(launcher(page).locator(".badge")).to_be_hidden()
    page.wait_for_timeout(1500)
    conversation = staff.conversation(subject)
    assert conversation["contact_read_seq"] == conversation["public_seq"]


def test_somebody_who_types_is_seen_typing(shop: Shop, staff: Staff, page: Page) -> None:
    subject = asked_for_person(page, shop.page())
    helper = page.context.new_page()
    helper.goto(f"{shop.lacasa}/health/ready")
    ticket = staff.http.post("/api/auth/ticket").json()["ticket"]
    helper.evaluate(
        """([url, ticket, conversation]) => {
          const socket = new WebSocket(url);
          const say = (frame) => socket.send(JSON.stringify(frame));
          socket.onmessage = ({ data }) => {
            const { op } = JSON.parse(data);
            if (op === "hello") say({ op: "auth", ticket });
            if (op === "authenticated") say({ op: "subscribe" });
            if (op === "live") say({ op: "typing", conversation });
          };
        }""",
        [shop.lacasa.replace("http", "ws") + "/ws", ticket, staff.conversation(subject)["id"]],
    )
    expect(panel(page).get_by_role("img", name="is typing")).to_be_visible()
    expect(panel(page).get_by_role("img", name="is typing")).to_have_count(0, timeout=12_000)


def test_resolved_reopens_by_writing_and_closed_leads_to_a_new_conversation(shop: Shop, staff: Staff, page: Page) -> None:
    subject = asked_for_person(page, shop.page())
    staff.reply(subject, "Done.")
    staff.do(subject, "resolve")
    expect(panel(page).get_by_text("Resolved. Write again to reopen it.")).to_be_visible()
    write(page, "Not quite")
    expect(panel(page).get_by_text("Resolved.")).to_have_count(0)
    staff.do(subject, "close")
    expect(panel(page).get_by_text("This conversation is closed.", exact=True)).to_be_visible()
    panel(page).get_by_role("button", name="Start a new conversation").click()
    expect(panel(page).get_by_role("heading", name="New conversation")).to_be_visible()


def test_files_are_sent_and_refused_in_words(shop: Shop, staff: Staff, page: Page) -> None:
    subject = asked_for_person(page, shop.page())
    choose = page.locator("lacasa-widget input[type=file]")
    choose.set_input_files({"name": "page.html", "mimeType": "text/html", "buffer": b"<p>"})
    expect(panel(page).get_by_text("page.html: this kind of file is not accepted")).to_be_visible()
    choose.set_input_files({"name": "nothing.txt", "mimeType": "text/plain", "buffer": b""})
    expect(panel(page).get_by_text("nothing.txt is empty")).to_be_visible()
    picture = FilePayload(name="dot.png", mimeType="image/png", buffer=PNG)
    choose.set_input_files([picture, FilePayload(name="note.txt", mimeType="text/plain", buffer=b"hi")])
    expect(panel(page).locator(".chosen progress")).to_have_count(0)
    write(page, "see these")
    link = panel(page).get_by_role("link", name="note.txt")
    expect(link).to_be_visible()
    expect(panel(page).locator("canvas:not(.skeleton)")).to_be_visible()
    assert httpx.get(str(link.get_attribute("href"))).content == b"hi"
    expect(panel(page).locator(".waiting")).to_have_count(0)
    assert staff.messages(subject)[-1] == "see these"


def test_the_help_center_is_searched_and_read(shop: Shop, page: Page) -> None:
    opened(page, shop.page())
    panel(page).get_by_role("button", name="Help", exact=True).click()
    panel(page).get_by_role("searchbox").fill("return policy")
    expect(panel(page).get_by_text("Results")).to_be_visible()
    assert faults(page) == []
    panel(page).get_by_role("button", name=re.compile("^Return policy")).first.click()
    expect(panel(page).get_by_role("heading", level=1)).to_contain_text("Return policy")
    panel(page).get_by_role("button", name="Back").click()
    panel(page).get_by_role("searchbox").fill("xyzzyx")
    expect(panel(page).get_by_text("Nothing found.")).to_be_visible()


def test_reset_forgets_the_visitor(shop: Shop, page: Page) -> None:
    subject = started(page, shop.page())
    page.evaluate("Lacasa('reset')")
    launcher(page).click()
    expect(panel(page).locator(".hero h2")).not_to_be_empty()
    expect(panel(page).get_by_text(subject)).to_have_count(0)
    panel(page).get_by_role("button", name="Messages").click()
    expect(panel(page).get_by_text("No messages yet")).to_be_visible()


def test_two_tabs_show_the_same_conversation(shop: Shop, staff: Staff, page: Page) -> None:
    url = shop.page()
    subject = asked_for_person(page, url)
    page.wait_for_timeout(1500)  # what is unread would be opened at once
    other = page.context.new_page()
    opened(other, url)
    panel(other).get_by_role("button", name=subject).click()
    write(other, "from the other tab")
    expect(panel(page).get_by_text("from the other tab")).to_be_visible()
    write(page, "and from this one")
    expect(panel(other).get_by_text("and from this one")).to_be_visible()
    expect(panel(page).locator(".waiting")).to_have_count(0)
    assert staff.messages(subject) == [subject, "from the other tab", "and from this one"]


# Connections ------------------------------------------------------------------------------------------------------


def test_what_is_written_offline_goes_out_once_when_the_network_is_back(shop: Shop, staff: Staff, page: Page) -> None:
    subject = asked_for_person(page, shop.page())
    page.context.set_offline(True)
    expect(panel(page).get_by_text("No connection.")).to_be_visible()
    for text in ("one", "two", "three"):
        write(page, text)
    expect(panel(page).get_by_text("Sent when you are online")).to_be_visible()
    page.context.set_offline(False)
    expect(panel(page).get_by_text("No connection.")).to_have_count(0)
    expect(panel(page).get_by_text("Sent", exact=False).last).to_be_visible()
    expect(panel(page).locator(".waiting")).to_have_count(0)
    assert staff.messages(subject) == [subject, "one", "two", "three"]


def test_what_was_not_acknowledged_survives_a_reload(shop: Shop, staff: Staff, page: Page) -> None:
    subject = asked_for_person(page, shop.page())
    answers = 0

    def lose(route: Route, request: Request) -> None:
        """The server gets the first message, but its answer is lost; later ones do not get through at all."""
        nonlocal answers
        if request.method == "POST" and answers == 0:
            route.fetch()
        answers += request.method == "POST"
        route.abort()

    page.route("**/api/widget/*/messages", lose)
    write(page, "first")
    write(page, "second")
    page.wait_for_timeout(1000)
    page.reload()
    page.wait_for_timeout(1000)  # unsent messages bring the chat without any click
    page.unroute("**/api/widget/*/messages")
    launcher(page).click()  # the conversation that was on screen is there again
    expect(panel(page).get_by_text("second")).to_be_visible()
    expect(panel(page).locator(".waiting")).to_have_count(0, timeout=20_000)
    assert staff.messages(subject) == [subject, "first", "second"]
    for text in ("first", "second"):
        expect(panel(page).get_by_text(text, exact=True)).to_have_count(1)


def test_a_new_conversation_written_while_the_server_is_away_is_one_conversation(shop: Shop, staff: Staff, page: Page) -> None:
    opened(page, shop.page())
    panel(page).get_by_role("button", name="Send us a message").click()
    page.route("**/api/widget/*/messages", lambda route: route.abort())
    subject = f"Question {uuid4().hex[:12]}"
    write(page, subject)
    write(page, "and another thing")
    page.wait_for_timeout(500)
    page.unroute("**/api/widget/*/messages")
    expect(panel(page).locator(".waiting")).to_have_count(0, timeout=20_000)
    assert staff.messages(subject) == [subject, "and another thing"]


def test_what_the_server_refuses_can_be_tried_again_or_discarded(shop: Shop, staff: Staff, page: Page) -> None:
    subject = asked_for_person(page, shop.page())
    page.route("**/api/widget/*/messages", lambda route: route.fulfill(status=400, json={"code": "invalid"}))
    write(page, "good")
    write(page, "bad")
    expect(panel(page).get_by_text("Not sent")).to_have_count(2)
    assert faults(page) == []
    page.unroute("**/api/widget/*/messages")
    panel(page).get_by_role("button", name="Try again").first.click()
    panel(page).get_by_role("button", name="Discard").last.click()
    expect(panel(page).locator(".waiting")).to_have_count(0)
    assert staff.messages(subject) == [subject, "good"]


def test_what_is_too_long_is_refused_with_words_and_kept(page: Page, shop: Shop, staff: Staff) -> None:
    subject = asked_for_person(page, shop.page())
    field = panel(page).get_by_role("textbox", name="Write a message")
    send = panel(page).get_by_role("button", name="Send", exact=True)
    field.fill("y" * 9_990)
    expect(panel(page).get_by_text("Characters left: 10")).to_be_visible()
    field.fill("y" * 10_020)
    expect(panel(page).get_by_text("Too long by 20 characters.")).to_be_visible()
    expect(send).to_be_disabled()
    field.press("Enter")
    page.reload()
    launcher(page).click()
    field.wait_for()
    assert len(field.input_value()) == 10_020
    field.fill("y" * 10_000)
    send.click()
    expect(field).to_have_value("")
    expect(panel(page).get_by_text("Sent", exact=False).last).to_be_visible()
    assert len(staff.messages(subject)[-1]) == 10_000
