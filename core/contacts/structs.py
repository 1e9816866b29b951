"""What crosses the edge about contacts."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

import msgspec

from core import texts
from core.auth.structs import Email

Name = Annotated[str, msgspec.Meta(max_length=80, pattern=texts.LINE)]
Phone = Annotated[str, msgspec.Meta(max_length=40, pattern=r"^[0-9+() ./-]*\Z")]
SubscriptionStatus = Literal["subscribed", "unsubscribed", "bounced"]
CUSTOM_FIELDS_MAX = 50


class ContactView(msgspec.Struct, frozen=True):
    id: int
    email: str | None
    first_name: str
    last_name: str
    phone: str | None
    tags: list[str]
    custom_fields: dict[str, Any]
    subscription_status: SubscriptionStatus
    source: str
    external_id: str | None
    last_order_date: datetime | None
    total_order_value: Decimal
    order_count: int
    created_at: datetime


class ContactPage(msgspec.Struct):
    items: list[ContactView]
    next: str | None


Exact = Annotated[int, msgspec.Meta(ge=-(2**53), le=2**53)]
"""What every client reads alike: beyond, JSON numbers lose digits in browsers."""
CustomValue = Annotated[str, msgspec.Meta(max_length=1000)] | Exact | float | bool | None
CustomFields = Annotated[
    dict[Annotated[str, msgspec.Meta(min_length=1, max_length=60)], CustomValue],
    msgspec.Meta(max_length=CUSTOM_FIELDS_MAX),
]
ContactTags = Annotated[list[Annotated[str, msgspec.Meta(min_length=1, max_length=40)]], msgspec.Meta(max_length=50)]


class ContactInput(msgspec.Struct, forbid_unknown_fields=True):
    email: Email | None = None
    first_name: Name = ""
    last_name: Name = ""
    phone: Phone | None = None
    tags: ContactTags = []
    custom_fields: CustomFields = {}
    external_id: Annotated[str, msgspec.Meta(min_length=1, max_length=200)] | None = None


class ContactChanges(msgspec.Struct, forbid_unknown_fields=True):
    """Absent: unchanged."""

    email: Email | msgspec.UnsetType | None = msgspec.UNSET
    first_name: Name | msgspec.UnsetType = msgspec.UNSET
    last_name: Name | msgspec.UnsetType = msgspec.UNSET
    phone: Phone | msgspec.UnsetType | None = msgspec.UNSET
    tags: ContactTags | msgspec.UnsetType = msgspec.UNSET
    custom_fields: CustomFields | msgspec.UnsetType = msgspec.UNSET
    subscription_status: SubscriptionStatus | msgspec.UnsetType = msgspec.UNSET


class DeclaredInput(msgspec.Struct, forbid_unknown_fields=True):
    """What a visitor says of himself; believed as much as anything typed into a form."""

    first_name: Name | msgspec.UnsetType = msgspec.UNSET
    last_name: Name | msgspec.UnsetType = msgspec.UNSET
    email: Email | msgspec.UnsetType = msgspec.UNSET
