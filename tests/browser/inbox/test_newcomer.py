"""What somebody meets who is new here: an empty organization, a long text, a slow first connection, another language."""

import re
import time
from uuid import uuid4

import httpx
from playwright.sync_api import Browser, Page, WebSocketRoute, expect

from tests.browser.conftest import Demo
from tests.browser.inbox.pages import DESKTOP, PHONE, Customer, Staff, all_sent, client, open_conversation, row_of, violations

LONG = "\n".join(f"Line {number} of what happened, see [the parcel](https://example.com/{number})." for number in range(60))


def founded(demo: Demo) -> httpx.Client:
    http = client(demo.url, demo.url)
    body = {"organization_name": "Brand New", "name": "Nora New", "email": f"{uuid4().hex}@example.com", "password": uuid4().hex}
    http.post("/api/auth/signup", json=body).raise_for_status()
    return http


def entered(chromium: Browser, http: httpx.Client, demo: Demo, viewport: dict[str, int] = DESKTOP) -> Page:  # type: ignore[assignment]
    context = chromium.new_context(viewport=viewport)  # type: ignore[arg-type]
    context.set_default_timeout(10_000)
    context.add_cookies([{"name": name, "value": value, "url": demo.url} for name, value in http.cookies.items()])
    return context.new_page()


def test_a_new_admin_is_shown_the_first_steps_until_somebody_writes(chromium: Browser, demo: Demo) -> None:
    http = founded(demo)
    page = entered(chromium, http, demo)
    page.goto(f"{demo.url}/app/settings/inboxes")
    expect(page.get_by_text("Make one for your site")).to_be_visible()
    expect(page.get_by_role("button", name="New chat widget")).to_be_visible()
    expect(page.get_by_role("button", name="New e-mail inbox")).to_be_visible()
    expect(page.get_by_text("An admin can give it to you")).to_have_count(0)

    page.goto(f"{demo.url}/app/inbox")
    steps = page.get_by_role("list", name="First steps")
    expect(steps.get_by_role("listitem")).to_have_count(3)
    assert violations(page) == []
    steps.get_by_role("button", name="Make the inbox").click()
    expect(steps.get_by_text("widget.js")).to_be_visible()
    key = re.findall(r'data-key="([^"]+)"', steps.inner_text())[0]

    expect(steps.get_by_role("link", name="Add a user")).to_have_attribute("href", re.compile(r"/settings/users$"))
    steps.get_by_role("link", name="New article").click()
    expect(page.get_by_label("Text", exact=True)).to_be_visible()
    http.post("/api/articles", json={"title": "Opening hours", "body": "Nine to five."}).raise_for_status()
    page.goto(f"{demo.url}/app/inbox")
    expect(steps.get_by_role("heading", name="Write an article · Done")).to_be_visible()

    visitor = client(f"{demo.url}/api/widget/{key}", demo.url)
    visitor.headers["Authorization"] = f"Bearer {visitor.post('/session', json={}).raise_for_status().json()['token']}"
    visitor.post("/messages", json={"client_id": uuid4().hex, "content": "Is anybody there?"}).raise_for_status()
    expect(page.locator("[data-list] [data-conversation]")).to_have_count(1)
    expect(steps).to_have_count(0)
    page.context.close()


def test_on_a_phone_the_first_steps_stand_in_the_list(chromium: Browser, demo: Demo) -> None:
    page = entered(chromium, founded(demo), demo, dict(PHONE))
    page.goto(f"{demo.url}/app/inbox")
    expect(page.get_by_role("list", name="First steps")).to_be_visible()
    assert violations(page) == []
    page.context.close()


def test_who_is_no_admin_gets_no_first_steps(colleague: Page, demo: Demo) -> None:
    colleague.route("**/api/conversations?*", lambda route: route.fulfill(json={"items": [], "next": None, "live_cursor": ""}))
    colleague.route(
        "**/api/conversations/counts", lambda route: route.fulfill(json=dict.fromkeys(["all", "mine", "unassigned", "ai"], 0))
    )
    colleague.goto(f"{demo.url}/app/inbox")
    expect(colleague.get_by_text("All quiet")).to_be_visible()
    expect(colleague.get_by_role("list", name="First steps")).to_have_count(0)


def test_a_long_note_is_folded_and_opens_by_keyboard_where_it_is_read(
    page: Page, demo: Demo, admin: Staff, customer: Customer
) -> None:
    for number in range(12):
        customer.write(f"It hums, for the {number}th time.")
    admin.write(customer.id, "note", LONG)
    log = open_conversation(page, demo, customer.id)
    note = log.get_by_role("article", name="Internal note by")
    more = note.get_by_role("button", name="Show all")
    expect(more).to_have_attribute("aria-expanded", "false")
    folded = note.bounding_box()
    assert folded is not None
    assert folded["height"] < 450
    assert "Line 59 of what happened" in note.inner_text()  # read aloud and found by search, folded or not
    assert violations(page) == []

    top = note.get_by_text("Line 0 of what happened").bounding_box()
    more.press("Enter")
    less = note.get_by_role("button", name="Show less")
    expect(less).to_have_attribute("aria-expanded", "true")
    unfolded = note.bounding_box()
    after = note.get_by_text("Line 0 of what happened").bounding_box()
    assert unfolded is not None
    assert unfolded["height"] > folded["height"] * 2
    assert top is not None
    assert after is not None
    assert abs(after["y"] - top["y"]) <= 2
    less.press("Enter")
    expect(more).to_be_in_viewport()
    expect(more).to_be_focused()

    note.get_by_role("link", name="the parcel").last.focus()
    expect(less).to_be_visible()
    expect(note.get_by_role("link", name="the parcel").last).to_be_in_viewport()


def test_what_is_too_long_is_refused_with_words_and_nothing_of_it_is_lost(page: Page, demo: Demo, customer: Customer) -> None:
    log = open_conversation(page, demo, customer.id)
    field = page.get_by_role("textbox", name="Reply to the customer")
    field.fill("x" * 9_700)
    expect(page.get_by_text("300 characters left")).to_be_visible()
    field.fill("x" * 10_007)
    expect(page.get_by_text("7 characters too many. Shorten it, or send it in parts.")).to_be_visible()
    expect(page.get_by_role("button", name="Send")).to_be_disabled()
    field.press("Control+Enter")
    page.reload()
    field.wait_for()
    assert len(field.input_value()) == 10_007
    field.fill("🙂" * 10_000)  # as the server counts
    page.get_by_role("button", name="Send").click()
    all_sent(page)
    expect(log.get_by_role("article").last).to_contain_text("🙂🙂🙂")
    assert len(customer.reads()[-1]) == 10_000


def test_a_page_that_opens_is_not_reconnecting(page: Page, demo: Demo, customer: Customer) -> None:
    def _silence(_: WebSocketRoute) -> None:
        """It never becomes live."""

    page.route_web_socket("**/ws", _silence)
    now = time.time()
    page.clock.install(time=now)
    page.clock.pause_at(now + 1)
    page.goto(f"{demo.url}/app/inbox")
    row = row_of(page, customer.id)
    for _ in range(60):  # three seconds of the page's time, however long they take
        page.clock.run_for(50)
        page.wait_for_load_state("networkidle")
        expect(page.get_by_text("Reconnecting")).to_have_count(0)
    expect(row).to_be_visible()
    page.clock.run_for(5_000)
    expect(page.get_by_text("Reconnecting")).to_be_visible()


def test_a_part_of_the_settings_that_waits_too_long_says_so(colleague: Page, demo: Demo) -> None:
    answers: list[bool] = []
    colleague.route("**/api/inboxes", lambda route: route.continue_() if answers else None)
    colleague.clock.install()
    colleague.goto(f"{demo.url}/app/settings/inboxes")
    expect(colleague.get_by_role("heading", name="Inboxes")).to_be_visible()
    late = colleague.get_by_text("This takes longer than usual")
    for _ in range(20):  # the page's clock begins to count when it is there, which takes a while on ours
        colleague.clock.run_for(2_000)
        if late.is_visible():
            break
    expect(late).to_be_visible()
    answers.append(True)
    colleague.get_by_role("button", name="Reload").click()
    expect(colleague.get_by_role("heading", name="Website chat")).to_be_visible()


def test_arabic_says_in_words_what_the_server_says_in_codes(page: Page, demo: Demo, admin: Staff) -> None:
    page.add_init_script("localStorage.setItem('lacasa.locale', '\"ar\"')")
    http = Customer(demo, admin, "Hello").http
    first = http.post("/messages", json={"client_id": uuid4().hex, "content": "I want to talk to a human, please."})
    token = first.raise_for_status().json()["conversation"]["token"]
    page.goto(f"{demo.url}/app/inbox")
    found = admin.get("/api/conversations?status=any&limit=100")["items"]
    id = next(each["conversation"]["id"] for each in found if each["conversation"]["token"] == token)
    log = open_conversation(page, demo, id)
    log.get_by_role("button", name="لماذا هذا الجواب؟").click()
    receipt = page.get_by_role("dialog", name="لماذا فعل الوكيل الذكي هذا")
    expect(receipt.get_by_text("طلب العميل التحدث إلى شخص")).to_be_visible()
    page.keyboard.press("Escape")
    panel = page.locator("[data-pane=details]")
    expect(panel.get_by_text("أول تواصل")).to_be_visible()
    expect(panel.get_by_text(re.compile("سُلّمت إلى شخص: طلب العميل شخصًا"))).to_be_visible()
    for english in ("Activity", "First contact", "Handed to people", "asked"):
        expect(panel.get_by_text(english)).to_have_count(0)
    page.goto(f"{demo.url}/app/settings/audit")
    expect(page.get_by_role("cell", name="سجّل الدخول", exact=True).first).to_be_visible()
    expect(page.get_by_text("session.opened")).to_have_count(0)
