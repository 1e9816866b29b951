"""The other pages of the staff app, and that every page is accessible in every look."""

import json
import re
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import Demo
from tests.browser.inbox.pages import DESKTOP, DRAWN, Customer, Staff, open_conversation, settled, signed_in, violations


def test_a_session_that_ends_leads_to_sign_in_and_back(chromium: Browser, demo: Demo, customer: Customer) -> None:
    staff = Staff(demo)
    context = chromium.new_context(viewport=DESKTOP)
    page = signed_in(context, staff, demo)
    open_conversation(page, demo, customer.id)
    staff.http.post("/api/auth/logout").raise_for_status()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert violations(page) == []
    page.get_by_label("Email").fill(staff.email)
    page.get_by_label("Password").fill("not this one")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("do not match")
    page.get_by_label("Password").fill(staff.password)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile(rf"/inbox/{customer.id}\b"))
    expect(page.get_by_role("log").get_by_role("article").first).to_be_visible()
    context.close()


def test_an_agent_reads_knowledge_and_sees_no_settings_of_the_organization(colleague: Page, demo: Demo) -> None:
    colleague.goto(f"{demo.url}/app/knowledge")
    colleague.get_by_role("list", name="Articles").get_by_role("link").first.click()
    expect(colleague.get_by_text("Admins and users write articles.", exact=False)).to_be_visible()
    expect(colleague.get_by_role("button", name="New article")).to_have_count(0)
    colleague.goto(f"{demo.url}/app/settings")
    expect(colleague.get_by_role("heading", name="Profile and sessions")).to_be_visible()
    for name in ("Users", "Organization", "Audit log", "Background jobs"):
        expect(colleague.get_by_role("navigation", name="Settings").get_by_role("link", name=name)).to_have_count(0)


def test_an_article_has_a_language_and_the_list_says_how_articles_are_found(page: Page, demo: Demo, admin: Staff) -> None:
    article = admin.post("/api/articles", title=f"Pflege {uuid4().hex[:6]}", body="Ein trockenes Tuch.")
    page.goto(f"{demo.url}/app/knowledge?article={article['id']}")
    language = page.get_by_label("Language")
    language.fill("d")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Two or three small letters")).to_be_visible()
    language.fill("DE")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Unsaved changes")).to_be_hidden()
    assert admin.get(f"/api/articles/{article['id']}")["language"] == "de"
    words = {"no_pgvector": "the database has no pgvector", "embedding": "still reading your articles"}
    note = page.get_by_role("note").filter(has_text="by their words alone")
    reason = admin.get("/api/ai/search")["reason"]
    if reason:
        expect(note).to_contain_text(words[reason])
    else:
        expect(note).to_have_count(0)


SLOW_SAVES = """
const plain = window.fetch;
window.fetch = async (address, options) => {
  const answer = await plain(address, options);
  if (options?.method === "PATCH") await new Promise((resolve) => setTimeout(resolve, 500));
  return answer;
};
"""
"""So that the event of a colleague's save comes while one's own is under way."""


def test_an_article_is_never_overwritten_unasked(page: Page, demo: Demo, admin: Staff) -> None:
    page.add_init_script(SLOW_SAVES)
    article = admin.post("/api/articles", title=f"Cleaning {uuid4().hex[:6]}", body="Use a dry cloth.")
    page.goto(f"{demo.url}/app/knowledge?article={article['id']}")
    body = page.get_by_label("Text", exact=True)
    expect(body).to_have_value("Use a dry cloth.")
    body.fill("Use a soft, dry cloth.")
    changes = {"version": article["version"], "body": "Never use water."}
    admin.http.patch(f"/api/articles/{article['id']}", json=changes).raise_for_status()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Somebody saved this article meanwhile")
    expect(body).to_have_value("Use a soft, dry cloth.")
    page.get_by_role("button", name="Save mine over it").click()
    expect(page.get_by_role("alert")).to_be_hidden()
    assert admin.get(f"/api/articles/{article['id']}")["body"] == "Use a soft, dry cloth."
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Published. Staff find it; customers are never told of it.")).to_be_visible()


def test_a_new_users_password_is_shown_once(page: Page, demo: Demo) -> None:
    email = f"{uuid4().hex[:8]}@example.com"
    page.goto(f"{demo.url}/app/settings/users")
    page.get_by_role("button", name="Add user").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Noor Haddad")
    dialog.get_by_label("Email").fill(email)
    dialog.get_by_role("button", name="Add", exact=True).click()
    password = dialog.locator("code").inner_text()
    page.keyboard.press("Escape")
    expect(page.get_by_text(password)).to_have_count(0)
    sign_in = httpx.post(f"{demo.url}/api/auth/login", json={"email": email, "password": password}, headers={"Origin": demo.url})
    assert sign_in.status_code == 200
    page.get_by_role("button", name="Remove Noor Haddad").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Remove").click()
    expect(page.get_by_text(email)).to_have_count(0)


def test_a_language_model_is_chosen_and_its_key_never_shown(page: Page, demo: Demo) -> None:
    page.goto(f"{demo.url}/app/settings/ai")
    page.get_by_label("Model", exact=True).fill("openai:tiny")
    page.get_by_label("Address").fill("http://127.0.0.1:9/v1")
    page.get_by_label("Key").fill("sk-secret")
    page.get_by_label("Tokens a month").fill("0")
    page.get_by_role("button", name="Save").last.click()
    expect(page.get_by_text("A key is stored.")).to_be_visible()
    assert "sk-secret" not in page.content()
    expect(page.get_by_text("This month's tokens are used up")).to_be_visible()
    page.get_by_role("button", name="Try it", exact=True).click()
    expect(page.get_by_text("not on the public internet")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("Does not work")).to_be_visible()
    page.get_by_label("Model", exact=True).fill("")
    page.get_by_label("Address").fill("")
    page.get_by_label("Tokens a month").fill("")
    page.get_by_role("button", name="Save").last.click()
    expect(page.get_by_text("a key goes to the address it was given for")).to_be_visible()


OF_MODULES = sorted((Path(__file__).parents[3] / "widget/inbox/src/pages").glob("*/module.route.ts"))
"""The pages of the modules that are here."""
PAGES = [
    "/inbox",
    "/contacts",
    "/contacts?contact=1",
    "/contacts/segments",
    "/contacts/segments?lists=true",
    "/contacts/segments?segment=new",
    "/knowledge",
    "/knowledge?article=1",
    "/knowledge?article=new",
    "/ai",
    "/ai?tab=quality",
    "/campaigns/templates",
    "/campaigns/templates?template=new",
    "/settings/profile",
    "/settings/notifications",
    "/settings/organization",
    "/settings/ai",
    "/settings/users",
    "/settings/teams",
    "/settings/inboxes",
    "/settings/topics",
    "/settings/suppressions",
    "/settings/jobs",
    "/settings/audit",
    "/nowhere",
    *(f"/{route.parent.name}" for route in OF_MODULES),
]


BY_LINK = "(path) => __TSR_ROUTER__.navigate({ href: path })"
"""Opens another page as a link of ours does: to load the program anew costs several times as much as to look at a page."""


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_is_accessible(chromium: Browser, demo: Demo, admin: Staff, customer: Customer, language: str) -> None:
    context = chromium.new_context(viewport=DESKTOP, reduced_motion="reduce", locale=language)
    page = signed_in(context, admin, demo)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    found = {}
    page.goto(f"{demo.url}/app/inbox")
    settled(page)
    for path in [*PAGES, f"/inbox/{customer.id}"]:
        if language == "en":
            page.goto(f"{demo.url}/app{path}")
        else:
            page.evaluate(BY_LINK, f"/app{path}")
            page.evaluate(DRAWN)
            assert page.url == f"{demo.url}/app{path}"
        settled(page)
        if faults := violations(page, dark_too=language == "en"):
            found[path] = faults
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    context.close()
    assert found == {}, json.dumps(found, indent=1)
    assert errors == []


def test_a_page_on_its_way_has_a_heading_too(chromium: Browser, demo: Demo, admin: Staff) -> None:
    context = chromium.new_context(viewport=DESKTOP)
    page = signed_in(context, admin, demo)
    page.goto(f"{demo.url}/app/inbox")
    settled(page)
    held: list[Route] = []
    page.route("**/*.js", lambda route: held.append(route))
    page.get_by_role("navigation").first.get_by_role("link", name="Contacts").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Loading")
    assert violations(page) == []
    for route in held:
        route.continue_()
    expect(page.get_by_role("heading", level=1)).to_have_text("Contacts")
    context.close()
