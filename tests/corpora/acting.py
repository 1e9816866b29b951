"""Mails every part of which is a payload, opened in the real inbox by a real browser: what acted, and what the browser's policy had to stop."""

import base64
import re
import secrets
from urllib.parse import quote

import httpx
from playwright.sync_api import Dialog, Error, Frame, Page, Request, Route, expect

from tests.mail.gateway import signed

WORDS = 39
"""Bytes of an encoded word: 52 letters of base64."""
NAMES = "Object.getOwnPropertyNames(window).filter((name) => !/^[0-9]+$/.test(name))"
"""Without the frames, which have numbers."""
GO = "path => { history.pushState(null, '', path); dispatchEvent(new PopStateEvent('popstate')) }"
STOPPED = re.compile("content security policy|trusted type|sandboxed", re.IGNORECASE)
PAUSE_MS = 60
"""For what acts a moment after it is there."""


def _encoded(text: str) -> str:
    data = text.encode()
    pieces = [data[place : place + WORDS] for place in range(0, len(data), WORDS)]
    return "\r\n ".join(f"=?utf-8?b?{base64.b64encode(piece).decode()}?=" for piece in pieces)


def mail_of(payload: str, mark: str, to: str) -> bytes:
    """A mail with the payload as page, subject, sender's name and name of a file; its plain text is `mark`."""
    heads = [
        f"From: {_encoded(payload)} <{mark}@example.org>", f"To: {to}", f"Subject: {_encoded(payload)}", f"Message-ID: <{mark}@example.org>",
        "Content-Type: multipart/mixed; boundary=outer", "", "--outer", "Content-Type: multipart/alternative; boundary=inner", "",
    ]  # fmt: skip
    page = base64.encodebytes(payload.encode()).decode().replace("\n", "\r\n")
    parts = [
        "--inner", "Content-Type: text/plain", "", mark, "--inner", "Content-Type: text/html; charset=utf-8",
        "Content-Transfer-Encoding: base64", "", page, "--inner--", "--outer", "Content-Type: text/html",
        f"Content-Disposition: attachment; filename*=utf-8''{quote(payload)}", "", "<script>alert(1)</script>", "--outer--", "",
    ]  # fmt: skip
    return "\r\n".join([*heads, *parts]).encode()


def hand_over(url: str, key: str, raw: bytes, to: str, mark: str) -> None:
    """As the shop's mail server does."""
    headers = signed(raw, to, mail_from=f"{mark}@example.org", key=key)
    httpx.post(f"{url}/inbound/email", content=raw, headers=headers, timeout=60).raise_for_status()


SINK = "https://csp-reports.example/"
"""Where browsers send what they stopped. It is taken from them before it leaves."""


class Watch:
    """Everything that a page of the inbox at `url` does beyond itself. `acted` and `stopped` by what was looked at then (`looked_at`)."""

    def __init__(self, page: Page, url: str) -> None:
        self.acted: dict[str, list[str]] = {}
        self.stopped: dict[str, list[str]] = {}
        self.looked_at = ""
        self._page, self._url = page, url
        self._names: set[str] = set()
        page.on("dialog", self._dialog)
        page.on("popup", lambda popup: self._note(f"opened {popup.url}"))
        page.on("request", self._request)
        page.on("framenavigated", self._navigated)
        page.on("pageerror", lambda error: self._note(f"raised {error}"))
        page.on("console", lambda said: self._stopped(said.text) if STOPPED.search(said.text) else None)
        page.route(f"{url}/app/**", self._with_sink)
        page.route(f"{SINK}**", self._report)

    def _note(self, what: str) -> None:
        self.acted.setdefault(self.looked_at, []).append(what[:300])

    def _stopped(self, what: str) -> None:
        self.stopped.setdefault(self.looked_at, []).append(what[:300])

    def _dialog(self, dialog: Dialog) -> None:
        self._note(f"{dialog.type} {dialog.message}")
        dialog.dismiss()

    def _request(self, request: Request) -> None:
        if not request.url.startswith((f"{self._url}/", SINK, "data:", "blob:")):
            self._note(f"asked {request.url}")

    def _navigated(self, frame: Frame) -> None:
        if not frame.url.startswith((f"{self._url}/app", "about:")):
            self._note(f"went to {frame.url}")

    def _report(self, route: Route) -> None:
        self._stopped(f"report {route.request.post_data}")
        route.fulfill(status=204)

    def _with_sink(self, route: Route) -> None:
        if route.request.resource_type != "document":
            route.continue_()
            return
        response = route.fetch()
        policy = response.headers["content-security-policy"]
        route.fulfill(response=response, headers=response.headers | {"content-security-policy": f"{policy}; report-uri {SINK}"})

    def know_globals(self) -> None:
        """What stands in the window from here on by itself."""
        self._names = set(self._page.evaluate(NAMES))

    def settle(self) -> None:
        """Let act what would, and count it."""
        self._page.wait_for_timeout(PAUSE_MS)
        new = set(self._page.evaluate(NAMES)) - self._names
        if new:
            self._note(f"set {', '.join(sorted(new))}")
            self._names |= new


def look(page: Page, watch: Watch, conversation: int, mark: str) -> None:
    """A mail's thread with its details, the whole mail as sent, its text and its headers."""
    watch.looked_at = mark
    page.evaluate(GO, f"/app/inbox/{conversation}")
    log = page.get_by_role("log")
    expect(log).to_contain_text(mark)
    log.get_by_role("button", name="Whole mail").click()
    whole = page.get_by_role("dialog", name="The whole mail")
    whole.frame_locator("iframe").locator("body").wait_for(state="attached")
    watch.settle()
    for tab in ("Plain text", "Headers"):
        whole.get_by_role("tab", name=tab).click()
    watch.settle()
    page.keyboard.press("Escape")
    expect(whole).to_have_count(0)


def look_through_list(page: Page, watch: Watch, url: str) -> int:
    """The list of conversations to its end; how many rows were drawn."""
    watch.looked_at = "list"
    page.goto(f"{url}/app/inbox")
    rows = page.locator("[data-list] [data-conversation]")
    expect(rows.first).to_be_visible()
    watch.know_globals()
    seen: set[str] = set()
    still = 0
    while still < 5:
        found = set(rows.evaluate_all("rows => rows.map(({ dataset }) => dataset.conversation)"))
        still = 0 if found - seen else still + 1
        seen |= found
        rows.last.hover()
        page.mouse.wheel(0, 600)
        page.wait_for_timeout(2 * PAUSE_MS)
    watch.settle()
    return len(seen)


def look_through_ledger(page: Page, watch: Watch, url: str, inbox: str) -> int:
    """All mail of an inbox, as its settings list it; how many lines there are."""
    watch.looked_at = "ledger"
    page.goto(f"{url}/app/settings/inboxes")
    page.get_by_role("button", name=f"E-mail of {inbox}").click()
    lines = page.get_by_role("tabpanel").get_by_role("listitem")
    expect(lines.first).to_be_visible()
    older = page.get_by_role("button", name="Older mail")
    while older.count():
        before = lines.count()
        older.click()
        expect(lines).not_to_have_count(before)
    watch.know_globals()
    watch.settle()
    return lines.count()


def check_sink(page: Page, watch: Watch) -> None:
    """What is forbidden on purpose comes to the sink and into the console, or nothing here means anything.

    Raises:
        Error: it does not.
    """
    watch.looked_at = "the sink itself"
    page.evaluate("() => { const image = new Image(); image.src = 'http://127.0.0.1:1/' + Math.random() }")
    for _ in range(50):
        watch.settle()
        said = watch.stopped.get(watch.looked_at, [])
        if any(one.startswith("report ") for one in said) and not all(one.startswith("report ") for one in said):
            watch.stopped.pop(watch.looked_at)
            watch.acted.pop(watch.looked_at, None)
            return
    raise Error("no report of what is forbidden")


def a_mark(number: int) -> str:
    return f"mark-{secrets.token_hex(3)}-{number:03d}"
