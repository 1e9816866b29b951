"""Uploading, attaching and serving files."""

import re
from collections.abc import AsyncIterator
from functools import lru_cache

import msgspec

from core.access import Actor
from core.auth.tokens import random_token
from core.database import by_token, current, transaction
from core.errors import Invalid, NotFound, UnsupportedType
from core.extend.files import FileStore, too_large
from core.files import quota
from core.files.disk import DiskStore
from core.files.structs import FileView, url_of
from core.settings import settings

NAME_MAX = 200
ALLOWED = re.compile(
    r"^(image/(png|jpeg|gif|webp|heic)|application/(pdf|zip|json|msword|rtf|octet-stream|vnd\.[a-z0-9.+-]{1,80})|text/(plain|csv)|(audio|video)/[a-z0-9.+-]{1,80})\Z"
)
ATTACH = """
UPDATE files SET message_id = $3
WHERE organization_id = $1 AND token = ANY ($2::text[]) AND message_id IS NULL AND sha256 <> '' AND owner_kind = $4 AND owner_key = $5
RETURNING id, name
"""
SERVED = """
SELECT token, name, content_type, size FROM files
WHERE token = $1 AND sha256 <> '' AND (message_id IS NOT NULL OR created_at > now() - interval '1 hour')
"""
DETACH = "UPDATE files SET message_id = NULL, created_at = now() WHERE organization_id = $1 AND message_id = $2"
BEGIN = """
INSERT INTO files (organization_id, token, name, content_type, size, sha256, owner_kind, owner_key) VALUES ($1, $2, $3, $4, $5, '', $6, $7)
"""
END = "UPDATE files SET size = $3, sha256 = $4 WHERE organization_id = $1 AND token = $2"
FORGET = "DELETE FROM files WHERE organization_id = $1 AND token = $2 AND message_id IS NULL"


class Stored(msgspec.Struct, frozen=True):
    token: str
    name: str
    content_type: str
    size: int


@lru_cache(maxsize=1)
def store() -> FileStore:
    return DiskStore(settings().data / "files")


def _owner(actor: Actor) -> tuple[str, str]:
    if actor.is_staff:
        return "user", str(actor.id)
    if actor.nonce is None:
        raise Invalid("this actor uploads no files")
    return "visitor", actor.nonce


def clean_name(name: str) -> str:
    """A file's name without path, control characters and surprises; never empty."""
    last = re.split(r"[/\\]", name)[-1]
    kept = "".join(letter for letter in last if letter.isprintable() and letter not in '<>:"|?*').strip(". ")
    return kept[-NAME_MAX:] or "file"


async def upload(actor: Actor, name: str, content_type: str, length: int | None, chunks: AsyncIterator[bytes]) -> FileView:
    """Store a file; it belongs to its uploader until it is attached to a message.

    `length`: how many bytes were announced, if they were.
    The row comes before the bytes, with the most that they can be: what a crash leaves behind is found and thrown away by it,
    and uploads at the same time cannot exceed together what is left for a visitor today.

    Raises:
        UnsupportedType: this kind of file is not taken.
        TooLarge: it has more bytes than allowed; nothing is kept.
        TooManyRequests: a visitor has uploaded enough for today.
    """
    kind = content_type.partition(";")[0].strip().lower() or "application/octet-stream"
    if not ALLOWED.match(kind):
        raise UnsupportedType("this kind of file is not accepted", content_type=kind)
    token = random_token()
    cleaned = clean_name(name)
    remaining = await quota.left(actor)
    limit = min(most for most in (settings().upload_max_mb * 1024 * 1024, remaining) if most is not None)
    if length is not None and length > limit:
        raise too_large(limit)
    async with transaction(actor) as db:
        await db.execute(BEGIN, actor.organization_id, token, cleaned, kind, limit if length is None else length, *_owner(actor))
    try:
        size, sha256 = await store().write(token, chunks, limit=limit)
        _check_not_empty(size)
    except BaseException:  # also when the sender goes away, which cancels us
        await _forget(actor, token)
        raise
    async with transaction(actor) as db:
        await db.execute(END, actor.organization_id, token, size, sha256)
    return FileView(token, cleaned, kind, size, url_of(token))


async def keep(actor: Actor, name: str, content_type: str, content: bytes) -> FileView:
    """Store a file that came with something else, which bounds it: it counts for no quota, and what kind it is does not matter.

    A kind that is not accepted from uploads is served as bytes of no kind.
    """
    kind = content_type.partition(";")[0].strip().lower()
    kind = kind if ALLOWED.match(kind) else "application/octet-stream"
    token, cleaned = random_token(), clean_name(name)
    async with transaction(actor) as db:
        await db.execute(BEGIN, actor.organization_id, token, cleaned, kind, len(content), *_owner(actor))
    size, sha256 = await store().write(token, _whole(content), limit=len(content))
    async with transaction(actor) as db:
        await db.execute(END, actor.organization_id, token, size, sha256)
    return FileView(token, cleaned, kind, size, url_of(token))


async def _whole(content: bytes) -> AsyncIterator[bytes]:
    yield content


def _check_not_empty(size: int) -> None:
    if size == 0:
        raise Invalid("the file is empty", code="empty_file")


async def _forget(actor: Actor, token: str) -> None:
    """Bytes first: a row that stays behind is found again, bytes without one never."""
    await store().delete(token)
    async with transaction(actor) as db:
        await db.execute(FORGET, actor.organization_id, token)


async def attach(actor: Actor, tokens: list[str], message_id: int) -> list[str]:
    """Attach the actor's own, not yet attached uploads to a message, in the open unit of work; their names, as they came.

    Raises:
        Invalid: one of them is not there, not his, or attached already.
    """
    unit = current()
    if unit is None:
        raise RuntimeError("files are attached inside a unit of work")
    wanted = sorted(set(tokens))
    if not wanted:
        return []
    attached = await unit.fetch_rows(ATTACH, actor.organization_id, wanted, message_id, *_owner(actor))
    if len(attached) != len(wanted):
        raise Invalid("an attached file is unknown or was sent before", code="unknown_file")
    return [name for _, name in sorted(attached)]


async def detach(actor: Actor, message_id: int) -> None:
    """In the open unit of work: a message's files are its uploader's again, as if uploaded now."""
    async with transaction(actor) as db:
        await db.execute(DETACH, actor.organization_id, message_id)


async def served(token: str) -> Stored:
    """What the public address of a file serves. The token is the permission: 128 random bits.

    What was not sent can be read for an hour, for the sender's own preview: nobody's site is a place to keep files.

    Raises:
        NotFound: there is no such file.
    """
    row = await by_token(SERVED, token)
    if row is None:
        raise NotFound("this file does not exist")
    return Stored(*row)
