"""A customer writes a mail, somebody answers it in the inbox, and the customer's answer comes into the same conversation."""

import hashlib
import hmac
import json
import re
import secrets
import time
from email.message import EmailMessage
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Demo
from tests.browser.inbox.pages import Staff, open_conversation, signed_in, violations
from tests.browser.looks import LOOKS
from tests.mail.gateway import signed

TEXTS = Path(__file__).parents[3] / "widget/inbox/src/pages/settings/texts"
SUPPORT = f"{secrets.token_hex(4)}@shop.example"
IDA = "Ida Ash <ida@example.org>"
PAGE = (
    '<p>My lamp is <b>dark</b>.</p><script>document.title = "hacked"</script>'
    '<img src="cid:lamp" alt="lamp"><img src="https://track.example/a.png"><a href="javascript:alert(1)">here</a>'
)


def send(demo: Demo, letter: EmailMessage, to: str) -> None:
    """As the shop's mail server hands it over."""
    key = hmac.new(demo.secret.encode(), b"lacasa mail-in", hashlib.sha256).hexdigest()
    raw = letter.as_bytes()
    answer = httpx.post(f"{demo.url}/inbound/email", content=raw, headers=signed(raw, to, mail_from="ida@example.org", key=key))
    assert answer.status_code == 200, answer.text


def a_letter(text: str, **heads: str) -> EmailMessage:
    letter = EmailMessage()
    letter["From"], letter["To"] = IDA, SUPPORT
    letter["Message-ID"] = f"<{secrets.token_hex(8)}@example.org>"
    for name, value in {"Subject": "A dark lamp", **heads}.items():
        letter[name.replace("_", "-")] = value
    letter.set_content(text)
    return letter


def opened(admin: Staff) -> int:
    """The conversation that the mail opened."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        for row in admin.get("/api/conversations?limit=50")["items"]:
            if row["conversation"]["subject"] == "A dark lamp":
                return int(row["conversation"]["id"])
        time.sleep(0.2)
    raise AssertionError("no conversation of the mail")


def test_an_inbox_gets_an_address_and_a_mail_is_answered_there_and_back(page: Page, demo: Demo, admin: Staff) -> None:
    admin.http.put("/api/profile/mail", json={"undo_s": 0}).raise_for_status()
    page.goto(f"{demo.url}/app/settings/inboxes")
    page.get_by_role("button", name="New e-mail inbox").click()
    page.get_by_label("Name").fill("Post")
    page.get_by_label("Address").fill(SUPPORT)
    expect(page.get_by_label("Greeting")).to_have_count(0)
    assert violations(page) == []
    other = admin.post("/api/inboxes", name="Elsewhere")["id"]
    taken_address = f"{secrets.token_hex(4)}@shop.example"
    admin.http.put(f"/api/inboxes/{other}/email", json={"address": taken_address}).raise_for_status()
    page.get_by_label("Address").fill(taken_address)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("button", name="Edit Post", exact=True, include_hidden=True)).to_have_count(1)
    page.get_by_label("Address").fill(SUPPORT)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("dialog", name="E-mail of Post", exact=True)).to_be_visible()
    assert [one["channel"] for one in admin.get("/api/inboxes") if one["name"] == "Post"] == ["email"]
    ways = page.get_by_role("dialog", name="E-mail of Post", exact=True).get_by_role("group").filter(has_text="How mail comes in")
    expect(ways).to_contain_text(f"{SUPPORT} lmtp:inet:127.0.0.1:8625")
    expect(ways).to_contain_text("lacasa mail-in --setup")
    expect(ways).to_contain_text(f"{demo.url}/inbound/email")
    expect(ways.get_by_role("heading", name="IMAP")).to_be_visible()
    expect(page.get_by_label("Name of the sender")).to_have_value(admin.get("/api/organization")["name"])
    page.get_by_label("Name of the sender").fill("Harbour Lights")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="E-mail of Post", exact=True).click()
    expect(page.get_by_text("No mail yet")).to_be_visible()
    assert violations(page) == []

    letter = a_letter("My lamp is dark.\n-- \nIda Ash, Harbour 3", Cc="Ben Birk <ben@example.net>")
    letter.add_alternative(PAGE, subtype="html")
    letter.get_payload()[1].add_related(b"\x89PNG lamp", "image", "png", cid="<lamp>")
    send(demo, letter, SUPPORT)
    log = open_conversation(page, demo, opened(admin))
    expect(log).to_contain_text("My lamp is dark.")
    expect(log).to_contain_text("Copy: Ben Birk")
    expect(log).not_to_contain_text("Harbour 3")
    log.get_by_role("button", name="Whole mail").click()
    whole = page.get_by_role("dialog", name="The whole mail")
    frame = whole.frame_locator("iframe[title]")
    expect(frame.locator("b")).to_have_text("dark")
    expect(frame.locator("script")).to_have_count(0)
    expect(frame.locator("a")).not_to_have_attribute("href", re.compile("."))
    expect(whole).to_contain_text("1 image from elsewhere is not loaded.")
    whole.get_by_role("tab", name="Headers").click()
    expect(whole).to_contain_text("Message-ID")
    assert violations(page) == []
    page.keyboard.press("Escape")

    page.get_by_role("textbox", name=re.compile("Reply|Write")).first.fill("Is it plugged in?")
    page.keyboard.press("Control+Enter")
    expect(log).to_contain_text("Sent to ida@example.org, ben@example.net")
    assert violations(page) == []
    taken = demo.sink.taken[-1]
    assert taken.recipients == ["ida@example.org", "ben@example.net"]
    assert str(letter["Message-ID"]) in str(taken.mail["References"])

    reply_to = str(taken.mail["Reply-To"]).partition("<")[2].rstrip(">")
    send(demo, a_letter("It is now. Thank you!", In_Reply_To=str(taken.mail["Message-ID"]), Subject="Re: A dark lamp"), reply_to)
    expect(log).to_contain_text("It is now. Thank you!")

    page.goto(f"{demo.url}/app/settings/inboxes")
    page.get_by_role("button", name="E-mail of Post", exact=True).click()
    ledger = page.get_by_role("tabpanel")
    expect(ledger.get_by_role("listitem")).to_have_count(2)
    page.get_by_role("tab", name="joined").click()
    line = ledger.get_by_role("listitem")
    expect(line).to_have_count(1)
    expect(line.locator("time")).to_have_text(re.compile(r"^today \d"))
    expect(line.locator("time")).to_have_attribute("title", re.compile(r"\d{4}"))
    line.get_by_role("link", name="Re: A dark lamp").click()
    expect(log).to_contain_text("It is now. Thank you!")


def test_what_was_refused_is_said_under_the_message(page: Page, demo: Demo, admin: Staff) -> None:
    demo.sink.answers["rcpt"] += ["550 5.1.1 no such user"] * 2
    log = open_conversation(page, demo, opened(admin))
    page.get_by_role("textbox", name=re.compile("Reply|Write")).first.fill("Are you there?")
    page.keyboard.press("Control+Enter")
    expect(log.get_by_role("alert")).to_contain_text("Not sent (550 5.1.1 no such user)")
    demo.sink.answers["rcpt"].clear()  # there may have been but one to refuse


@pytest.mark.parametrize("look", LOOKS)
def test_making_one_and_its_ways_in_are_fit_to_be_seen(
    chromium: Browser, demo: Demo, admin: Staff, screenshots: Path, look: str
) -> None:
    context = chromium.new_context(**LOOKS[look])
    page = signed_in(context, admin, demo)
    words = json.loads((TEXTS / f"{LOOKS[look].get('locale', 'en')}.json").read_text())
    page.goto(f"{demo.url}/app/settings/inboxes")
    page.get_by_role("button", name=words["inboxes.add.email"]).click()
    expect(page.get_by_role("dialog", name=words["inboxes.add.email"])).to_be_visible()
    assert violations(page) == []
    page.screenshot(path=str(screenshots / f"new-mail-inbox-{look}.png"))
    page.get_by_label(words["name"], exact=True).fill(f"Seen {look}")
    page.get_by_label(words["inboxes.email.address"]).fill(f"{secrets.token_hex(4)}@shop.example")
    page.keyboard.press("Enter")
    ways = page.locator("details")
    expect(ways.get_by_role("heading", name="IMAP")).to_be_visible()
    ways.scroll_into_view_if_needed()
    assert violations(page) == []
    page.screenshot(path=str(screenshots / f"ways-in-{look}.png"))
    context.close()
