"""A visitor leaves; what an agent answers comes to him as one mail, and his answer to that stands in the chat and in the inbox."""

import re
import secrets
import time
from pathlib import Path
from uuid import uuid4

import httpx
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Demo
from tests.browser.inbox.pages import DESKTOP, PHONE, Staff, open_conversation, settled, violations
from tests.browser.inbox.test_mail import a_letter, send
from tests.mail.sink import Taken

SUPPORT = f"{secrets.token_hex(4)}@shop.example"
ADDRESS = f"ida.{secrets.token_hex(4)}@example.org"


def mailed(demo: Demo, count: int = 1) -> list[Taken]:
    """What went to the visitor's address, once it is so much."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        found = [taken for taken in demo.sink.taken if taken.recipients == [ADDRESS]]
        if len(found) >= count:
            return found
        time.sleep(0.2)
    raise AssertionError("no mail to the visitor")


def test_without_an_email_inbox_it_is_off_and_says_so(page: Page, demo: Demo, screenshots: Path) -> None:
    demo.execute("DELETE FROM email_inboxes")
    page.set_viewport_size(PHONE)
    page.goto(f"{demo.url}/app/settings/inboxes")
    settled(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.screenshot(path=screenshots / "continuity-phone.png")
    page.get_by_role("button", name=re.compile("^Visitors of .* who left$")).first.click()
    expect(page.get_by_role("dialog")).to_contain_text("Off: there is no e-mail inbox")
    assert violations(page) == []


def test_who_left_gets_one_mail_and_answers_into_the_chat(
    page: Page, demo: Demo, admin: Staff, chromium: Browser, screenshots: Path
) -> None:
    post = admin.post("/api/inboxes", name="Mailroom", ai_enabled=False)["id"]
    admin.http.put(f"/api/inboxes/{post}/email", json={"address": SUPPORT, "from_name": "Harbour Lights"}).raise_for_status()
    page.goto(f"{demo.url}/app/settings/inboxes")
    page.get_by_role("button", name=re.compile("^Visitors of .* who left$")).first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Mail replies that were not seen").check()
    dialog.get_by_label("From the address of").select_option(label=f"Mailroom — {SUPPORT}")
    minutes = dialog.get_by_label("Minutes to wait")
    expect(minutes).to_have_value("2")
    minutes.fill("0")
    expect(dialog.get_by_text("Enter whole minutes")).to_be_visible()
    expect(dialog.get_by_role("button", name="Save")).to_be_disabled()
    minutes.fill("1")
    assert violations(page) == []
    page.screenshot(path=screenshots / "continuity-settings.png")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()
    page.get_by_role("button", name=re.compile("^Visitors of .* who left$")).first.click()
    expect(dialog.get_by_label("Mail replies that were not seen")).to_be_checked()
    expect(dialog.get_by_label("Minutes to wait")).to_have_value("1")
    demo.execute("UPDATE continuity_settings SET delay_s = 4")

    context = chromium.new_context(viewport=DESKTOP)
    visitor = context.new_page()
    visitor.goto(f"{demo.url}/demo")
    visitor.get_by_role("button", name="Open chat").click()
    visitor.get_by_role("button", name="Send us a message").click()
    question = f"My lamp hums {uuid4().hex[:8]}"
    visitor.get_by_role("textbox", name="Write a message").fill(question)
    visitor.get_by_role("button", name="Send", exact=True).click()
    visitor.get_by_role("button", name="Talk to a person").click()
    visitor.get_by_label("Where can we reach you if you leave?").fill(ADDRESS)
    visitor.get_by_role("button", name="Save").click()
    expect(visitor.get_by_text(f"We can now also write to {ADDRESS}.")).to_be_visible()
    visitor.goto("about:blank")

    [found] = [
        one["conversation"]["id"]
        for one in admin.get("/api/conversations?limit=50")["items"]
        if one["conversation"]["subject"] == question
    ]
    log = open_conversation(page, demo, found)
    for words in ("Is it plugged in?", "And is the bulb tight?"):
        page.get_by_role("textbox", name=re.compile("Reply|Write")).first.fill(words)
        page.keyboard.press("Control+Enter")
        expect(log.get_by_text(words)).to_be_visible()
    [taken] = mailed(demo)
    text = taken.mail.get_body(("plain",)).get_content()
    assert re.search(r"Is it plugged in\?\s+And is the bulb tight\?", text)
    assert question not in taken.mail.as_string()
    expect(log.get_by_text(f"Sent to {ADDRESS}")).to_have_count(2)
    expect(page.locator("[data-unmailed]")).to_have_count(0)
    assert violations(page) == []

    reply_to = str(taken.mail["Reply-To"]).partition("<")[2].rstrip(">")
    letter = a_letter(
        "It was the bulb. Thank you!", In_Reply_To=str(taken.mail["Message-ID"]), Subject=f"Re: {taken.mail['Subject']}"
    )
    letter.replace_header("From", ADDRESS)
    send(demo, letter, reply_to)
    expect(log).to_contain_text("It was the bulb. Thank you!")
    page.screenshot(path=screenshots / "continuity-inbox.png")
    visitor.goto(f"{demo.url}/demo")
    visitor.get_by_role("button", name=re.compile("chat")).first.click()
    visitor.get_by_text("It was the bulb. Thank you!").first.click()
    expect(visitor.get_by_role("log")).to_contain_text("It was the bulb. Thank you!")
    visitor.screenshot(path=screenshots / "continuity-chat.png")
    assert len(mailed(demo)) == 1, "one mail with both"

    httpx.post(str(taken.mail["List-Unsubscribe"]).strip("<>")).raise_for_status()
    open_conversation(page, demo, found)
    expect(page.locator("[data-unmailed=stopped]")).to_contain_text("wants no more about this conversation")
    page.screenshot(path=screenshots / "continuity-ended.png")
    context.close()
