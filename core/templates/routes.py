"""Mail templates over HTTP."""

from litestar import Router, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from core.access import Actor
from core.pages import After, Limit, Search
from core.templates import actions, queries
from core.templates.blocks import Content
from core.templates.structs import (
    MergeFieldView,
    PreviewInput,
    TemplateChanges,
    TemplateCheck,
    TemplateInput,
    TemplatePage,
    TemplatePreview,
    TemplateRestore,
    TemplateVersionSummary,
    TemplateVersionView,
    TemplateView,
)


@get("/", summary="Mail templates, last changed first", operation_id="list_templates")
async def list_templates(actor: NamedDependency[Actor], q: Search = None, cursor: After = None, limit: Limit = 25) -> TemplatePage:
    return await queries.page(actor, q, cursor, limit)


@post("/", summary="Write a mail template", operation_id="create_template")
async def create_template(actor: NamedDependency[Actor], data: JSONBody[TemplateInput]) -> TemplateView:
    return await actions.create(actor, data)


@get("/fields", summary="What mail templates can name", operation_id="list_merge_fields")
async def list_fields(actor: NamedDependency[Actor]) -> list[MergeFieldView]:
    return await queries.fields(actor)


@post("/preview", status_code=200, summary="A mail of what is being written", operation_id="preview_content")
async def preview_content(actor: NamedDependency[Actor], data: JSONBody[PreviewInput]) -> TemplatePreview:
    return await queries.preview(actor, data.content, data.contact_id)


@post("/check", status_code=200, summary="Faults and hints of what is being written", operation_id="check_content")
async def check_content(actor: NamedDependency[Actor], data: JSONBody[Content]) -> TemplateCheck:
    return await queries.check(actor, data)


@get("/{template_id:int}", summary="One mail template", operation_id="get_template")
async def get_template(actor: NamedDependency[Actor], template_id: FromPath[int]) -> TemplateView:
    return await queries.get(actor, template_id)


@patch("/{template_id:int}", summary="Change a mail template", operation_id="update_template")
async def update_template(
    actor: NamedDependency[Actor], template_id: FromPath[int], data: JSONBody[TemplateChanges]
) -> TemplateView:
    return await actions.update(actor, template_id, data)


@delete("/{template_id:int}", summary="Delete a mail template", operation_id="delete_template")
async def delete_template(actor: NamedDependency[Actor], template_id: FromPath[int]) -> None:
    await actions.delete(actor, template_id)


@get("/{template_id:int}/preview", summary="A mail of a template", operation_id="preview_template")
async def preview_template(
    actor: NamedDependency[Actor], template_id: FromPath[int], contact_id: FromQuery[int | None] = None
) -> TemplatePreview:
    return await queries.preview_of(actor, template_id, contact_id)


@get("/{template_id:int}/hints", summary="What would help a mail template", operation_id="check_template")
async def check_template(actor: NamedDependency[Actor], template_id: FromPath[int]) -> TemplateCheck:
    return await queries.check_of(actor, template_id)


@get("/{template_id:int}/versions", summary="What was saved, newest first", operation_id="list_template_versions")
async def list_versions(actor: NamedDependency[Actor], template_id: FromPath[int]) -> list[TemplateVersionSummary]:
    return await queries.versions(actor, template_id)


@get("/{template_id:int}/versions/{version:int}", summary="A version with its blocks", operation_id="get_template_version")
async def get_version(actor: NamedDependency[Actor], template_id: FromPath[int], version: FromPath[int]) -> TemplateVersionView:
    return await queries.version(actor, template_id, version)


@post(
    "/{template_id:int}/versions/{version:int}/restore", status_code=200, summary="Write it anew as it was",
    operation_id="restore_template_version",
)  # fmt: skip
async def restore_version(
    actor: NamedDependency[Actor], template_id: FromPath[int], version: FromPath[int], data: JSONBody[TemplateRestore]
) -> TemplateView:
    return await actions.restore(actor, template_id, version, data)


router = Router(
    "/api/templates",
    route_handlers=[
        list_templates, create_template, list_fields, preview_content, check_content, get_template, update_template, delete_template,
        preview_template, check_template, list_versions, get_version, restore_version,
    ],
    tags=["templates"],
)  # fmt: skip
