"""The demo shop in a database of its own, for evaluations: its articles, an inbox that the AI agent serves, labelled questions."""

import os
import secrets
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import msgspec

from agent.embedding.models import model
from core import database
from core.access import Actor, ActorKind, system
from core.demo import content
from core.embedded.servers import embedded_servers
from core.inboxes import actions as inboxes
from core.inboxes.structs import InboxInput, InboxView
from core.knowledge import actions as knowledge
from core.knowledge import vectors
from core.knowledge.structs import ArticleInput
from core.migrate import migrate
from core.organizations import actions as organizations
from core.settings import settings

HERE = Path(__file__).parent
DEMO = Path(content.__file__).parent / "questions.jsonl"
FITTING = HERE / "fitting.jsonl"
HELD_OUT = HERE / "held_out.jsonl"
NEWCOMER = HERE / "newcomer.jsonl"
NEWCOMER_HELD_OUT = HERE / "newcomer_held_out.jsonl"


class Question(msgspec.Struct, frozen=True):
    """A customer's question and what must come of it. `also`: other articles that answer it; `says`: words that the answer has to hold.

    `sections`: the headings of which one must be quoted ("" is an article's opening), with all of `says_all`.
    """

    question: str
    slug: str | None
    expect: Literal["answer", "handoff", "small_talk"]
    why: str
    says: str = ""
    also: list[str] = []
    sections: list[str] = []
    says_all: list[str] = []

    def answered_by(self, slug: str) -> bool:
        return slug == self.slug or slug in self.also


def questions(*files: Path) -> list[Question]:
    return [msgspec.json.decode(line, type=Question) for file in files for line in file.read_bytes().splitlines() if line.strip()]


async def learn(actor: Actor) -> None:
    """Embed all that is published, as the worker would; without a model or pgvector there is nothing to do."""
    by = await model()
    while by and await vectors.is_there(actor) and (lacking := await vectors.lacking(actor, by.name, 32)):
        embedded = await by.vectors([passage.whole for passage in lacking])
        await vectors.store(actor, by.name, list(zip(lacking, embedded, strict=True)))
    if by and await vectors.is_there(actor):
        await vectors.adopt(actor, by.name)


class Shop(msgspec.Struct):
    actor: Actor
    inbox: InboxView

    def visitor(self) -> Actor:
        nonce = secrets.token_urlsafe(16)
        return Actor(kind=ActorKind.visitor, organization_id=self.actor.organization_id, inbox_id=self.inbox.id, nonce=nonce)


@asynccontextmanager
async def a_database() -> AsyncIterator[str]:
    """An empty database: beside `LACASA_DATABASE_URL`, else on a bundled server of its own. Gone at the end."""
    async with AsyncExitStack() as stack:
        url = os.environ.get("LACASA_DATABASE_URL")
        if url is None:
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            yield (await stack.enter_async_context(embedded_servers(Path(folder) / "data", durable=False))).database
            return
        name = f"lacasa_eval_{secrets.token_hex(6)}"
        connection = await asyncpg.connect(url)
        await connection.execute(f"CREATE DATABASE {name}")
        try:
            yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
        finally:
            await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
            await connection.close()


@asynccontextmanager
async def opened() -> AsyncIterator[None]:
    """A migrated database, with the pool open."""
    os.environ.setdefault("LACASA_SECRET", secrets.token_urlsafe(32))
    async with a_database() as url:
        await migrate(url)
        settings.cache_clear()
        await database.open_pool(url, size=4)
        try:
            yield
        finally:
            await database.close_pool()


@asynccontextmanager
async def a_shop() -> AsyncIterator[Shop]:
    """The demo shop, with the pool open."""
    async with opened():
        yield await demo_shop()


async def an_organization(name: str, slug: str) -> Actor:
    async with database.system_transaction("an organization for an evaluation") as db:
        return system(await organizations.found(db, name, slug))


async def demo_shop() -> Shop:
    """A new organization with the demo shop's articles, in the open database."""
    actor = await an_organization(content.SHOP_NAME, content.SHOP_SLUG)
    async with database.transaction(actor):
        for article in content.articles():
            draft = ArticleInput(article.title, article.body, article.category, article.kind, article.audience)
            made = await knowledge.create(actor, draft, slug=article.slug)
            await knowledge.publish(actor, made.id)
        inbox = await inboxes.create(actor, InboxInput(name="Website"))
    await learn(actor)
    return Shop(actor, inbox)
