"""Staff and customers beside the browser, and the pages of the inbox as tests see them."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import httpx
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import BrowserContext, Locator, Page, ViewportSize, expect

from tests.browser.conftest import TIMEOUT_MS, Demo

DESKTOP: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}

OF_COLOUR = ["color-contrast", "link-in-text-block"]
"""axe's rules whose answer the dark may change."""
DARK = """
(rules) => axe.run(document, { runOnly: { type: "rule", values: rules }, resultTypes: ["violations"] }).then(({ violations }) => violations)
"""

STILL = """() => document.getAnimations().every(({ playState, effect }) => playState !== "running" || effect.getComputedTiming().endTime === Infinity)
"""
"""Nothing fades or turns to other colours any more; what turns for ever may."""

DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
"""A page has heard by then that it is dark."""

CLIENTS: list[httpx.Client] = []


def client(base_url: str, origin: str) -> httpx.Client:
    client = httpx.Client(base_url=base_url, headers={"Origin": origin}, timeout=20)
    CLIENTS.append(client)
    return client


class Staff:
    """A member of staff, over HTTP."""

    def __init__(self, demo: Demo, role: str = "admin") -> None:
        self.http = client(demo.url, demo.url)
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


def visitor(demo: Demo) -> httpx.Client:
    key = re.findall(r'data-key="([^"]+)"', httpx.get(f"{demo.url}/demo").text)[0]
    http = client(f"{demo.url}/api/widget/{key}", demo.url)
    http.headers["Authorization"] = f"Bearer {http.post('/session', json={}).raise_for_status().json()['token']}"
    return http


class Customer:
    """Somebody who writes through the widget, over HTTP. A person answers: the AI agent is told to keep out of it."""

    def __init__(self, demo: Demo, staff: Staff, first: str) -> None:
        self.http = visitor(demo)
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


class Asker:
    """A customer whom the AI agent answers, over HTTP."""

    def __init__(self, demo: Demo, staff: Staff, first: str) -> None:
        self.http = visitor(demo)
        self.token: str | None = None
        self.write(first)
        found = staff.get("/api/conversations?status=any&limit=100")["items"]
        self.id: int = next(one["conversation"]["id"] for one in found if one["conversation"]["token"] == self.token)

    def write(self, content: str) -> None:
        body: dict[str, Any] = {"client_id": uuid4().hex, "content": content, "conversation": self.token, "files": []}
        self.token = self.http.post("/messages", json=body).raise_for_status().json()["conversation"]["token"]

    def reads(self) -> list[str]:
        return [
            one["content"] for one in self.http.get(f"/conversations/{self.token}/messages").raise_for_status().json()["messages"]
        ]


def signed_in(context: BrowserContext, staff: Staff, demo: Demo, *, goes_on: bool = False) -> Page:
    """Somebody's browser. Without `goes_on` they stay in a conversation that they have resolved: most tests look at it then."""
    if not goes_on:
        context.add_init_script(
            "if (self === top) localStorage.setItem('lacasa.advance', 'false')"
        )  # frames of mails have no storage
    for name, value in staff.http.cookies.items():
        context.add_cookies([{"name": name, "value": value, "url": demo.url}])
    context.set_default_timeout(TIMEOUT_MS)
    return context.new_page()


def row_of(page: Page, conversation: int) -> Locator:
    return page.locator(f'[data-list] [data-conversation="{conversation}"]')


def open_conversation(page: Page, demo: Demo, conversation: int, query: str = "") -> Locator:
    """Open a conversation and wait until it is there, live; returns its log."""
    page.goto(f"{demo.url}/app/inbox/{conversation}{query}")
    log = page.get_by_role("log")
    expect(log.get_by_role("article").first).to_be_visible()
    return log


@contextmanager
def going_live(page: Page) -> Iterator[None]:
    """Within: a page is opened. After it the page is live: what happens from then on reaches it, and is no news of before."""
    heard: list[str | bytes] = []
    page.once("websocket", lambda socket: socket.on("framereceived", lambda frame: heard.append(frame)))
    yield
    deadline = time.monotonic() + TIMEOUT_MS / 1000
    while not any('"op":"live"' in str(frame) for frame in heard):
        assert time.monotonic() < deadline, "the page never came live"
        page.wait_for_timeout(20)


def settled(page: Page) -> None:
    """Wait until a page is drawn, whole: its code is here, and nothing in it is loading any more."""
    heading = page.locator("h1").first  # by its tag: a dialog hides the page behind it
    expect(heading).to_be_attached()
    expect(page.get_by_role("status", name=re.compile("^(Loading|جارٍ التحميل)$"))).to_have_count(0)
    expect(heading).to_be_attached()


def all_sent(page: Page) -> None:
    expect(page.get_by_role("article", name="Your message, on its way")).to_have_count(0)


def violations(page: Page, *, dark_too: bool = False) -> list[str]:
    """What axe finds once nothing moves any more; with `dark_too` also in colours that are for the dark."""
    page.wait_for_function(STILL)
    found: list[dict[str, Any]] = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    if dark_too:
        page.emulate_media(color_scheme="dark")
        page.evaluate(DRAWN)
        page.wait_for_function(STILL)
        found += page.evaluate(DARK, OF_COLOUR)
        page.emulate_media(color_scheme="light")
    return [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]]
