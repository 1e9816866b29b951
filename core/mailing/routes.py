"""How far a mailing is. What it is, and whether it goes on, is its owner's: a campaign's, a workflow's."""

from litestar import Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.access import Actor
from core.mailing import queries
from core.mailing.structs import MailingProgress


@get("/api/mailings/{mailing_id:int}", summary="How far mail to many is", operation_id="get_mailing")
async def get_mailing(actor: NamedDependency[Actor], mailing_id: FromPath[int]) -> MailingProgress:
    return await queries.progress(actor, mailing_id)


router = Router("/", route_handlers=[get_mailing], tags=["mailing"])
