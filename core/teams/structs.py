"""What crosses the edge about teams."""

from typing import Annotated

import msgspec

TeamName = Annotated[str, msgspec.Meta(min_length=1, max_length=80, pattern=r"^[^\x00-\x1f]*\S[^\x00-\x1f]*$")]
Members = Annotated[list[int], msgspec.Meta(max_length=500)]


class TeamView(msgspec.Struct):
    id: int
    name: str
    member_ids: list[int]


class TeamInput(msgspec.Struct, forbid_unknown_fields=True):
    name: TeamName
    member_ids: Members = []
