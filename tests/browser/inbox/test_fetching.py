"""An admin has an inbox's mail fetched by IMAP: what is wrong is said, then mail comes, and it can be stopped."""

import re
import secrets
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import REACHABLE, Demo
from tests.browser.inbox.pages import Staff, violations
from tests.mail.gateway import a_mail
from tests.mail.imap import PASSWORD, USER, Pymap


@pytest.fixture(scope="module")
def server() -> Iterator[Pymap]:
    server = Pymap(REACHABLE)
    server.start()
    yield server
    server.stop()


def test_mail_is_fetched_after_what_was_wrong_is_mended(page: Page, demo: Demo, admin: Staff, server: Pymap) -> None:
    name = f"Fetched {secrets.token_hex(3)}"
    inbox = admin.post("/api/inboxes", name=name)["id"]
    admin.http.put(f"/api/inboxes/{inbox}/email", json={"address": f"{secrets.token_hex(4)}@shop.example"}).raise_for_status()
    page.goto(f"{demo.url}/app/settings/inboxes")
    page.get_by_role("button", name=f"E-mail of {name}").click()
    part = page.get_by_role("region", name="Fetching")
    expect(part).to_contain_text("Nothing is fetched for this inbox.")
    part.get_by_role("button", name="Fetch mail by IMAP").click()
    test, save = part.get_by_role("button", name="Test"), part.get_by_role("button", name="Save and fetch")
    expect(test).to_be_disabled()
    part.get_by_label("IMAP server").fill(REACHABLE)
    part.get_by_role("radio", name="None").click()
    expect(part.get_by_label("Port")).to_have_value("143")
    part.get_by_label("Port").fill(str(server.port))
    part.get_by_label("User").fill(USER)
    part.get_by_label("Password", exact=True).fill("not this one")
    assert violations(page) == []
    test.click()
    expect(part.get_by_role("status")).to_contain_text("The server does not let this user in")
    part.get_by_label("Password", exact=True).fill(PASSWORD)
    expect(part.get_by_role("status")).to_be_empty()
    test.click()
    expect(part.get_by_role("status")).to_contain_text(re.compile(r"It works: \d+ mails? in the folder"))
    save.click()
    expect(part).to_contain_text("fetching")
    expect(part).to_contain_text("Last fetched")
    assert violations(page) == []

    server.put("INBOX", a_mail("My lamp is dark."))
    expect(page.get_by_role("tabpanel").get_by_role("listitem")).to_have_count(1)

    part.get_by_role("button", name="Change").click()
    expect(part).to_contain_text("One is stored.")
    part.get_by_label("User").fill("ben")
    expect(part).to_contain_text("for the server and user that it was given for")
    expect(save).to_be_disabled()
    part.get_by_role("button", name="Cancel").click()
    part.get_by_role("button", name="Stop fetching").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Stop fetching").click()
    expect(part).to_contain_text("Nothing is fetched for this inbox.")


def test_a_mailbox_that_cannot_be_read_says_so(page: Page, demo: Demo, admin: Staff, server: Pymap) -> None:
    name = f"Failing {secrets.token_hex(3)}"
    inbox = admin.post("/api/inboxes", name=name)["id"]
    admin.http.put(f"/api/inboxes/{inbox}/email", json={"address": f"{secrets.token_hex(4)}@shop.example"}).raise_for_status()
    body = {"host": REACHABLE, "port": server.port, "security": "none", "username": USER, "password": PASSWORD, "folder": "Nowhere"}
    admin.http.put(f"/api/inboxes/{inbox}/email/mailbox", json=body).raise_for_status()
    page.goto(f"{demo.url}/app/settings/inboxes")
    page.get_by_role("button", name=f"E-mail of {name}").click()
    part = page.get_by_role("region", name="Fetching")
    expect(part.get_by_role("status")).to_contain_text("There is no such folder")
    expect(part).to_contain_text("Nothing was fetched yet.")
    assert violations(page) == []
