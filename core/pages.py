"""Keyset pagination: a list's cursor names its sort, the last row's sort value and its id. It is no secret, and is checked."""

import base64
from typing import Annotated

import msgspec
from litestar.params import QueryParameter

from core import texts
from core.errors import Invalid

# Limits of a query parameter stand in its marker, around the whole type: Litestar ignores msgspec's there.
Limit = Annotated[int, QueryParameter(ge=1, le=100)]
After = Annotated[str | None, QueryParameter(max_length=400, description="`next` of the page before.")]
Search = Annotated[str | None, QueryParameter(max_length=300, pattern=texts.TEXT)]


class _Cursor(msgspec.Struct, array_like=True):
    sort: str
    value: str
    id: int


def encode_cursor(sort: str, value: str, last_id: int) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(_Cursor(sort, value, last_id))).rstrip(b"=").decode()


def decode_cursor(text: str, sort: str) -> tuple[str, int]:
    """The last row's sort value (as PostgreSQL text) and id.

    Raises:
        Invalid: it is no cursor of this list and sort.
    """
    try:
        raw = base64.urlsafe_b64decode(text[:400].encode() + b"=" * (-len(text) % 4))
        cursor = msgspec.json.decode(raw, type=_Cursor)
    except (ValueError, msgspec.MsgspecError):
        raise Invalid("this is not a cursor of this list", code="bad_cursor") from None
    if cursor.sort != sort or "\x00" in cursor.value:
        raise Invalid("this cursor belongs to another sort", code="bad_cursor")
    return cursor.value, cursor.id
