"""Campaigns over HTTP."""

from typing import Annotated

from litestar import Router, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from core.access import Actor
from core.channels.email.template_tests.structs import TemplateTest
from core.extend.panels import PanelDocument
from core.mailing.structs import SendState
from core.pages import After, Limit, Search
from modules.campaigns import audiences, panels, queries
from modules.campaigns.actions import drafts, running, starting, testing
from modules.campaigns.structs import (
    CampaignAudience,
    CampaignAudienceView,
    CampaignChanges,
    CampaignCopy,
    CampaignInput,
    CampaignPage,
    CampaignProgress,
    CampaignRecipientPage,
    CampaignSchedule,
    CampaignStart,
    CampaignTestInput,
    CampaignView,
    Status,
)

Reason = Annotated[str | None, QueryParameter(max_length=40, pattern=r"^[a-z][a-z0-9_]*\Z")]


@get("/", summary="Campaigns, newest first", operation_id="list_campaigns")
async def list_campaigns(
    actor: NamedDependency[Actor],
    status: FromQuery[Status | None] = None,
    q: Search = None,
    cursor: After = None,
    limit: Limit = 25,
) -> CampaignPage:
    return await queries.page(actor, status, q, cursor, limit)


@post("/", summary="Make a campaign, as a draft", operation_id="create_campaign")
async def create_campaign(actor: NamedDependency[Actor], data: JSONBody[CampaignInput]) -> CampaignView:
    return await drafts.create(actor, data)


@post("/audience", status_code=200, summary="How many would get it, and how many not and why", operation_id="preview_audience")
async def preview_audience(actor: NamedDependency[Actor], data: JSONBody[CampaignAudience]) -> CampaignAudienceView:
    return await audiences.look(actor, data)


@get("/{campaign_id:int}", summary="One campaign, with what it lacks", operation_id="get_campaign")
async def get_campaign(actor: NamedDependency[Actor], campaign_id: FromPath[int]) -> CampaignView:
    return await queries.shown(actor, campaign_id)


@patch("/{campaign_id:int}", summary="Change a draft", operation_id="update_campaign")
async def update_campaign(
    actor: NamedDependency[Actor], campaign_id: FromPath[int], data: JSONBody[CampaignChanges]
) -> CampaignView:
    return await drafts.update(actor, campaign_id, data)


@delete("/{campaign_id:int}", summary="Remove a campaign that never began", operation_id="delete_campaign")
async def delete_campaign(actor: NamedDependency[Actor], campaign_id: FromPath[int]) -> None:
    await drafts.delete(actor, campaign_id)


@post("/{campaign_id:int}/duplicate", summary="Make a draft like this one", operation_id="duplicate_campaign")
async def duplicate_campaign(
    actor: NamedDependency[Actor], campaign_id: FromPath[int], data: JSONBody[CampaignCopy]
) -> CampaignView:
    return await drafts.duplicate(actor, campaign_id, data)


@post("/{campaign_id:int}/test", status_code=200, summary="Send it to people who work here", operation_id="test_campaign")
async def test_campaign(
    actor: NamedDependency[Actor], campaign_id: FromPath[int], data: JSONBody[CampaignTestInput]
) -> TemplateTest:
    return await testing.send(actor, campaign_id, data)


@post("/{campaign_id:int}/schedule", status_code=200, summary="Begin at a time", operation_id="schedule_campaign")
async def schedule_campaign(
    actor: NamedDependency[Actor], campaign_id: FromPath[int], data: JSONBody[CampaignSchedule]
) -> CampaignView:
    return await starting.schedule(actor, campaign_id, data)


@post("/{campaign_id:int}/unschedule", status_code=200, summary="Make it a draft again", operation_id="unschedule_campaign")
async def unschedule_campaign(actor: NamedDependency[Actor], campaign_id: FromPath[int]) -> CampaignView:
    return await starting.unschedule(actor, campaign_id)


@post("/{campaign_id:int}/start", status_code=200, summary="Begin now", operation_id="start_campaign")
async def start_campaign(actor: NamedDependency[Actor], campaign_id: FromPath[int], data: JSONBody[CampaignStart]) -> CampaignView:
    return await starting.start(actor, campaign_id, data)


@post("/{campaign_id:int}/pause", status_code=200, summary="Let nothing more go out", operation_id="pause_campaign")
async def pause_campaign(actor: NamedDependency[Actor], campaign_id: FromPath[int]) -> CampaignView:
    return await running.pause(actor, campaign_id)


@post("/{campaign_id:int}/resume", status_code=200, summary="Go on", operation_id="resume_campaign")
async def resume_campaign(actor: NamedDependency[Actor], campaign_id: FromPath[int]) -> CampaignView:
    return await running.resume(actor, campaign_id)


@post("/{campaign_id:int}/cancel", status_code=200, summary="End it for good", operation_id="cancel_campaign")
async def cancel_campaign(actor: NamedDependency[Actor], campaign_id: FromPath[int]) -> CampaignView:
    return await running.cancel(actor, campaign_id)


@get("/{campaign_id:int}/progress", summary="How far it is, counted now", operation_id="get_campaign_progress")
async def get_progress(actor: NamedDependency[Actor], campaign_id: FromPath[int]) -> CampaignProgress:
    return await queries.progress(actor, campaign_id)


@get("/{campaign_id:int}/recipients", summary="Everybody of the audience, and what became of each", operation_id="list_recipients")
async def list_recipients(
    actor: NamedDependency[Actor],
    campaign_id: FromPath[int],
    of_state: Annotated[SendState | None, QueryParameter(name="state")] = None,  # Litestar keeps `state` for itself
    reason: Reason = None,
    q: Search = None,
    cursor: After = None,
    limit: Limit = 25,
) -> CampaignRecipientPage:
    return await queries.recipients(actor, campaign_id, of_state, reason, q, cursor, limit)


@get("/panels/conversation", summary="Panel: the campaign that it answers", operation_id="campaign_conversation_panel")
async def conversation_panel(actor: NamedDependency[Actor], conversation_id: FromQuery[int]) -> PanelDocument:
    return await panels.of_conversation(actor, conversation_id)


router = Router(
    "/api/campaigns",
    route_handlers=[
        list_campaigns, create_campaign, preview_audience, conversation_panel, get_campaign, update_campaign, delete_campaign,
        duplicate_campaign, test_campaign, schedule_campaign, unschedule_campaign, start_campaign, pause_campaign, resume_campaign,
        cancel_campaign, get_progress, list_recipients,
    ],
    tags=["campaigns"],
)  # fmt: skip
