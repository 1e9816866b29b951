"""Signatures of an inbox's mail, over HTTP."""

from litestar import Router, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from core.access import Actor
from core.channels.email.dkim import actions, queries
from core.channels.email.dkim.structs import RecordCheck, SigningInput, SigningView


@get("/", summary="How an inbox's mail is signed", operation_id="get_mail_signing")
async def get_signing(actor: NamedDependency[Actor], inbox_id: FromPath[int]) -> SigningView:
    return await queries.view(actor, inbox_id)


@post("/", status_code=200, summary="Make a key for the domain of an inbox", operation_id="make_mail_key")
async def make_key(actor: NamedDependency[Actor], inbox_id: FromPath[int]) -> SigningView:
    return await actions.make(actor, inbox_id)


@put("/", summary="Sign mail, or do not", operation_id="switch_mail_signing")
async def switch_signing(actor: NamedDependency[Actor], inbox_id: FromPath[int], data: JSONBody[SigningInput]) -> SigningView:
    return await actions.switch(actor, inbox_id, data)


@delete("/", summary="Throw the key away", operation_id="remove_mail_key")
async def remove_key(actor: NamedDependency[Actor], inbox_id: FromPath[int]) -> None:
    await actions.remove(actor, inbox_id)


@post("/check", status_code=200, summary="Ask DNS for the record of the key", operation_id="check_mail_key")
async def check_record(actor: NamedDependency[Actor], inbox_id: FromPath[int]) -> RecordCheck:
    return await actions.check(actor, inbox_id)


router = Router(
    "/api/inboxes/{inbox_id:int}/email/dkim",
    route_handlers=[get_signing, make_key, switch_signing, remove_key, check_record],
    tags=["email"],
)
