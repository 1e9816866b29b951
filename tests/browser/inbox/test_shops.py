"""A shop is connected, its orders come in live beside a chat, and one is refunded once an admin says yes."""

import asyncio
import base64
import hmac
import json
import re
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import REACHABLE, Demo
from tests.browser.inbox.pages import Staff, going_live, open_conversation, settled, signed_in, violations
from tests.browser.looks import LOOKS

serving = pytest.importorskip("tests.commerce.fakes.serving", reason="commerce is not here")
woocommerce = pytest.importorskip("tests.commerce.fakes.woocommerce", reason="commerce is not here")
KEY, KEY_SECRET = woocommerce.KEY, woocommerce.KEY_SECRET
SHOP = "/app/settings/integrations"


@pytest.fixture(scope="module")
def server() -> Iterator[Any]:
    """A shop with 130 orders of the last months, in a thread with a loop of its own."""
    server = woocommerce.WooCommerce()
    server.host = REACHABLE
    server.begin(130)
    started, over = threading.Event(), threading.Event()

    async def live() -> None:
        async with serving.serving(server):
            started.set()
            await asyncio.to_thread(over.wait)

    thread = threading.Thread(target=lambda: asyncio.run(live()))
    thread.start()
    started.wait()
    yield server
    over.set()
    thread.join()


def deliver(admin: Staff, server: Any, topic: str, order: Any) -> None:
    """As the shop does it, by the webhook that was set up there."""
    webhook = next(one for one in server.webhooks if one["topic"] == topic)
    raw = json.dumps(order).encode()
    signed = base64.b64encode(hmac.digest(webhook["secret"].encode(), raw, "sha256")).decode()
    address = webhook["delivery_url"].partition("/webhooks/")[2]
    headers = {"X-WC-Webhook-Topic": topic, "X-WC-Webhook-Signature": signed, "Content-Type": "application/json"}
    base = str(admin.http.base_url).rstrip("/")
    assert httpx.post(f"{base}/webhooks/{address}", content=raw, headers=headers).json() == {"result": "stored"}


def panel(page: Page) -> Locator:
    return page.locator("details", has=page.get_by_role("heading", name="Orders", exact=True))


def connected(page: Page, demo: Demo, server: Any) -> None:
    """By pasted keys; a wrong one is told at its field."""
    page.get_by_role("button", name="Connect WooCommerce").click()
    form = page.get_by_role("dialog")
    form.get_by_role("radio", name="Paste keys").click()
    form.get_by_label("Name", exact=True).fill("Harbour Lights")
    form.get_by_label("Shop’s address").fill(server.url)
    form.get_by_label("Consumer key").fill("ck_wrong")
    form.get_by_label("Consumer secret").fill(KEY_SECRET)
    assert violations(page) == []
    form.get_by_role("button", name="Connect", exact=True).click()
    expect(form.get_by_text("The shop does not take this key.")).to_be_visible()
    expect(form.get_by_label("Consumer key")).to_have_attribute("aria-invalid", "true")
    form.get_by_label("Consumer key").fill(KEY)
    form.get_by_role("button", name="Connect", exact=True).click()
    expect(form).to_have_count(0)
    card = page.locator("section", has=page.get_by_role("heading", name="Harbour Lights", exact=True))
    expect(card.get_by_text("connected", exact=True)).to_be_visible(timeout=60_000)
    expect(card.get_by_text("equal", exact=True)).to_be_visible()
    card.get_by_role("button", name="Limits").click()
    page.get_by_role("dialog").get_by_label("Refunds up to").fill("5")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    card.get_by_role("button", name="Stop reading").click()
    expect(card.get_by_text("reading stopped")).to_be_visible()
    card.get_by_role("button", name="Go on reading").click()
    expect(card.get_by_text("reading stopped")).to_have_count(0)


def test_a_shop_of_ones_own_is_connected_and_its_first_order_is_seen(
    page: Page, demo: Demo, admin: Staff, screenshots: Path
) -> None:
    page.goto(f"{demo.url}{SHOP}")
    expect(page.get_by_text("Connect one below")).to_be_visible()
    page.screenshot(path=screenshots / "shops-empty.png")
    assert violations(page, dark_too=True) == []
    page.get_by_role("button", name="Connect A shop of your own").click()
    page.get_by_role("dialog").get_by_label("Name", exact=True).fill("Our own")
    page.get_by_role("dialog").get_by_role("button", name="Connect", exact=True).click()
    example = page.get_by_role("region", name="Example").inner_text()
    page.screenshot(path=screenshots / "shops-made.png")
    assert violations(page, dark_too=True) == []
    page.get_by_role("button", name="I have copied it").click()
    secret = re.search(r"SECRET='(\w+)'", example)
    assert secret
    assert secret.group(1) not in page.content(), "it is shown once"
    with going_live(page):
        page.goto(f"{demo.url}/app/orders")
    expect(page.get_by_text("No orders yet")).to_be_visible()
    done = subprocess.run(["bash", "-c", example], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == {"result": "stored"}, "the example is what it says"
    expect(page.get_by_role("button", name="#1001")).to_be_visible()


def test_orders_come_in_beside_a_chat_and_one_is_refunded_with_an_admins_yes(
    page: Page, colleague: Page, demo: Demo, admin: Staff, server: Any, screenshots: Path
) -> None:
    page.goto(f"{demo.url}{SHOP}")
    connected(page, demo, server)
    page.screenshot(path=screenshots / "shops.png", full_page=True)
    assert violations(page, dark_too=True) == []
    buyer = admin.get("/api/contacts?q=buyer3@example.org")["items"][0]
    inbox = admin.get("/api/inboxes")[0]
    started = admin.post(
        "/api/conversations/start", client_id=uuid4().hex, contact_id=buyer["id"], inbox_id=inbox["id"], content="About your order"
    )
    conversation = started["conversation"]["id"]

    with going_live(colleague):
        open_conversation(colleague, demo, conversation)
    orders = panel(colleague)
    expect(orders.get_by_role("link").first).to_be_visible()
    before = orders.get_by_role("link").count()
    _, order = server.buy()
    order |= {"billing": order["billing"] | {"email": "buyer3@example.org"}, "total": "60.00"}
    server.orders[str(order["id"])] |= order
    deliver(admin, server, "order.created", order)
    fresh = orders.get_by_role("link", name=re.compile(f"^{order['number']} "))
    expect(fresh).to_contain_text("not paid")
    assert orders.get_by_role("link").count() == min(10, before + 1)
    _, paid = server.go_on(str(order["id"])) or ("", {})
    deliver(admin, server, "order.updated", paid)
    expect(fresh).to_contain_text("paid")
    colleague.screenshot(path=screenshots / "orders-beside-chat.png")

    fresh.click()
    drawer = colleague.get_by_role("dialog", name=f"Order {order['number']}")
    expect(drawer).to_contain_text("You may give back up to €5.00 by yourself")
    assert violations(colleague) == []
    drawer.get_by_role("button", name="Refund").click()
    form = colleague.get_by_role("dialog", name=f"Give money of order {order['number']} back")
    form.get_by_label("Amount in EUR").fill("61")
    expect(form.get_by_text("An amount above zero, and €60.00 at most.")).to_be_visible()
    form.get_by_label("Amount in EUR").fill("9")
    form.get_by_label("Reason").fill("The lamp hums")
    expect(form.get_by_text("This waits until an admin says yes.")).to_be_visible()
    assert violations(colleague) == []
    form.get_by_role("button", name="Ask for it").click()
    expect(drawer.get_by_role("status")).to_contain_text("Refund of €9.00: waits for an admin")
    expect(drawer.get_by_role("button", name="Refund")).to_be_disabled()
    colleague.screenshot(path=screenshots / "order-waits.png")

    with going_live(page):
        page.goto(f"{demo.url}/app/orders?state=waiting")
    page.get_by_role("button", name=order["number"], exact=True).click()
    decided = page.get_by_role("dialog", name=f"Order {order['number']}")
    page.screenshot(path=screenshots / "order-approve.png")
    assert violations(page, dark_too=True) == []
    decided.get_by_role("button", name="Approve").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Approve").click()
    expect(decided).to_contain_text("Refund of €9.00: done")
    assert [str(amount) for amount in server.refunds] == ["9.000"]
    expect(drawer).to_contain_text("Refund of €9.00: done")
    expect(drawer.get_by_text("partly refunded")).to_be_visible()
    colleague.keyboard.press("Escape")
    expect(colleague.get_by_role("log")).to_contain_text("an admin has to say yes")
    expect(colleague.get_by_role("log")).to_contain_text(f"order {order['number']}: done")

    page.goto(f"{demo.url}/app/orders")
    page.get_by_role("searchbox").fill(str(order["number"]))
    expect(page.locator("tbody tr")).to_have_count(1)
    page.get_by_role("searchbox").fill("")
    expect(page.get_by_role("button", name="Load more")).to_be_visible()
    page.get_by_role("button", name="Load more").click()
    expect(page.locator("tbody tr")).to_have_count(100)
    page.screenshot(path=screenshots / "orders.png")


def test_shops_and_orders_on_a_phone_in_the_dark_and_from_right_to_left(
    chromium: Browser, demo: Demo, admin: Staff, screenshots: Path
) -> None:
    order = admin.get("/api/orders?limit=1")["orders"][0]["id"]
    context = chromium.new_context(**LOOKS["pocket"], reduced_motion="reduce")
    page = signed_in(context, admin, demo)
    for name, path in (("shops", "/settings/integrations"), ("orders", "/orders"), ("order", f"/orders?order={order}")):
        page.goto(f"{demo.url}/app{path}")
        settled(page)
        assert violations(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        page.screenshot(path=screenshots / f"{name}-pocket.png", full_page=True)
    context.close()


def test_what_cannot_be_loaded_says_so_and_is_tried_again(page: Page, demo: Demo) -> None:
    page.route("**/api/orders?**", lambda route: route.fulfill(status=500, json={"code": "internal", "title": "no", "status": 500}))
    page.route(
        "**/api/integrations", lambda route: route.fulfill(status=500, json={"code": "internal", "title": "no", "status": 500})
    )
    page.goto(f"{demo.url}/app/orders")
    expect(page.get_by_text("Orders could not be loaded")).to_be_visible()
    page.unroute("**/api/orders?**")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("tbody tr").first).to_be_visible()
    page.goto(f"{demo.url}{SHOP}?refused=bad_key")
    expect(page.get_by_text("The shop’s key did not work.")).to_be_visible()
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    expect(page).to_have_url(re.compile("integrations$"))
