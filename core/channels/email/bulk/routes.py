"""How mail to many goes out of an inbox, over HTTP."""

from litestar import Router, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from core.access import Actor
from core.channels.email.bulk import actions, queries
from core.channels.email.bulk.structs import MailingSettingsInput, MailingSettingsView


@get("/api/inboxes/{inbox_id:int}/email/mailing", summary="How an inbox sends mail to many", operation_id="get_mailing_settings")
async def get_mailing_settings(actor: NamedDependency[Actor], inbox_id: FromPath[int]) -> MailingSettingsView:
    return await queries.settings_of(actor, inbox_id)


@put(
    "/api/inboxes/{inbox_id:int}/email/mailing",
    summary="Set how fast an inbox sends mail to many",
    operation_id="save_mailing_settings",
)
async def save_mailing_settings(
    actor: NamedDependency[Actor], inbox_id: FromPath[int], data: JSONBody[MailingSettingsInput]
) -> MailingSettingsView:
    return await actions.save(actor, inbox_id, data)


router = Router("/", route_handlers=[get_mailing_settings, save_mailing_settings], tags=["email"])
