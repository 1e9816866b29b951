"""P17: the whole way of a mail. A customer's mail comes by a real Postfix, is answered in the inbox in a real browser, the answer is read where it
arrives, and what the customer answers to that comes by Postfix into the same conversation. Nothing is broken, unless on purpose.

Needs root and Postfix (`apt-get install postfix`), and Chromium (`make chromium`). `--keep FOLDER` keeps the pictures, in `screenshots`.
"""

import asyncio
import os
import re
import time
from argparse import Namespace
from collections.abc import Awaitable, Callable
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect, sync_playwright

from tests.browser.conftest import CHROMIUM, FLAGS, TIMEOUT_MS
from tests.chaos import postfix
from tests.chaos.clients import Staff
from tests.chaos.crowd import a_world
from tests.chaos.installation import Installation, installation
from tests.chaos.measure import within
from tests.chaos.postfix import Postfix
from tests.mail.sink import Sink, Taken, a_sink
from tests.ports import free_port

DEADLINE_S = 240.0
BROKEN = ("mail-threads-nowhere",)
SUPPORT, CUSTOMER = "support@lmtp.test", "ida@example.org"
ASKED, AGAIN = "My lamp is dark.", "It was the bulb. Thank you!"
ANSWER = "Is the bulb tight?"
SUBJECT = "A dark lamp"
CONVERSATIONS = "SELECT DISTINCT conversation_id FROM message_mails ORDER BY 1"
CAME = "SELECT count(*) FROM message_mails"


async def run(folder: Path, given: Namespace) -> dict[str, Any]:
    """`arrived`, `answered`, `answered_again`, `same_conversation` must be true, `wrong_headers` empty."""
    if not postfix.is_there():
        return {"skipped": "there is no Postfix here (apt-get install postfix), or we are not root"}
    os.chmod(folder, 0o711)  # noqa: S103 (Postfix's users have to pass)
    lmtp = free_port()
    async with a_sink() as sink:
        settings = {"LACASA_MAIL_PORT": str(lmtp), "LACASA_SMTP_URL": sink.url}
        names = ("web", "relay", "worker", "mail")
        async with installation(folder, broken=given.broken, names=names, settings=settings) as place:
            (folder / "postfix").mkdir()
            mta = Postfix(folder / "postfix", port=free_port(), lmtp=lmtp, script=folder / "none")
            await mta.start()
            told: dict[str, Any] = dict.fromkeys(("arrived", "answered", "answered_again", "same_conversation"), False)
            try:
                finished = await within(given.deadline, _story(place, mta, sink, given.seed, told))
            finally:
                await mta.stop()
            return {
                **told,
                "screenshots": sorted(path.name for path in (folder / "screenshots").glob("*.png")),
                "finished": finished,
            }


async def _story(place: Installation, mta: Postfix, sink: Sink, seed: int, told: dict[str, Any]) -> None:
    admin = Staff(await a_world(place, place.stack.port, seed), "s00", place.accounts[0])
    await admin.sign_in()
    await admin.ask("PUT", "/api/profile/mail", {"undo_s": 0})
    inbox = (await admin.ask("POST", "/api/inboxes", {"name": "Post", "ai_enabled": False})).json()["id"]
    address = {"address": SUPPORT, "from_name": "Harbour Lights"}
    assert (await admin.ask("PUT", f"/api/inboxes/{inbox}/email", address)).status == 200

    first = _letter(ASKED, SUPPORT, SUBJECT)
    await asyncio.to_thread(mta.send, CUSTOMER, [SUPPORT], first.as_bytes())
    await _until(lambda: place.value(CAME), 1)
    told["arrived"] = True
    conversation = (await place.rows(CONVERSATIONS))[0][0]
    await asyncio.to_thread(_in_the_inbox, place, conversation, mta, sink, first, told)
    await _until(lambda: place.value(CAME), 2)
    told["same_conversation"] = len(await place.rows(CONVERSATIONS)) == 1


def _in_the_inbox(
    place: Installation, conversation: int, mta: Postfix, sink: Sink, first: EmailMessage, told: dict[str, Any]
) -> None:
    """What an agent does, in a thread of its own: Playwright's calls block."""
    pictures = place.folder / "screenshots"
    pictures.mkdir()
    expect.set_options(timeout=TIMEOUT_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.set_default_timeout(TIMEOUT_MS)
        _sign_in(page, place)
        page.goto(f"{place.stack.url}/app/inbox/{conversation}")
        log = page.get_by_role("log")
        expect(log).to_contain_text(ASKED)
        expect(log).to_contain_text("Whole mail")
        page.screenshot(path=pictures / "1-it-arrived.png")
        page.get_by_role("textbox", name=re.compile("Reply|Write")).first.fill(ANSWER)
        page.keyboard.press("Control+Enter")
        expect(log).to_contain_text(f"Sent to {CUSTOMER}")
        page.screenshot(path=pictures / "2-it-is-answered.png")
        taken = sink.taken[-1]
        told["answered"] = ANSWER in taken.mail.get_body(("plain",)).get_content()
        told["wrong_headers"] = _wrong(taken, first)
        told["headers"] = {name: str(value) for name, value in taken.mail.items()}
        reply_to = str(taken.mail["Reply-To"]).partition("<")[2].rstrip(">")
        again = _letter(AGAIN, reply_to, str(taken.mail["Subject"]), In_Reply_To=str(taken.mail["Message-ID"]))
        mta.send(CUSTOMER, [reply_to], again.as_bytes())
        with suppress(AssertionError):  # the figure says so
            expect(log).to_contain_text(AGAIN)
            told["answered_again"] = True
        page.screenshot(path=pictures / "3-it-is-answered-again.png")
        browser.close()


def _sign_in(page: Page, place: Installation) -> None:
    page.goto(f"{place.stack.url}/app/")
    page.get_by_label("Email").fill(place.accounts[0]["email"])
    page.get_by_label("Password").fill(place.accounts[0]["password"])
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("link", name="Inbox")).to_be_visible()


def _letter(text: str, to: str, subject: str, **heads: str) -> EmailMessage:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = f"Ida Ash <{CUSTOMER}>", to, subject
    letter["Message-ID"] = f"<{time.monotonic_ns()}@example.org>"
    for name, value in heads.items():
        letter[name.replace("_", "-")] = value
    letter.set_content(text)
    return letter


def _wrong(taken: Taken, first: EmailMessage) -> list[str]:
    """Headers of the answer that are not as the customer's mail program needs them."""
    mail, known = taken.mail, str(first["Message-ID"])
    right = {
        "envelope": (taken.mail_from, taken.recipients) == (SUPPORT, [CUSTOMER]),
        "From": SUPPORT in str(mail["From"]) and "Harbour Lights" in str(mail["From"]),
        "To": str(mail["To"]) == f"Ida Ash <{CUSTOMER}>",
        "Reply-To": "support+c" in str(mail["Reply-To"]),
        "Subject": str(mail["Subject"]) == f"Re: {SUBJECT}",
        "In-Reply-To": str(mail["In-Reply-To"]) == known,
        "References": known in str(mail["References"]),
        "Message-ID": str(mail["Message-ID"]).endswith("@lmtp.test>"),
        "Date": mail["Date"] is not None,
        "Auto-Submitted": mail["Auto-Submitted"] is None,
    }
    return [name for name, is_right in right.items() if not is_right]


async def _until(ask: Callable[[], Awaitable[int]], count: int) -> None:
    while True:
        if await ask() >= count:
            return
        await asyncio.sleep(0.2)
