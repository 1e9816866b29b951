"""`lacasa seed`: a demo organization in an empty installation, so that the first look is at something alive.

Prints one JSON object: the addresses to open and the accounts with their one-time passwords, or `{}` where there was nothing to do.
"""

import asyncio
from typing import Any

import msgspec

from core import database
from core.access import Actor, ActorKind, Role, ai
from core.auth import accounts, sessions, tickets
from core.auth.structs import SignUpInput
from core.auth.tickets import visitor_token_for, widget
from core.auth.tokens import random_token
from core.contacts import actions as contacts
from core.contacts.structs import ContactChanges
from core.conversations import actions as conversations
from core.database import system_transaction, transaction
from core.demo import content
from core.demo.content import DemoContact, DemoConversation
from core.inboxes import actions as inboxes
from core.inboxes.structs import InboxChanges, InboxInput
from core.knowledge import actions as knowledge
from core.knowledge.structs import ArticleInput
from core.messages import actions as messages
from core.messages.structs import ReplyInput
from core.settings import Settings
from core.users import actions as users
from core.users.structs import UserInput, UserView

GREETING = "Hello! Ask about orders, delivery, returns or our lamps."


def main(settings: Settings) -> None:
    print(msgspec.json.encode(asyncio.run(_run(settings))).decode())


async def _run(settings: Settings) -> dict[str, Any]:
    await database.open_pool(settings.required_database_url(), size=3)
    try:
        async with system_transaction("whether any organization exists") as db:
            if await db.fetch_value("SELECT EXISTS (SELECT FROM organizations)"):
                return {}
        return await seed(settings)
    finally:
        await database.close_pool()


async def seed(settings: Settings) -> dict[str, Any]:
    """Make the demo organization; returns addresses and accounts."""
    first, *others = content.STAFF
    passwords = {first.email: users.one_time_password()}
    data = SignUpInput(content.SHOP_NAME, first.name, first.email, passwords[first.email])
    signed_in = await accounts.found(data, user_agent="lacasa seed", address="")
    admin = await sessions.actor_of(signed_in.session_id)
    colleagues: dict[Role, UserView] = {}
    for person in others:
        added = await users.add(admin, UserInput(person.name, person.email, person.role))
        passwords[person.email] = added.password
        colleagues[person.role] = added.user
    inbox = await inboxes.create(admin, InboxInput(name="Website chat", greeting=GREETING, ai_enabled=False))
    admin = await sessions.actor_of(signed_in.session_id)
    await _articles(admin)
    found = await widget(inbox.widget_key)
    aisha = colleagues["agent"]
    agent = msgspec.structs.replace(admin, id=aisha.id, name=aisha.name, role=aisha.role, session_id=None)
    for conversation in content.CONVERSATIONS:
        await _conversation(admin, agent, found, content.CONTACTS[conversation.contact], conversation)
    await inboxes.update(admin, inbox.id, InboxChanges(ai_enabled=True))
    await accounts.log_out(admin)
    return {
        "urls": {"demo": f"{settings.origin}/demo", "inbox": f"{settings.origin}/app"},
        "accounts": [{"email": who.email, "password": passwords[who.email], "role": who.role} for who in content.STAFF],
    }


async def _articles(admin: Actor) -> None:
    async with transaction(admin):
        for article in content.articles():
            draft = ArticleInput(article.title, article.body, article.category, article.kind, article.audience)
            made = await knowledge.create(admin, draft, slug=article.slug)
            await knowledge.publish(admin, made.id)


async def _conversation(admin: Actor, agent: Actor, found: tickets.Widget, contact: DemoContact, told: DemoConversation) -> None:
    """Play a past conversation through the same actions that a real one goes through."""
    visitor = await tickets.visitor(visitor_token_for(found), found)
    token, number = None, 0
    for who, text in told.lines:
        if who == "contact":
            visitor, sent = await messages.receive(visitor, token=token, client_id=random_token(), content=text, file_tokens=[])
            if token is None:
                visitor = await _introduce(admin, visitor, contact)
        elif who == "agent":
            sent = await messages.reply(agent, number, ReplyInput(client_id=random_token(), content=text))
        else:
            machine = ai(admin.organization_id)
            epoch = sent.conversation.handler_epoch
            sent = await messages.send(machine, number, text, if_epoch=epoch, if_seq=None, client_id=random_token(), sources=[])
        token, number = sent.conversation.token, sent.conversation.id
    await conversations.rename(admin, number, told.subject)
    await conversations.prioritize(admin, number, told.priority)
    await conversations.tag(admin, number, list(told.tags), [])
    if told.status == "resolved":
        await conversations.resolve(admin, number)


async def _introduce(admin: Actor, visitor: Actor, contact: DemoContact) -> Actor:
    changes = ContactChanges(
        email=contact.email, first_name=contact.first_name, last_name=contact.last_name, tags=list(contact.tags)
    )
    await contacts.update(admin, visitor.contact_id or 0, changes)
    name = f"{contact.first_name} {contact.last_name}"
    return msgspec.structs.replace(visitor, kind=ActorKind.visitor, name=name)
