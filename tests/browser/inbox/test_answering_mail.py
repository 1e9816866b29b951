"""Answering mail as in a mail program: whom it goes to, taking it back, and what is easily forgotten."""

import hashlib
import hmac
import re
import secrets
import time
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest
from playwright.sync_api import Locator, Page, Request, expect

from tests.browser.conftest import Demo
from tests.browser.inbox.pages import PHONE, Staff, open_conversation, violations
from tests.mail.gateway import signed

IDA, BEN = "Ida Ash <ida@example.org>", "Ben Birk <ben@example.net>"
LEAVES_S = 30_000


class Post(NamedTuple):
    """An e-mail inbox of the shop, and the conversation that a mail to it opened."""

    demo: Demo
    address: str
    conversation: int


def send(demo: Demo, address: str, text: str, sender: str = IDA, **heads: str) -> None:
    """As the shop's mail server hands it over."""
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Message-ID"] = sender, address, f"<{secrets.token_hex(8)}@example.org>"
    for name, value in {"Subject": "A lamp that flickers", **heads}.items():
        letter[name.replace("_", "-")] = value
    letter.set_content(text)
    key = hmac.new(demo.secret.encode(), b"lacasa mail-in", hashlib.sha256).hexdigest()
    answer = httpx.post(f"{demo.url}/inbound/email", content=letter.as_bytes(), headers=signed(letter.as_bytes(), address, key=key))
    assert answer.status_code == 200, answer.text


@pytest.fixture
def post(demo: Demo, admin: Staff) -> Iterator[Post]:
    demo.sink.answers["rcpt"].clear()  # what another test has left
    address = f"{secrets.token_hex(4)}@shop.example"
    inbox = admin.post("/api/inboxes", name=f"Letters {address}", ai_enabled=False)["id"]
    admin.http.put(f"/api/inboxes/{inbox}/email", json={"address": address}).raise_for_status()
    admin.http.put("/api/profile/mail", json={"undo_s": 30}).raise_for_status()
    send(demo, address, "My lamp flickers.", Cc=BEN)
    opened = conversation_of(admin, inbox)
    yield Post(demo, address, opened)
    admin.post(f"/api/conversations/{opened}/resolve")
    admin.http.put("/api/profile/mail", json={"undo_s": 0}).raise_for_status()  # other tests' mail leaves at once


def conversation_of(admin: Staff, inbox: int) -> int:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        for row in admin.get("/api/conversations?limit=50")["items"]:
            if row["conversation"]["inbox_id"] == inbox:
                return int(row["conversation"]["id"])
        time.sleep(0.1)
    raise AssertionError("no conversation of the mail")


def composer(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Reply")


def write(page: Page, text: str) -> None:
    composer(page).fill(text)
    page.keyboard.press("Control+Enter")


def taken(demo: Demo, text: str) -> Any:
    """The mail with this text, at the server that it was handed to; None: it was not."""
    for one in demo.sink.taken:
        body = one.mail.get_body(("plain",))
        if body and body.get_content().strip() == text:
            return one
    return None


def test_one_sees_and_chooses_whom_a_reply_goes_to(page: Page, post: Post, admin: Staff) -> None:
    admin.http.put("/api/profile/mail", json={"undo_s": 0}).raise_for_status()
    page.emulate_media(reduced_motion="reduce")
    log = open_conversation(page, post.demo, post.conversation)
    whom = page.get_by_role("region", name="Recipients")
    expect(whom).to_contain_text("To Ida Ash · Cc Ben Birk")
    expect(whom.get_by_role("button", name="Reply all")).to_have_attribute("aria-pressed", "true")
    whom.get_by_role("button", name="Reply", exact=True).click()
    expect(whom).to_contain_text("Left out: Ben Birk")
    expect(whom).not_to_contain_text("Cc Ben Birk")
    whom.get_by_role("button", expanded=False).click()
    assert violations(page, dark_too=True) == []

    copy = whom.get_by_label("Cc", exact=True)
    copy.fill("eve")
    copy.press("Enter")
    expect(whom.get_by_role("alert")).to_have_text("No e-mail address: eve")
    assert violations(page) == []
    copy.fill("eve@example.com, fay@example.com")
    copy.press("Enter")
    expect(copy).to_be_focused()
    copy.press("Backspace")
    expect(whom.get_by_role("button", name="Remove fay@example.com")).to_have_count(0)
    expect(whom).to_contain_text("Not in the last mail: eve@example.com")
    whom.get_by_label("Bcc", exact=True).fill("boss@example.com")
    page.reload()
    expect(whom).to_contain_text("Cc eve@example.com")
    expect(whom).not_to_contain_text("boss@example.com")
    whom.get_by_role("button", expanded=False).click()
    whom.get_by_label("Bcc", exact=True).fill("boss@example.com")

    write(page, "Which bulb is it?")
    expect(log).to_contain_text("Sent to ida@example.org, eve@example.com, boss@example.com")
    expect(whom).to_contain_text("Cc Ben Birk")
    expect(whom).not_to_contain_text("Left out")
    mail = taken(post.demo, "Which bulb is it?")
    assert mail.recipients == ["ida@example.org", "eve@example.com", "boss@example.com"]
    assert (mail.mail["Cc"], mail.mail["Bcc"]) == ("eve@example.com", None)


def test_it_is_said_where_a_mail_asks_for_answers_elsewhere(page: Page, post: Post, screenshots: Path) -> None:
    page.emulate_media(reduced_motion="reduce")
    open_conversation(page, post.demo, post.conversation)
    whom = page.get_by_role("region", name="Recipients")
    expect(whom).not_to_contain_text("as the mail asks")
    known = f"{secrets.token_hex(8)}@example.org"
    post.demo.execute("UPDATE message_mails SET internet_message_id = $2 WHERE conversation_id = $1", post.conversation, known)
    send(post.demo, post.address, "Answer me there.", In_Reply_To=f"<{known}>", Reply_To="eve@example.com")
    expect(whom).to_contain_text("Goes to eve@example.com, as the mail asks. It was sent by ida@example.org.")
    page.screenshot(path=screenshots / "reply-to.png")
    assert violations(page, dark_too=True) == []
    post.demo.execute("UPDATE message_mails SET is_verified = false WHERE conversation_id = $1", post.conversation)
    page.reload()
    expect(whom).to_contain_text("Your mail server does not vouch for its sender, so they are proposed to ida@example.org instead.")
    page.screenshot(path=screenshots / "reply-to-unvouched.png")


def test_nobody_to_write_to_sends_nothing(page: Page, post: Post) -> None:
    open_conversation(page, post.demo, post.conversation)
    whom = page.get_by_role("region", name="Recipients")
    whom.get_by_role("button", expanded=False).click()
    composer(page).fill("Hello?")
    sending = page.get_by_role("button", name=re.compile("^Send"))
    expect(sending).to_be_enabled()
    whom.get_by_role("button", name="Remove Ida Ash").click()
    expect(sending).to_be_disabled()


def test_a_mail_is_taken_back_from_the_toast_and_can_be_sent_after_all(page: Page, colleague: Page, post: Post) -> None:
    log = open_conversation(page, post.demo, post.conversation)
    theirs = open_conversation(colleague, post.demo, post.conversation)
    page.get_by_role("region", name="Recipients").get_by_role("button", name="Reply", exact=True).click()
    write(page, "Never mind this")
    expect(log).to_contain_text("Leaves in a moment")
    expect(theirs).to_contain_text("Never mind this")
    toast = page.get_by_role("status").filter(has_text="Your mail leaves in 30 seconds")
    assert violations(page) == []
    toast.get_by_role("button", name="Undo").click()
    expect(composer(page)).to_have_value("Never mind this")
    expect(composer(page)).to_be_focused()
    expect(page.get_by_role("region", name="Recipients")).to_contain_text("Left out: Ben Birk")
    for each in (log, theirs):
        expect(each).not_to_contain_text("Never mind this")
        expect(each).to_contain_text("took a mail back before it left")
    assert taken(post.demo, "Never mind this") is None
    write(page, "This instead")
    expect(log.get_by_role("article").last).to_contain_text("This instead")


def test_the_key_and_the_message_take_back_too(page: Page, post: Post) -> None:
    log = open_conversation(page, post.demo, post.conversation)
    write(page, "By key")
    expect(log).to_contain_text("Leaves in a moment")
    composer(page).press("Escape")
    page.keyboard.press("z")
    expect(composer(page)).to_have_value("By key")
    page.keyboard.press("Control+Enter")
    expect(log).to_contain_text("Leaves in a moment")
    page.reload()
    log.get_by_role("button", name="Undo").click()
    expect(composer(page)).to_have_value("By key")
    expect(log).not_to_contain_text("By key")
    assert taken(post.demo, "By key") is None


def test_what_has_left_is_said_to_have_left(page: Page, post: Post, admin: Staff) -> None:
    open_conversation(page, post.demo, post.conversation)
    write(page, "Too late")
    offered = page.get_by_role("status").filter(has_text="Your mail leaves")
    expect(offered).to_be_visible()
    expect(page.get_by_role("log")).to_contain_text("Leaves in a moment")  # its job is there
    post.demo.execute("UPDATE jobs SET run_at = now() WHERE name = 'core.channels.email.deliver' AND status = 0")
    expect(page.get_by_role("log")).to_contain_text("Sent to", timeout=LEAVES_S)
    offered.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status").filter(has_text="It has left already")).to_be_visible()
    assert taken(post.demo, "Too late")
    assert admin.get(f"/api/conversations/{post.conversation}/messages")["messages"][-1]["content"] == "Too late"


def test_its_state_comes_by_itself_and_nothing_asks_for_it_again_and_again(page: Page, post: Post) -> None:
    asked: list[str] = []

    def count(request: Request) -> None:
        if request.url.endswith("/mails"):
            asked.append(request.url)

    log = open_conversation(page, post.demo, post.conversation)
    write(page, "It waits")
    expect(log).to_contain_text("Leaves in a moment")
    page.wait_for_timeout(1500)
    page.on("request", count)
    page.wait_for_timeout(3500)
    assert asked == []
    post.demo.execute("UPDATE jobs SET run_at = now() WHERE name = 'core.channels.email.deliver' AND status = 0")
    expect(log).to_contain_text("Sent to ida@example.org, ben@example.net", timeout=LEAVES_S)
    assert 1 <= len(asked) <= 3


def test_a_text_that_speaks_of_a_file_asks_for_it(page: Page, post: Post) -> None:
    log = open_conversation(page, post.demo, post.conversation)
    write(page, "The invoice is attached.")
    question = page.get_by_role("alertdialog")
    expect(question).to_contain_text("Send without an attachment?")
    assert violations(page) == []
    question.get_by_role("button", name="Cancel").click()
    expect(composer(page)).to_have_value("The invoice is attached.")
    assert log.get_by_role("article").count() == 1
    composer(page).press("Control+Enter")
    question.get_by_role("button", name="Send anyway").click()
    expect(log).to_contain_text("The invoice is attached.")


def test_a_first_mail_without_a_subject_asks_for_one(page: Page, post: Post, admin: Staff) -> None:
    contact = admin.post("/api/contacts", first_name="Noor", email=f"{secrets.token_hex(4)}@example.org")
    page.goto(f"{post.demo.url}/app/contacts?contact={contact['id']}")
    page.get_by_role("button", name="Write a message").click()
    letter = page.get_by_role("dialog", name="Write to Noor")
    letter.get_by_label("Inbox").click()
    page.get_by_role("option", name=f"Letters {post.address}").click()
    expect(letter).to_contain_text(f"It goes out as a mail to {contact['email']}.")
    letter.get_by_label("Message").fill("Your lamp is ready.")
    letter.get_by_role("button", name="Send").click()
    question = page.get_by_role("alertdialog")
    expect(question).to_contain_text("Send without a subject?")
    assert violations(page) == []
    question.get_by_role("button", name="Cancel").click()
    letter.get_by_label("Subject").fill("Your lamp")
    letter.get_by_role("button", name="Send").click()
    expect(page.get_by_role("log")).to_contain_text("Your lamp is ready.")
    expect(page.get_by_role("region", name="Recipients")).to_contain_text("To Noor")


def test_how_long_it_waits_is_set_in_the_profile(page: Page, post: Post, admin: Staff) -> None:
    page.goto(f"{post.demo.url}/app/settings/profile")
    choice = page.get_by_role("group", name="Time to take back a mail").or_(
        page.get_by_role("radiogroup", name="Time to take back a mail")
    )
    choice.get_by_text("Off").click()
    expect(choice.get_by_text("Off")).to_have_attribute("data-state", "on")
    assert violations(page) == []
    assert admin.get("/api/profile/mail") == {"undo_s": 0}
    log = open_conversation(page, post.demo, post.conversation)
    write(page, "At once")
    expect(log).to_contain_text("Sent to ida@example.org")
    expect(page.get_by_role("status").filter(has_text="Your mail leaves")).to_have_count(0)


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_it_fits_a_phone_in_either_direction(page: Page, post: Post, locale: str) -> None:
    page.add_init_script(f"localStorage.setItem('lacasa.locale', JSON.stringify('{locale}'))")
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size(PHONE)
    open_conversation(page, post.demo, post.conversation)
    whom = page.locator("[data-whom]")
    whom.locator("[aria-expanded]").click()
    expect(whom.get_by_role("textbox")).to_have_count(3)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert violations(page, dark_too=True) == []
