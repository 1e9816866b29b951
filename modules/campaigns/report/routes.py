"""What came of a campaign, over HTTP."""

from litestar import Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Stream

from core.access import Actor
from core.pages import After, Limit
from modules.campaigns.report import export, queries
from modules.campaigns.report.structs import CampaignReport, ReplyPage


@get("/report", summary="What came of it", operation_id="get_campaign_report")
async def get_report(actor: NamedDependency[Actor], campaign_id: FromPath[int]) -> CampaignReport:
    return await queries.report(actor, campaign_id)


@get("/replies", summary="Conversations that began with an answer to it, newest first", operation_id="list_campaign_replies")
async def list_replies(
    actor: NamedDependency[Actor], campaign_id: FromPath[int], cursor: After = None, limit: Limit = 25
) -> ReplyPage:
    return await queries.replies(actor, campaign_id, cursor, limit)


@get("/export", summary="Download who got it, as CSV", operation_id="export_campaign")
async def export_campaign(actor: NamedDependency[Actor], campaign_id: FromPath[int]) -> Stream:
    headers = {
        "Content-Disposition": f'attachment; filename="campaign-{campaign_id}.csv"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return Stream(await export.export(actor, campaign_id), media_type="text/csv; charset=utf-8", headers=headers)


router = Router("/api/campaigns/{campaign_id:int}", route_handlers=[get_report, list_replies, export_campaign], tags=["campaigns"])
