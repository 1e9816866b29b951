"""Shops are connected through their own doors: at Shopify and WooCommerce their owner says no, then yes; Stripe takes a key."""

import asyncio
import re
import threading
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import REACHABLE, Demo
from tests.browser.inbox.pages import Staff, settled, signed_in, violations
from tests.browser.looks import LOOKS

serving = pytest.importorskip("tests.commerce.fakes.serving", reason="commerce is not here")
shopify = pytest.importorskip("tests.commerce.fakes.shopify", reason="commerce is not here")
stripe = pytest.importorskip("tests.commerce.fakes.stripe", reason="commerce is not here")
woocommerce = pytest.importorskip("tests.commerce.fakes.woocommerce", reason="commerce is not here")
SHOPS = "/app/settings/integrations"
MINUTE_MS = 60_000


@pytest.fixture(scope="module")
def shops(demo: Demo) -> Iterator[dict[str, Any]]:
    """A shop of each platform, where the installation takes it to be, in a thread with a loop of their own."""
    servers = {"shopify": shopify.Shopify(), "woocommerce": woocommerce.WooCommerce(), "stripe": stripe.Stripe()}
    for platform, server in servers.items():
        server.host, server.port = REACHABLE, demo.ports.get(platform, 0)
    started, over = threading.Event(), threading.Event()

    async def live() -> None:
        async with AsyncExitStack() as stack:
            for server in servers.values():
                await stack.enter_async_context(serving.serving(server))
            started.set()
            await asyncio.to_thread(over.wait)

    thread = threading.Thread(target=lambda: asyncio.run(live()))
    thread.start()
    started.wait()
    yield servers
    servers["shopify"].gate.set()
    over.set()
    thread.join()


def asked(page: Page, platform: str, name: str, shop: str = "") -> Locator:
    """The form of a platform, with what every shop is asked."""
    page.get_by_role("button", name=f"Connect {platform}").click()
    form = page.get_by_role("dialog")
    form.get_by_label("Name", exact=True).fill(name)
    if shop:
        form.get_by_label("Shop’s").fill(shop)
    return form


def card(page: Page, name: str) -> Locator:
    return page.locator("section", has=page.get_by_role("heading", name=name, exact=True))


def visit(page: Page, platform: str, name: str, shop: str, answer: str) -> None:
    """To the shop's own page, and back with its owner's answer."""
    asked(page, platform, name, shop).get_by_role("button", name="Go to the shop").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{'Install' if platform == 'Shopify' else 'Connect'} Lacasa")
    page.get_by_role("link", name=answer).click()
    expect(page).to_have_url(re.compile(f"{SHOPS}$"))


def said(page: Page, words: str) -> Locator:
    return page.get_by_role("status").filter(has_text=words)


def on_a_phone(chromium: Browser, demo: Demo, admin: Staff, picture: Path) -> None:
    context = chromium.new_context(**LOOKS["pocket"], reduced_motion="reduce")
    page = signed_in(context, admin, demo)
    page.goto(f"{demo.url}{SHOPS}")
    settled(page)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.screenshot(path=picture, full_page=True)
    context.close()


def test_shops_are_connected_through_their_own_doors(
    page: Page, chromium: Browser, demo: Demo, admin: Staff, shops: dict[str, Any], screenshots: Path
) -> None:
    at_shopify = shops["shopify"]
    at_shopify.domain = "harbour-lights.myshopify.com"
    at_shopify.begin(300)
    at_shopify.gate.clear()
    page.goto(f"{demo.url}{SHOPS}")
    visit(page, "Shopify", "Harbour at Shopify", "Harbour-Lights", "Cancel")
    expect(said(page, "Connect it again and say yes, or paste keys instead.")).to_be_visible()
    expect(card(page, "Harbour at Shopify")).to_have_count(0)
    page.screenshot(path=screenshots / "shops-declined.png", full_page=True)
    assert violations(page) == []
    visit(page, "Shopify", "Harbour at Shopify", "https://harbour-lights.myshopify.com/admin", "Install app")
    expect(said(page, "The shop is connected. Its orders are being read now.")).to_be_visible()
    shop = card(page, "Harbour at Shopify")
    expect(shop.get_by_text("first reading")).to_be_visible()
    expect(shop.get_by_role("progressbar", name=re.compile("^100 of 300 orders read$"))).to_be_visible(timeout=MINUTE_MS)
    page.screenshot(path=screenshots / "shops-reading.png", full_page=True)
    assert violations(page, dark_too=True) == []
    on_a_phone(chromium, demo, admin, screenshots / "shops-reading-pocket.png")
    at_shopify.gate.set()
    expect(shop.get_by_text("connected", exact=True)).to_be_visible(timeout=MINUTE_MS)
    assert at_shopify.webhooks, "it delivers by itself from now on"

    address = shops["woocommerce"].url
    shops["woocommerce"].begin(3)
    visit(page, "WooCommerce", "Harbour at home", address, "Deny")
    expect(said(page, "Connect it again and say yes, or paste keys instead.")).to_be_visible()
    visit(page, "WooCommerce", "Harbour at home", address, "Approve")
    expect(said(page, "Your shop said yes and brings its key")).to_be_visible()
    expect(card(page, "Harbour at home").get_by_text("connected", exact=True)).to_be_visible(timeout=MINUTE_MS)
    form = asked(page, "WooCommerce", "Harbour twice", address)
    form.get_by_role("radio", name="Paste keys").click()
    form.get_by_label("Consumer key").fill(woocommerce.KEY)
    form.get_by_label("Consumer secret").fill(woocommerce.KEY_SECRET)
    form.get_by_role("button", name="Connect", exact=True).click()
    expect(form.get_by_text("This shop is connected already.")).to_be_visible()
    form.get_by_role("button", name="Cancel").click()

    shops["stripe"].begin(3)
    form = asked(page, "Stripe", "Harbour at Stripe")
    form.get_by_label("Secret or restricted key").fill("sk_test_wrong")
    form.get_by_role("button", name="Connect", exact=True).click()
    expect(form.get_by_text("The shop does not take this key. Is it copied whole, and from this shop?")).to_be_visible()
    expect(form.get_by_label("Secret or restricted key")).to_have_attribute("aria-invalid", "true")
    assert violations(page) == []
    page.screenshot(path=screenshots / "shops-wrong-key.png")
    form.get_by_label("Secret or restricted key").fill(stripe.KEY)
    form.get_by_role("button", name="Connect", exact=True).click()
    expect(form).to_have_count(0)
    expect(card(page, "Harbour at Stripe").get_by_text("connected", exact=True)).to_be_visible(timeout=MINUTE_MS)
    shown = {shop["name"]: shop["status"] for shop in admin.get("/api/integrations")}
    assert [shown[name] for name in ("Harbour at Shopify", "Harbour at home", "Harbour at Stripe")] == ["active"] * 3
    page.screenshot(path=screenshots / "shops-connected.png", full_page=True)
