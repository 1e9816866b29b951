"""Search over HTTP."""

from typing import Annotated

from litestar import Router, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from core import texts
from core.access import Actor
from core.pages import Limit
from core.search import queries
from core.search.structs import FoundConversations

Typed = Annotated[str, QueryParameter(min_length=2, max_length=queries.TYPED_MAX, pattern=texts.TEXT)]


@get("/conversations", summary="Conversations with all these words", operation_id="search_conversations")
async def search_conversations(actor: NamedDependency[Actor], q: Typed, limit: Limit = 10) -> FoundConversations:
    return await queries.conversations(actor, q, limit)


router = Router("/api/search", route_handlers=[search_conversations], tags=["search"])
