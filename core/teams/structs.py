"""What crosses the edge about teams."""

from typing import Annotated

import msgspec

from core import texts

TeamName = Annotated[str, msgspec.Meta(min_length=1, max_length=80, pattern=texts.NAME)]
Members = Annotated[list[int], msgspec.Meta(max_length=500)]


class TeamView(msgspec.Struct):
    id: int
    name: str
    member_ids: list[int]


class TeamInput(msgspec.Struct, forbid_unknown_fields=True):
    name: TeamName
    member_ids: Members = []
