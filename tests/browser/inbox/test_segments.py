"""Segments and lists: a tree is built by keyboard and mouse, counted while it is written, explained, kept; a file goes onto a list."""

import json
import re
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Demo
from tests.browser.inbox.pages import Staff, settled, signed_in, violations
from tests.browser.looks import LOOKS

TEXTS = Path(__file__).parents[3] / "widget/inbox/src/pages/segments/texts"


@pytest.fixture
def page(page: Page) -> Page:
    """Nothing moves in it: colours are looked at in the middle of things."""
    page.emulate_media(reduced_motion="reduce")
    return page


@pytest.fixture
def people(admin: Staff) -> dict[str, Any]:
    """Three contacts of one tag, of whom two are from Graz."""
    tag = f"vip-{uuid4().hex[:6]}"
    named = [("Ida", "Graz"), ("Theo", "Linz"), ("Una", "Graz")]
    made = [
        admin.post(
            "/api/contacts", first_name=name, last_name="Berger", email=f"{name.lower()}-{tag}@example.com", tags=[tag],
            custom_fields={"city": city},
        )
        for name, city in named
    ]  # fmt: skip
    return {"tag": tag, "contacts": made}


def chosen(page: Page, field: str) -> None:
    """In the list of fields that has just opened."""
    page.keyboard.type(field)
    page.get_by_role("option", name=field, exact=True).wait_for()
    page.keyboard.press("Enter")


def condition(page: Page, place: int) -> Locator:
    return page.get_by_role("group", name=f"Condition {place}", exact=True).first


def picked(page: Page, select: Locator, option: str) -> None:
    select.click()
    page.get_by_role("option", name=option, exact=True).click()


def test_a_segment_is_built_counted_explained_kept_and_used(page: Page, demo: Demo, admin: Staff, people: dict[str, Any]) -> None:
    name = f"Regulars {people['tag']}"
    page.goto(f"{demo.url}/app/contacts")
    page.get_by_role("navigation", name="Contacts and what").get_by_role("link", name="Segments").click()
    page.get_by_role("button", name="New segment").first.click()
    page.get_by_label("Name", exact=True).fill(name)
    expect(page.get_by_text(re.compile(r"^\d+ contacts?$"))).to_be_visible()
    page.get_by_role("button", name="Condition", exact=True).focus()
    page.keyboard.press("Enter")
    chosen(page, "Tags")
    expect(page.get_by_text("a condition is not finished yet")).to_be_visible()
    condition(page, 1).get_by_label("Value").fill(people["tag"])
    counted = page.get_by_role("status").filter(has_text="contact")
    expect(counted).to_have_text("3 contacts")
    shown = page.get_by_role("list", name="Some of them")
    expect(shown.get_by_role("listitem")).to_have_count(3)
    # A group of its own: from Graz, or somebody who wrote.
    page.get_by_role("button", name="Group", exact=True).click()
    chosen(page, "Own field")
    inner = page.get_by_role("region", name="Group 2")
    inner.get_by_label("Name of the field").fill("city")
    inner.get_by_label("Value", exact=True).fill("Graz")
    expect(counted).to_have_text("2 contacts")
    inner.get_by_role("button", name="Condition", exact=True).click()
    chosen(page, "Wrote a message")
    happened = inner.get_by_role("group", name="Condition 2")
    happened.get_by_label("How many times").fill("0")
    page.get_by_role("button", name="Create", exact=True).click()
    expect(happened).to_contain_text("This must be a whole number, 1 or more.")
    happened.get_by_label("How many times").fill("2")
    picked(page, happened.get_by_label("In which time"), "in the last")
    happened.get_by_label("days").fill("9")
    happened.get_by_role("button", name="Where …").click()
    picked(page, happened.get_by_label("Value"), "Chat")
    expect(counted).to_have_text("2 contacts")
    expect(page.locator("[aria-busy=true]")).to_have_count(0)  # what is old already is paler
    assert violations(page, dark_too=True) == []
    # Why is Theo not in it?
    page.get_by_role("button", name="Choose a contact").click()
    page.keyboard.type(f"theo-{people['tag']}")
    page.get_by_role("option", name="Theo Berger").click()
    expect(page.get_by_text("is not in it", exact=True)).to_be_visible()
    expect(condition(page, 1)).to_contain_text("holds")
    expect(inner.get_by_role("group", name="Condition 1")).to_contain_text("Linz")
    expect(happened).to_contain_text("Found: 0")
    assert violations(page) == []
    page.get_by_role("button", name="Create", exact=True).click()
    expect(page).to_have_url(re.compile(r"segment=\d+"))
    [kept] = [each for each in admin.get("/api/segments?kind=dynamic")["items"] if each["name"] == name]
    city = {"field": "contact.custom", "op": "is", "key": "city", "value": "Graz"}
    where = [{"field": "channel", "op": "is", "value": "chat"}]
    wrote = {"field": "analytics.wrote", "op": "did", "times": 2, "days": 9, "where": where}
    tree = {"all": [{"field": "contact.tags", "op": "has", "value": people["tag"]}, {"any": [city, wrote]}]}
    assert admin.get(f"/api/segments/{kept['id']}")["tree"] == tree
    _refused_and_mended(page, admin, kept["id"])
    _used(page, demo, admin, name)


def _refused_and_mended(page: Page, admin: Staff, segment: int) -> None:
    """What is wrong is said where it stands, and a segment that is in use stays."""
    outer = admin.post("/api/segments", name=f"Outer {uuid4().hex[:6]}", tree={"segment": segment})
    page.get_by_role("radio", name="JSON").click()
    text = page.get_by_label("The tree as JSON")
    text.fill("{")
    expect(page.get_by_text("This is no JSON object yet.")).to_be_visible()
    text.fill(json.dumps({"all": [{"field": "contact.email", "op": "is", "value": 1}, {"field": "contact.nothing", "op": "is"}]}))
    told = page.get_by_role("alert").filter(has_text="$.all")
    expect(told).to_contain_text("$.all[0].value A value is missing.")
    page.get_by_role("radio", name="Builder").click()
    expect(condition(page, 2)).to_contain_text("This field is not there: its module may be off.")
    expect(condition(page, 2)).to_have_attribute("aria-describedby", re.compile("."))
    page.get_by_role("button", name="Condition 2: more").click()
    page.get_by_role("menuitem", name="Remove").click()
    expect(page.get_by_role("button", name="Condition", exact=True)).to_be_focused()
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("menuitem", name="Delete").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Delete").click()
    held = page.get_by_role("dialog")
    expect(held.get_by_role("heading")).to_contain_text("is in use")
    expect(held.get_by_role("link", name=outer["name"])).to_have_attribute("href", f"/app/contacts/segments?segment={outer['id']}")
    assert violations(page, dark_too=True) == []
    held.get_by_role("button", name="Close").click()
    page.get_by_role("button", name="Back").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Leave").click()


def _used(page: Page, demo: Demo, admin: Staff, name: str) -> None:
    """Contacts are filtered by it, and put on a list."""
    row = page.get_by_role("row").filter(has_text=name)
    expect(row).to_contain_text("2")
    page.goto(f"{demo.url}/app/contacts")
    page.get_by_role("button", name="All contacts").click()
    page.keyboard.type(name)
    page.get_by_role("option", name=name).click()
    rows = page.get_by_role("table").get_by_role("row")
    expect(rows).to_have_count(3)
    expect(page.get_by_role("search")).to_contain_text("2 contacts")
    page.get_by_label("Search by name").fill("Una")
    expect(rows).to_have_count(2)
    page.get_by_label("Search by name").fill("")
    expect(rows).to_have_count(3)
    page.get_by_label("Choose all that are shown").click()
    page.get_by_role("button", name="Add to a list").click()
    page.keyboard.type(f"Letters to {name}")
    page.get_by_role("option", name="New list").click()
    expect(page.get_by_text("2 contacts put on")).to_be_visible()
    page.get_by_role("button", name="Show the list").click()
    expect(page.get_by_role("heading", name="2 contacts")).to_be_visible()
    page.get_by_role("button", name="Take Una Berger off the list").click()
    expect(page.get_by_role("heading", name="1 contact")).to_be_visible()
    assert violations(page) == []


FILE = """Address;Given;City;Points
new-{tag}@example.com;Nora;Wels;12
ida-{tag}@example.com;Ida;Graz;
nobody;;;
late-{tag}@example.com;Lena;;many
"""


def test_a_file_goes_onto_a_list(page: Page, demo: Demo, admin: Staff, people: dict[str, Any], tmp_path: Path) -> None:
    tag = people["tag"]
    file = tmp_path / "people.csv"
    file.write_text(FILE.format(tag=tag))
    page.goto(f"{demo.url}/app/contacts/segments?lists=true")
    page.get_by_role("button", name="New list").first.click()
    page.get_by_role("dialog").get_by_label("Name").fill(f"Imported {tag}")
    page.get_by_role("dialog").get_by_role("button", name="Create").click()
    expect(page.get_by_text("Nobody is on this list")).to_be_visible()
    page.get_by_role("button", name="Import").first.click()
    dialog = page.get_by_role("dialog")
    dialog.locator("input[type=file]").set_input_files(file)
    expect(dialog.get_by_text("Nora")).to_be_visible()
    picked(page, dialog.get_by_label("What Given becomes"), "First name")
    picked(page, dialog.get_by_label("What City becomes"), "Own field (text)")
    picked(page, dialog.get_by_label("What Points becomes"), "Own field (number)")
    would = dialog.get_by_role("region", name="What would happen")
    expect(would).to_contain_text("2 rows are left out")
    expect(would).to_contain_text("Something that cannot stand there: 1 (line 5)")
    assert violations(page, dark_too=True) == []
    with page.expect_download() as downloading:
        would.get_by_role("button", name="Download").click()
    assert downloading.value.path().read_text(encoding="utf-8-sig").splitlines()[1].startswith("4,No valid email address")
    picked(page, dialog.get_by_label("What Address becomes"), "Leave out")
    expect(dialog.get_by_text("One column must be the email address")).to_be_visible()
    expect(dialog.get_by_role("button", name=re.compile("^Import"))).to_be_disabled()
    picked(page, dialog.get_by_label("What Address becomes"), "Email address")
    dialog.get_by_role("button", name="Import 2 contacts").click()
    expect(dialog.get_by_role("region", name="Done")).to_contain_text("New contacts1")
    dialog.get_by_role("button", name="Close", exact=True).first.click()
    expect(page.get_by_role("heading", name="2 contacts")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="Nora")).to_be_visible()


def test_an_agent_has_no_part_in_segments(colleague: Page, demo: Demo) -> None:
    colleague.goto(f"{demo.url}/app/contacts")
    expect(colleague.get_by_role("table")).to_be_visible()
    expect(colleague.get_by_role("link", name="Segments")).to_have_count(0)
    expect(colleague.get_by_role("checkbox")).to_have_count(0)
    colleague.goto(f"{demo.url}/app/contacts/segments")
    expect(colleague.get_by_text("Segments are for marketers")).to_be_visible()


@pytest.mark.parametrize("look", LOOKS)
def test_how_segments_look(
    chromium: Browser, demo: Demo, admin: Staff, people: dict[str, Any], look: str, screenshots: Path, tmp_path: Path
) -> None:
    words = json.loads((TEXTS / f"{LOOKS[look].get('locale', 'en')}.json").read_text())
    file = tmp_path / "fair.csv"
    file.write_text(FILE.format(tag=people["tag"]))
    tag = people["tag"]
    long_ago = {"field": "contact.created_at", "op": "before", "value": "2020-01-31"}
    city = {"field": "contact.custom", "key": "city", "op": "is", "value": "Graz"}
    where = [{"field": "channel", "op": "is", "value": "chat"}]
    wrote = {"field": "analytics.wrote", "op": "did", "times": 2, "days": 30, "where": where}
    tags = {"field": "contact.tags", "op": "has_any", "value": [tag, "early"]}
    tree = {"all": [tags, {"not": {"any": [long_ago]}}, {"any": [city, wrote]}]}
    segment = admin.post("/api/segments", name=f"Friends {tag}", description="Whom we write first", tree=tree)
    listed = admin.post("/api/segments", name=f"Fair {tag}")
    admin.post(f"/api/segments/{listed['id']}/members", add=[each["id"] for each in people["contacts"]])
    context = chromium.new_context(reduced_motion="reduce", **LOOKS[look])
    page = signed_in(context, admin, demo)
    paths = {
        "new": "/contacts/segments?segment=new", "list": "/contacts/segments", "editor": f"/contacts/segments?segment={segment['id']}",
        "members": f"/contacts/segments?segment={listed['id']}", "people": f"/contacts?segment={segment['id']}",
        "import": f"/contacts/segments?segment={listed['id']}",
    }  # fmt: skip
    for name, path in paths.items():
        page.goto(f"{demo.url}/app{path}")
        settled(page)
        page.wait_for_load_state("networkidle")
        if name == "editor":
            page.get_by_role("listitem").filter(has_text="Ida").get_by_role("button").last.click()
            expect(page.get_by_role("status").filter(has_text="Ida")).to_contain_text(re.compile("is in it|موجود فيها"))
        if name == "import":
            page.get_by_role("button", name=words["import"]).first.click()
            page.locator("input[type=file]").set_input_files(file)
            page.get_by_role("region", name=words["outcome.would"]).wait_for()
        page.screenshot(path=screenshots / f"segments-{name}-{look}.png")
        assert violations(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    context.close()
