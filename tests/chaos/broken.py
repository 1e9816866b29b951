"""Servers that are broken on purpose: a checker that never sees anything proves nothing.

`python -m tests.chaos.broken <way>` is a process with that defect, and otherwise ours.
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import asyncpg

DELAY_S = 0.4


def ack_before_commit() -> None:
    """Answers the client first and commits a moment later: whatever dies in between was promised and is lost."""
    from core import database
    from core.database import Unit
    from core.messages import fast

    async def by_units_of_work(*_: Any) -> None:
        """The stored routine commits by itself, so it cannot be hasty: the general action, which does the same, is."""

    assert fast.receive
    assert fast.reply
    assert database._outermost, "the way of a message has changed: change its broken twin"
    fast.receive = fast.reply = by_units_of_work

    background: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def hasty(begin: str, actor: Any) -> AsyncIterator[Unit]:
        connection = await database.pool().acquire()
        unit = Unit(connection, actor)
        token = database._unit.set(unit)
        await connection.execute(begin)
        try:
            yield unit
            for hook in list(unit.before_commit.values()):
                await hook(unit)
        except BaseException:
            await connection.execute("ROLLBACK")
            await database.pool().release(connection)
            raise
        finally:
            database._unit.reset(token)
        if "READ ONLY" in begin:
            await connection.execute("COMMIT")
            await database.pool().release(connection)
            return
        task = asyncio.create_task(_commit_later(unit))
        background.add(task)
        task.add_done_callback(background.discard)

    database._outermost = hasty


async def _commit_later(unit: Any) -> None:
    from core import database

    await asyncio.sleep(DELAY_S)
    try:
        await unit.connection.execute("COMMIT")
        for notify in unit.after_commit.values():
            await notify()
    finally:
        await database.pool().release(unit.connection)


def no_dedupe() -> None:
    """Ignores the client's id, so every repeated attempt is a new message."""
    from core.auth.tokens import random_token
    from core.channels.chat import routes

    receive = routes.messages.receive

    async def forgetful(*arguments: Any, **named: Any) -> Any:
        return await receive(*arguments, **{**named, "client_id": random_token()})

    routes.messages.receive = forgetful


def reordering_relay() -> None:
    """Moves the outbox in steps of half a second, the newest event of each step first."""
    from core.events import moving, relay

    assert "ORDER BY b.id)" in moving.MOVE_NEXT, "the relay's statement has changed: change its broken twin"
    moving.MOVE_NEXT = moving.MOVE_NEXT.replace("ORDER BY b.id)", "ORDER BY b.id DESC)")
    step = relay.Relay.step

    async def slow(self: Any, connection: asyncpg.Connection) -> int:
        await asyncio.sleep(0.5)
        return await step(self, connection)

    relay.Relay.step = slow


def deaf_hub() -> None:
    """Never heals: what NATS loses is lost for whoever stays connected."""
    from core.events import replay

    async def nothing(*_: Any, **__: Any) -> list[Any]:
        return []

    assert replay.missing, "the way of healing has changed: change its broken twin"
    replay.missing = nothing  # type: ignore[assignment]


def deaf_replay() -> None:
    """Takes every cursor for the newest: who comes back hears only what happens from then on."""
    from realtime import subscribe

    async def nothing(*_: Any) -> int:
        return 0

    assert subscribe._replay, "the way of a replay has changed: change its broken twin"
    subscribe._replay = nothing


def endless_patience() -> None:
    """Never cuts a link, however much waits for it."""
    from realtime.link import Link
    from realtime.protocol import Close

    close = Link.close

    def patient(self: Any, code: int, reason: str = "") -> None:
        if code != Close.slow:
            close(self, code, reason)

    Link.close = patient


def ack_while_away() -> None:
    """Says yes to messages that were refused, with the words of the last one that was kept."""
    from core import edge

    serve = edge.Rim.__call__
    kept = [b""]

    async def lie(self: Any, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or scope["method"] != "POST" or not scope["path"].endswith("/messages"):
            return await serve(self, scope, receive, send)
        start: dict[str, Any] = {}

        async def twist(message: Any) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
                return
            if start["status"] == 201:
                kept[0] = message["body"]
            elif start["status"] == 503 and kept[0]:
                message = {**message, "body": kept[0]}
                headers = [(b"content-type", b"application/json"), (b"content-length", str(len(kept[0])).encode())]
                start.update(status=201, headers=headers)
            await send(start)
            await send(message)

        return await serve(self, scope, receive, twist)

    edge.Rim.__call__ = lie


def unfenced_worker() -> None:
    """Finishes a job whoever has it by now, and goes on when its lease is lost: what a worker does that was paused for longer is done twice.

    Either defence alone hides that the other is missing, but for a moment after the pause.
    """
    from core.jobs import ledger
    from core.jobs.attempts import Attempts

    assert "attempt = $2" in ledger.FINISH, "the ledger's statement has changed: change its broken twin"
    ledger.FINISH = ledger.FINISH.replace("attempt = $2 AND status = 1", "$2::int IS NOT NULL")
    Attempts.cancel_all = lambda _: None


def mail_ack_while_away() -> None:
    """Says 250 to mail that could not be kept."""
    from core.channels.email.gateway import smtp

    keep = smtp.Session._keep

    async def lie(self: Any, recipient: str, raw: bytes) -> str:
        told = await keep(self, recipient, raw)
        return "250 2.0.0 kept" if told == smtp.LATER else told

    smtp.Session._keep = lie


def mail_no_dedupe() -> None:
    """Takes every mail for a new one, and answers late: whoever was killed meanwhile has it sent again."""
    from core.auth.tokens import random_token
    from core.channels.email.gateway import fingerprint, posted

    of, accept = fingerprint.of, posted.accept

    def another(raw: bytes) -> fingerprint.Fingerprint:
        told = of(raw)
        return fingerprint.Fingerprint(random_token(), told.internet_message_id, told.subject, told.sender)

    async def late(*arguments: Any) -> Any:
        accepted = await accept(*arguments)
        await asyncio.sleep(DELAY_S)
        return accepted

    fingerprint.of, posted.accept = another, late


def mail_sent_again() -> None:
    """Takes a line that went dead at the end for a no, and sends the mail once more."""
    import msgspec

    from core.channels.email import smtp

    send = smtp.send

    async def hopeful(*arguments: Any, **named: Any) -> Any:
        sent = await send(*arguments, **named)
        return msgspec.structs.replace(sent, how="later") if sent.how == "unknown" else sent

    smtp.send = hopeful


def mailing_sent_again() -> None:
    """Puts back into the queue what a worker that died had handed to a server already."""
    from core.mailing.actions import claims

    sql = claims.TAKE_BACK.replace("WHEN s.handed_at IS NOT NULL THEN", "WHEN false THEN")
    assert sql != claims.TAKE_BACK, "the way back has changed: change its broken twin"
    claims.TAKE_BACK = sql


def imap_uid_first() -> None:
    """Writes down that it has a mail a moment before it has it."""
    from core.channels.email.fetching import leases, reading

    take = reading._take

    async def hasty(session: Any, held: Any, uid: int, size: Any) -> None:
        await leases.note(held, last_uid=max(uid, held.last_uid))
        await asyncio.sleep(DELAY_S)
        await take(session, held, uid, size)

    reading._take = hasty


def imap_no_dedupe() -> None:
    """Takes every mail for a new one, and writes down late that it has it."""
    from core.auth.tokens import random_token
    from core.channels.email.fetching import reading
    from core.channels.email.gateway import fingerprint

    of, take = fingerprint.of, reading._take

    def another(raw: bytes) -> fingerprint.Fingerprint:
        told = of(raw)
        return fingerprint.Fingerprint(random_token(), told.internet_message_id, told.subject, told.sender)

    async def late(*arguments: Any) -> None:
        await take(*arguments)
        await asyncio.sleep(DELAY_S)

    fingerprint.of, reading._take = another, late


def mail_no_caps() -> None:
    """Counts nobody's mail, neither that of one address nor its own."""
    from core.channels.email import caps, understanding

    async def never(*_: Any, **__: Any) -> bool:
        return False

    assert caps.is_spent, "the way of counting has changed: change its broken twin"
    caps.is_spent = never
    understanding.PER_HOUR = 2**31


def mail_threads_nowhere() -> None:
    """Finds no mail's conversation: each opens one of its own."""
    from core.channels.email import threading

    async def nowhere(*_: Any) -> threading.Thread:
        return threading.Thread()

    assert threading.find, "the way of finding has changed: change its broken twin"
    threading.find = nowhere


def workflow_begun_again() -> None:
    """Does what was begun once more, where nobody knows whether it was done."""
    from modules.workflows.actions import advancing

    attempt = advancing._Walk._attempt

    async def hopeful(self: Any, node: Any) -> Any:
        rows = await self._db.fetch_rows(advancing.TAKEN, self._actor.organization_id, self._run.id, node.id)
        return int(rows[0]["attempt"]) + 1 if rows and rows[0]["status"] == "begun" else await attempt(self, node)

    advancing._Walk._attempt = hopeful


def workflow_deaf() -> None:
    """Passes over what happens to one contact of ten."""
    from modules.workflows.actions import happening

    happened = happening.happened

    async def hard_of_hearing(organization_id: int, all_that: Any) -> None:
        await happened(organization_id, [one for one in all_that if one.occasion.contact_id % 10])

    happening.happened = hard_of_hearing


@dataclass(frozen=True)
class Way:
    """`process`: which of ours has the defect."""

    process: str
    apply: Callable[[], None]


WAYS: dict[str, Way] = {
    "ack-before-commit": Way("web", ack_before_commit),
    "no-dedupe": Way("web", no_dedupe),
    "reordering-relay": Way("relay", reordering_relay),
    "deaf-hub": Way("web", deaf_hub),
    "deaf-replay": Way("web", deaf_replay),
    "endless-patience": Way("web", endless_patience),
    "ack-while-away": Way("web", ack_while_away),
    "mail-ack-while-away": Way("mail", mail_ack_while_away),
    "mail-no-dedupe": Way("web", mail_no_dedupe),
    "mail-sent-again": Way("worker", mail_sent_again),
    "mailing-sent-again": Way("worker", mailing_sent_again),
    "imap-uid-first": Way("worker", imap_uid_first),
    "imap-no-dedupe": Way("worker", imap_no_dedupe),
    "mail-no-caps": Way("worker", mail_no_caps),
    "mail-threads-nowhere": Way("worker", mail_threads_nowhere),
    "workflow-begun-again": Way("worker", workflow_begun_again),
    "workflow-deaf": Way("worker", workflow_deaf),
}


def main() -> None:
    from core.cli import main as lacasa

    way = WAYS[sys.argv[1]]
    way.apply()
    sys.exit(lacasa([way.process]))


if __name__ == "__main__":
    main()
