"""What crosses the edge about the key that signs a domain's mail."""

from datetime import datetime
from typing import Literal

import msgspec


class SigningKeyView(msgspec.Struct):
    """`name`, `value`: the TXT record to publish. `is_on`: mail is signed."""

    name: str
    value: str
    is_on: bool
    created_at: datetime


class SigningView(msgspec.Struct):
    """`domain`: of the inbox's address. Its key is for all inboxes of the organization with an address there; null: there is none."""

    domain: str
    key: SigningKeyView | None


class SigningInput(msgspec.Struct, forbid_unknown_fields=True):
    is_on: bool


class RecordCheck(msgspec.Struct):
    """What DNS answers for the record's name: it is there; nothing is; something else is (`said`); nobody answers, which says nothing."""

    code: Literal["found", "missing", "different", "unanswered"]
    said: str
