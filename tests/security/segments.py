"""A list with somebody on it and a segment that names it, for the world of the security tests."""

from core.access import Actor
from core.segments import actions
from core.segments.structs import MemberChanges, SegmentInput
from tests.factories import client_id


async def a_list(admin: Actor, canary: str, contact_id: int) -> int:
    listed = await actions.create(admin, SegmentInput(f"List {canary}", canary))
    await actions.change_members(admin, listed.id, MemberChanges(add=[contact_id]))
    tree = {"any": [{"segment": listed.id}, {"field": "contact.first_name", "op": "is", "value": canary}]}
    await actions.create(admin, SegmentInput(f"Segment {canary}", canary, tree))
    return listed.id


async def another(admin: Actor) -> dict[str, int]:
    return {"segment": (await actions.create(admin, SegmentInput(f"Passing {client_id()}"))).id}
