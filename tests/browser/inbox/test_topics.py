"""Who wants which mail: topics and suppressions in the settings, a contact's mail, and the pages that people outside see."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import Demo
from tests.browser.inbox.pages import Staff, settled, signed_in, violations
from tests.browser.looks import LOOKS


@pytest.fixture
def page(page: Page) -> Page:
    """Nothing moves in it: colours are looked at in the middle of things."""
    page.emulate_media(reduced_motion="reduce")
    return page


@pytest.fixture
def word() -> str:
    return uuid4().hex[:6]


@pytest.fixture(scope="module")
def office(admin: Staff) -> str:
    """The address of an inbox that confirmations come from."""
    inbox = admin.post("/api/inboxes", name="Newsroom", ai_enabled=False)["id"]
    address = f"news-{uuid4().hex[:6]}@shop.example"
    admin.http.put(f"/api/inboxes/{inbox}/email", json={"address": address, "from_name": "Harbour Lights"}).raise_for_status()
    return address


def mailed(demo: Demo, address: str) -> str:
    """The text of the mail that went to an address."""
    until = time.monotonic() + 40
    while time.monotonic() < until:
        for taken in demo.sink.taken:
            if taken.recipients == [address]:
                body = taken.mail.get_body(("plain",))
                return str(body.get_content()) if body else ""
        time.sleep(0.2)
    raise AssertionError(f"no mail to {address}")


UNSUBSCRIBING = """
import sys
from core.consent import links
owner = links.opened(links.CONFIRM, sys.argv[1], links.Confirmation).owner
print(links.unsubscribe(owner, int(sys.argv[2])))
"""


def unsubscribing(demo: Demo, confirm: str, topic: int) -> str:
    """The link that a mail about a topic carries, of whoever got that link to confirm: made as the installation makes it."""
    environment = os.environ | {"LACASA_SECRET": demo.secret, "LACASA_PUBLIC_URL": demo.url}
    command = [sys.executable, "-c", UNSUBSCRIBING, confirm.rpartition("/")[2], str(topic)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.strip()


def test_a_topic_is_made_changed_and_shared(page: Page, demo: Demo, admin: Staff, office: str, word: str) -> None:
    name = f"News {word}"
    page.goto(f"{demo.url}/app/settings/topics")
    page.get_by_role("button", name="Add topic").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill(name)
    dialog.get_by_label("What comes, and how often").fill("Once a month")
    expect(dialog.get_by_text("gets a mail with a link first")).to_be_visible()
    dialog.get_by_label("What people agree to").fill("I want news of lamps.")
    dialog.get_by_label("Inbox that asks").click()
    page.get_by_role("option", name="Newsroom").click()
    assert violations(page, dark_too=True) == []
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()
    page.get_by_role("button", name=f"Edit {name}").click()
    dialog.get_by_label("What people agree to").fill("I want news of lamps, twice a year.")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()
    page.get_by_role("button", name=f"Edit {name}").click()
    dialog.get_by_text("Versions before").click()
    expect(dialog.get_by_role("list")).to_contain_text("I want news of lamps.")
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name=f"Share {name}").click()
    [topic] = [each for each in admin.get("/api/topics") if each["name"] == name]
    assert topic["text_version"] == 2
    form = dialog.get_by_role("link", name="Open").get_attribute("href")
    expect(dialog).to_contain_text(f'action="{form}"')
    assert name in admin.http.get(form or "").text
    expect(dialog.get_by_role("figure")).to_contain_text("twice a year")
    assert violations(page, dark_too=True) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name=f"Edit {name}").click()
    dialog.get_by_role("button", name="Archive").click()
    expect(page.get_by_role("listitem").filter(has_text=name)).to_contain_text("Archived")


def test_an_address_is_held_back_found_and_let_go(page: Page, demo: Demo, admin: Staff, word: str, tmp_path: Path) -> None:
    address = f"angry-{word}@example.com"
    page.goto(f"{demo.url}/app/settings/suppressions")
    page.get_by_role("button", name="Add", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Email address").fill(address)
    expect(dialog.get_by_role("button", name="Hold back")).to_be_disabled()
    dialog.get_by_label("Why").fill("Threatened us on the phone")
    assert violations(page) == []
    dialog.get_by_role("button", name="Hold back").click()
    listed = page.get_by_role("list", name="Suppressions")
    expect(listed.get_by_role("listitem").filter(has_text=address)).to_contain_text("Threatened us on the phone")
    page.get_by_role("button", name="Import", exact=True).click()
    file = tmp_path / "elsewhere.csv"
    file.write_text(f"Address,Reason\nold-{word}@example.com,bounced,550 gone\n{address},manual\nnobody\n")
    dialog.locator("input[type=file]").set_input_files(file)
    dialog.get_by_role("button", name="Try it").click()
    expect(dialog.get_by_role("status")).to_contain_text("1 line holds no address (4)")
    expect(dialog.get_by_role("status")).to_contain_text("1 is known already")
    assert violations(page) == []
    dialog.get_by_role("button", name="Import 1").click()
    expect(dialog.get_by_role("status")).to_contain_text("Done")
    dialog.get_by_role("button", name="Close").last.click()
    expect(listed.get_by_role("listitem").filter(has_text=f"old-{word}")).to_contain_text("Dead address")
    page.get_by_label("Whole address").fill(address.upper())
    expect(listed.get_by_role("listitem")).to_have_count(1)
    assert violations(page, dark_too=True) == []
    page.get_by_role("button", name=f"Take away: {address}").click()
    dialog.get_by_label("Why").fill("He apologized")
    dialog.get_by_role("button", name="Take away").click()
    expect(page.get_by_text("Nothing found")).to_be_visible()
    assert admin.get(f"/api/suppressions?address={address}")["items"] == []


@pytest.fixture
def outside(chromium: Browser) -> Iterator[BrowserContext]:
    """Somebody's own browser, without scripts."""
    context = chromium.new_context(java_script_enabled=False)
    yield context
    context.close()


def test_somebody_subscribes_confirms_chooses_and_unsubscribes(
    page: Page, demo: Demo, admin: Staff, office: str, word: str, outside: BrowserContext
) -> None:
    """The whole way, as a person outside and as staff see it."""
    email = f"ida-{word}@example.com"
    news = admin.post("/api/topics", name=f"Lamps {word}", description="Once a month", text="I want news of lamps.")
    offers = admin.post("/api/topics", name=f"Offers {word}", opt_in="single")
    contact = admin.post("/api/contacts", first_name="Ida", email=email)
    person = outside.new_page()
    person.goto(news["form"])
    expect(person.get_by_role("heading")).to_have_text(f"Lamps {word}")
    person.get_by_label("Your e-mail address").fill(email)
    person.get_by_role("button", name="Sign up").click()
    expect(person.get_by_role("status")).to_contain_text("Thank you.")
    page.goto(f"{demo.url}/app/contacts?contact={contact['id']}")
    topic = page.get_by_role("list", name="Topics").get_by_role("listitem").filter(has_text=f"Lamps {word}")
    expect(topic).to_contain_text("Not confirmed yet")
    [link] = re.findall(r"http\S+/mail/confirm/\S+", mailed(demo, email))
    person.goto(link)
    expect(person.get_by_text("id•••@example.com")).to_be_visible()
    person.get_by_role("button", name="Yes, send it to me").click()
    expect(person.get_by_role("heading")).to_have_text("You are signed up")
    expect(topic.get_by_text("Comes", exact=True)).to_be_visible()
    expect(topic).to_contain_text("by the link in a mail")
    page.get_by_text("History (2)").click()
    expect(page.get_by_text("on the sign-up page")).to_be_visible()
    assert violations(page, dark_too=True) == []
    person.get_by_role("link", name="Choose what you get").click()
    expect(person.get_by_role("checkbox", name=f"Lamps {word}")).to_be_checked()
    person.get_by_role("checkbox", name=f"Offers {word}").check()
    person.get_by_role("checkbox", name=f"Lamps {word}").uncheck()
    person.get_by_role("button", name="Save my choice").click()
    expect(person.get_by_role("status")).to_contain_text("Your choice is saved.")
    expect(topic.get_by_text("Wants none")).to_be_visible()
    ended = page.get_by_role("list", name="Topics").get_by_role("listitem").filter(has_text=f"Offers {word}")
    expect(ended.get_by_text("Comes", exact=True)).to_be_visible()
    person.goto(unsubscribing(demo, link, offers["id"]))
    expect(person.get_by_role("heading")).to_have_text("Unsubscribe")
    assert [
        each["why_not"]
        for each in admin.get(f"/api/contacts/{contact['id']}/consents")["topics"]
        if each["topic_id"] == offers["id"]
    ] == [None]
    person.get_by_role("button", name="Unsubscribe").click()
    expect(person.get_by_role("status")).to_contain_text(f"You get no more mail about “Offers {word}”.")
    expect(ended.get_by_text("Wants none")).to_be_visible()
    person.get_by_role("link", name="Choose what you get").click()
    person.get_by_role("button", name="No more advertising at all").click()
    expect(person.get_by_role("status")).to_contain_text("You get no more mail that advertises.")
    expect(page.get_by_text("Mail is held back")).to_be_visible()
    expect(page.get_by_text("Unsubscribed from all that advertises")).to_be_visible()
    # Staff says for her what she said on the phone.
    page.get_by_role("button", name=f"Subscribe to Offers {word}").click()
    page.get_by_label("How do you know?").fill("Told us on the phone")
    assert violations(page) == []
    page.get_by_role("dialog", name="Subscribe to").get_by_role("button", name="Subscribe", exact=True).click()
    expect(page.get_by_text("They are asked by mail to confirm it")).to_be_visible()
    person.goto(f"{demo.url}/mail/confirm/nothing")
    expect(person.get_by_role("heading")).to_have_text("This link is not valid any more")


def test_an_agent_sees_nothing_of_who_wants_which_mail(colleague: Page, demo: Demo, admin: Staff, word: str) -> None:
    contact = admin.post("/api/contacts", first_name="Ida", email=f"quiet-{word}@example.com")
    colleague.goto(f"{demo.url}/app/contacts?contact={contact['id']}")
    drawer = colleague.get_by_role("dialog")
    expect(drawer.get_by_role("heading", name="Conversations")).to_be_visible()
    expect(drawer.get_by_role("heading", name="Mail", exact=True)).to_have_count(0)
    colleague.goto(f"{demo.url}/app/settings")
    expect(colleague.get_by_role("heading", name="Profile and sessions")).to_be_visible()
    expect(colleague.get_by_role("navigation", name="Settings").get_by_role("link", name="Suppressions")).to_have_count(0)


@pytest.mark.parametrize("look", LOOKS)
def test_how_mail_pages_look(
    chromium: Browser, demo: Demo, admin: Staff, office: str, word: str, look: str, screenshots: Path
) -> None:
    email = f"una-{word}@example.com"
    text = "I agree that Harbour Lights sends me news of lamps by e-mail. I can end this at any time."
    news = admin.post("/api/topics", name=f"News of lamps {word}", description="Once a month, what is new.", text=text)
    admin.post("/api/topics", name=f"Offers {word}", opt_in="single", description="Before each sale")
    contact = admin.post("/api/contacts", first_name="Una", email=email)
    admin.http.post(news["form"], data={"email": email}).raise_for_status()
    [confirm] = re.findall(r"http\S+/mail/confirm/\S+", mailed(demo, email))
    context = chromium.new_context(reduced_motion="reduce", **LOOKS[look])
    page = signed_in(context, admin, demo)
    shots: dict[str, Any] = {"subscribe": news["form"], "confirm": confirm}
    for name, url in shots.items():
        page.goto(url)
        _seen(page, screenshots / f"mail-{name}-{look}.png", name)
    page.get_by_role("button").click()
    _seen(page, screenshots / f"mail-confirmed-{look}.png", "confirmed")
    page.get_by_role("link").click()
    _seen(page, screenshots / f"mail-preferences-{look}.png", "preferences")
    page.get_by_role("button").last.click()
    _seen(page, screenshots / f"mail-ended-{look}.png", "ended")
    page.goto(unsubscribing(demo, confirm, news["id"]))
    _seen(page, screenshots / f"mail-unsubscribe-{look}.png", "unsubscribe")
    page.get_by_role("button").click()
    _seen(page, screenshots / f"mail-unsubscribed-{look}.png", "unsubscribed")
    page.goto(f"{demo.url}/mail/unsubscribe/nothing")
    _seen(page, screenshots / f"mail-gone-{look}.png", "gone")
    staff = {
        "share": "/settings/topics",
        "topic": "/settings/topics",
        "topics": "/settings/topics",
        "suppressions": "/settings/suppressions",
        "contact": f"/contacts?contact={contact['id']}",
    }
    for name, path in staff.items():
        page.goto(f"{demo.url}/app{path}")
        settled(page)
        page.wait_for_load_state("networkidle")
        if name in {"share", "topic"}:
            row = page.get_by_role("listitem").filter(has_text="News of lamps").last
            row.get_by_role("button").nth(0 if name == "share" else 1).click()
            page.get_by_role("dialog").wait_for()
        if name == "contact":
            page.get_by_role("dialog").locator("summary").last.scroll_into_view_if_needed()
        _seen(page, screenshots / f"mail-{name}-{look}.png", name)
    context.close()


def _seen(page: Page, picture: Path, name: str) -> None:
    page.screenshot(path=picture)
    found = violations(page)
    assert found == [], json.dumps([name, *found], indent=1)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
