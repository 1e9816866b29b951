"""Images from elsewhere in a mail: fetched by us alone, and only once somebody has asked for them or always does for that sender.

The frame that shows a mail asks for them at an address that we signed, for one image of one mail of one organization: nobody
can have anything else fetched. The sender's server sees ours, no cookie, no page that it came from, and no reader. Images of a mail
that is being written are signed for whoever may write it, and count as those of one mail.
"""

import asyncio
import hashlib
import hmac
import time
from collections.abc import Callable, Sequence
from urllib.parse import quote
from weakref import WeakValueDictionary

import httpx
import msgspec

from core import egress
from core.access import MARKETERS, STAFF, Actor, system
from core.auth import tokens
from core.auth.limits import Buckets
from core.channels.email.structs import ImagesChoice, ImagesInput
from core.conversations import queries as conversations
from core.database import read, transaction
from core.errors import NotFound
from core.settings import settings

DRAFTS = 0
"""In the place of a message: of no mail that came, but of those that are written here."""
ADDRESS_MAX = 4000
"""Letters; longer ones stay where they are."""
DAY_S = 24 * 3600
BYTES_MAX = 4 * 1024 * 1024
TIME_S = 10.0
PATIENCE_S = 30.0
"""With waiting for others."""
AT_ONCE = 6
"""Of one organization: a server that drips keeps nobody else waiting."""
AT_ONCE_IN_ALL = 32
LATE_MOST = 6
"""Images of one mail that took too long; its others are then left out for a while: a browser has few lines to us, and all else waits behind them."""
LATE_S = 600.0
LATE_KEPT = 10_000
PER_MIN = 1200
KEPT_BYTES = 64 * 1024 * 1024
"""Of one organization, in its database."""
ROW_BYTES = 16 * 1024
"""What the smallest counts as: no more than 4,096 are kept."""
HEADERS = {"accept": "image/png,image/jpeg,image/gif,image/webp,image/avif", "user-agent": "Lacasa images of mails"}
BEGINNINGS = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF87a": "image/gif", b"GIF89a": "image/gif"}
UNAVAILABLE = "this image cannot be had"

OF_MAIL = """
SELECT m.conversation_id, m.from_address, m.is_verified IS NOT FALSE,
       EXISTS (SELECT FROM email_image_senders s WHERE s.organization_id = m.organization_id AND s.address = m.from_address)
FROM message_mails m WHERE m.organization_id = $1 AND m.message_id = $2
"""
ALWAYS = (
    "INSERT INTO email_image_senders (organization_id, address) VALUES ($1, $2) ON CONFLICT (organization_id, address) DO NOTHING"
)
NO_MORE = "DELETE FROM email_image_senders WHERE organization_id = $1 AND address = $2"
KEPT = """
SELECT coalesce(i.content_type, ''), coalesce(i.content, ''), i.id IS NOT NULL
FROM message_mails m LEFT JOIN email_images i ON i.organization_id = m.organization_id AND i.digest = $3
     AND i.fetched_at > now() - CASE WHEN i.content_type = '' THEN interval '10 minutes' ELSE interval '7 days' END
WHERE m.organization_id = $1 AND m.message_id = $2
"""
KEPT_OF_DRAFTS = """
SELECT coalesce(i.content_type, ''), coalesce(i.content, ''), i.id IS NOT NULL FROM (SELECT) one LEFT JOIN email_images i
  ON i.organization_id = $1 AND i.digest = $2
     AND i.fetched_at > now() - CASE WHEN i.content_type = '' THEN interval '10 minutes' ELSE interval '7 days' END
"""
KEEP = """
INSERT INTO email_images (organization_id, digest, content_type, content, size_bytes) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (organization_id, digest) DO UPDATE
SET content_type = excluded.content_type, content = excluded.content, size_bytes = excluded.size_bytes, fetched_at = now()
"""
MAKE_ROOM = f"""
DELETE FROM email_images WHERE organization_id = $1 AND id IN (
    SELECT id FROM (SELECT id, fetched_at, sum(greatest(size_bytes, {ROW_BYTES})) OVER (ORDER BY fetched_at DESC, id DESC) AS held
                    FROM email_images WHERE organization_id = $1) k
    WHERE held > $2 OR fetched_at < now() - interval '7 days')
"""


class Image(msgspec.Struct, frozen=True):
    """`content_type` empty: it could not be had."""

    content_type: str
    content: bytes


class _Kept(msgspec.Struct, frozen=True):
    content_type: str
    content: bytes
    is_known: bool


class OfMail(msgspec.Struct, frozen=True):
    """Whose images they are. `is_his`: nothing says that somebody else wrote under this address. `always`: what staff decided about it."""

    conversation_id: int
    address: str
    is_his: bool
    always: bool

    @property
    def by_itself(self) -> bool:
        """Whether they are loaded without being asked for."""
        return self.always and self.is_his


_limits = Buckets(PER_MIN)
_late: dict[tuple[int, int], tuple[float, int]] = {}
"""By organization and message: since when, and how many."""
_slots: WeakValueDictionary[int, asyncio.Semaphore] = WeakValueDictionary()


async def of_mail(actor: Actor, message_id: int) -> OfMail:
    """Whose mail a message was, and what is decided about its images.

    Raises:
        NotFound: it came by no mail, or its conversation is not visible to the actor.
    """
    actor.require(*STAFF)
    async with read(actor) as db:
        found = await db.fetch_one(OfMail, OF_MAIL, actor.organization_id, message_id)
        if found is None:
            raise NotFound("this message came by no mail")
        await conversations.get(actor, found.conversation_id)
    return found


async def decide(actor: Actor, message_id: int, data: ImagesInput) -> ImagesChoice:
    """Whether images of this mail's sender are always loaded; safe to repeat.

    Raises:
        NotFound: as `of_mail`.
    """
    async with transaction(actor) as db:
        found = await of_mail(actor, message_id)
        await db.execute(ALWAYS if data.always else NO_MORE, actor.organization_id, found.address)
    return ImagesChoice(address=found.address, always=data.always)


def addresses(actor: Actor, message_id: int) -> Callable[[str], str | None]:
    """Where an image of this mail is served from; None: its address is too long."""
    until = (int(time.time()) // DAY_S + 2) * DAY_S  # the same all day, so that browsers know it again

    def at(address: str) -> str | None:
        if len(address) > ADDRESS_MAX:
            return None
        signature = _signature(actor.organization_id, message_id, until, address)
        return f"/mail-images/{actor.organization_id}/{message_id}/{until}/{signature}?of={quote(address, safe='')}"

    return at


def of_drafts(actor: Actor, wanted: Sequence[str]) -> list[str | None]:
    """Where images of a mail that is being written are served from, in their order; None: it is nowhere that we would ask. Admins and users."""
    actor.require(*MARKETERS)
    at = addresses(actor, DRAFTS)
    return [at(address) if _is_web(address) else None for address in wanted]


def _signature(organization_id: int, message_id: int, until: int, address: str) -> str:
    return tokens.digest("image of a mail", str(organization_id), str(message_id), str(until), address)[:32]


async def served(organization_id: int, message_id: int, until: int, signature: str, address: str) -> Image:
    """An image that we signed for, from what is kept or from elsewhere.

    Raises:
        NotFound: we did not sign it, or not for so long; the mail is gone; or (`image_unavailable`) it is no image that could be had.
        TooManyRequests: the organization asks for too many at once.
    """
    signed = _signature(organization_id, message_id, until, address)
    if not hmac.compare_digest(signed.encode(), signature.encode()) or until < time.time():
        raise NotFound("this address was not given out, or is old")
    _limits.take(str(organization_id))
    actor, digest = system(organization_id), hashlib.sha256(address.encode()).hexdigest()
    async with read(actor) as db:
        if message_id == DRAFTS:
            kept = await db.fetch_one(_Kept, KEPT_OF_DRAFTS, organization_id, digest)
        else:
            kept = await db.fetch_one(_Kept, KEPT, organization_id, message_id, digest)
    if kept is None:
        raise NotFound("this mail does not exist")
    image = Image(kept.content_type, kept.content) if kept.is_known else await _fetched(actor, message_id, digest, address)
    if not image.content_type:
        raise NotFound(UNAVAILABLE, code="image_unavailable")
    return image


async def _fetched(actor: Actor, message_id: int, digest: str, address: str) -> Image:
    mail = (actor.organization_id, message_id)
    own, all_ = _slot(actor.organization_id, AT_ONCE), _slot(0, AT_ONCE_IN_ALL)
    try:
        async with asyncio.timeout(PATIENCE_S), own, all_:
            image = Image("", b"") if _is_late(mail) else await _asked(address, mail)
    except TimeoutError:  # of ours, for too many are asked for: nothing that should be remembered of this one
        raise NotFound(UNAVAILABLE, code="image_unavailable") from None
    async with transaction(actor) as db:
        await db.execute(KEEP, actor.organization_id, digest, image.content_type, image.content, len(image.content))
    async with transaction(actor) as db:
        await db.execute(MAKE_ROOM, actor.organization_id, KEPT_BYTES)
    return image


def _slot(organization_id: int, most: int) -> asyncio.Semaphore:
    found = _slots.get(organization_id)
    if found is None:
        found = _slots[organization_id] = asyncio.Semaphore(most)
    return found


def _is_late(mail: tuple[int, int]) -> bool:
    since, count = _late.get(mail, (0.0, 0))
    return count >= LATE_MOST and time.monotonic() - since < LATE_S


def _note_late(mail: tuple[int, int]) -> None:
    if len(_late) >= LATE_KEPT:
        _late.clear()
    now = time.monotonic()
    since, count = _late.get(mail, (now, 0))
    _late[mail] = (now, 1) if now - since >= LATE_S else (since, count + 1)


async def _asked(address: str, mail: tuple[int, int]) -> Image:
    """What its server answers, if that is an image; else one without a type."""
    try:
        answer = await egress.get(
            address, may=_is_web, headers=HEADERS, time_s=TIME_S, answer_max=BYTES_MAX, also=settings().image_networks
        )
    except (httpx.TimeoutException, TimeoutError):
        _note_late(mail)
        return Image("", b"")
    except httpx.HTTPError:
        return Image("", b"")
    kind = kind_of(answer.body) if answer.status == 200 else ""
    return Image(kind, answer.body if kind else b"")


def _is_web(address: str) -> bool:
    return address.lower().startswith(("https://", "http://"))


def kind_of(content: bytes) -> str:
    """What kind of picture it is by its first bytes, whatever its server calls it; empty: none that is shown. SVG, a program, is none."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content[4:12] in (b"ftypavif", b"ftypavis"):
        return "image/avif"
    return next((kind for beginning, kind in BEGINNINGS.items() if content.startswith(beginning)), "")
