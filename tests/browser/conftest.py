"""A demo installation of its own for browser tests: seeded, with all processes, and a real Chromium before it."""

import asyncio
import hashlib
import json
import os
import secrets
import threading
from collections.abc import Iterator
from pathlib import Path
from shutil import which
from typing import Any

import asyncpg
import nats
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser import shop_module
from tests.browser.widget_pages import Shop, Staff
from tests.conftest import servers_for
from tests.mail.sink import Sink, a_sink
from tests.ports import free_port
from tests.stack import Stack, running_stack

CHROMIUM = which("chromium") or which("chromium-browser") or which("google-chrome")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
TIMEOUT_MS = 20_000
"""What is expected comes in moments; a machine that runs two browsers and two installations has longer ones."""

expect.set_options(timeout=TIMEOUT_MS)


REACHABLE = "127.0.0.9"
"""An address of this machine that the demo installation may ask, for servers of tests."""


class Demo:
    """`url`, and the staff of the demo shop by role: `accounts["admin"]` is (email, password). `sink` takes the mail that goes out.

    `ports`: where at REACHABLE it takes Shopify and Stripe to be, by platform.
    """

    def __init__(self, stack: Stack, seeded: dict[str, Any], sink: Sink, ports: dict[str, int]) -> None:
        self.url = stack.url
        self.ports = ports
        self.sink = sink
        self._stack = stack
        self._loop = asyncio.get_running_loop()
        self.accounts = {account["role"]: (account["email"], account["password"]) for account in seeded["accounts"]}

    @property
    def secret(self) -> str:
        return self._stack.environment["LACASA_SECRET"]

    def restart(self, name: str) -> None:
        """`kill -9` of a process, and its start anew."""

        async def again() -> None:
            await self._stack.kill(name)
            await self._stack.start(name)
            await self._stack.ready()

        asyncio.run_coroutine_threadsafe(again(), self._loop).result(60)

    def publish(self, subject: str, payload: bytes) -> None:
        """Tell all processes something over NATS, as one of them."""

        async def told() -> None:
            client = await nats.connect(self._stack.environment["LACASA_NATS_URL"])
            secret = self._stack.environment["LACASA_SECRET"].encode()
            await client.publish(f"{hashlib.sha256(b'lacasa nats ' + secret).hexdigest()[:16]}.{subject}", payload)
            await client.close()

        asyncio.run_coroutine_threadsafe(told(), self._loop).result(60)

    def execute(self, sql: str, *arguments: object) -> None:
        """Change the database behind everybody's back."""

        async def change() -> None:
            connection = await asyncpg.connect(self._stack.environment["LACASA_DATABASE_URL"])
            await connection.execute(sql, *arguments)
            await connection.close()

        asyncio.run_coroutine_threadsafe(change(), self._loop).result(60)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The demo installation. It lives in a thread with a loop of its own, because Playwright's calls block."""
    found: list[Demo | BaseException] = []
    started, over = threading.Event(), threading.Event()

    async def live() -> None:
        try:
            async with servers_for(tmp_path_factory.mktemp("demo-servers")) as urls, a_sink() as sink:
                ports = {"shopify": free_port(), "stripe": free_port()}
                environment = os.environ | {
                    "LACASA_DATABASE_URL": urls.database,
                    "LACASA_NATS_URL": urls.nats,
                    "LACASA_SECRET": secrets.token_urlsafe(32),
                    "LACASA_DATA": str(tmp_path_factory.mktemp("demo")),
                    "PYTHONPATH": shop_module.installed(tmp_path_factory.mktemp("installed")),
                    "LACASA_EGRESS_NETWORKS": REACHABLE,
                    "LACASA_MAIL_IMAGE_NETWORKS": REACHABLE,
                    "LACASA_SMTP_URL": sink.url,
                    "LACASA_COMMERCE_SHOPIFY_CLIENT_ID": "client-1",
                    "LACASA_COMMERCE_SHOPIFY_CLIENT_SECRET": "the app's secret",
                    "LACASA_COMMERCE_SHOPIFY_ADDRESS": f"http://{REACHABLE}:{ports['shopify']}",
                    "LACASA_COMMERCE_STRIPE_ADDRESS": f"http://{REACHABLE}:{ports['stripe']}",
                }
                seeded: dict[str, Any] = {}

                async def prepare(stack: Stack) -> None:
                    await stack.command("migrate")
                    seeded.update(json.loads(await stack.command("seed")))

                async with running_stack(environment=environment, before=prepare) as stack:
                    found.append(Demo(stack, seeded, sink, ports))
                    started.set()
                    await asyncio.to_thread(over.wait)
        except BaseException as error:
            found.append(error)
            started.set()
            raise

    thread = threading.Thread(target=lambda: asyncio.run(live()))
    thread.start()
    started.wait()
    if isinstance(found[0], BaseException):
        raise found[0]
    yield found[0]
    over.set()
    thread.join()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A fresh profile on a desktop screen."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    context.set_default_timeout(TIMEOUT_MS)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture(scope="module")
def staff(demo: Demo) -> Iterator[Staff]:
    staff = Staff(demo.url, *demo.accounts["admin"])
    yield staff
    staff.http.close()


@pytest.fixture(scope="module")
def shop(demo: Demo, staff: Staff) -> Iterator[Shop]:
    """Somebody else's website, the one that may use the widget."""
    shop = Shop(demo.url)
    inbox = staff.http.get("/api/inboxes").json()
    inbox = (inbox if isinstance(inbox, list) else inbox["items"])[0]
    staff.http.patch(f"/api/inboxes/{inbox['id']}", json={"allowed_origins": [shop.origin]}).raise_for_status()
    yield shop
    shop.server.shutdown()
    shop.server.server_close()


@pytest.fixture(scope="session")
def screenshots() -> Path:
    """Where pictures for people go; never committed."""
    folder = Path(__file__).parent / "screenshots"
    folder.mkdir(exist_ok=True)
    return folder
