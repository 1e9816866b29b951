"""Mail templates in the staff app: begun from a starter, written, looked at, tried out, saved over somebody else, taken back."""

import re
import secrets
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Demo
from tests.browser.inbox.pages import Staff, settled, signed_in, violations
from tests.browser.looks import LOOKS

FOOTER = {"type": "footer", "text": "You buy from us.", "address": "1 Quay Street"}


def _mailing(admin: Staff) -> str:
    """The name of an inbox that sends."""
    name = f"Post {secrets.token_hex(3)}"
    inbox = admin.post("/api/inboxes", name=name, ai_enabled=False)["id"]
    admin.http.put(f"/api/inboxes/{inbox}/email", json={"address": f"{secrets.token_hex(4)}@shop.example"}).raise_for_status()
    return name


def _template(admin: Staff, name: str) -> int:
    blocks = [
        {"type": "heading", "text": "Autumn lamps"},
        {"type": "text", "text": "Hello {{ contact.first_name | there }}, the new lamps are here: warm light for long evenings, made by hand."},
        {"type": "columns", "columns": [{"blocks": [{"type": "text", "text": "Left"}]}, {"blocks": [{"type": "text", "text": "Right"}]}]},
        {"type": "button", "label": "See all lamps", "url": "https://shop.example/lamps"},
        FOOTER,
    ]  # fmt: skip
    return int(
        admin.post("/api/templates", name=name, subject="Autumn lamps", preheader="Warm light", language="en", blocks=blocks)["id"]
    )


def test_a_template_is_written_tried_out_and_taken_back(page: Page, demo: Demo, admin: Staff) -> None:
    inbox = _mailing(admin)
    page.goto(f"{demo.url}/app/campaigns/templates")
    page.get_by_role("link", name=re.compile("^Welcome")).click()
    name = f"Welcome {secrets.token_hex(3)}"
    page.get_by_label("Name of the template").fill(name)
    frame = page.frame_locator('iframe[title="The mail"]')
    expect(frame.get_by_role("heading", name="Hello Ida, good to have you")).to_be_visible()

    blocks = page.get_by_role("list", name="Blocks", exact=True)
    rows = blocks.locator("> li")
    expect(rows).to_have_count(5)
    # By keys: the button goes up by one, and is doubled and taken out again.
    blocks.get_by_role("button", name="Move Button").focus()
    page.keyboard.press("ArrowUp")
    expect(rows.nth(1)).to_contain_text("Button")
    expect(page.get_by_role("status").filter(has_text="Button is now 2 of 5")).to_be_attached()
    blocks.get_by_role("button", name="Duplicate Button").click()
    expect(rows).to_have_count(6)
    page.get_by_role("button", name="Undo").click()
    expect(rows).to_have_count(5)
    page.get_by_role("button", name="Redo").click()
    blocks.get_by_role("button", name="Delete Button").first.click()
    expect(rows).to_have_count(5)
    # With the pointer: the line above the footer goes to the top.
    handle = blocks.get_by_role("button", name="Move Line").bounding_box()
    top = rows.first.bounding_box()
    assert handle
    assert top
    page.mouse.move(handle["x"] + 8, handle["y"] + 8)
    page.mouse.down()
    page.mouse.move(top["x"] + 20, top["y"] + 2, steps=4)
    page.mouse.up()
    expect(rows.first).to_contain_text("Line")

    # A field that does not exist is said where it stands, and mended from there; a fallback is asked for.
    blocks.get_by_role("button", name=re.compile("^Heading")).click()
    words = blocks.get_by_label("Text", exact=True)
    words.fill("Hello {{ contact.firstname }}")
    expect(blocks.get_by_text("There is no such field.")).to_be_visible()
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_text("One thing in it has to be mended first.")).to_be_visible()
    blocks.get_by_role("button", name="Use contact.first_name").click()
    expect(words).to_have_value("Hello {{ contact.first_name }}")
    words.fill("Good day ")
    blocks.get_by_role("button", name="Insert a field: Text").click()
    page.get_by_label("Search fields").fill("first")
    page.keyboard.press("Enter")
    page.get_by_label("For who has none").fill("friend")
    page.keyboard.press("Enter")
    expect(words).to_have_value("Good day {{ contact.first_name | friend }}")
    expect(frame.get_by_role("heading", name="Good day Ida")).to_be_visible()
    assert violations(page) == []

    page.get_by_role("button", name="Create").click()
    expect(page.get_by_text("Template created")).to_be_visible()
    saved = next(one for one in admin.get("/api/templates")["items"] if one["name"] == name)

    # Somebody else saves meanwhile: nothing is overwritten unasked.
    admin.http.patch(f"/api/templates/{saved['id']}", json={"version": 1, "subject": "Theirs"}).raise_for_status()
    expect(page.get_by_role("textbox", name="Subject")).to_have_value("Theirs")
    page.get_by_role("textbox", name="Subject").fill("Mine")
    admin.http.patch(f"/api/templates/{saved['id']}", json={"version": 2, "preheader": "Theirs too"}).raise_for_status()
    expect(page.get_by_role("alert").filter(has_text="Somebody saved this template meanwhile.")).to_be_visible()
    page.get_by_role("button", name="Keep mine").click()
    expect(page.get_by_role("button", name="Version 4: open the versions")).to_be_visible()

    # A test mail, of what is not saved yet too.
    page.get_by_role("textbox", name="Subject").fill("Mine, again")
    page.get_by_role("button", name="Test", exact=True).click()
    dialog = page.get_by_role("dialog", name="Send a test")
    dialog.get_by_role("combobox", name="From").click()
    page.get_by_role("option", name=inbox).click()
    assert violations(page) == []
    dialog.get_by_role("button", name="Save and send test").click()
    expect(dialog.get_by_text("The mail server has it")).to_be_visible()
    assert [one.mail["Subject"] for one in demo.sink.taken if one.recipients == [admin.email]][-1] == "[Test] Mine, again"
    dialog.get_by_role("button", name="Close").first.click()

    # Back to the first version.
    page.get_by_role("button", name="Version 5: open the versions").click()
    versions = page.get_by_role("dialog", name="Versions")
    versions.get_by_role("list", name="Saved versions").get_by_role("button").last.click()
    versions.get_by_role("button", name="Restore version 1").click()
    expect(versions).to_have_count(0)
    expect(page.get_by_role("textbox", name="Subject")).to_have_value(re.compile("^Welcome to"))
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name="Delete").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_label("Name of the template")).to_have_count(0)
    assert admin.http.get(f"/api/templates/{saved['id']}").status_code == 404


def test_every_starter_is_a_mail_at_once(page: Page, demo: Demo) -> None:
    begins = {
        "newsletter": "What is new",
        "cart": "your cart is still here",
        "order": "thank you",
        "shipping": "your parcel is on its way",
    }
    for starter, words in begins.items():
        page.goto(f"{demo.url}/app/campaigns/templates?template=new&from={starter}")
        expect(page.frame_locator('iframe[title="The mail"]').get_by_role("heading", name=words)).to_be_visible()
        expect(page.get_by_text("to mend", exact=False)).to_have_count(0)


def test_an_agent_is_told_that_templates_are_not_his(colleague: Page, demo: Demo) -> None:
    colleague.goto(f"{demo.url}/app/campaigns/templates")
    expect(colleague.get_by_text("Templates are not yours to write")).to_be_visible()


@pytest.mark.parametrize("look", LOOKS)
def test_templates_are_accessible_in_every_look(chromium: Browser, demo: Demo, admin: Staff, screenshots: Path, look: str) -> None:
    number = _template(admin, f"Autumn {secrets.token_hex(3)}")
    context = chromium.new_context(reduced_motion="reduce", **LOOKS[look])
    page = signed_in(context, admin, demo)

    def looked_at(name: str) -> None:
        settled(page)
        page.screenshot(path=screenshots / f"templates-{name}-{look}.png")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    page.route("**/api/templates?*", lambda route: route.fulfill(json={"items": [], "next": None}))
    page.goto(f"{demo.url}/app/campaigns/templates")
    looked_at("empty")
    page.unroute("**/api/templates?*")
    page.goto(f"{demo.url}/app/campaigns/templates")
    expect(page.locator("iframe").first).to_be_attached()
    looked_at("list")
    page.goto(f"{demo.url}/app/campaigns/templates?template={number}")
    page.get_by_role("list", name=re.compile("^(Blocks|الكتل)$")).get_by_role("button", expanded=False).nth(1).click()
    looked_at("editor")
    page.get_by_role("radio", name=re.compile("^(Style|المظهر)$")).first.click()
    looked_at("style")
    if look == "pocket":
        page.get_by_role("radio", name="معاينة").first.click()
    expect(page.frame_locator("iframe[title]").get_by_role("heading", name="Autumn lamps")).to_be_visible()
    page.get_by_role("radio", name=re.compile("^(Phone|هاتف)$")).click()
    looked_at("preview")
    context.close()
