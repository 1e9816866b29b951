"""Chats that go on by mail, over HTTP: an inbox's choice, and the page by which whoever gets such mail ends it."""

from html import escape

from litestar import Response, Router, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from core import plain
from core.access import Actor
from core.auth import limits
from core.auth.edge import Incoming, address_of, language_of
from core.channels.email.continuity import actions, queries, words
from core.channels.email.continuity.structs import ContinuityInput, ContinuityState, ContinuityView


@get(
    "/api/inboxes/{inbox_id:int}/continuity",
    summary="What becomes of replies that visitors do not see",
    operation_id="get_continuity",
)
async def get_continuity(actor: NamedDependency[Actor], inbox_id: FromPath[int]) -> ContinuityView:
    return await queries.of_inbox(actor, inbox_id)


@put(
    "/api/inboxes/{inbox_id:int}/continuity",
    summary="Whether replies that visitors do not see are mailed",
    operation_id="save_continuity",
)
async def save_continuity(
    actor: NamedDependency[Actor], inbox_id: FromPath[int], data: JSONBody[ContinuityInput]
) -> ContinuityView:
    return await actions.save(actor, inbox_id, data)


@get(
    "/api/conversations/{conversation_id:int}/continuity",
    summary="Whether replies that this visitor does not see are mailed",
    operation_id="get_conversation_continuity",
)
async def get_conversation_continuity(actor: NamedDependency[Actor], conversation_id: FromPath[int]) -> ContinuityState:
    return await queries.of_conversation(actor, conversation_id)


@get("/mail/stop/{stop:str}", include_in_schema=False)
async def ask_to_stop(request: Incoming, stop: FromPath[str]) -> Response[str]:
    """Only asks: programs that look at mails follow every link in them."""
    limits.of_visitors().read(address_of(request))
    actions.opened(stop)
    told = words.of(language_of(request))
    return _page(request, f"<p>{escape(told.question)}</p><form method=post><button>{escape(told.button)}</button></form>")


@post("/mail/stop/{stop:str}", status_code=200, include_in_schema=False)
async def stop_mails(request: Incoming, stop: FromPath[str]) -> Response[str]:
    """From that page, or from a mail program (RFC 8058), whatever it sends along."""
    limits.of_visitors().read(address_of(request))
    await actions.stop(stop)
    return _page(request, f"<p role=status>{escape(words.of(language_of(request)).done)}</p>")


def _page(request: Incoming, body: str) -> Response[str]:
    language = language_of(request)
    known = language if language in words.WORDS else "en"
    return plain.page(known, words.of(known).title, body)


router = Router(
    "/", route_handlers=[get_continuity, save_continuity, get_conversation_continuity, ask_to_stop, stop_mails], tags=["email"]
)
PUBLIC = ("GET /mail/stop/{stop:str}", "POST /mail/stop/{stop:str}")
