"""What crosses the edge about accounts."""

from datetime import datetime
from typing import Annotated

import msgspec

from core import texts
from core.access import Role

Email = Annotated[str, msgspec.Meta(min_length=3, max_length=254, pattern=texts.ADDRESS, description="In ASCII.")]
NewPassword = Annotated[str, msgspec.Meta(min_length=10, max_length=200, description="At least 10 characters.")]
Password = Annotated[str, msgspec.Meta(max_length=200)]
PersonName = Annotated[str, msgspec.Meta(min_length=1, max_length=120, pattern=texts.NAME)]


class SignUpInput(msgspec.Struct, forbid_unknown_fields=True):
    organization_name: PersonName
    name: PersonName
    email: Email
    password: NewPassword


class LoginInput(msgspec.Struct, forbid_unknown_fields=True):
    email: Email
    password: Password
    organization_id: int | None = None
    """Which organization to enter; without it the one that was joined first."""


class PasswordInput(msgspec.Struct, forbid_unknown_fields=True):
    current_password: Password
    new_password: NewPassword


class SwitchInput(msgspec.Struct, forbid_unknown_fields=True):
    organization_id: int


class ProfileInput(msgspec.Struct, forbid_unknown_fields=True):
    name: PersonName


class MembershipView(msgspec.Struct):
    organization_id: int
    organization_name: str
    role: Role


class Me(msgspec.Struct):
    """Who is signed in, where, and what they may do there."""

    user_id: int
    name: str
    email: str
    role: Role
    organization_id: int
    organization_name: str
    accent_color: str
    memberships: list[MembershipView]


class SessionView(msgspec.Struct):
    id: int
    created_at: datetime
    last_seen_at: datetime
    user_agent: str
    address: str
    current: bool


class TicketView(msgspec.Struct):
    """Opens a socket within `expires_s` seconds: the first frame carries it."""

    ticket: str
    expires_s: int
