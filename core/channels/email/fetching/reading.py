"""What is new in a mailbox, mail by mail: kept and committed first, then the UID, and only then the server's copy is marked or moved.

A mail that cannot be had keeps none waiting: its UID is written down, it is tried again after the others, and after five attempts the ledger
says so. Whatever breaks off in between is done again, and the ledger knows each mail by its Message-ID and its bytes.
"""

import asyncio
import logging
from datetime import datetime, timedelta

from core.channels.email.fetching import leases
from core.channels.email.fetching.leases import Held
from core.channels.email.fetching.session import Box, Session, Size, between
from core.channels.email.fetching.troubles import Trouble
from core.channels.email.gateway import accept, errors, fingerprint, room
from core.channels.email.gateway.addresses import bases, folded
from core.channels.email.parsing import Mail, parse
from core.database import transaction
from core.errors import LacasaError, TooLarge

log = logging.getLogger("lacasa.mail")

AT_ONCE = 200
"""Mails whose sizes are asked for together, and after which what was kept is marked."""
ROUND = 2000
"""Mails until it is said how far it is; a multiple of the above."""
ATTEMPTS = 5
MISSED_MAX = 50
"""More mails than that cannot be had: it is the server, and not the mails."""
UNKNOWN = Size(0, None)
"""The server says nothing of it: it may be gone."""
OLD = timedelta(minutes=5)
"""How far two clocks may differ."""
A_DAY = timedelta(days=1)
"""Servers look for days, each in its own zone."""
RECIPIENTS = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-delivered-to")
ASIDE = """
INSERT INTO inbound_mails (organization_id, inbox_id, way, mail_from, recipient, internet_message_id, digest, subject, sender,
                           size_bytes, content, state, reason, processed_at)
VALUES ($1, $2, 'imap', $3, $4, $5, $6, $7, $8, $9, $10, 'quarantined', $11, now())
ON CONFLICT (inbox_id, internet_message_id, digest) DO NOTHING
"""


async def open_folder(session: Session, held: Held) -> Box:
    """Open the folder and find out where to go on. The first time, and where all UIDs are new: at its beginning, or with what is not older than
    the mailbox, however long it took to get in.

    Raises:
        Trouble
    """
    box = await session.select(held.folder)
    if box.uid_validity == held.uid_validity:
        return box
    begin, newest = 0, 0
    if held.start == "new":
        newest = box.uid_next - 1 if box.uid_next else await session.last_uid()
        begin = min(await session.uids_since(held.began_at - A_DAY), default=newest + 1) - 1
    await leases.note(held, uid_validity=box.uid_validity, last_uid=begin, settled_uid=begin, old_until=newest, missed={})
    return box


async def look(session: Session, held: Held) -> tuple[Trouble | None, bool]:
    """Take what is new, then what was missed before. Returns what is wrong although mail is fetched, and whether there is more.

    Raises:
        Trouble: it cannot go on.
        LeaseLost: it must not.
        Unavailable: PostgreSQL is away, or there is no room for more mail now; nothing is lost.
    """
    wrong: Trouble | None = None
    uids = await session.uids_after(held.last_uid)
    for at in range(0, min(len(uids), ROUND), AT_ONCE):
        wrong = await _some(session, held, uids[at : at + AT_ONCE]) or wrong
    wrong = await _settle(session, held) or wrong
    for uid in sorted(map(int, held.missed)):
        wrong = await _again(session, held, uid) or wrong
    return wrong, len(uids) > ROUND


async def _some(session: Session, held: Held, uids: list[int]) -> Trouble | None:
    sizes = await session.sizes(uids)
    passing, wrong = 0, None
    for uid in uids:
        size = sizes.get(uid, UNKNOWN)
        if _is_unwanted(held, uid, size.came_at):
            passing = uid
            continue
        if passing:
            wrong, passing = await _pass(session, held, passing) or wrong, 0
        await _one(session, held, uid, size)
    if passing:
        wrong = await _pass(session, held, passing) or wrong
    return await _settle(session, held) or wrong


def _is_unwanted(held: Held, uid: int, came_at: datetime | None) -> bool:
    return uid <= held.old_until and came_at is not None and came_at < held.began_at - OLD


async def _pass(session: Session, held: Held, uid: int) -> Trouble | None:
    """Leave all up to this one on the server as it is: it is marked neither now nor later."""
    wrong = await _settle(session, held)
    await leases.note(held, last_uid=uid, settled_uid=uid)
    return wrong


async def _one(session: Session, held: Held, uid: int, size: Size) -> bool:
    """Whether it is kept, or gone, or told of because it is too large."""
    try:
        if size.size_bytes > errors.limit_bytes():
            await _too_large(session, held, uid, size)
        else:
            await _take(session, held, uid, size)
    except LacasaError:
        raise
    except Trouble as trouble:
        await _miss(held, uid)
        if trouble.code != "mail":  # the line is dead, so this is as far as it goes now
            raise
        return False
    except Exception:  # a defect of ours: this mail waits with its server until it is mended, and the others are kept
        log.exception("a fetched mail could not be kept", extra={"inbox_id": held.inbox_id})
        await _miss(held, uid)
        return False
    await leases.note(held, last_uid=max(uid, held.last_uid))
    return True


async def _miss(held: Held, uid: int) -> None:
    if len(held.missed) >= MISSED_MAX and str(uid) not in held.missed:
        raise Trouble("mail", f"{MISSED_MAX} mails cannot be fetched")
    missed = held.missed | {str(uid): held.missed.get(str(uid), 0) + 1}
    await leases.note(held, last_uid=max(uid, held.last_uid), missed=missed)


async def _again(session: Session, held: Held, uid: int) -> Trouble | None:
    """One that was missed: kept now, or put aside when that was its last attempt."""
    size = (await session.sizes([uid])).get(uid, UNKNOWN)
    wrong = None
    if held.missed[str(uid)] >= ATTEMPTS:
        if await session.is_there(uid):
            await _note_aside(held, uid, size, b"", "unfetchable")
    elif await _one(session, held, uid, size):
        wrong = await _marked(session, held, str(uid))
    else:
        return Trouble("mail", f"UID {uid}")
    await leases.note(held, missed={other: count for other, count in held.missed.items() if int(other) != uid})
    return wrong


async def _settle(session: Session, held: Held) -> Trouble | None:
    """Mark or move what is kept. That this cannot be done keeps no mail waiting."""
    if held.settled_uid >= held.last_uid:
        return None
    uids = between(held.settled_uid, held.last_uid, map(int, held.missed))
    wrong = await _marked(session, held, uids) if uids else None
    if wrong is None:
        await leases.note(held, settled_uid=held.last_uid)
    return wrong


async def _marked(session: Session, held: Held, uids: str) -> Trouble | None:
    try:
        await session.settle(uids, held.done_folder)
    except Trouble as trouble:
        if trouble.code not in ("done_folder", "read_only"):
            raise
        return trouble
    return None


async def _take(session: Session, held: Held, uid: int, size: Size) -> None:
    """Keep one mail of the folder; nothing where it is gone by now.

    Raises:
        Trouble: `mail`, the server does not give it.
    """
    with room.Share(size.size_bytes) as share:
        refused: list[LacasaError] = []

        def take(count: int) -> bool:
            try:
                share.grow(count)
            except LacasaError as error:
                refused.append(error)
            return not refused

        raw = await session.mail(uid, take)
        if refused and not isinstance(refused[0], TooLarge):
            raise refused[0]
        if raw:
            mail_from, recipient = await _envelope(held, raw)
            await accept.accept("imap", mail_from, recipient, raw, inbox=held.inbox)
    if refused:
        await _too_large(session, held, uid, size)
    elif not raw and await session.is_there(uid):
        raise Trouble("mail", "the server gives no bytes of it")


async def _too_large(session: Session, held: Held, uid: int, size: Size) -> None:
    """Its header goes into the ledger, where people see that there is more of it on the server, unread."""
    await _note_aside(held, uid, size, await session.head(uid), "over_size")
    await _pass(session, held, max(uid, held.last_uid))


async def _note_aside(held: Held, uid: int, size: Size, head: bytes, reason: str) -> None:
    mail_from, recipient = await _envelope(held, head)
    told = fingerprint.of(head or f"UID {held.uid_validity}.{uid}".encode())
    values = (
        held.organization_id, held.inbox_id, accept.kept(mail_from), accept.kept(recipient), told.internet_message_id, told.digest,
        told.subject, told.sender, min(size.size_bytes, 2**31 - 1), head, reason,
    )  # fmt: skip
    async with transaction(held.actor) as db:
        await db.execute(ASIDE, *values)


async def _envelope(held: Held, raw: bytes) -> tuple[str, str]:
    """Sender and recipient as the envelope had them, as far as the header tells: our address with its tag, if it was written to with one."""
    head = raw[: _end_of_head(raw)]
    mail = await asyncio.to_thread(parse, head)
    return _sender(mail), _recipient(mail, held.address)


def _end_of_head(raw: bytes) -> int:
    ends = [at for at in (raw.find(b"\r\n\r\n"), raw.find(b"\n\n")) if at >= 0]
    return min(ends, default=len(raw)) + 2


def _sender(mail: Mail) -> str:
    """Return-Path, which is empty for mail from nobody; where the server wrote none, From."""
    paths = mail.all("return-path")
    if paths:
        return paths[0].strip().removeprefix("<").removesuffix(">")
    return next((one.address for one in mail.senders if one.address), "")


def _recipient(mail: Mail, address: str) -> str:
    named = [value for name in RECIPIENTS for value in mail.all(name)] + [one.address for one in (*mail.to, *mail.cc)]
    tagged = (one for one in map(folded, named) if address in bases(one))
    return next(tagged, address)
