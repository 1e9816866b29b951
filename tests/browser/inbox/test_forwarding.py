"""Sending a message on to people outside, from the thread: by button, by key, and taking it back."""

import json
import secrets
import time
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.browser.conftest import Demo
from tests.browser.inbox.pages import DESKTOP, Staff, open_conversation, signed_in, violations
from tests.browser.inbox.test_answering_mail import Post, post, send
from tests.browser.looks import LOOKS

__all__ = ["post"]
WHY = [
    ("failed", "forwards_nothing"),
    ("failed", "password_refused: 535 5.7.8 Error: authentication failed"),
    ("sent", "left_out: eve@example.com"),
]
FAILURES = Path(__file__).parents[3] / "widget/inbox/src/i18n/failures/ar.json"


def dialog(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Forward this message")


def with_comment(demo: Demo, comment: str) -> Any:
    """The forward that begins with this, at the server that it was handed to; None: it was not."""
    for one in demo.sink.taken:
        body = one.mail.get_body(("plain",))
        if body and body.get_content().startswith(comment):
            return one
    return None


def answered(admin: Staff, post: Post, sender: str, message_id: str) -> int:
    """The conversation that an answer to a mail of ours opened."""
    subject = f"Our answer {secrets.token_hex(4)}"
    send(post.demo, post.address, "It is ours.", sender, Subject=subject, In_Reply_To=message_id)
    until = time.monotonic() + 20
    while time.monotonic() < until:
        for row in admin.get("/api/conversations?limit=50")["items"]:
            if row["conversation"]["subject"] == subject:
                return int(row["conversation"]["id"])
        time.sleep(0.1)
    raise AssertionError("no conversation of the answer")


def test_a_message_is_sent_on_and_its_answer_leads_back_to_it(page: Page, post: Post, admin: Staff) -> None:
    admin.http.put("/api/profile/mail", json={"undo_s": 0}).raise_for_status()
    comment = f"Is this bulb one of yours? {secrets.token_hex(4)}"
    page.emulate_media(reduced_motion="reduce")
    log = open_conversation(page, post.demo, post.conversation)
    log.get_by_role("button", name="Forward").click()
    expect(dialog(page).get_by_role("region", name="The forwarded message")).to_contain_text("My lamp flickers.")
    expect(dialog(page).get_by_role("button", name="Forward")).to_be_disabled()
    to = dialog(page).get_by_label("To", exact=True)
    expect(to).to_be_focused()
    to.fill(post.address)
    to.press("Enter")
    dialog(page).get_by_label("Comment").fill(comment)
    assert violations(page, dark_too=True) == []
    dialog(page).get_by_role("button", name="Forward").click()
    expect(dialog(page).get_by_role("alert")).to_contain_text("one of the recipients is an address of your own")
    to.press("Backspace")
    to.fill("Eve Elm <eve@example.com>")
    to.press("Enter")
    dialog(page).get_by_label("Comment").press("ControlOrMeta+Enter")
    expect(dialog(page)).to_have_count(0)
    note = log.get_by_role("article", name="Internal note by")
    expect(note).to_contain_text(comment)
    expect(note).to_contain_text("Fwd: eve@example.com")
    expect(note).to_contain_text("Sent to eve@example.com")
    expect(note.get_by_role("button", name="Forward")).to_have_count(0)
    mail = with_comment(post.demo, comment)
    assert (mail.recipients, mail.mail["Subject"]) == (["eve@example.com"], "Fwd: A lamp that flickers")
    assert "My lamp flickers." in mail.mail.get_body(("plain",)).get_content()

    number = admin.get(f"/api/conversations/{post.conversation}")["conversation"]["number"]
    other = answered(admin, post, "Eve Elm <eve@example.com>", str(mail.mail["Message-ID"]))
    theirs = open_conversation(page, post.demo, other)
    expect(theirs).to_contain_text("It is ours.")
    assert violations(page) == []
    theirs.get_by_role("link", name=f"About #{number}").click()
    expect(page).to_have_url(f"{post.demo.url}/app/inbox/{post.conversation}")
    expect(page.get_by_role("log")).not_to_contain_text("It is ours.")


def test_it_is_begun_by_key_kept_and_taken_back(page: Page, post: Post) -> None:
    comment = f"Never mind {secrets.token_hex(4)}"
    log = open_conversation(page, post.demo, post.conversation)
    page.keyboard.press("f")
    dialog(page).get_by_label("To", exact=True).fill("eve@example.com,")
    dialog(page).get_by_label("To", exact=True).press("Enter")
    dialog(page).get_by_label("Comment").fill(comment)
    page.keyboard.press("Escape")
    expect(dialog(page)).to_have_count(0)
    page.keyboard.press("f")
    expect(dialog(page).get_by_label("Comment")).to_have_value(comment)
    dialog(page).get_by_role("button", name="Forward").click()
    expect(log).to_contain_text("Leaves in a moment")
    page.get_by_role("status").filter(has_text="Your mail leaves in 30 seconds").get_by_role("button", name="Undo").click()
    expect(dialog(page).get_by_label("Comment")).to_have_value(comment)
    expect(dialog(page).get_by_role("button", name="Remove eve@example.com")).to_be_visible()
    expect(page.locator("[data-thread]")).not_to_contain_text(comment)
    assert with_comment(post.demo, comment) is None
    page.keyboard.press("Escape")
    expect(page.get_by_role("textbox", name="Reply")).to_have_value("")


def test_the_thread_says_that_there_is_more_in_a_mail(page: Page, post: Post) -> None:
    text = "It is the second one.\n\nOn Mon, 2 Nov 2026 at 10:00, Harbour Lights wrote:\n> Which of them?"
    send(post.demo, post.address, text, Subject=(subject := f"Which {secrets.token_hex(4)}"))
    page.goto(f"{post.demo.url}/app/inbox")
    page.get_by_text(subject).first.click()
    log = page.get_by_role("log")
    expect(log).to_contain_text("It is the second one.")
    expect(log).not_to_contain_text("Which of them?")
    log.get_by_role("button", name="Whole mail, with quotation or signature").click()
    expect(page.get_by_role("dialog", name="The whole mail")).to_be_visible()
    open_conversation(page, post.demo, post.conversation)
    expect(page.get_by_role("button", name="Whole mail", exact=True)).to_be_visible()


def test_the_key_takes_what_the_button_stands_at(page: Page, post: Post, admin: Staff) -> None:
    admin.http.put("/api/profile/mail", json={"undo_s": 30}).raise_for_status()
    log = open_conversation(page, post.demo, post.conversation)
    admin.write(post.conversation, "reply", "It waits for a moment.")
    expect(log).to_contain_text("Leaves in a moment")
    expect(log.get_by_role("button", name="Forward")).to_have_count(1)
    page.keyboard.press("f")
    expect(dialog(page).get_by_role("region", name="The forwarded message")).to_contain_text("My lamp flickers.")


def begin(page: Page, comment: str) -> None:
    page.keyboard.press("f")
    dialog(page).get_by_label("To", exact=True).fill("eve@example.com,")
    dialog(page).get_by_label("To", exact=True).press("Enter")
    dialog(page).get_by_label("Comment").fill(comment)


def lose_the_answer(page: Page) -> None:
    """The forward arrives, and nobody here hears of it."""

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/forward", lose, times=1)
    dialog(page).get_by_role("button", name="Forward").click()
    expect(dialog(page).get_by_role("alert")).to_be_visible()


def test_a_lost_answer_makes_no_second_mail_and_loses_no_change(page: Page, post: Post, admin: Staff) -> None:
    comment = f"Only once {secrets.token_hex(4)}"
    open_conversation(page, post.demo, post.conversation)
    notes = page.locator("[data-thread] [data-look=note]")  # also behind the dialog
    begin(page, comment)
    lose_the_answer(page)
    page.keyboard.press("Escape")
    page.keyboard.press("f")
    expect(dialog(page).get_by_label("Comment")).to_have_value(comment)
    dialog(page).get_by_role("button", name="Forward").click()
    expect(dialog(page)).to_have_count(0)
    expect(notes).to_have_count(1)

    begin(page, f"{comment}, a second")
    lose_the_answer(page)
    dialog(page).get_by_label("Comment").fill(f"{comment}, a third")
    dialog(page).get_by_role("button", name="Forward").click()
    expect(dialog(page)).to_have_count(0)
    expect(notes).to_have_count(3)
    expect(notes.last).to_contain_text("a third")

    begin(page, f"{comment}, a fourth")
    lose_the_answer(page)
    expect(notes).to_have_count(4)
    written = admin.get(f"/api/conversations/{post.conversation}/messages")["messages"][-1]
    admin.post(f"/api/messages/{written['id']}/undo")
    dialog(page).get_by_role("button", name="Forward").click()
    expect(dialog(page).get_by_role("alert")).to_contain_text("taken back in the meantime")
    dialog(page).get_by_role("button", name="Forward").click()
    expect(dialog(page)).to_have_count(0)
    expect(notes.last).to_contain_text("a fourth")


def test_a_file_that_is_left_out_stays_so(page: Page, post: Post, admin: Staff) -> None:
    admin.http.put("/api/profile/mail", json={"undo_s": 0}).raise_for_status()
    text = {"content": b"A lamp", "headers": {"Content-Type": "text/plain"}}
    files = [
        admin.http.post("/api/files", params={"name": name}, **text).raise_for_status().json()["token"]
        for name in ("one.txt", "two.txt")
    ]
    admin.post(f"/api/conversations/{post.conversation}/reply", client_id=secrets.token_hex(8), content="See these.", files=files)
    log = open_conversation(page, post.demo, post.conversation)
    expect(log).to_contain_text("Sent to")
    admin.http.put("/api/profile/mail", json={"undo_s": 30}).raise_for_status()
    page.reload()
    expect(log).to_contain_text("See these.")
    expect(log).to_contain_text("Sent to")
    comment = f"The second alone {secrets.token_hex(4)}"
    first, second = (dialog(page).get_by_role("checkbox", name=name) for name in ("one.txt", "two.txt"))
    page.keyboard.press("f")
    expect(second).to_be_checked()
    first.uncheck()
    page.keyboard.press("Escape")
    begin(page, comment)
    expect(first).not_to_be_checked()
    expect(second).to_be_checked()
    dialog(page).get_by_role("button", name="Forward").click()
    expect(dialog(page)).to_have_count(0)
    page.keyboard.press("f")
    expect(first).to_be_checked()
    dialog(page).get_by_label("Comment").fill("Begun since")
    page.keyboard.press("Escape")
    expect(dialog(page)).to_have_count(0)
    page.keyboard.press("z")
    expect(dialog(page).get_by_label("Comment")).to_have_value(f"{comment}\n\nBegun since")
    expect(first).not_to_be_checked()
    expect(second).to_be_checked()


def test_an_inbox_that_cannot_send_says_so_before_one_writes(page: Page, post: Post) -> None:
    def without_server(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json=answer.json() | {"can_send": False})

    page.emulate_media(reduced_motion="reduce")
    page.route("**/recipients", without_server)
    open_conversation(page, post.demo, post.conversation)
    page.keyboard.press("f")
    expect(dialog(page)).to_contain_text("This inbox cannot send yet")
    assert violations(page, dark_too=True) == []


REFUSALS = {"too_many_recipients": "at most 100 recipients", "no_mail": "was taken back", "unknown_file": "not there any more"}


def test_what_the_server_refuses_is_said_in_the_readers_words(page: Page, post: Post) -> None:
    codes = iter(REFUSALS)

    def refuse(route: Route) -> None:
        problem = {"status": 409, "code": next(codes), "detail": "In the server's English"}
        route.fulfill(status=409, content_type="application/problem+json", json=problem)

    page.route("**/forward", refuse)
    open_conversation(page, post.demo, post.conversation)
    begin(page, "To everybody")
    for words in REFUSALS.values():
        dialog(page).get_by_role("button", name="Forward").click()
        expect(dialog(page).get_by_role("alert")).to_contain_text(words)


@pytest.mark.parametrize(("state", "reason"), WHY)
def test_why_it_was_not_sent_is_said_in_the_readers_language(
    chromium: Browser, post: Post, admin: Staff, state: str, reason: str
) -> None:
    original = admin.get(f"/api/conversations/{post.conversation}/messages")["messages"][0]["id"]
    sent = admin.post(f"/api/messages/{original}/forward", client_id=secrets.token_hex(8), to=[{"address": "eve@example.com"}])
    post.demo.execute(
        "UPDATE outbound_mails SET state = $2, reason = $3 WHERE message_id = $1", sent["message"]["id"], state, reason
    )
    context = chromium.new_context(locale="ar", viewport=DESKTOP)
    log = open_conversation(signed_in(context, admin, post.demo), post.demo, post.conversation)
    code, _, said = reason.partition(": ")
    words = json.loads(FAILURES.read_text())[code]
    line = (log.get_by_role("alert") if state == "failed" else log).filter(has_text=words.partition("{")[0])
    expect(line).to_contain_text(said)
    expect(line).not_to_contain_text(code)
    context.close()


@pytest.mark.parametrize("look", LOOKS)
def test_it_is_fit_to_be_seen(chromium: Browser, post: Post, admin: Staff, screenshots: Path, look: str) -> None:
    context = chromium.new_context(**LOOKS[look])
    page = signed_in(context, admin, post.demo)
    log = open_conversation(page, post.demo, post.conversation)
    log.locator("article").first.locator("button").last.click()
    expect(page.get_by_role("dialog").locator("textarea")).to_be_visible()
    page.get_by_role("dialog").locator("textarea").fill("Is this bulb one of yours?")
    assert violations(page) == []
    page.screenshot(path=str(screenshots / f"forward-{look}.png"))
    context.close()
