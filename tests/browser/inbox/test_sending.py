"""An inbox gets a mail server of its own and a key, and what is wrong is said in words; looked at on a desk and in the dark on an Arabic phone."""

import asyncio
import json
import re
import secrets
import time
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import REACHABLE, Demo
from tests.browser.inbox.pages import Staff, signed_in, violations
from tests.browser.looks import LOOKS
from tests.mail.office import PASSWORD, USER, Office

SETTINGS = Path(__file__).parents[3] / "widget/inbox/src/pages/settings"


@pytest.fixture(scope="module")
def office(demo: Demo) -> Iterator[Office]:
    """A mail server on an address that the operator of the demo allows."""
    office = Office(wants=PASSWORD)

    def run(work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, demo._loop).result(20)

    async def start() -> asyncio.Server:
        return await asyncio.start_server(office.serve, REACHABLE, 0, limit=2**24)

    async def stop() -> None:
        server.close()

    server = run(start())
    office.port = server.sockets[0].getsockname()[1]
    yield office
    run(stop())


@pytest.fixture
def inbox(admin: Staff) -> dict[str, Any]:
    inbox: dict[str, Any] = admin.post("/api/inboxes", name=f"Letters {secrets.token_hex(3)}")
    address = f"{secrets.token_hex(4)}@letters.example"
    admin.http.put(f"/api/inboxes/{inbox['id']}/email", json={"address": address}).raise_for_status()
    return inbox | {"address": address}


def opened(page: Page, demo: Demo, inbox: dict[str, Any], language: str = "en") -> Locator:
    """The dialog of an inbox's mail."""
    words = json.loads((SETTINGS / f"texts/{language}.json").read_text())
    page.goto(f"{demo.url}/app/settings/inboxes")
    name = words["inboxes.email.of"].format(name=inbox["name"])
    page.get_by_role("button", name=name).click()
    dialog = page.get_by_role("dialog", name=name)
    expect(dialog.get_by_role("radiogroup").or_(dialog.get_by_role("group")).first).to_be_visible()
    return dialog


def fill(dialog: Locator, office: Office, password: str) -> None:
    dialog.get_by_label("Server", exact=True).fill(REACHABLE)
    dialog.get_by_label("Port").fill(str(office.port))
    dialog.get_by_role("radio", name="None").click()
    dialog.get_by_label("User name").fill(USER)
    dialog.get_by_label("Password").fill(password)


def test_a_server_is_tried_kept_and_given_up(page: Page, demo: Demo, admin: Staff, office: Office, inbox: dict[str, Any]) -> None:
    dialog = opened(page, demo, inbox)
    expect(dialog).to_contain_text("Answers go out by the mail server that this installation has.")
    dialog.get_by_role("radio", name="Own mail server").click()
    dialog.get_by_label("Server", exact=True).fill("https://smtp.example.com")
    expect(dialog).to_contain_text("without https:// and without a port")
    dialog.get_by_role("radio", name="TLS", exact=True).click()
    expect(dialog.get_by_label("Port")).to_have_value("465")
    fill(dialog, office, "wrong")
    test, save = (dialog.get_by_role("button", name=name, exact=True) for name in ("Test", "Save"))
    test.click()
    expect(dialog.get_by_text("The server refuses the user name or the password.")).to_be_visible()
    expect(dialog).to_contain_text("535 5.7.8 no such user or password")
    assert violations(page) == []
    dialog.get_by_role("radio", name="STARTTLS").click()
    test.click()
    expect(dialog).to_contain_text("The server offers no STARTTLS.")
    fill(dialog, office, PASSWORD)
    test.click()
    expect(dialog).to_contain_text("It works: the server lets us in.")
    dialog.get_by_role("button", name="Send me a test mail").click()
    expect(dialog).to_contain_text(f"The server has the test mail for {admin.email}.")
    [taken] = office.taken
    assert (taken.mail_from, taken.recipients) == (inbox["address"], [admin.email])
    save.last.click()
    expect(dialog).to_contain_text("A password is stored.")
    assert PASSWORD not in page.content()
    expect(dialog.get_by_label("Password")).to_have_value("")
    dialog.get_by_label("Server", exact=True).fill("smtp.elsewhere.example")
    expect(dialog).to_contain_text("A password goes to the server it was given for")
    expect(test).to_be_disabled()
    dialog.get_by_role("radio", name="Lacasa's mail server").click()
    dialog.get_by_role("button", name="Use it").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Use it").click()
    expect(dialog.get_by_role("button", name="Use it")).to_have_count(0)
    assert admin.get(f"/api/inboxes/{inbox['id']}/email/server")["server"] is None


def test_a_key_is_made_published_and_signs(page: Page, demo: Demo, admin: Staff, office: Office, inbox: dict[str, Any]) -> None:
    server = {"host": REACHABLE, "port": office.port, "security": "none", "username": USER, "password": PASSWORD}
    admin.http.put(f"/api/inboxes/{inbox['id']}/email/server", json=server).raise_for_status()
    dialog = opened(page, demo, inbox)
    dialog.get_by_role("button", name="Make a key").click()
    expect(dialog).to_contain_text("v=DKIM1; k=rsa; p=")
    expect(dialog).to_contain_text("._domainkey.letters.example")
    expect(dialog.get_by_role("button", name="Copy value")).to_be_visible()
    page.route("**/dkim/check", lambda route: route.fulfill(json={"code": "missing", "said": ""}))
    switch = dialog.get_by_role("switch", name="Sign mail from letters.example")
    switch.click()
    question = page.get_by_role("alertdialog")
    expect(question).to_contain_text("Sign before the record is there?")
    question.get_by_role("button", name="Cancel").click()
    expect(switch).not_to_be_checked()
    expect(dialog).to_contain_text("The record is not there.")
    page.unroute("**/dkim/check")
    page.route("**/dkim/check", lambda route: route.fulfill(json={"code": "found", "said": ""}))
    switch.click()
    expect(switch).to_be_checked()
    expect(dialog).to_contain_text("The record is there.")
    assert violations(page) == []
    contact = admin.post("/api/contacts", first_name="Ida", email="ida@example.org")
    body = {"contact_id": contact["id"], "inbox_id": inbox["id"], "client_id": secrets.token_hex(16), "subject": "Your lamp"}
    admin.post("/api/conversations/start", content="It is ready.", **body)
    until = time.monotonic() + 20
    while not (found := [one.mail for one in office.taken if one.mail["Subject"] == "Your lamp"]) and time.monotonic() < until:
        time.sleep(0.1)
    [mail] = found
    assert "d=letters.example" in str(mail["DKIM-Signature"])
    dialog.get_by_role("button", name="Throw the key away").click()
    question.get_by_role("button", name="Throw the key away").click()
    expect(dialog.get_by_role("button", name="Make a key")).to_be_visible()


@pytest.mark.parametrize("look", LOOKS)
def test_it_is_looked_at(
    chromium: Browser, demo: Demo, admin: Staff, office: Office, inbox: dict[str, Any], screenshots: Path, look: str
) -> None:
    context = chromium.new_context(reduced_motion="reduce", **LOOKS[look])
    page = signed_in(context, admin, demo)
    language = LOOKS[look].get("locale", "en")
    words = json.loads((SETTINGS / f"sending/texts/{language}.json").read_text())
    server = {"host": REACHABLE, "port": office.port, "security": "none", "username": USER, "password": "wrong"}
    admin.http.put(f"/api/inboxes/{inbox['id']}/email/server", json=server).raise_for_status()
    admin.post(f"/api/inboxes/{inbox['id']}/email/dkim")
    page.route("**/dkim/check", lambda route: route.fulfill(json={"code": "different", "said": "v=DKIM1; p=AAAA"}))
    dialog = opened(page, demo, inbox, language)
    dialog.get_by_role("button", name=words["test"], exact=True).click()
    refused = dialog.get_by_text(words["code.password_refused"])
    refused.scroll_into_view_if_needed()
    page.screenshot(path=screenshots / f"sending-server-{look}.png")
    dialog.get_by_role("button", name=words["signing.check"]).click()
    dialog.get_by_text(words["record.different"]).scroll_into_view_if_needed()
    page.screenshot(path=screenshots / f"sending-key-{look}.png")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def test_by_keys_alone(page: Page, demo: Demo, office: Office, inbox: dict[str, Any]) -> None:
    dialog = opened(page, demo, inbox)
    dialog.get_by_role("radio", name="Lacasa's mail server").focus()
    page.keyboard.press("ArrowRight")
    expect(dialog.get_by_role("radio", name="Own mail server")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(dialog.get_by_label("Server", exact=True)).to_be_focused()
    fill(dialog, office, PASSWORD)
    dialog.get_by_label("Password").press("Enter")
    expect(page.get_by_text("Mail goes out by this server")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name=re.compile(f"E-mail of {inbox['name']}"))).to_be_focused()
