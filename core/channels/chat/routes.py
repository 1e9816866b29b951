"""The chat channel over HTTP: everything the widget calls. The caller is a visitor, known by a bearer token."""

import msgspec
from litestar import Response, Router, get, patch, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, FromQuery, JSONBody

from core.access import Actor
from core.auth.edge import Incoming, announced, language_of, somebody, visitor, widget
from core.auth.tickets import Widget
from core.channels.chat import actions
from core.channels.chat.structs import (
    SessionInput,
    VisitorConversations,
    VisitorMessageInput,
    VisitorSent,
    VisitorSession,
)
from core.contacts import actions as contacts
from core.contacts.structs import DeclaredInput
from core.conversations import actions as conversations
from core.conversations.structs import ReadInput, VisitorConversation
from core.conversations.structs import for_visitor as conversation_for_visitor
from core.errors import NotFound
from core.files import actions as files
from core.files.structs import FileName, FileView
from core.knowledge import queries as knowledge
from core.knowledge.structs import PublicArticle, PublicHit
from core.messages import actions as messages
from core.messages import queries as message_queries
from core.messages.structs import ClientId, VisitorThread, for_visitor
from core.pages import Limit, Search


class HandoffInput(msgspec.Struct, forbid_unknown_fields=True):
    client_id: ClientId


@post("/session", status_code=200, summary="Who this browser is, and what the widget shows", operation_id="open_visitor_session")
async def open_session(widget: NamedDependency[Widget], data: JSONBody[SessionInput]) -> VisitorSession:
    return await actions.open_session(widget, data)


@get("/conversations", summary="The visitor's conversations", operation_id="list_own_conversations")
async def list_conversations(visitor: NamedDependency[Actor]) -> VisitorConversations:
    return await actions.own_conversations(visitor)


@post("/messages", summary="Write; opens a conversation where none is named", operation_id="send_visitor_message")
async def send_message(visitor: NamedDependency[Actor], request: Incoming, data: JSONBody[VisitorMessageInput]) -> VisitorSent:
    _, sent = await messages.receive(
        visitor,
        token=data.conversation,
        client_id=data.client_id,
        content=data.content,
        file_tokens=data.files,
        language=language_of(request),
    )
    return VisitorSent(conversation_for_visitor(sent.conversation), for_visitor(sent.message))


@get("/conversations/{token:str}/messages", summary="A page of the thread", operation_id="get_own_thread")
async def get_thread(
    visitor: NamedDependency[Actor], token: FromPath[str], before_seq: FromQuery[int | None] = None, limit: Limit = 40
) -> VisitorThread:
    return await message_queries.visitor_thread(visitor, token, before_seq, limit)


@post("/conversations/{token:str}/read", status_code=200, summary="Seen up to a message", operation_id="see_own_thread")
async def see_thread(visitor: NamedDependency[Actor], token: FromPath[str], data: JSONBody[ReadInput]) -> VisitorConversation:
    return conversation_for_visitor(await conversations.mark_seen(visitor, token, data.seq))


@post("/conversations/{token:str}/handoff", status_code=200, summary="Talk to a person", operation_id="ask_for_person")
async def ask_for_person(
    visitor: NamedDependency[Actor], token: FromPath[str], data: JSONBody[HandoffInput]
) -> VisitorConversation:
    return await actions.ask_for_person(visitor, token, data.client_id)


@post(
    "/files", summary="Upload a file: the body is its bytes", operation_id="upload_visitor_file", opt={"streams": True},
    request_max_body_size=None,
)  # fmt: skip
async def upload_file(visitor: NamedDependency[Actor], request: Incoming, name: FileName) -> FileView:
    return await files.upload(visitor, name, request.headers.get("content-type", ""), announced(request), request.stream())


@patch("/contact", summary="Say who you are", operation_id="declare_contact")
async def declare_contact(visitor: NamedDependency[Actor], data: JSONBody[DeclaredInput]) -> Response[None]:
    if visitor.contact_id is None:
        raise NotFound("write a message first", code="no_contact_yet")
    await contacts.update(visitor, visitor.contact_id, data)
    return Response(None, status_code=204)


@get("/articles", summary="Search the help center", operation_id="search_help_center")
async def search_articles(widget: NamedDependency[Widget], q: Search = None) -> list[PublicHit]:
    return await knowledge.public_search(somebody(widget), q or "")


@get("/articles/{slug:str}", summary="Read an article", operation_id="read_help_center_article")
async def read_article(widget: NamedDependency[Widget], slug: FromPath[str]) -> PublicArticle:
    return await knowledge.public_article(somebody(widget), slug)


router = Router(
    "/api/widget/{key:str}",
    route_handlers=[open_session, list_conversations, send_message, get_thread, see_thread, ask_for_person, upload_file, declare_contact,
                    search_articles, read_article],
    dependencies={"widget": Provide(widget), "visitor": Provide(visitor)},
    tags=["widget"],
)  # fmt: skip
PUBLIC = (
    "POST /api/widget/{key:str}/session",
    "GET /api/widget/{key:str}/articles",
    "GET /api/widget/{key:str}/articles/{slug:str}",
)
