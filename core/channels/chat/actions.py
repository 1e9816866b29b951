"""What a visitor can do in the widget beyond writing."""

from core.access import Actor, ai
from core.auth import tickets
from core.auth.tickets import Cursor, Widget, cursor_for, visitor_token_for
from core.channels.chat.structs import SessionInput, VisitorConversations, VisitorSession
from core.contacts import queries as contacts
from core.conversations import actions as conversations
from core.conversations import queries
from core.conversations.structs import VisitorConversation, for_visitor
from core.database import read, transaction
from core.errors import Unauthenticated
from core.events import replay
from core.inboxes import queries as inboxes
from core.messages import actions as messages

PERSON_COMING = {
    "en": "I have passed this on to a person. Somebody from the team will answer you here.",
    "ar": "لقد حوّلت طلبك إلى شخص، وسيجيبك أحد أفراد الفريق هنا.",
    "de": "Ich habe das an einen Menschen weitergegeben. Jemand aus dem Team wird Ihnen hier antworten.",
    "fr": "J'ai transmis votre demande à une personne. Quelqu'un de l'équipe vous répondra ici.",
    "es": "He pasado esto a una persona. Alguien del equipo le responderá aquí.",
    "sv": "Jag har lämnat detta till en person. Någon i teamet svarar dig här.",
}
"""By the language that the visitor's browser prefers; English for all others."""


async def open_session(found: Widget, data: SessionInput) -> VisitorSession:
    """The visitor of this token, or a new one where it is missing, foreign or revoked. Nothing is stored yet."""
    token, actor = data.token, None
    if token is not None:
        try:
            actor = await tickets.visitor(token, found)
        except Unauthenticated:
            token = None
    if token is None or actor is None:
        token = visitor_token_for(found)
        actor = await tickets.visitor(token, found)
    email = None
    async with read(actor):
        if actor.contact_id is not None:
            email = (await contacts.get(actor, actor.contact_id)).email
        config = await inboxes.widget_config(actor)
    return VisitorSession(token, actor.contact_id is not None, actor.name, email, config)


async def own_conversations(actor: Actor) -> VisitorConversations:
    """The visitor's conversations and the place in the log to go on from."""
    async with read(actor):
        head = await replay.head(actor)
        found = await queries.of_contact(actor)
    return VisitorConversations([for_visitor(one) for one in found], cursor_for(actor, Cursor(head.epoch, head.position)))


async def ask_for_person(actor: Actor, token: str, client_id: str) -> VisitorConversation:
    """The visitor wants a person: the AI agent steps back at once and says so. With people already, nothing happens.

    A resolved conversation opens again for it.

    Raises:
        NotFound: it is not the visitor's conversation.
        Conflict: it is closed.
    """
    machine = ai(actor.organization_id)
    async with transaction(actor) as db:
        before = await queries.by_token(actor, token, lock=True)
        if before.handler == "human":
            return for_visitor(before)
        if before.status == "resolved":
            before = await messages.reopened(db, actor, before)
        language = await contacts.language(actor, before.contact_id)
        sent = await messages.send(
            machine,
            before.id,
            PERSON_COMING.get(language, PERSON_COMING["en"]),
            if_epoch=before.handler_epoch,
            if_seq=None,
            client_id=f"asked-{client_id}"[:64],
            sources=[],
            answers=False,
        )
        after = await conversations.hand_off(db, machine, sent.conversation, "asked_human")
    return for_visitor(after)
