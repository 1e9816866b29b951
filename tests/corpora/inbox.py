"""A whole set of payloads in the inbox of an installation of its own."""

import asyncio
import hashlib
import hmac
import os
import secrets
import tempfile
import time
from pathlib import Path
from shutil import which
from typing import Any

import httpx
from playwright.sync_api import sync_playwright

from tests.conftest import servers_for, surroundings
from tests.corpora import acting
from tests.stack import Stack, running_stack

ADDRESS = "support@shop.example"
PASSWORD = secrets.token_urlsafe(16)
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update"]
BEGUN_S = 240


async def opened(payloads: list[str]) -> dict[str, Any]:
    """Hand each over as a mail, and look at all of them; keys as in `looked`."""
    with tempfile.TemporaryDirectory() as folder:
        async with servers_for(Path(folder, "servers")) as urls:
            environment = os.environ | surroundings(urls, Path(folder, "data"))
            async with running_stack(environment=environment, before=lambda stack: stack.command("migrate")) as stack:
                return await asyncio.to_thread(looked, stack, payloads)


def looked(stack: Stack, payloads: list[str]) -> dict[str, Any]:
    """`acted` and `reports` by payload's number, or by list and ledger. `seen`: rows of the list, lines of the ledger."""
    marks = {acting.a_mark(number): number for number in range(len(payloads))}
    with httpx.Client(base_url=stack.url, headers={"Origin": stack.url}, timeout=60) as http:
        conversations = _delivered(http, stack, payloads, list(marks))
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=which("chromium"), headless=True, args=FLAGS)
            context = browser.new_context(viewport={"width": 1440, "height": 900})
            context.set_default_timeout(30_000)
            context.add_cookies([{"name": name, "value": value, "url": stack.url} for name, value in http.cookies.items()])
            page = context.new_page()
            watch = acting.Watch(page, stack.url)
            rows = acting.look_through_list(page, watch, stack.url)
            acting.check_sink(page, watch)
            for mark, conversation in conversations.items():
                acting.look(page, watch, conversation, mark)
            lines = acting.look_through_ledger(page, watch, stack.url, "Post")
            browser.close()
    return {
        "acted": {str(marks.get(name, name)): said for name, said in watch.acted.items()},
        "reports": {str(marks.get(name, name)): said for name, said in watch.stopped.items()},
        "opened": len(conversations), "seen": {"list": rows, "ledger": lines},
    }  # fmt: skip


def _delivered(http: httpx.Client, stack: Stack, payloads: list[str], marks: list[str]) -> dict[str, int]:
    """Conversations by mark, once all mails have become some."""
    founder = {"organization_name": "Harbour Lights", "name": "Ada", "email": "ada@shop.example", "password": PASSWORD}
    http.post("/api/auth/signup", json=founder).raise_for_status()
    inbox = http.post("/api/inboxes", json={"name": "Post", "ai_enabled": False}).raise_for_status().json()
    http.put(f"/api/inboxes/{inbox['id']}/email", json={"address": ADDRESS}).raise_for_status()
    key = hmac.new(stack.environment["LACASA_SECRET"].encode(), b"lacasa mail-in", hashlib.sha256).hexdigest()
    for payload, mark in zip(payloads, marks, strict=True):
        acting.hand_over(stack.url, key, acting.mail_of(payload, mark, ADDRESS), ADDRESS, mark)
    until = time.monotonic() + BEGUN_S
    while True:
        mails = _all(http, f"/api/inboxes/{inbox['id']}/mails")
        if all(mail["state"] != "received" for mail in mails) or time.monotonic() > until:
            break
        time.sleep(0.5)
    by_id = {f"{mark}@example.org": mark for mark in marks}
    return {
        by_id[mail["internet_message_id"].strip("<>")]: mail["conversation_id"]
        for mail in reversed(mails)
        if mail["conversation_id"]
    }


def _all(http: httpx.Client, path: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    before = ""
    while True:
        page = http.get(f"{path}?limit=100{before}").raise_for_status().json()
        found += page["items"]
        if page["next"] is None:
            return found
        before = f"&before={page['next']}"
