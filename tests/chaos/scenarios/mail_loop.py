"""P16: machines that answer each other stop. Two whole installations, whose AI agents answer mail, are wired into each other: as they are, then by a
wire that takes every mark off and asks anew, under one name and under a new one each time.
"""

import asyncio
import smtplib
import time
from argparse import Namespace
from contextlib import AsyncExitStack, suppress
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from tests.chaos.clients import Staff
from tests.chaos.crowd import a_world
from tests.chaos.installation import Installation, installation
from tests.chaos.measure import within
from tests.mail.sink import Sink, a_sink
from tests.ports import free_port

N, DEADLINE_S = 100, 900.0
BROKEN = ("mail-no-caps",)
WAYS = ("as_it_is", "one_name", "new_names")
QUIET_S = 20.0
"""So long without a mail, and it has stopped."""
QUESTION = "How long is the warranty?"
STATES = "SELECT state || coalesce(nullif(':' || reason, ':'), '') AS what, count(*) FROM inbound_mails GROUP BY 1 ORDER BY 1"
WAITING = """
SELECT count(*) FROM inbound_mails i JOIN conversations c ON c.id = i.conversation_id
WHERE i.state IN ('created', 'threaded') AND c.handler = 'human' AND c.status = 'open'
"""
WRITTEN = "SELECT count(*) FROM outbound_mails o JOIN messages m ON m.id = o.message_id WHERE m.sender_type = 'ai' AND o.state <> 'failed'"


class Wire(Sink):
    """Takes what one installation sends, and hands it to the other by LMTP. `way`: what it makes of a mail meanwhile."""

    def __init__(self, sender: str, recipient: str, port: int) -> None:
        super().__init__()
        self.way = WAYS[0]
        self.is_cut = False
        self.carried = 0
        self.last = 0.0
        self._sender, self._recipient, self._port = sender, recipient, port
        self._handing: set[asyncio.Task[None]] = set()

    def keep(self, raw: bytes, said: str) -> None:
        if self.is_cut:
            return
        handing = asyncio.create_task(self.hand(raw))
        self._handing.add(handing)
        handing.add_done_callback(self._handing.discard)

    async def hand(self, raw: bytes) -> None:
        """To the other side, at once."""
        self.carried += 1
        self.last = time.monotonic()
        letter = raw if self.way == WAYS[0] else self._stripped()
        sender = str(message_from_bytes(letter, policy=default)["From"]).rpartition("<")[2].rstrip(">")
        await asyncio.to_thread(self._speak, sender, letter)

    def _stripped(self) -> bytes:
        local, _, domain = self._sender.partition("@")
        letter = EmailMessage()
        letter["From"] = self._sender if self.way == "one_name" else f"{local}-{self.carried}@{domain}"
        letter["To"], letter["Subject"], letter["Message-ID"] = self._recipient, "Warranty", f"<{time.monotonic_ns()}@{domain}>"
        letter.set_content(QUESTION)
        return letter.as_bytes().replace(b"\n", b"\r\n")

    def _speak(self, sender: str, letter: bytes) -> None:
        while not self.is_cut:
            with suppress(OSError, smtplib.SMTPException), smtplib.LMTP("127.0.0.1", self._port, timeout=60) as client:
                client.sendmail(sender, [self._recipient], letter)
                return
            time.sleep(0.2)


async def run(folder: Path, given: Namespace) -> dict[str, Any]:
    """`stopped` must be true for each way, `lost` 0; `mails` stays below 2 · 60 under one name and 2 · n (the cap by the hour) under new ones."""
    addresses, lmtp = ("support@one.example", "support@two.example"), (free_port(), free_port())
    wires = [Wire(addresses[side], addresses[1 - side], lmtp[1 - side]) for side in (0, 1)]
    async with AsyncExitStack() as stack:
        places: list[Installation] = []
        for side, wire in enumerate(wires):
            await stack.enter_async_context(a_sink(wire))
            own = folder / f"side-{side}"
            (own / "data").mkdir(parents=True)
            settings = {
                "LACASA_MAIL_PORT": str(lmtp[side]),
                "LACASA_SMTP_URL": wire.url,
                "LACASA_MAIL_AUTOMATIC_PER_HOUR": str(given.n),
            }
            names = ("web", "relay", "worker", "mail")
            places.append(await stack.enter_async_context(installation(own, broken=given.broken, names=names, settings=settings)))
            await _connect(places[-1], addresses[side], given.seed)
        told: dict[str, Any] = {"mails": {}, "stopped": {}}
        finished = await within(given.deadline, _play(wires, told))
        for wire in wires:
            wire.is_cut = True
        for way in WAYS:
            told["stopped"].setdefault(way, False)
        return {**told, **await _counted(places, wires), "finished": finished}


async def _connect(place: Installation, address: str, seed: int) -> None:
    """An inbox with an address, whose AI agent answers."""
    admin = Staff(await a_world(place, place.stack.port, seed), "s00", place.accounts[0])
    await admin.sign_in()
    inbox = (await admin.ask("POST", "/api/inboxes", {"name": "Post", "ai_enabled": True})).json()["id"]
    assert (await admin.ask("PUT", f"/api/inboxes/{inbox}/email", {"address": address})).status == 200


async def _play(wires: list[Wire], told: dict[str, Any]) -> None:
    for way in WAYS:
        before = sum(wire.carried for wire in wires)
        for wire in wires:
            wire.way = way
        first = wires[0]._stripped()
        wires[0].carried += 1
        wires[0].last = time.monotonic()
        await asyncio.to_thread(wires[0]._speak, wires[0]._sender, first)
        while time.monotonic() - max(wire.last for wire in wires) < QUIET_S:
            await asyncio.sleep(0.5)
            told["mails"][way] = sum(wire.carried for wire in wires) - before
        told["stopped"][way] = True


async def _counted(places: list[Installation], wires: list[Wire]) -> dict[str, Any]:
    """`waiting`: mails whose conversation people have, open."""
    states = [{row["what"]: row["count"] for row in await place.rows(STATES)} for place in places]
    return {
        "lost": sum(wire.carried for wire in wires) - sum(sum(each.values()) for each in states),
        "not_understood": sum(each.get("received", 0) for each in states),
        "became": states,
        "waiting": [await place.value(WAITING) for place in places],
        "by_ai": [await place.value(WRITTEN) for place in places],
    }
