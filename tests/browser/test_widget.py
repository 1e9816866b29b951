"""The widget in a real browser, on pages that are not ours: what it must survive there, and what a visitor can do in it."""

import re
import struct
import threading
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import uuid4

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, BrowserContext, FilePayload, FloatRect, Locator, Page, Request, Route, expect

from tests.browser.conftest import Demo

PHONE = {"width": 390, "height": 844}


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


PIXELS = zlib.compress(b"".join(b"\0" + bytes([200, 120, 40]) * 64 for _ in range(48)))
PNG = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 64, 48, 8, 2, 0, 0, 0))
    + _chunk(b"IDAT", PIXELS)
    + _chunk(b"IEND", b"")
)
HOSTILE = """
* { color: rgb(255, 0, 0) !important; background: rgb(255, 255, 0) !important; font-size: 40px !important; margin: 9px !important; }
lacasa-widget { direction: rtl !important; contain: layout; display: none !important; }
button { width: 300px !important; border-radius: 0 !important; text-transform: uppercase !important; display: none !important; }
body { display: grid; gap: 50px; transform: none; }
"""
COUNT_SHIFTS = """
window.shifts = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""
COUNT_VIOLATIONS = (
    'window.violations = []; addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective));'
)


class Shop:
    """Somebody else's website, at an origin of its own, with the widget on every page."""

    def __init__(self, demo: Demo) -> None:
        self.demo = demo
        self.key = re.findall(r'data-key="([^"]+)"', httpx.get(f"{demo.url}/demo").text)[0]
        self.pages: dict[str, tuple[str, dict[str, str]]] = {}
        pages = self.pages

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                page, headers = pages.get(self.path, ("", {}))
                self.send_response(200 if page else 204)
                for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(page.encode())

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://localhost:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def page(
        self,
        *,
        head: str = "",
        body: str = "",
        attributes: str = "",
        html: str = 'lang="en"',
        headers: dict[str, str] | None = None,
    ) -> str:
        """The address of a page with the widget."""
        path = f"/{uuid4().hex}"
        script = f'<script src="{self.demo.url}/widget.js" data-key="{self.key}" {attributes} async></script>'
        viewport = '<meta name="viewport" content="width=device-width, initial-scale=1">'
        self.pages[path] = (
            f"<!doctype html><html {html}><head><title>Shop</title>{viewport}{head}</head><body><h1>Shop</h1>{body}{script}</body></html>",
            headers or {},
        )
        return self.origin + path


class Staff:
    """A member of staff, over HTTP."""

    def __init__(self, demo: Demo, role: str = "admin") -> None:
        self.http = httpx.Client(base_url=demo.url, headers={"Origin": demo.url})
        email, password = demo.accounts[role]
        self.http.post("/api/auth/login", json={"email": email, "password": password}).raise_for_status()

    def conversation(self, subject: str) -> dict[str, Any]:
        found = self.http.get("/api/conversations", params={"status": "any", "limit": 100}).raise_for_status().json()["items"]
        listed: list[dict[str, Any]] = [each["conversation"] for each in found if each["conversation"]["subject"] == subject]
        assert len(listed) == 1, subject
        return listed[0]

    def messages(self, subject: str) -> list[str]:
        page = self.http.get(f"/api/conversations/{self.conversation(subject)['id']}/messages").raise_for_status().json()
        return [message["content"] for message in page["messages"] if message["sender_type"] == "contact"]

    def do(self, subject: str, verb: str, **body: Any) -> None:
        path = f"/api/conversations/{self.conversation(subject)['id']}/{verb}"
        self.http.post(path, json=body if verb == "reply" else None).raise_for_status()

    def reply(self, subject: str, content: str) -> None:
        self.do(subject, "reply", client_id=uuid4().hex, content=content)


@pytest.fixture(scope="module")
def staff(demo: Demo) -> Iterator[Staff]:
    staff = Staff(demo)
    yield staff
    staff.http.close()


@pytest.fixture(scope="module")
def shop(demo: Demo, staff: Staff) -> Iterator[Shop]:
    shop = Shop(demo)
    inbox = staff.http.get("/api/inboxes").json()
    inbox = (inbox if isinstance(inbox, list) else inbox["items"])[0]
    staff.http.patch(f"/api/inboxes/{inbox['id']}", json={"allowed_origins": [shop.origin]}).raise_for_status()
    yield shop
    shop.server.shutdown()
    shop.server.server_close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def launcher(page: Page) -> Locator:
    return page.locator("lacasa-widget button.launcher")


def panel(page: Page) -> Locator:
    return page.locator("lacasa-widget .panel")


def opened(page: Page, url: str) -> Page:
    page.goto(url)
    launcher(page).click()
    expect(panel(page).locator(".hero h2")).not_to_be_empty()
    return page


def write(page: Page, text: str) -> None:
    panel(page).get_by_role("textbox", name="Write a message").fill(text)
    panel(page).get_by_role("button", name="Send", exact=True).click()


def started(page: Page, url: str, text: str = "") -> str:
    """Opens the widget and starts a conversation; returns its subject, that of no other conversation."""
    subject = text or f"Question {uuid4().hex[:12]}"
    opened(page, url)
    panel(page).get_by_role("button", name="Send us a message").click()
    write(page, subject)
    expect(panel(page).get_by_text("Sent", exact=False).last).to_be_visible()
    return subject


def asked_for_person(page: Page, url: str) -> str:
    """As `started`, with people from then on, so that nothing else happens by itself."""
    subject = started(page, url)
    person = panel(page).get_by_role("button", name="Talk to a person")
    state = panel(page).get_by_text("The team has this conversation now.")
    expect(person.or_(state)).to_be_visible()
    if person.is_visible():
        person.click()
    expect(state).to_be_visible()
    return subject


def box(locator: Locator) -> FloatRect:
    found = locator.bounding_box()
    assert found is not None
    return found


def faults(page: Page) -> list[str]:
    results = Axe().run(page, context="lacasa-widget")
    assert results.response["passes"], "axe did not look inside"
    return [
        f"{each['id']}: {each['nodes'][0]['html'][:200]} {each['nodes'][0]['failureSummary'][:300]}"
        for each in results.response["violations"]
    ]


# On somebody else's page ------------------------------------------------------------------------------------------


def test_chat_is_fetched_only_when_somebody_wants_it(shop: Shop, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(shop.page())
    expect(launcher(page)).to_be_visible()
    page.wait_for_timeout(300)
    assert not [url for url in asked if "/chat/" in url or "/api/" in url]
    launcher(page).hover()
    page.wait_for_function("performance.getEntriesByType('resource').some(({ name }) => name.includes('/chat/chat-'))")


def test_the_very_first_click_opens_the_panel(shop: Shop, page: Page) -> None:
    page.goto(shop.page())
    launcher(page).evaluate("(button) => button.click()")  # no hover, no focus before it
    expect(panel(page)).to_be_visible()


def test_what_the_page_said_before_the_script_came_is_obeyed(shop: Shop, page: Page) -> None:
    stub = "<script>window.Lacasa = (...command) => (Lacasa.q ??= []).push(command); Lacasa('open')</script>"
    page.goto(shop.page(head=stub))
    expect(panel(page)).to_be_visible()
    page.evaluate("Lacasa('close')")
    expect(panel(page)).to_have_count(0)
    page.evaluate("Lacasa('open')")
    expect(panel(page)).to_be_visible()


def test_the_page_may_boot_the_widget_itself(shop: Shop, page: Page) -> None:
    page.goto(shop.page())
    page.evaluate(
        """([src, key]) => {
          document.querySelector("lacasa-widget").remove();
          document.querySelector("script[data-key]").remove();
          delete window.Lacasa;
          const script = document.createElement("script");
          script.src = src;
          script.onload = () => Lacasa("boot", { key, position: "start" });
          document.body.append(script);
        }""",
        [f"{shop.demo.url}/widget.js", shop.key],
    )
    assert box(launcher(page))["x"] < 100
    launcher(page).click()
    expect(panel(page).locator(".hero h2")).not_to_be_empty()
    assert box(panel(page))["x"] < 100


def test_on_a_phone_the_panel_covers_the_whole_screen(shop: Shop, chromium: Browser) -> None:
    context = chromium.new_context(viewport=PHONE, has_touch=True, is_mobile=True)  # type: ignore[arg-type]
    page = opened(context.new_page(), shop.page())
    page.wait_for_timeout(300)
    assert box(panel(page)) == {"x": 0, "y": 0, **PHONE}
    expect(launcher(page)).to_be_hidden()
    panel(page).get_by_role("button", name="Send us a message").click()
    field = box(panel(page).get_by_role("textbox", name="Write a message"))
    assert field["y"] + field["height"] <= PHONE["height"]
    for _ in range(30):  # the focus stays inside
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.tagName") == "LACASA-WIDGET"
    panel(page).get_by_role("button", name="Close chat").click()
    expect(launcher(page)).to_be_focused()
    context.close()


def test_hostile_styles_of_the_page_do_not_get_in(shop: Shop, page: Page) -> None:
    looks = """(root) => [...root.shadowRoot.querySelectorAll("*")].map((each) => {
      const { color, backgroundColor, fontSize, margin, display, textTransform } = getComputedStyle(each);
      return [each.tagName, each.className.baseVal ?? each.className, color, backgroundColor, fontSize, margin, display, textTransform].join(" ");
    })"""
    found = []
    for head in ("", f"<style>{HOSTILE}</style>"):
        opened(page, shop.page(head=head))
        expect(panel(page).locator(".line").first).to_be_visible()
        page.mouse.move(0, 0)
        page.wait_for_timeout(400)
        found.append((page.locator("lacasa-widget").evaluate(looks), box(launcher(page)), box(panel(page))))
        page.evaluate("localStorage.clear()")
    assert found[0] == found[1]
    assert (found[0][1]["width"], found[0][1]["height"]) == (56, 56)


def test_nothing_on_the_page_moves(shop: Shop, page: Page) -> None:
    page.add_init_script(COUNT_SHIFTS)
    grid = "<style>body { display: grid; gap: 40px } p { height: 900px }</style>"
    page.goto(shop.page(head=grid, body="<p>Text</p>"))
    expect(launcher(page)).to_be_visible()
    height = "document.documentElement.scrollHeight"
    before = page.evaluate(height)
    page.locator("lacasa-widget").evaluate("(element) => element.remove()")
    assert page.evaluate(height) == before
    opened(page, shop.page(head=grid, body="<p>Text</p>"))
    page.wait_for_timeout(800)
    assert page.evaluate("window.shifts") == 0


def test_it_works_under_a_strict_policy_and_trusted_types(shop: Shop, page: Page) -> None:
    ours = shop.demo.url
    policy = f"default-src 'none'; script-src {ours}; connect-src {ours} {ours.replace('http', 'ws')}; require-trusted-types-for 'script'"
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.add_init_script(COUNT_VIOLATIONS)
    started(page, shop.page(headers={"Content-Security-Policy": policy}))
    page.locator("lacasa-widget input[type=file]").set_input_files({"name": "dot.png", "mimeType": "image/png", "buffer": PNG})
    write(page, "with a picture")
    expect(panel(page).locator("canvas:not(.skeleton)")).to_be_visible()
    assert page.evaluate("window.violations") == []
    assert [error for error in errors if "Content Security" in error or "Trusted" in error] == []


def test_requests_go_to_where_the_script_came_from(shop: Shop, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    sockets: list[str] = []
    page.on("websocket", lambda socket: sockets.append(socket.url))
    started(page, shop.page())
    assert {url.split("/api/")[0] for url in asked if "/api/" in url} == {shop.demo.url}
    page.wait_for_timeout(300)
    assert sockets == [shop.demo.url.replace("http", "ws") + "/ws"]
    assert shop.key not in sockets[0]


def test_a_website_that_is_not_listed_is_told_so(shop: Shop, page: Page) -> None:
    page.goto(shop.page().replace("localhost", "127.0.0.1"))  # another origin
    launcher(page).click()
    panel(page).get_by_role("button", name="Messages").click()
    expect(panel(page).get_by_role("alert")).to_have_text("This website may not use this chat.")


def test_no_cookies_and_only_names_of_our_own_in_storage(shop: Shop, page: Page) -> None:
    started(page, shop.page())
    assert page.context.cookies() == []
    assert all(name.startswith("lacasa.") for name in page.evaluate("Object.keys(localStorage)"))


# Connections ------------------------------------------------------------------------------------------------------


def test_what_is_written_offline_goes_out_once_when_the_network_is_back(shop: Shop, staff: Staff, page: Page) -> None:
    subject = asked_for_person(page, shop.page())
    page.context.set_offline(True)
    expect(panel(page).get_by_text("No connection.")).to_be_visible()
    for text in ("one", "two", "three"):
        write(page, text)
    expect(panel(page).get_by_text("Sent when you are online")).to_be_visible()
    page.context.set_offline(False)
    expect(panel(page).get_by_text("No connection.")).to_have_count(0)
    expect(panel(page).get_by_text("Sent", exact=False).last).to_be_visible()
    expect(panel(page).locator(".waiting")).to_have_count(0)
    assert staff.messages(subject) == [subject, "one", "two", "three"]


def test_what_was_not_acknowledged_survives_a_reload(shop: Shop, staff: Staff, page: Page) -> None:
    subject = asked_for_person(page, shop.page())
    answers = 0

    def lose(route: Route, request: Request) -> None:
        """The server gets the first message, but its answer is lost; later ones do not get through at all."""
        nonlocal answers
        if request.method == "POST" and answers == 0:
            route.fetch()
        answers += request.method == "POST"
        route.abort()

    page.route("**/api/widget/*/messages", lose)
    write(page, "first")
    write(page, "second")
    page.wait_for_timeout(1000)
    page.reload()
    page.wait_for_timeout(1000)  # unsent messages bring the chat without any click
    page.unroute("**/api/widget/*/messages")
    launcher(page).click()  # the conversation that was on screen is there again
    expect(panel(page).get_by_text("second")).to_be_visible()
    expect(panel(page).locator(".waiting")).to_have_count(0, timeout=20_000)
    assert staff.messages(subject) == [subject, "first", "second"]
    for text in ("first", "second"):
        expect(panel(page).get_by_text(text, exact=True)).to_have_count(1)


def test_a_new_conversation_written_while_the_server_is_away_is_one_conversation(shop: Shop, staff: Staff, page: Page) -> None:
    opened(page, shop.page())
    panel(page).get_by_role("button", name="Send us a message").click()
    page.route("**/api/widget/*/messages", lambda route: route.abort())
    subject = f"Question {uuid4().hex[:12]}"
    write(page, subject)
    write(page, "and another thing")
    page.wait_for_timeout(500)
    page.unroute("**/api/widget/*/messages")
    expect(panel(page).locator(".waiting")).to_have_count(0, timeout=20_000)
    assert staff.messages(subject) == [subject, "and another thing"]


def test_what_the_server_refuses_can_be_tried_again_or_discarded(shop: Shop, staff: Staff, page: Page) -> None:
    subject = asked_for_person(page, shop.page())
    page.route("**/api/widget/*/messages", lambda route: route.fulfill(status=400, json={"code": "invalid"}))
    write(page, "good")
    write(page, "bad")
    expect(panel(page).get_by_text("Not sent")).to_have_count(2)
    assert faults(page) == []
    page.unroute("**/api/widget/*/messages")
    panel(page).get_by_role("button", name="Try again").first.click()
    panel(page).get_by_role("button", name="Discard").last.click()
    expect(panel(page).locator(".waiting")).to_have_count(0)
    assert staff.messages(subject) == [subject, "good"]


# What a visitor sees and does -------------------------------------------------------------------------------------


def test_the_ai_agent_answers_with_sources_and_a_person_is_one_tap_away(
    shop: Shop, staff: Staff, page: Page, screenshots: Any
) -> None:
    question = "What is your refund policy?"
    opened(page, shop.page())
    panel(page).get_by_role("button", name="Send us a message").click()
    write(page, question)
    source = panel(page).get_by_role("list", name="Sources").get_by_role("button").first
    source.wait_for(timeout=30_000)
    expect(panel(page).locator(".mark")).to_have_text("AI agent")
    assert faults(page) == []
    page.screenshot(path=screenshots / "widget-answer.png")
    source.click()
    expect(panel(page).get_by_role("heading", level=1)).to_be_visible()
    assert faults(page) == []
    panel(page).get_by_role("button", name="Back").click()
    panel(page).get_by_role("button", name="Talk to a person").click()
    expect(panel(page).get_by_text("The team has this conversation now.")).to_be_visible()
    expect(panel(page).get_by_role("button", name="Talk to a person")).to_have_count(0)
    panel(page).get_by_label("Where can we reach you").fill("visitor@example.com")
    panel(page).get_by_role("button", name="Save").click()
    expect(panel(page).get_by_text("visitor@example.com")).to_be_visible()


def test_an_answer_while_the_panel_is_closed_shows_on_the_launcher(shop: Shop, staff: Staff, page: Page) -> None:
    subject = asked_for_person(page, shop.page())
    page.evaluate("window.counts = []; Lacasa('onUnread', (count) => counts.push(count))")
    page.keyboard.press("Escape")
    staff.reply(subject, "**Hello**, this is a person.")
    expect(launcher(page).locator(".badge")).to_have_text("1")
    preview = page.locator("lacasa-widget .preview")
    expect(preview).to_contain_text("Hello, this is a person.")
    assert page.evaluate("counts") == [0, 1]
    assert faults(page) == []
    page.reload()
    expect(launcher(page).locator(".badge")).to_have_text("1")  # it is found without a click
    preview.get_by_role("button").first.click()
    expect(panel(page).locator("strong", has_text="Hello")).to_be_visible()
    expect(panel(page).get_by_text("joined the conversation")).to_be_visible()
    expect(launcher(page).locator(".badge")).to_be_hidden()
    page.wait_for_timeout(1500)
    conversation = staff.conversation(subject)
    assert conversation["contact_read_seq"] == conversation["public_seq"]


def test_somebody_who_types_is_seen_typing(shop: Shop, staff: Staff, page: Page) -> None:
    subject = asked_for_person(page, shop.page())
    helper = page.context.new_page()
    helper.goto(f"{shop.demo.url}/health/ready")
    ticket = staff.http.post("/api/auth/ticket").json()["ticket"]
    helper.evaluate(
        """([url, ticket, conversation]) => {
          const socket = new WebSocket(url);
          const say = (frame) => socket.send(JSON.stringify(frame));
          socket.onmessage = ({ data }) => {
            const { op } = JSON.parse(data);
            if (op === "hello") say({ op: "auth", ticket });
            if (op === "authenticated") say({ op: "subscribe" });
            if (op === "live") say({ op: "typing", conversation });
          };
        }""",
        [shop.demo.url.replace("http", "ws") + "/ws", ticket, staff.conversation(subject)["id"]],
    )
    expect(panel(page).get_by_role("img", name="is typing")).to_be_visible()
    expect(panel(page).get_by_role("img", name="is typing")).to_have_count(0, timeout=12_000)


def test_resolved_reopens_by_writing_and_closed_leads_to_a_new_conversation(shop: Shop, staff: Staff, page: Page) -> None:
    subject = asked_for_person(page, shop.page())
    staff.reply(subject, "Done.")
    staff.do(subject, "resolve")
    expect(panel(page).get_by_text("Resolved. Write again to reopen it.")).to_be_visible()
    write(page, "Not quite")
    expect(panel(page).get_by_text("Resolved.")).to_have_count(0)
    staff.do(subject, "close")
    expect(panel(page).get_by_text("This conversation is closed.")).to_be_visible()
    panel(page).get_by_role("button", name="Start a new conversation").click()
    expect(panel(page).get_by_role("heading", name="New conversation")).to_be_visible()


def test_files_are_sent_and_refused_in_words(shop: Shop, staff: Staff, page: Page) -> None:
    subject = asked_for_person(page, shop.page())
    choose = page.locator("lacasa-widget input[type=file]")
    choose.set_input_files({"name": "page.html", "mimeType": "text/html", "buffer": b"<p>"})
    expect(panel(page).get_by_text("page.html: this kind of file is not accepted")).to_be_visible()
    choose.set_input_files({"name": "nothing.txt", "mimeType": "text/plain", "buffer": b""})
    expect(panel(page).get_by_text("nothing.txt is empty")).to_be_visible()
    picture = FilePayload(name="dot.png", mimeType="image/png", buffer=PNG)
    choose.set_input_files([picture, FilePayload(name="note.txt", mimeType="text/plain", buffer=b"hi")])
    expect(panel(page).locator(".chosen progress")).to_have_count(0)
    write(page, "see these")
    link = panel(page).get_by_role("link", name="note.txt")
    expect(link).to_be_visible()
    expect(panel(page).locator("canvas:not(.skeleton)")).to_be_visible()
    assert httpx.get(str(link.get_attribute("href"))).content == b"hi"
    expect(panel(page).locator(".waiting")).to_have_count(0)
    assert staff.messages(subject)[-1] == "see these"


def test_the_help_center_is_searched_and_read(shop: Shop, page: Page) -> None:
    opened(page, shop.page())
    panel(page).get_by_role("button", name="Help", exact=True).click()
    panel(page).get_by_role("searchbox").fill("return policy")
    expect(panel(page).get_by_text("Results")).to_be_visible()
    assert faults(page) == []
    panel(page).get_by_role("button", name=re.compile("^Return policy")).first.click()
    expect(panel(page).get_by_role("heading", level=1)).to_contain_text("Return policy")
    panel(page).get_by_role("button", name="Back").click()
    panel(page).get_by_role("searchbox").fill("xyzzyx")
    expect(panel(page).get_by_text("Nothing found.")).to_be_visible()


def test_escape_closes_and_gives_the_focus_back(shop: Shop, page: Page) -> None:
    page.goto(shop.page())
    launcher(page).focus()
    page.keyboard.press("Enter")
    expect(panel(page).get_by_role("heading", level=2)).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(panel(page).get_by_role("textbox", name="Write a message")).to_be_focused()
    page.keyboard.press("Escape")
    expect(panel(page)).to_have_count(0)
    expect(launcher(page)).to_be_focused()
    expect(launcher(page)).to_have_attribute("aria-expanded", "false")


def test_a_conversation_can_be_held_with_the_keyboard_alone(shop: Shop, staff: Staff, page: Page) -> None:
    page.goto(shop.page())
    launcher(page).focus()
    page.keyboard.press("Enter")
    expect(panel(page).locator(".hero h2")).not_to_be_empty()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(panel(page).get_by_role("textbox", name="Write a message")).to_be_focused()
    subject = f"Question {uuid4().hex[:12]}"
    page.keyboard.type(subject)
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("second line")
    page.keyboard.press("Enter")
    expect(panel(page).get_by_text("second line")).to_be_visible()
    expect(panel(page).get_by_role("textbox", name="Write a message")).to_be_focused()
    expect(panel(page).locator(".waiting")).to_have_count(0)
    assert staff.messages(f"{subject} second line") == [f"{subject}\nsecond line"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(shop: Shop, chromium: Browser, scheme: str, screenshots: Any) -> None:
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    page = opened(context.new_page(), shop.page())
    expect(panel(page).locator(".line").first).to_be_visible()
    assert faults(page) == []
    page.screenshot(path=screenshots / f"widget-home-{scheme}.png")
    panel(page).get_by_role("button", name="Messages").click()
    expect(panel(page).get_by_text("No messages yet")).to_be_visible()
    assert faults(page) == []
    panel(page).get_by_role("button", name="Send us a message").click()
    assert faults(page) == []
    write(page, f"Hello, {uuid4().hex[:8]} **there**")
    panel(page).get_by_role("button", name="Talk to a person").click()
    expect(panel(page).get_by_text("The team has this conversation now.")).to_be_visible()
    assert faults(page) == []
    page.screenshot(path=screenshots / f"widget-thread-{scheme}.png")
    page.context.set_offline(True)
    expect(panel(page).get_by_text("No connection.")).to_be_visible()
    assert faults(page) == []
    context.close()


def test_reduced_motion_moves_nothing(shop: Shop, chromium: Browser) -> None:
    context = chromium.new_context(reduced_motion="reduce")
    page = opened(context.new_page(), shop.page())
    moving = "(element) => element.shadowRoot.getAnimations().filter(({ playState }) => playState === 'running').length"
    assert page.locator("lacasa-widget").evaluate(moving) == 0
    context.close()


@pytest.mark.parametrize(("html", "attributes"), [('lang="ar" dir="rtl"', ""), ('lang="en"', 'data-locale="ar"')])
def test_arabic_runs_from_right_to_left(shop: Shop, page: Page, html: str, attributes: str, screenshots: Any) -> None:
    page.goto(shop.page(html=html, attributes=attributes))
    expect(launcher(page)).to_have_accessible_name("افتح المحادثة")
    assert box(launcher(page))["x"] < 100
    launcher(page).click()
    expect(panel(page).get_by_role("button", name="أرسل لنا رسالة")).to_be_visible()
    assert box(panel(page))["x"] < 100
    home, last = (box(panel(page).locator(".tabs button").nth(index)) for index in (0, 2))
    assert home["x"] > last["x"]
    assert faults(page) == []
    panel(page).get_by_role("button", name="أرسل لنا رسالة").click()
    panel(page).get_by_role("textbox", name="اكتب رسالة").fill("مرحبا")
    panel(page).get_by_role("button", name="إرسال", exact=True).click()
    mine = panel(page).locator(".row.mine .bubble")
    expect(mine).to_have_text("مرحبا")
    assert box(mine)["x"] < box(panel(page))["x"] + 200  # the visitor's own end of the line
    page.screenshot(path=screenshots / "widget-rtl.png")


def test_reset_forgets_the_visitor(shop: Shop, page: Page) -> None:
    subject = started(page, shop.page())
    page.evaluate("Lacasa('reset')")
    launcher(page).click()
    expect(panel(page).locator(".hero h2")).not_to_be_empty()
    expect(panel(page).get_by_text(subject)).to_have_count(0)
    panel(page).get_by_role("button", name="Messages").click()
    expect(panel(page).get_by_text("No messages yet")).to_be_visible()


def test_two_tabs_show_the_same_conversation(shop: Shop, staff: Staff, page: Page) -> None:
    url = shop.page()
    subject = asked_for_person(page, url)
    page.wait_for_timeout(1500)  # what is unread would be opened at once
    other = page.context.new_page()
    opened(other, url)
    panel(other).get_by_role("button", name=subject).click()
    write(other, "from the other tab")
    expect(panel(page).get_by_text("from the other tab")).to_be_visible()
    write(page, "and from this one")
    expect(panel(other).get_by_text("and from this one")).to_be_visible()
    expect(panel(page).locator(".waiting")).to_have_count(0)
    assert staff.messages(subject) == [subject, "from the other tab", "and from this one"]
