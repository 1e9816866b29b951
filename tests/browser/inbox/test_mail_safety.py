"""Mail of strangers in the inbox: nothing of it acts, images from elsewhere come when they are asked for, and a failing inbox is told."""

import asyncio
import hashlib
import hmac
import re
import secrets
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import REACHABLE, Demo
from tests.browser.inbox.pages import Staff, open_conversation, signed_in, violations
from tests.core.websites import Website, answer
from tests.corpora import acting

SUPPORT = f"{secrets.token_hex(4)}@shop.example"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63f8cfc0f01f0005000201a6d6a9410000000049454e44ae426082"
)
UNREADABLE = """
INSERT INTO inbound_mails (organization_id, inbox_id, way, mail_from, recipient, internet_message_id, digest, size_bytes, content, state, reason,
                           processed_at)
SELECT organization_id, id, 'lmtp', '', '', '', 'odd', 1, '', 'quarantined', 'failed', now() FROM inboxes WHERE id = $1
"""
PAYLOADS = [
    "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "<svg onload=alert(1)><a xlink:href='javascript:alert(2)'><text y=20>x</text></a></svg>",
    "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe><object data='data:text/html,<script>alert(1)</script>'></object>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'><base href='https://evil.example/'><link rel=stylesheet href=/x.css>",
    "<form action='https://evil.example/'><input autofocus onfocus=alert(1) name=attributes></form><details open ontoggle=alert(1)>x",
    "<p style=\"background:url('https://evil.example/a.png');behavior:url(x)\">x</p><style>@import 'https://evil.example/a.css'</style>",
    "<img src='https://evil.example/a.png'><img srcset='https://evil.example/b.png 1x'><video poster='https://evil.example/c.png'></video>",
    "</iframe></template></textarea></title><script>window.caught = 1</script><noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "\u202egnp.exe <b>bold</b> &lt;script&gt;alert(1)&lt;/script&gt; {{constructor.constructor('alert(1)')()}}",
]


@pytest.fixture(scope="module")
def key(demo: Demo) -> str:
    return hmac.new(demo.secret.encode(), b"lacasa mail-in", hashlib.sha256).hexdigest()


@pytest.fixture(scope="module")
def inbox(admin: Staff) -> int:
    made = admin.post("/api/inboxes", name="Odd post", ai_enabled=False)
    admin.http.put(f"/api/inboxes/{made['id']}/email", json={"address": SUPPORT}).raise_for_status()
    return int(made["id"])


@pytest.fixture
def site() -> Iterator[Website]:
    """A website on an address of this machine that the demo installation may ask."""
    found, started, over = Website(), threading.Event(), threading.Event()

    async def live() -> None:
        async with await asyncio.start_server(found.serve, REACHABLE, 0) as listening:
            found.port = listening.sockets[0].getsockname()[1]
            started.set()
            await asyncio.to_thread(over.wait)

    thread = threading.Thread(target=lambda: asyncio.run(live()))
    thread.start()
    started.wait()
    yield found
    over.set()
    thread.join()


def came(demo: Demo, admin: Staff, inbox: int, key: str, payloads: list[str]) -> dict[str, int]:
    """Conversations by mark of mails that consist of these payloads."""
    marks = {acting.a_mark(number): payload for number, payload in enumerate(payloads)}
    for mark, payload in marks.items():
        acting.hand_over(demo.url, key, acting.mail_of(payload, mark, SUPPORT), SUPPORT, mark)
    until = time.monotonic() + 30
    while time.monotonic() < until:
        mails = {
            mail["internet_message_id"].strip("<>"): mail for mail in admin.get(f"/api/inboxes/{inbox}/mails?limit=100")["items"]
        }
        found = {mark: mails.get(f"{mark}@example.org", {}).get("conversation_id") for mark in marks}
        if all(found.values()):
            return found
        time.sleep(0.2)
    raise AssertionError("mails that became no conversation")


def test_nothing_in_a_mail_acts_wherever_it_is_shown(
    context: BrowserContext, demo: Demo, admin: Staff, inbox: int, key: str
) -> None:
    page = signed_in(context, admin, demo, goes_on=True)
    conversations = came(demo, admin, inbox, key, PAYLOADS)
    watch = acting.Watch(page, demo.url)
    assert acting.look_through_list(page, watch, demo.url) >= len(PAYLOADS)
    acting.check_sink(page, watch)
    for mark, conversation in conversations.items():
        acting.look(page, watch, conversation, mark)
    assert acting.look_through_ledger(page, watch, demo.url, "Odd post") == len(PAYLOADS)
    assert (watch.acted, watch.stopped) == ({}, {})


def test_what_acts_would_be_seen(page: Page, demo: Demo) -> None:
    watch = acting.Watch(page, demo.url)
    acting.look_through_list(page, watch, demo.url)
    watch.looked_at = "on purpose"
    page.evaluate(
        "() => { window.caught = 1; alert(2); document.body.insertAdjacentHTML('beforeend', '<img onerror=alert(3) src=x>') }"
    )
    page.wait_for_timeout(500)
    watch.settle()
    assert {said.partition(" ")[0] for said in watch.acted["on purpose"]} == {"alert", "set"}
    assert watch.stopped["on purpose"]


def test_images_from_elsewhere_are_shown_when_asked_for_and_always_where_so_decided(
    page: Page, demo: Demo, admin: Staff, inbox: int, key: str, site: Website
) -> None:
    site.pages["/a.png"] = answer(PNG, content_type="image/png")
    address = f"http://{REACHABLE}:{site.port}/a.png"
    [(mark, conversation)] = came(demo, admin, inbox, key, [f'<p>Look</p><img alt="lamp" src="{address}">']).items()
    log = open_conversation(page, demo, conversation)
    log.get_by_role("button", name="Whole mail").click()
    whole = page.get_by_role("dialog", name="The whole mail")
    image = whole.frame_locator("iframe[title]").get_by_alt_text("lamp")
    expect(image).not_to_have_attribute("src", re.compile("."))
    expect(whole).to_contain_text("1 image from elsewhere is not loaded.")
    assert site.asked == []
    assert violations(page) == []
    whole.get_by_role("button", name="Show images").click()
    expect(image).to_have_attribute("src", re.compile("^/mail-images/"))
    expect(image).to_have_js_property("naturalWidth", 1)
    expect(whole).to_contain_text("their sender does not learn who reads")
    assert site.asked == ["/a.png"]
    assert violations(page) == []
    whole.get_by_role("button", name=f"Always from {mark}@example.org").click()
    expect(whole.get_by_role("button", name=f"No longer by itself from {mark}@example.org")).to_be_visible()
    page.reload()
    log.get_by_role("button", name="Whole mail").click()
    expect(image).to_have_js_property("naturalWidth", 1)
    whole.get_by_role("button", name="No longer by itself").click()
    expect(image).not_to_have_attribute("src", re.compile("."))
    assert site.asked == ["/a.png"], "kept, and from there"


def test_an_admin_is_told_that_an_inbox_fails_once_and_where(page: Page, colleague: Page, demo: Demo, inbox: int) -> None:
    demo.execute(UNREADABLE, inbox)
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{demo.url}/app/contacts")
    told = page.get_by_role("status").filter(has_text="E-mail of Odd post needs you")
    expect(told).to_contain_text("could not be read and were put aside: 1")
    assert violations(page) == []
    told.get_by_role("button", name="Open settings").click()
    part = page.locator("section").filter(has=page.get_by_role("heading", name="Odd post"))
    expect(part).to_contain_text("failing")
    expect(part).to_contain_text("could not be read and were put aside: 1")
    expect(part).to_contain_text(SUPPORT)
    expect(part).not_to_contain_text("Any site")
    assert violations(page, dark_too=True) == []
    part.get_by_role("button", name="E-mail of Odd post").click()
    expect(page.get_by_role("dialog")).to_contain_text("could not be read in five attempts")
    assert violations(page, dark_too=True) == []
    page.keyboard.press("Escape")
    page.reload()
    expect(part).to_contain_text("failing")
    expect(told).to_have_count(0)
    colleague.goto(f"{demo.url}/app/settings/inboxes")
    expect(colleague.get_by_role("heading", name="Odd post")).to_be_visible()
    expect(colleague.get_by_text("failing")).to_have_count(0)


def test_pictures_of_a_mail_that_is_written_are_fetched_by_our_server(
    page: Page, demo: Demo, admin: Staff, site: Website, screenshots: Path
) -> None:
    site.pages["/lamp.png"] = answer(PNG, content_type="image/png")
    base = f"http://{REACHABLE}:{site.port}"
    blocks = [
        {"type": "image", "src": f"{base}/lamp.png", "alt": "A lamp", "width": 200},
        {"type": "image", "src": f"{base}/gone.png", "alt": "A lost lamp", "width": 200},
        {"type": "footer", "text": "You buy from us.", "address": "1 Quay Street"},
    ]
    values = {"name": f"Pictures {site.port}", "subject": "Lamps", "preheader": "", "language": "en"}
    made = admin.post("/api/templates", blocks=blocks, **values)["id"]
    from_here: list[str] = []
    page.on("request", lambda request: from_here.append(request.url))
    page.goto(f"{demo.url}/app/campaigns/templates?template={made}")
    frame = page.frame_locator('iframe[title="The mail"]')
    expect(frame.get_by_role("img", name="A lamp")).to_have_js_property("naturalWidth", 1)
    expect(frame.get_by_role("img", name="A lost lamp")).to_have_js_property("naturalWidth", 0)
    page.screenshot(path=screenshots / "template-pictures.png")
    assert {*site.asked} == {"/lamp.png", "/gone.png"}
    assert not any(url.startswith(base) for url in from_here), "no reader is told"
