"""Sources of knowledge over HTTP."""

from typing import Annotated

from litestar import Router, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from core.access import Actor
from core.auth.edge import Incoming
from core.knowledge.sources import actions, changes, queries
from core.knowledge.sources.structs import FileName, SourceChanges, SourceView, WebsiteInput
from core.knowledge.structs import Audience, Category, Language


@get("/", summary="Files and websites that knowledge is read from", operation_id="list_sources")
async def list_sources(actor: NamedDependency[Actor]) -> list[SourceView]:
    return await queries.all_of(actor)


@post("/websites", summary="Have a website read", operation_id="add_website")
async def add_website(actor: NamedDependency[Actor], data: JSONBody[WebsiteInput]) -> SourceView:
    return await actions.add_website(actor, data)


@post(
    "/files", summary="Have a file read: the body is its bytes", operation_id="add_knowledge_file", opt={"streams": True},
    request_max_body_size=None,
)  # fmt: skip
async def add_file(
    actor: NamedDependency[Actor],
    request: Incoming,
    name: FileName,
    audience: FromQuery[Audience] = "internal",
    language: Annotated[Language, QueryParameter()] = "",
    category: Annotated[Category, QueryParameter()] = "",
) -> SourceView:
    declared = request.headers.get("content-type", "")
    return await actions.add_file(actor, name, declared, request.stream(), audience=audience, language=language, category=category)


@post("/{source_id:int}/read", status_code=200, summary="Read it again", operation_id="read_source")
async def read_source(actor: NamedDependency[Actor], source_id: FromPath[int]) -> SourceView:
    return await actions.read_again(actor, source_id)


@post("/{source_id:int}/stop", status_code=200, summary="Stop reading", operation_id="stop_source")
async def stop_source(actor: NamedDependency[Actor], source_id: FromPath[int]) -> SourceView:
    return await actions.stop(actor, source_id)


@patch("/{source_id:int}", summary="Change for whom it is, and when it is read again", operation_id="update_source")
async def update_source(actor: NamedDependency[Actor], source_id: FromPath[int], data: JSONBody[SourceChanges]) -> SourceView:
    return await changes.update(actor, source_id, data)


@delete("/{source_id:int}", summary="Remove a source and its documents", operation_id="remove_source")
async def remove_source(actor: NamedDependency[Actor], source_id: FromPath[int]) -> None:
    await actions.remove(actor, source_id)


router = Router(
    "/api/sources",
    route_handlers=[list_sources, add_website, add_file, read_source, stop_source, update_source, remove_source],
    tags=["knowledge"],
)
