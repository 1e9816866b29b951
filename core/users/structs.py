"""What crosses the edge about staff."""

from datetime import datetime

import msgspec

from core.access import Role
from core.auth.structs import Email, PersonName


class UserView(msgspec.Struct):
    id: int
    name: str
    email: str
    role: Role
    last_signed_in: datetime | None
    joined_at: datetime


class Colleague(msgspec.Struct):
    """What all staff may know of a member: whom one can assign or mention."""

    id: int
    name: str


class UserInput(msgspec.Struct, forbid_unknown_fields=True):
    name: PersonName
    email: Email
    role: Role


class NewUser(msgspec.Struct):
    """`password` is shown once and can be changed after signing in."""

    user: UserView
    password: str


class RoleInput(msgspec.Struct, forbid_unknown_fields=True):
    role: Role
