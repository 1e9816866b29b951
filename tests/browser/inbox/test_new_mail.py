"""Writing a mail to somebody first, from the list of conversations."""

import re
import secrets
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import Demo
from tests.browser.inbox.pages import Staff, settled, signed_in, violations
from tests.browser.looks import LOOKS

NAME = "Letters to write from"
HERE = re.compile(r"/app/inbox/\d+$")


@pytest.fixture(scope="module")
def address(admin: Staff) -> str:
    for name in ("Letters from elsewhere", NAME):
        address = f"{secrets.token_hex(4)}@shop.example"
        inbox = admin.post("/api/inboxes", name=name, ai_enabled=False)["id"]
        admin.http.put(f"/api/inboxes/{inbox}/email", json={"address": address}).raise_for_status()
    return address


def opened(page: Page, demo: Demo) -> Page:
    page.goto(f"{demo.url}/app/inbox")
    settled(page)
    page.get_by_role("button", name="New mail").click()
    expect(page.get_by_role("dialog", name="New mail")).to_be_visible()
    return page


def choose_inbox(page: Page) -> None:
    page.get_by_role("button", name=re.compile("Write from")).click()
    page.get_by_role("menuitemradio", name=NAME, exact=True).click()


def fill(page: Page, text: str) -> None:
    dialog = page.get_by_role("dialog", name="New mail")
    choose_inbox(page)
    dialog.get_by_label("To", exact=True).fill("Ida Ash <ida@example.org>,")
    dialog.get_by_label("To", exact=True).press("Enter")
    dialog.get_by_label("Message").fill(text)


def test_a_mail_to_somebody_new_opens_a_conversation_and_goes_out(page: Page, demo: Demo, admin: Staff, address: str) -> None:
    admin.http.put("/api/profile/mail", json={"undo_s": 0}).raise_for_status()
    text = f"Your lamp {secrets.token_hex(4)} is ready, see the attached bill."
    opened(page, demo)
    fill(page, text)
    dialog = page.get_by_role("dialog", name="New mail")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    page.get_by_role("button", name="New mail").click()
    expect(dialog.get_by_label("Message")).to_have_value(text)
    expect(dialog.get_by_role("button", name=f"Write from: {NAME}")).to_be_visible()
    dialog.get_by_label("Subject").fill("Your lamp")
    dialog.get_by_role("button", name="Send mail").click()
    page.get_by_role("alertdialog", name="Send it without a file?").get_by_role("button", name="Cancel").click()
    page.locator("input[type=file]").last.set_input_files({"name": "bill.txt", "mimeType": "text/plain", "buffer": b"EUR 20"})
    expect(dialog.get_by_text("bill.txt")).to_be_visible()
    expect(dialog.get_by_role("button", name="Send mail")).to_be_enabled()  # the file is there
    dialog.get_by_label("Message").press("ControlOrMeta+Enter")
    expect(page).to_have_url(HERE)
    expect(page.get_by_role("log")).to_contain_text(text)
    expect(page.get_by_role("log")).to_contain_text("Sent")
    [mail] = [one for one in demo.sink.taken if text in str(one.mail.get_body(("plain",)))]
    assert (mail.recipients, mail.mail["To"], mail.mail["Subject"]) == (
        ["ida@example.org"],
        "Ida Ash <ida@example.org>",
        "Your lamp",
    )
    assert [part.get_filename() for part in mail.mail.iter_attachments()] == ["bill.txt"]
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    expect(dialog.get_by_label("Message")).to_have_value("")


def lose_the_answer(page: Page) -> None:
    """The mail is taken, and nobody here hears of it."""

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/api/inboxes/*/mails", lose, times=1)
    dialog = page.get_by_role("dialog", name="New mail")
    with page.expect_event("requestfailed"):
        dialog.get_by_role("button", name="Send mail").click()
    expect(dialog.get_by_label("Message")).to_have_attribute("aria-invalid", "true")
    expect(dialog.get_by_role("button", name="Send mail")).to_be_enabled()


@pytest.mark.usefixtures("address")
def test_a_lost_answer_makes_no_second_mail_and_loses_no_change(page: Page, demo: Demo, admin: Staff) -> None:
    dialog = page.get_by_role("dialog", name="New mail")
    mark = secrets.token_hex(4)

    def begun() -> list[dict[str, Any]]:
        listed = [one["conversation"] for one in admin.get("/api/conversations")["items"]]
        return sorted((one for one in listed if mark in one["preview"]), key=lambda one: str(one["preview"]))

    admin.http.put("/api/profile/mail", json={"undo_s": 30}).raise_for_status()
    opened(page, demo)
    fill(page, f"{mark} first")
    dialog.get_by_label("Subject").fill("Your lamp")
    lose_the_answer(page)
    page.keyboard.press("Escape")
    page.reload()
    settled(page)
    page.keyboard.press("c")
    expect(dialog.get_by_label("Message")).to_have_value(f"{mark} first")
    dialog.get_by_role("button", name="Send mail").click()
    expect(page).to_have_url(HERE)
    assert [one["preview"] for one in begun()] == [f"{mark} first"]

    opened(page, demo)
    fill(page, f"{mark} second")
    dialog.get_by_label("Subject").fill("Your lamp")
    lose_the_answer(page)
    dialog.get_by_label("Message").fill(f"{mark} third")
    lose_the_answer(page)
    [message] = admin.get(f"/api/conversations/{begun()[-1]['id']}/messages")["messages"]
    assert message["content"] == f"{mark} third"
    admin.post(f"/api/messages/{message['id']}/undo")
    dialog.get_by_role("button", name="Send mail").click()
    expect(dialog).to_contain_text("taken back in the meantime")
    dialog.get_by_role("button", name="Send mail").click()
    expect(page).to_have_url(HERE)
    expect(page.get_by_role("log")).to_contain_text(f"{mark} third")
    assert [one["preview"] for one in begun()] == [f"{mark} first", f"{mark} second", f"{mark} third"]


@pytest.mark.usefixtures("address")
def test_an_inbox_that_cannot_send_says_so_before_one_writes(page: Page, demo: Demo) -> None:
    def without_server(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json=[one | {"can_send": False} for one in answer.json()])

    page.route("**/api/email/inboxes", without_server)
    opened(page, demo)
    expect(page.get_by_role("dialog", name="New mail")).to_contain_text("This inbox cannot send yet")


@pytest.mark.usefixtures("address")
@pytest.mark.parametrize("look", LOOKS)
def test_it_is_fit_to_be_seen(chromium: Browser, demo: Demo, admin: Staff, screenshots: Path, look: str) -> None:
    context = chromium.new_context(**LOOKS[look])
    page = signed_in(context, admin, demo)
    page.goto(f"{demo.url}/app/inbox")
    settled(page)
    page.locator("[data-new-mail]").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_role("dialog").locator("textarea").fill("Hello\n\nYour lamp is ready.")
    assert violations(page) == []
    page.screenshot(path=str(screenshots / f"new-mail-{look}.png"))
    context.close()
