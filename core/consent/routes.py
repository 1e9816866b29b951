"""Topics, what contacts said about them, and suppressions, over HTTP."""

from typing import Annotated

from litestar import Router, get, patch, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from core import texts
from core.access import Actor
from core.consent import queries
from core.consent.actions import consents, importing, suppressions, topics
from core.consent.rules import SuppressionReason
from core.consent.structs import (
    ConsentInput,
    ContactConsents,
    ImportInput,
    ImportReport,
    RemovalInput,
    SuppressionInput,
    SuppressionPage,
    SuppressionView,
    TopicChanges,
    TopicInput,
    TopicTextView,
    TopicView,
)
from core.pages import After, Limit

Address = Annotated[str | None, QueryParameter(max_length=254, pattern=texts.TEXT, description="The whole address, in any case.")]


@get("/topics", summary="What mail may be about", operation_id="list_topics")
async def list_topics(actor: NamedDependency[Actor]) -> list[TopicView]:
    return await queries.topics(actor)


@post("/topics", summary="Add a topic", operation_id="create_topic")
async def create_topic(actor: NamedDependency[Actor], data: JSONBody[TopicInput]) -> TopicView:
    return await topics.create(actor, data)


@patch("/topics/{topic_id:int}", summary="Change or archive a topic", operation_id="update_topic")
async def update_topic(actor: NamedDependency[Actor], topic_id: FromPath[int], data: JSONBody[TopicChanges]) -> TopicView:
    return await topics.update(actor, topic_id, data)


@get("/topics/{topic_id:int}/texts", summary="Versions of what people agree to, newest first", operation_id="list_topic_texts")
async def list_texts(actor: NamedDependency[Actor], topic_id: FromPath[int]) -> list[TopicTextView]:
    return await queries.texts(actor, topic_id)


@get(
    "/contacts/{contact_id:int}/consents",
    summary="What mail a contact wants, and why it gets some not",
    operation_id="get_consents",
)
async def get_consents(actor: NamedDependency[Actor], contact_id: FromPath[int]) -> ContactConsents:
    return await queries.of_contact(actor, contact_id)


@put(
    "/contacts/{contact_id:int}/consents/{topic_id:int}",
    summary="Say what mail a contact wants, on its behalf",
    operation_id="save_consent",
)
async def save_consent(
    actor: NamedDependency[Actor], contact_id: FromPath[int], topic_id: FromPath[int], data: JSONBody[ConsentInput]
) -> ContactConsents:
    return await consents.say(actor, contact_id, topic_id, data)


@get("/suppressions", summary="Addresses that get no mail, newest first", operation_id="list_suppressions")
async def list_suppressions(
    actor: NamedDependency[Actor],
    address: Address = None,
    reason: FromQuery[SuppressionReason | None] = None,
    cursor: After = None,
    limit: Limit = 50,
) -> SuppressionPage:
    return await queries.suppressions(actor, address, reason, cursor, limit)


@post("/suppressions", summary="Send nothing to an address any more", operation_id="create_suppression")
async def create_suppression(actor: NamedDependency[Actor], data: JSONBody[SuppressionInput]) -> SuppressionView:
    return await suppressions.suppress(actor, data)


@post(
    "/suppressions/{suppression_id:int}/remove",
    status_code=204,
    summary="Take a suppression away",
    operation_id="remove_suppression",
)
async def remove_suppression(actor: NamedDependency[Actor], suppression_id: FromPath[int], data: JSONBody[RemovalInput]) -> None:
    await suppressions.remove(actor, suppression_id, data)


@post(
    "/suppressions/import", status_code=200, summary="Take in a list of suppressions, or try it", operation_id="import_suppressions"
)
async def import_suppressions(actor: NamedDependency[Actor], data: JSONBody[ImportInput]) -> ImportReport:
    return await importing.take_in(actor, data)


HANDLERS = [
    list_topics, create_topic, update_topic, list_texts, get_consents, save_consent, list_suppressions, create_suppression, remove_suppression,
    import_suppressions,
]  # fmt: skip
router = Router("/api", route_handlers=HANDLERS, tags=["consent"])
