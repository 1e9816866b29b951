"""The staff app in a real browser: what an agent does all day, by keyboard and by hand, alone and with others."""

import json
import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize, WebSocketRoute, expect

from tests.browser.conftest import TIMEOUT_MS, Demo

DESKTOP: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}


CLIENTS: list[httpx.Client] = []


def _client(base_url: str, origin: str) -> httpx.Client:
    client = httpx.Client(base_url=base_url, headers={"Origin": origin}, timeout=20)
    CLIENTS.append(client)
    return client


@pytest.fixture(scope="module", autouse=True)
def _closed_clients() -> Iterator[None]:
    yield
    for client in CLIENTS:
        client.close()


class Staff:
    """A member of staff, over HTTP."""

    def __init__(self, demo: Demo, role: str = "admin") -> None:
        self.http = _client(demo.url, demo.url)
        self.email, self.password = demo.accounts[role]
        self.me: dict[str, Any] = (
            self.http.post("/api/auth/login", json={"email": self.email, "password": self.password}).raise_for_status().json()
        )

    def get(self, path: str) -> Any:
        return self.http.get(path).raise_for_status().json()

    def post(self, path: str, **body: Any) -> Any:
        return self.http.post(path, json=body).raise_for_status().json()

    def write(self, conversation: int, kind: str, content: str) -> None:
        self.post(f"/api/conversations/{conversation}/{kind}", client_id=uuid4().hex, content=content, files=[])


def _visitor(demo: Demo) -> httpx.Client:
    key = re.findall(r'data-key="([^"]+)"', httpx.get(f"{demo.url}/demo").text)[0]
    http = _client(f"{demo.url}/api/widget/{key}", demo.url)
    http.headers["Authorization"] = f"Bearer {http.post('/session', json={}).raise_for_status().json()['token']}"
    return http


class Customer:
    """Somebody who writes through the widget, over HTTP. A person answers: the AI agent is told to keep out of it."""

    def __init__(self, demo: Demo, staff: Staff, first: str) -> None:
        self.http = _visitor(demo)
        self.token: str | None = None
        self.write(first)
        found = staff.get("/api/conversations?status=any&limit=100")["items"]
        self.conversation: dict[str, Any] = next(
            each["conversation"] for each in found if each["conversation"]["token"] == self.token
        )
        self.id: int = self.conversation["id"]
        self.number: int = self.conversation["number"]
        staff.post(f"/api/conversations/{self.id}/assign", assignee_id=staff.me["user_id"])

    def write(self, content: str) -> None:
        body: dict[str, Any] = {"client_id": uuid4().hex, "content": content, "conversation": self.token, "files": []}
        self.token = self.http.post("/messages", json=body).raise_for_status().json()["conversation"]["token"]

    def reads(self) -> list[str]:
        return [
            message["content"]
            for message in self.http.get(f"/conversations/{self.token}/messages").raise_for_status().json()["messages"]
        ]


@pytest.fixture(scope="module")
def admin(demo: Demo) -> Staff:
    return Staff(demo)


@pytest.fixture(scope="module")
def agent(demo: Demo) -> Staff:
    return Staff(demo, "agent")


@pytest.fixture
def customer(demo: Demo, admin: Staff) -> Customer:
    return Customer(demo, admin, f"My lamp hums, order {uuid4().hex[:6]}")


def _signed_in(context: BrowserContext, staff: Staff, demo: Demo) -> Page:
    for name, value in staff.http.cookies.items():
        context.add_cookies([{"name": name, "value": value, "url": demo.url}])
    context.set_default_timeout(TIMEOUT_MS)
    return context.new_page()


@pytest.fixture
def page(context: BrowserContext, admin: Staff, demo: Demo) -> Page:
    """The admin's browser."""
    return _signed_in(context, admin, demo)


@pytest.fixture
def colleague(chromium: Browser, agent: Staff, demo: Demo) -> Iterator[Page]:
    """Another agent's browser."""
    context = chromium.new_context(viewport=DESKTOP)
    yield _signed_in(context, agent, demo)
    context.close()


def _row(page: Page, conversation: int) -> Locator:
    return page.locator(f'[data-list] [data-conversation="{conversation}"]')


def _open(page: Page, demo: Demo, conversation: int, query: str = "") -> Locator:
    """Open a conversation and wait until it is there, live; returns its log."""
    page.goto(f"{demo.url}/app/inbox/{conversation}{query}")
    log = page.get_by_role("log")
    expect(log.get_by_role("article").first).to_be_visible()
    return log


def _violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]]


def test_the_keyboard_alone_reads_answers_and_resolves(page: Page, demo: Demo, customer: Customer) -> None:
    page.goto(f"{demo.url}/app/inbox")
    expect(_row(page, customer.id)).to_be_visible()
    page.keyboard.press("j")
    expect(_row(page, customer.id)).to_be_focused()
    page.keyboard.press("j")
    expect(_row(page, customer.id)).not_to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    log = page.get_by_role("log")
    expect(log.get_by_text(customer.reads()[0])).to_be_visible()

    expect(page.get_by_role("textbox", name="Reply to the customer")).to_be_visible()
    page.keyboard.press("r")
    page.keyboard.type("Does it hum at every brightness?")
    page.keyboard.press("Control+Enter")
    expect(log.get_by_text("Does it hum at every brightness?")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("p")
    page.get_by_placeholder("Priority").press_sequentially("urg")
    page.keyboard.press("Enter")
    expect(log.get_by_text("set the priority to Urgent")).to_be_visible()
    page.keyboard.press("e")
    expect(log.get_by_text("resolved this")).to_be_visible()
    expect(page.get_by_role("button", name="Reopen")).to_be_visible()
    page.keyboard.press("Shift+E")
    expect(log.get_by_text("reopened this")).to_be_visible()
    assert customer.reads()[-1] == "Does it hum at every brightness?"

    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts").get_by_text("Assign to me")).to_be_hidden()  # it is ours already
    expect(page.get_by_role("dialog", name="Keyboard shortcuts").get_by_text("Take over")).to_be_hidden()
    expect(page.get_by_role("dialog", name="Keyboard shortcuts").get_by_text("Write a note")).to_be_visible()


def test_a_note_is_tinted_and_never_reaches_the_customer(page: Page, demo: Demo, customer: Customer) -> None:
    log = _open(page, demo, customer.id)
    page.keyboard.press("n")
    field = page.get_by_role("textbox", name="Internal note")
    expect(field).to_be_focused()
    field.fill("Third lamp of this batch that hums.")
    page.get_by_role("button", name="Add note").click()
    note = log.get_by_role("article", name="Internal note by")
    expect(note).to_contain_text("Third lamp of this batch that hums.")
    tint = "element => getComputedStyle(element.querySelector('[title]')).backgroundColor"
    customers = log.locator('[data-look="contact"]').first
    assert note.evaluate(tint) == "rgb(255, 249, 232)"
    assert customers.evaluate(tint) != note.evaluate(tint)
    assert "Third lamp of this batch that hums." not in customer.reads()


def test_a_reply_to_something_old_is_held_until_its_writer_decides(page: Page, demo: Demo, customer: Customer) -> None:
    def _silence(_: WebSocketRoute) -> None:
        """Nothing is told to this page."""

    page.route_web_socket("**/ws", _silence)
    log = _open(page, demo, customer.id)
    customer.write("It stopped humming. Thank you!")
    field = page.get_by_role("textbox", name="Reply to the customer")
    field.fill("Please send it back to us.")
    field.press("Control+Enter")
    guard = page.get_by_role("alertdialog")
    expect(guard).to_contain_text("It stopped humming. Thank you!")
    assert "Please send it back to us." not in customer.reads()

    guard.get_by_role("button", name="Edit").click()
    expect(field).to_have_value("Please send it back to us.")
    expect(guard).to_be_hidden()
    customer.write("Or so it seems.")
    field.press("Control+Enter")
    expect(guard).to_contain_text("Or so it seems.")
    guard.get_by_role("button", name="Send anyway").click()
    expect(guard).to_be_hidden()
    expect(log.get_by_role("article").last).to_contain_text("Please send it back to us.")
    assert customer.reads()[-1] == "Please send it back to us."


def test_a_new_message_moves_its_row_up_and_counts_follow(page: Page, demo: Demo, admin: Staff, customer: Customer) -> None:
    other = Customer(demo, admin, "Do you ship to Iceland?")
    page.goto(f"{demo.url}/app/inbox?view=mine")
    first = page.locator("[data-list] [data-conversation]").first
    expect(first).to_have_attribute("data-conversation", str(other.id))
    mine = page.get_by_role("navigation", name="Views").get_by_role("button", name="Assigned to me")
    before = int(re.sub(r"\D", "", mine.inner_text()))
    customer.write("It hums louder now.")
    expect(first).to_have_attribute("data-conversation", str(customer.id))
    expect(first).to_contain_text("It hums louder now.")
    expect(first).to_contain_text("Unread")
    expect(page).to_have_title(re.compile(r"^\(\d+\) Inbox"))

    admin.post(f"/api/conversations/{other.id}/resolve")
    expect(_row(page, other.id)).to_be_hidden()
    expect(mine).to_contain_text(str(before - 1))
    admin.post(f"/api/conversations/{other.id}/reopen")
    expect(_row(page, other.id)).to_be_visible()
    expect(mine).to_contain_text(str(before))


def test_a_snoozed_conversation_leaves_the_list_and_undo_brings_it_back(page: Page, demo: Demo, customer: Customer) -> None:
    log = _open(page, demo, customer.id)
    page.keyboard.press("h")
    page.get_by_role("option", name="In 4 hours").click()
    expect(_row(page, customer.id)).to_be_hidden()
    expect(log.get_by_text("snoozed this until")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(_row(page, customer.id)).to_be_visible()

    page.keyboard.press("h")
    page.get_by_role("option", name="Choose date and time").click()
    page.get_by_role("textbox", name="Until").fill("2020-01-01T09:00")
    page.get_by_role("dialog").get_by_role("button", name="Snooze").click()
    expect(page.get_by_text("Choose a time from now on, within 90 days.")).to_be_visible()


def test_a_phone_shows_one_pane_at_a_time(chromium: Browser, demo: Demo, admin: Staff, customer: Customer) -> None:
    context = chromium.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    page = _signed_in(context, admin, demo)
    page.goto(f"{demo.url}/app/inbox")
    row, log = _row(page, customer.id), page.get_by_role("log")
    expect(row).to_be_visible()
    expect(log).to_be_hidden()
    row.tap()
    expect(log).to_be_visible()
    expect(row).to_be_hidden()
    box = page.locator("[data-pane=thread]").bounding_box()
    assert box is not None
    assert (box["x"], box["width"]) == (0, PHONE["width"])
    field = page.get_by_role("textbox", name="Reply to the customer").bounding_box()
    assert field is not None
    assert field["y"] + field["height"] < PHONE["height"]
    assert _violations(page) == []
    page.get_by_role("button", name="Details").tap()
    expect(page.get_by_role("dialog", name="Details").get_by_text("Assignee", exact=True)).to_be_visible()
    page.get_by_role("button", name="Close", exact=True).tap()
    page.get_by_role("button", name="Back to the list").tap()
    expect(row).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    context.close()


def test_older_messages_come_in_above_without_moving_what_is_read(page: Page, demo: Demo, admin: Staff, customer: Customer) -> None:
    for number in range(1, 121):
        admin.write(customer.id, "note", f"Note number {number}")
    log = _open(page, demo, customer.id)
    expect(log.get_by_text("Note number 120", exact=True)).to_be_in_viewport()
    expect(log.get_by_text("Note number 60", exact=True)).to_have_count(0)
    tops = """async (log) => {
      const find = (text) => [...log.querySelectorAll("article")].find((each) => each.textContent.includes(text));
      const anchor = find("Note number 80");
      anchor.scrollIntoView({ block: "start" });
      const before = anchor.getBoundingClientRect().top;
      log.scrollTop -= 1;
      for (let i = 0; i < 100 && !find("Note number 60"); i++) await new Promise((resolve) => setTimeout(resolve, 50));
      await new Promise((resolve) => setTimeout(resolve, 200));
      return [before, find("Note number 80").getBoundingClientRect().top, find("Note number 60") !== undefined];
    }"""
    before, after, loaded = log.evaluate(tops)
    assert loaded
    assert abs(after - before) <= 2

    customer.write("Are you still there?")
    pill = page.get_by_role("button", name="1 new message")
    expect(pill).to_be_visible()
    pill.click()
    expect(log.get_by_text("Are you still there?")).to_be_in_viewport()
    expect(pill).to_be_hidden()


def test_colleagues_see_each_other_look_and_write(
    page: Page, colleague: Page, demo: Demo, agent: Staff, customer: Customer
) -> None:
    _open(page, demo, customer.id)
    log = _open(colleague, demo, customer.id)
    expect(page.locator("[data-viewers]")).to_contain_text(agent.me["name"])
    colleague.get_by_role("textbox", name="Reply to the customer").press_sequentially("One moment")
    expect(page.get_by_text(f"{agent.me['name']} is writing a reply")).to_be_visible()
    page.keyboard.press("a")
    page.get_by_role("option", name=agent.me["name"]).click()
    expect(log.get_by_text(re.compile("assigned this to"))).to_be_visible()


def test_what_was_written_offline_is_sent_when_the_network_is_back(page: Page, demo: Demo, customer: Customer) -> None:
    log = _open(page, demo, customer.id)
    page.context.set_offline(True)
    expect(page.get_by_text("You are offline")).to_be_visible()
    field = page.get_by_role("textbox", name="Reply to the customer")
    field.fill("I am on a train, but here is my answer.")
    field.press("Control+Enter")
    expect(log.get_by_text("Kept; sent when you are back online")).to_be_visible()
    page.context.set_offline(False)
    expect(log.get_by_text("Kept; sent when you are back online")).to_be_hidden()
    expect(page.get_by_text("You are offline")).to_be_hidden()
    assert customer.reads().count("I am on a train, but here is my answer.") == 1


def test_drafts_stay_with_their_conversation_and_kind(page: Page, demo: Demo, admin: Staff, customer: Customer) -> None:
    other = Customer(demo, admin, "Can I change my address?")
    _open(page, demo, customer.id)
    reply, note = page.get_by_role("textbox", name="Reply to the customer"), page.get_by_role("textbox", name="Internal note")
    reply.fill("A reply that is not finished")
    page.get_by_role("tab", name="Note").click()
    note.fill("A note that is not finished")
    _row(page, other.id).click()
    expect(reply).to_have_value("")
    page.reload()
    _row(page, customer.id).click()
    expect(reply).to_have_value("A reply that is not finished")
    page.get_by_role("tab", name="Note").click()
    expect(note).to_have_value("A note that is not finished")


def test_files_go_with_a_message(page: Page, demo: Demo, customer: Customer) -> None:
    log = _open(page, demo, customer.id)
    page.locator('input[type="file"]').set_input_files({"name": "label.txt", "mimeType": "text/plain", "buffer": b"Tear here"})
    expect(page.get_by_role("list", name="Files").get_by_text("label.txt")).to_be_visible()
    page.get_by_role("button", name="Send").click()
    with page.expect_download() as download:
        log.get_by_role("link", name="label.txt").click()
    assert download.value.suggested_filename == "label.txt"


def test_the_ai_agents_conversation_can_be_taken_over_and_shows_its_receipt(page: Page, demo: Demo, admin: Staff) -> None:
    http = _visitor(demo)
    page.goto(f"{demo.url}/app/inbox?view=ai")
    expect(page.get_by_role("heading", name="With the AI agent")).to_be_visible()
    http.post("/messages", json={"client_id": uuid4().hex, "content": "How long does delivery to Norway take?"}).raise_for_status()
    page.locator("[data-list] [data-conversation]").first.click()
    log = page.get_by_role("log")
    expect(log.get_by_role("list", name="Sources")).to_be_visible()
    expect(page.get_by_text("The AI agent is answering")).to_be_visible()
    log.get_by_role("button", name="Why this answer?").click()
    receipt = page.get_by_role("dialog", name="Why the AI agent did this")
    expect(receipt.get_by_role("meter", name="Confidence")).to_be_visible()
    expect(receipt.get_by_text("How long does delivery to Norway take?")).to_be_visible()
    assert _violations(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("t")
    expect(log.get_by_text("took over from the AI agent")).to_be_visible()
    expect(page.get_by_text("The AI agent is answering")).to_be_hidden()


def test_the_palette_finds_conversations_by_number_and_contacts_by_name(page: Page, demo: Demo, customer: Customer) -> None:
    page.goto(f"{demo.url}/app/inbox")
    expect(_row(page, customer.id)).to_be_visible()
    page.keyboard.press("Control+k")
    page.get_by_placeholder("Type a command or search").fill(f"#{customer.number}")
    page.get_by_role("option", name=f"#{customer.number}").click()
    expect(page).to_have_url(re.compile(rf"/inbox/{customer.id}\b"))
    page.keyboard.press("Control+k")
    page.get_by_placeholder("Type a command or search").fill("Claire")
    page.get_by_role("option", name="Claire Dumont").click()
    expect(page.get_by_role("dialog", name="Claire Dumont")).to_be_visible()


def test_a_session_that_ends_leads_to_sign_in_and_back(chromium: Browser, demo: Demo, customer: Customer) -> None:
    staff = Staff(demo)
    context = chromium.new_context(viewport=DESKTOP)
    page = _signed_in(context, staff, demo)
    _open(page, demo, customer.id)
    staff.http.post("/api/auth/logout").raise_for_status()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert _violations(page) == []
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


def test_an_article_is_never_overwritten_unasked(page: Page, demo: Demo, admin: Staff) -> None:
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
    expect(page.get_by_text("Published. The AI agent answers from it now.")).to_be_visible()


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


PAGES = [
    "/inbox",
    "/contacts",
    "/contacts?contact=1",
    "/knowledge",
    "/knowledge?article=1",
    "/knowledge?article=new",
    "/dashboard",
    "/settings/profile",
    "/settings/notifications",
    "/settings/organization",
    "/settings/users",
    "/settings/teams",
    "/settings/inboxes",
    "/settings/jobs",
    "/settings/audit",
    "/nowhere",
]


@pytest.mark.parametrize("look", ["light", "dark", "rtl"])
def test_every_page_is_accessible(chromium: Browser, demo: Demo, admin: Staff, customer: Customer, look: str) -> None:
    context = chromium.new_context(
        viewport=DESKTOP, color_scheme="dark" if look == "dark" else "light", locale="ar" if look == "rtl" else "en"
    )
    page = _signed_in(context, admin, demo)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    found = {}
    for path in [*PAGES, f"/inbox/{customer.id}"]:
        page.goto(f"{demo.url}/app{path}")
        expect(page.locator("main")).to_be_visible()
        page.wait_for_load_state("networkidle")
        if violations := _violations(page):
            found[path] = violations
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    context.close()
    assert found == {}, json.dumps(found, indent=1)
    assert errors == []
