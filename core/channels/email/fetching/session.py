"""A mailbox while we are signed in to it: what we want of the protocol, with troubles in place of its errors."""

import re
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from ipaddress import ip_address

import msgspec

from core import egress
from core.channels.email.fetching import oauth, wire
from core.channels.email.fetching.structs import Secrets, Security, SignIn
from core.channels.email.fetching.troubles import Trouble, TroubleCode, told
from core.channels.email.fetching.wire import Refused, Response, Take, Wire
from core.settings import settings

CONNECT_S = 20.0
MAIL_S = 300.0
HEAD_MAX = 64 * 1024
SECRET_MIN = 4
"""Letters of a secret that is looked for in what a server says: a shorter one would be found in any sentence."""
NUMBER_MAX, DIGITS_MAX = 2**63 - 1, 19
"""No server has larger ones (in IMAP most have 32 bits), and no row could keep them."""
CODE = re.compile(rb"\[(UIDVALIDITY|UIDNEXT) (\d++)\]", re.IGNORECASE)
EXISTS = re.compile(rb"\* (\d++) EXISTS\Z", re.IGNORECASE)
FOUND = re.compile(rb"(?<= )\d++(?= |\Z)")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NOT_NOW = ("[UNAVAILABLE]", "[INUSE]", "[LIMIT]", "[SERVERBUG]")
"""RFC 5530: no fault of name or password."""


class Door(msgspec.Struct, frozen=True):
    """All that it takes to get in."""

    host: str
    port: int
    security: Security
    username: str
    sign_in: SignIn
    token_url: str
    client_id: str
    secrets: Secrets


class Box(msgspec.Struct, frozen=True):
    """A folder that was opened. `uid_next`: of the mail that comes next; 0: the server does not say."""

    uid_validity: int
    uid_next: int
    mails: int
    is_read_only: bool


class Size(msgspec.Struct, frozen=True):
    """`came_at`: when the server got it; None: it does not say."""

    size_bytes: int
    came_at: datetime | None


class Session:
    def __init__(self, connection: Wire, can: frozenset[str], granted: oauth.Granted | None) -> None:
        self._wire = connection
        self._can = can
        self.granted = granted

    @property
    def can_idle(self) -> bool:
        return "IDLE" in self._can

    async def select(self, folder: str) -> Box:
        """Raises:
        Trouble: `folder`.
        """
        with told():
            try:
                answer = await self._wire.command("SELECT", wire.folder(folder))
            except Refused as no:
                raise _not_now(no, "folder") from no
        lines = [response.texts[0] for response in answer]
        numbers = {name.upper(): _number(value) for line in lines for name, value in CODE.findall(line)}
        counts = [_number(found[1]) for line in lines if (found := EXISTS.match(line))]
        is_read_only = "[READ-ONLY]" in answer[-1].line.upper()
        return Box(numbers.get(b"UIDVALIDITY", 0), numbers.get(b"UIDNEXT", 0), counts[-1] if counts else 0, is_read_only)

    async def last_uid(self) -> int:
        """Of the newest mail, for servers that do not say what comes next; 0: there is none."""
        return max(await self._search("UID *"), default=0)

    async def uids_after(self, uid: int) -> list[int]:
        """All that are greater, in order; what is marked as deleted is left out."""
        return sorted(found for found in await self._search(f"UID {uid + 1}:* UNDELETED") if found > uid)

    async def uids_since(self, day: datetime) -> set[int]:
        """Of what the server got on that day or later; it knows days alone, in a zone of its own."""
        return await self._search(f"SINCE {day.day}-{MONTHS[day.month - 1]}-{day.year} UNDELETED")

    async def sizes(self, uids: Sequence[int]) -> dict[int, Size]:
        """Of those that are still there."""
        found: dict[int, Size] = {}
        with told():
            try:
                answer = await self._wire.command("UID FETCH", spans(uids), "(UID RFC822.SIZE INTERNALDATE)")
            except Refused as no:
                raise _not_now(no, "server") from no
        for item in map(wire.fetched, answer):
            if item and (uid := _number(item.get("UID"))):
                found[uid] = Size(_number(item.get("RFC822.SIZE")), _date(item.get("INTERNALDATE")))
        return found

    async def head(self, uid: int) -> bytes:
        """The first 64 KB of a mail's header, in however many pieces the server has it; empty where there is none."""
        left = HEAD_MAX

        def take(size: int) -> bool:
            nonlocal left
            left -= size
            return left >= 0

        return await self._body(uid, f"BODY.PEEK[HEADER]<0.{HEAD_MAX}>", take)

    async def mail(self, uid: int, take: Take) -> bytes:
        """A mail as it is, without marking it as read; empty where it is gone, or `take` said no."""
        return await self._body(uid, "BODY.PEEK[]", take)

    async def settle(self, uids: str, done_folder: str) -> None:
        """Mark what was kept as read, or move it. Safe to repeat.

        Raises:
            Trouble: `read_only`, `done_folder`.
        """
        with told():
            try:
                if done_folder:
                    await self._move(uids, done_folder)
                else:
                    await self._wire.command("UID STORE", uids, "+FLAGS.SILENT (\\Seen)")
            except Refused as no:
                raise _not_now(no, "done_folder" if done_folder else "read_only") from no

    async def is_there(self, uid: int) -> bool:
        return uid in await self._search(f"UID {uid}")

    async def idle(self, time_s: float) -> None:
        """Wait for something new, `time_s` at most. A server that will not, though it said so, is not asked again."""
        with told():
            try:
                await self._wire.idle(time_s)
            except Refused:
                self._can -= {"IDLE"}

    async def _search(self, what: str) -> set[int]:
        with told():
            try:
                answer = await self._wire.command("UID SEARCH", what)
            except Refused as no:
                raise _not_now(no, "server") from no
        lines = [response.texts[0] for response in answer if response.texts[0][:8].upper() == b"* SEARCH"]
        return {_number(found[0]) for line in lines for found in FOUND.finditer(line)}

    async def _body(self, uid: int, what: str, take: Take) -> bytes:
        with told():
            try:
                answer = await self._wire.command("UID FETCH", str(uid), f"(UID {what})", take=take, time_s=MAIL_S)
            except Refused as no:
                raise _not_now(no, "mail") from no
        for item in map(wire.fetched, answer):
            if item and _number(item.get("UID")) == uid:
                return next((value or b"" for name, value in item.items() if name.startswith("BODY[")), b"")
        return b""

    async def _move(self, uids: str, done_folder: str) -> None:
        there = await self._search(f"UID {uids} UNDELETED")
        if not there:
            return
        where, chosen = wire.folder(done_folder), spans(there)
        how = "UID MOVE" if "MOVE" in self._can else "UID COPY"
        try:
            await self._wire.command(how, chosen, where)
        except Refused:
            await self._wire.command("CREATE", where)
            await self._wire.command(how, chosen, where)
        if how == "UID COPY":
            await self._wire.command("UID STORE", chosen, "+FLAGS.SILENT (\\Seen \\Deleted)")
            if "UIDPLUS" in self._can:
                await self._wire.command("UID EXPUNGE", chosen)


@asynccontextmanager
async def entered(door: Door) -> AsyncIterator[Session]:
    """Connected and signed in, as long as the `with` lasts. What goes wrong outlives no secret: they are taken out of what a server says.

    Raises:
        Trouble: whatever it is.
    """
    connection: Wire | None = None
    granted: oauth.Granted | None = None
    try:
        if door.sign_in == "oauth2":
            granted = await oauth.token(door.token_url, door.client_id, door.secrets)
        with told():
            connection = await _connected(door)
            can = await _signed_in(connection, door, granted)
        yield Session(connection, can, granted)
    except Trouble as trouble:
        secrets = [*msgspec.structs.astuple(door.secrets), granted.access_token if granted else ""]
        raise Trouble(trouble.code, _without(trouble.words, secrets)) from None
    finally:
        if connection is not None:
            await connection.close()


async def _connected(door: Door) -> Wire:
    address = await egress.resolve(door.host, door.port, settings().reachable_networks)
    if door.security == "none" and egress.is_public(ip_address(address)):
        raise Trouble("in_clear")
    connection = await wire.connected(address, door.port, host=door.host, is_tls=door.security == "tls", time_s=CONNECT_S)
    try:
        await connection.greeting(CONNECT_S)
        if door.security == "starttls":
            await connection.start_tls(door.host)
    except Refused as no:
        await connection.close()
        raise Trouble("no_tls", no.words) from no
    except BaseException:  # whatever it is, the connection is nobody's by then
        await connection.close()
        raise
    return connection


async def _signed_in(connection: Wire, door: Door, granted: oauth.Granted | None) -> frozenset[str]:
    """What the server can do for who is signed in."""
    can = await _capabilities(connection)
    try:
        if granted is not None:
            said = f"user={door.username}\x01auth=Bearer {granted.access_token}\x01\x01"
            await connection.authenticate("XOAUTH2", said.encode())
        elif "AUTH=PLAIN" in can:
            await connection.authenticate("PLAIN", f"\0{door.username}\0{door.secrets.password}".encode())
        else:
            await connection.command("LOGIN", wire.quoted(door.username), wire.quoted(door.secrets.password))
    except Refused as no:
        oauth.forget(door.token_url, door.client_id, door.secrets)
        raise _not_now(no, "sign_in") from no
    return await _capabilities(connection)


async def _capabilities(connection: Wire) -> frozenset[str]:
    answer: list[Response] = await connection.command("CAPABILITY")
    lines = [response.line.upper() for response in answer]
    return frozenset(word for line in lines if line.startswith("* CAPABILITY") for word in line.split()[2:])


def _not_now(no: Refused, code: TroubleCode) -> Trouble:
    return Trouble("server" if no.words.upper().partition(" ")[2].startswith(NOT_NOW) else code, no.words)


def _without(words: str, secrets: Iterable[str]) -> str:
    for secret in secrets:
        if len(secret) >= SECRET_MIN:
            words = words.replace(secret, "…")
    return words


def _number(value: bytes | None) -> int:
    """0: it is none.

    Raises:
        Trouble: `protocol`.
    """
    if value is None or not value.isdigit():
        return 0
    number = int(value) if len(value) <= DIGITS_MAX else NUMBER_MAX + 1
    if number > NUMBER_MAX:
        raise Trouble("protocol", "it has numbers that no mailbox has")
    return number


def _date(value: bytes | None) -> datetime | None:
    """`27-Nov-2026 03:04:05 +0000`."""
    try:
        found = parsedate_to_datetime((value or b"").decode("ascii").replace("-", " ", 2).strip())
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError, UnicodeDecodeError):
        return None


def spans(uids: Iterable[int]) -> str:
    """A set of UIDs as commands have it: `3,5:9`."""
    found: list[list[int]] = []
    for uid in sorted(set(uids)):
        if found and found[-1][1] == uid - 1:
            found[-1][1] = uid
        else:
            found.append([uid, uid])
    return ",".join(str(first) if first == last else f"{first}:{last}" for first, last in found)


def between(after: int, until: int, without: Iterable[int]) -> str:
    """The UIDs from `after` (left out) to `until`, some left out; empty: none."""
    parts, begin = [], after + 1
    for uid in [*sorted(one for one in set(without) if after < one <= until), until + 1]:
        if begin < uid:
            parts.append(str(begin) if begin == uid - 1 else f"{begin}:{uid - 1}")
        begin = uid + 1
    return ",".join(parts)
