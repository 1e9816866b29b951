"""Things that tests need, made through the same actions that people use. Every organization is new: tests share nothing."""

import secrets

from core.access import Actor, Role
from core.auth import accounts, sessions, tickets
from core.auth.structs import LoginInput, SignUpInput
from core.contacts import actions as contacts
from core.contacts.structs import ContactInput, ContactView
from core.inboxes import actions as inboxes
from core.inboxes.structs import InboxInput, InboxView
from core.knowledge import actions as knowledge
from core.knowledge.structs import ArticleInput, ArticleView, Audience
from core.messages import actions as messages
from core.messages.structs import NoteInput, ReplyInput, Sent
from core.users import actions as users
from core.users.structs import UserInput

PASSWORD = "correct horse battery"


def client_id() -> str:
    return secrets.token_urlsafe(16)


def an_address() -> str:
    return f"{secrets.token_hex(6)}@example.com"


async def an_organization(name: str = "Harbour Lights") -> Actor:
    """A new organization's admin."""
    data = SignUpInput(name, "Ada Admin", an_address(), PASSWORD)
    signed_in = await accounts.sign_up(data, user_agent="tests", address=secrets.token_hex(8))
    return await sessions.actor_of(signed_in.session_id)


async def again(actor: Actor) -> Actor:
    """The same user with today's grants, as their next request would have them."""
    return await sessions.actor_of(actor.session_id or 0)


async def a_member(admin: Actor, role: Role = "agent", name: str = "Theo Agent") -> Actor:
    """A colleague, signed in."""
    email = an_address()
    added = await users.add(admin, UserInput(name, email, role))
    data = LoginInput(email, added.password)
    signed_in = await accounts.log_in(data, user_agent="tests", address=secrets.token_hex(8))
    return await sessions.actor_of(signed_in.session_id)


async def an_inbox(admin: Actor, **values: object) -> InboxView:
    """A chat inbox; without `ai_enabled=True` people answer."""
    return await inboxes.create(admin, InboxInput(**({"name": "Website", "ai_enabled": False} | values)))


async def a_visitor(inbox: InboxView) -> Actor:
    """Somebody on a website who has not written yet."""
    found = await tickets.widget(inbox.widget_key)
    return await tickets.visitor(tickets.visitor_token_for(found), found)


async def a_message(inbox: InboxView, content: str = "Hello, is anybody there?") -> tuple[Actor, Sent]:
    """A new visitor's first message, which opens a conversation."""
    visitor = await a_visitor(inbox)
    return await messages.receive(visitor, token=None, client_id=client_id(), content=content, file_tokens=[])


async def another_message(visitor: Actor, sent: Sent, content: str = "One more thing.") -> Sent:
    _, received = await messages.receive(
        visitor, token=sent.conversation.token, client_id=client_id(), content=content, file_tokens=[]
    )
    return received


async def a_reply(agent: Actor, sent: Sent, content: str = "Here I am.") -> Sent:
    return await messages.reply(agent, sent.conversation.id, ReplyInput(client_id=client_id(), content=content))


async def a_note(agent: Actor, sent: Sent, content: str = "Looks like a regular.") -> Sent:
    return await messages.note(agent, sent.conversation.id, NoteInput(client_id=client_id(), content=content))


async def a_contact(admin: Actor, **values: object) -> ContactView:
    return await contacts.create(admin, ContactInput(**values))


async def an_article(admin: Actor, title: str, body: str, audience: Audience = "public") -> ArticleView:
    """A published article."""
    draft = await knowledge.create(admin, ArticleInput(title, body, audience=audience))
    return await knowledge.publish(admin, draft.id)
