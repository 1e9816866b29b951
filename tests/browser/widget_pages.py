"""A website with the widget on it, the staff who answer there, and what the tests of the widget do again and again."""

import re
import struct
import threading
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import uuid4

import httpx
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import FloatRect, Locator, Page, expect


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


PIXELS = zlib.compress(b"".join(b"\0" + bytes([200, 120, 40]) * 64 for _ in range(48)))
PNG = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 64, 48, 8, 2, 0, 0, 0))
    + _chunk(b"IDAT", PIXELS)
    + _chunk(b"IEND", b"")
)


class Shop:
    """Somebody else's website, at an origin of its own, with the widget on every page."""

    def __init__(self, lacasa: str) -> None:
        self.lacasa = lacasa
        self.key = re.findall(r'data-key="([^"]+)"', httpx.get(f"{lacasa}/demo").text)[0]
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
        script = f'<script src="{self.lacasa}/widget.js" data-key="{self.key}" {attributes} async></script>'
        viewport = '<meta name="viewport" content="width=device-width, initial-scale=1">'
        self.pages[path] = (
            f"<!doctype html><html {html}><head><title>Shop</title>{viewport}{head}</head><body><h1>Shop</h1>{body}{script}</body></html>",
            headers or {},
        )
        return self.origin + path


class Staff:
    """A member of staff, over HTTP."""

    def __init__(self, lacasa: str, email: str, password: str) -> None:
        self.http = httpx.Client(base_url=lacasa, headers={"Origin": lacasa})
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
