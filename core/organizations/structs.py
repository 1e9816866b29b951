"""What crosses the edge about organizations."""

from typing import Annotated

import msgspec

from core import texts


class OrganizationView(msgspec.Struct):
    id: int
    name: str
    slug: str
    subscription_plan: str
    subscription_status: str
    contacts_limit: int
    contacts_used: int
    accent_color: str
    ai_enabled: bool
    ai_threshold: float


class OrganizationChanges(msgspec.Struct, forbid_unknown_fields=True):
    """Absent: unchanged. `ai_threshold`: the confidence below which the AI agent hands over."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=120, pattern=texts.NAME)] | msgspec.UnsetType = msgspec.UNSET
    accent_color: Annotated[str, msgspec.Meta(max_length=7, pattern=r"^#[0-9a-f]{6}\Z")] | msgspec.UnsetType = msgspec.UNSET
    ai_enabled: bool | msgspec.UnsetType = msgspec.UNSET
    ai_threshold: Annotated[float, msgspec.Meta(ge=0, le=1)] | msgspec.UnsetType = msgspec.UNSET
