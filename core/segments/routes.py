"""Segments over HTTP. Whoever writes a tree counts, sees and explains it before it is saved."""

from functools import partial

from litestar import Router, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from core.access import Actor
from core.auth.edge import Incoming, waiting
from core.pages import After, Limit
from core.segments import actions, audience, queries
from core.segments.imports import actions as imports
from core.segments.imports.structs import Columns, Existing, ImportReport
from core.segments.structs import (
    CountInput,
    CountView,
    ExplainInput,
    Explanation,
    FieldView,
    MemberChanges,
    MembersChanged,
    PreviewInput,
    PreviewPage,
    SegmentChanges,
    SegmentInput,
    SegmentKind,
    SegmentPage,
    SegmentView,
)


@get("/fields", summary="What contacts can be chosen by", operation_id="list_segment_fields")
async def list_fields(actor: NamedDependency[Actor]) -> list[FieldView]:
    return await queries.fields(actor)


@get("/", summary="Segments, newest first", operation_id="list_segments")
async def list_segments(
    actor: NamedDependency[Actor], kind: FromQuery[SegmentKind | None] = None, cursor: After = None, limit: Limit = 25
) -> SegmentPage:
    return await queries.page(actor, kind, cursor, limit)


@post("/", summary="Make a segment, or a list", operation_id="create_segment")
async def create_segment(actor: NamedDependency[Actor], data: JSONBody[SegmentInput]) -> SegmentView:
    return await actions.create(actor, data)


@get("/{segment_id:int}", summary="One segment", operation_id="get_segment")
async def get_segment(actor: NamedDependency[Actor], segment_id: FromPath[int]) -> SegmentView:
    return await queries.get(actor, segment_id)


@patch("/{segment_id:int}", summary="Change a segment", operation_id="update_segment")
async def update_segment(actor: NamedDependency[Actor], segment_id: FromPath[int], data: JSONBody[SegmentChanges]) -> SegmentView:
    return await actions.update(actor, segment_id, data)


@delete("/{segment_id:int}", summary="Remove a segment", operation_id="delete_segment")
async def delete_segment(actor: NamedDependency[Actor], segment_id: FromPath[int]) -> None:
    await actions.delete(actor, segment_id)


@post("/count", status_code=200, summary="How many contacts a tree chooses", operation_id="count_tree")
async def count_tree(actor: NamedDependency[Actor], request: Incoming, data: JSONBody[CountInput]) -> CountView:
    async with waiting(request) as is_wanted:
        return await audience.count(actor, data.tree, is_wanted)


@post("/preview", status_code=200, summary="Contacts that a tree chooses, newest first", operation_id="preview_tree")
async def preview_tree(actor: NamedDependency[Actor], request: Incoming, data: JSONBody[PreviewInput]) -> PreviewPage:
    async with waiting(request) as is_wanted:
        return await audience.preview(actor, data.tree, data.cursor, data.limit, is_wanted)


@post("/explain", status_code=200, summary="Why a tree chooses a contact, or not", operation_id="explain_tree")
async def explain_tree(actor: NamedDependency[Actor], data: JSONBody[ExplainInput]) -> Explanation:
    return await audience.explain(actor, data.tree, data.contact_id)


@get("/{segment_id:int}/count", summary="How many contacts are in it", operation_id="count_segment")
async def count_segment(actor: NamedDependency[Actor], request: Incoming, segment_id: FromPath[int]) -> CountView:
    async with waiting(request) as is_wanted:
        return await audience.count(actor, segment_id, is_wanted)


@get("/{segment_id:int}/contacts", summary="Contacts in it, newest first", operation_id="list_segment_contacts")
async def list_contacts(
    actor: NamedDependency[Actor], segment_id: FromPath[int], cursor: After = None, limit: Limit = 25
) -> PreviewPage:
    return await audience.preview(actor, segment_id, cursor, limit)


@get("/{segment_id:int}/contacts/{contact_id:int}", summary="Why a contact is in it, or not", operation_id="explain_segment")
async def explain_segment(actor: NamedDependency[Actor], segment_id: FromPath[int], contact_id: FromPath[int]) -> Explanation:
    return await audience.explain(actor, segment_id, contact_id)


@post(
    "/{segment_id:int}/members",
    status_code=200,
    summary="Put contacts on a list, take some off",
    operation_id="change_segment_members",
)
async def change_members(actor: NamedDependency[Actor], segment_id: FromPath[int], data: JSONBody[MemberChanges]) -> MembersChanged:
    return await actions.change_members(actor, segment_id, data)


@post(
    "/{segment_id:int}/import", status_code=200, summary="Put everybody in a file on a list: the body is its bytes, as CSV",
    operation_id="import_contacts", opt={"streams": True}, request_max_body_size=None,
)  # fmt: skip
async def import_contacts(
    actor: NamedDependency[Actor],
    request: Incoming,
    segment_id: FromPath[int],
    dry_run: FromQuery[bool] = True,
    columns: Columns = None,
    existing: FromQuery[Existing] = "keep",
) -> ImportReport:
    sent = imports.Sent(request.stream(), partial(waiting, request))
    return await imports.import_contacts(actor, segment_id, sent, columns, existing, dry_run=dry_run)


router = Router(
    "/api/segments",
    route_handlers=[
        list_fields, list_segments, create_segment, get_segment, update_segment, delete_segment, count_tree, preview_tree, explain_tree,
        count_segment, list_contacts, explain_segment, change_members, import_contacts,
    ],
    tags=["segments"],
)  # fmt: skip
