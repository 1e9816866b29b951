"""What a run of one organization writes with, and what becomes of its account."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NoReturn

import msgspec

from agent.draft import Drafter, Extractive
from agent.llm import actions, queries
from agent.llm.chat import Chat, Heard, ModelFailed, unheard
from agent.llm.models import chat
from agent.llm.queries import Stored
from agent.llm.spent import Spent
from agent.llm.verify import Means
from agent.llm.writer import Writer
from core.access import Actor
from core.errors import Unauthenticated


class Choice(msgspec.Struct):
    """A drafter with what it spends, and the prices of that."""

    drafter: Drafter
    spent: Spent
    row: Stored


@asynccontextmanager
async def chosen(actor: Actor, means: Means, heard: Heard = unheard) -> AsyncIterator[Choice]:
    """The drafter for one run: the language model, or quotes where there is none or the month's tokens are used up.

    `heard` is told what a model writes, as it writes it.
    """
    row = await queries.stored(actor)
    asked = None if await queries.is_paused(actor, row) else model_of(actor, row)
    if asked is None:
        yield Choice(Extractive(), Spent(), row)
        return
    async with writing(actor, row, asked, means, heard) as found:
        yield found


@asynccontextmanager
async def writing(actor: Actor, row: Stored, asked: Chat, means: Means, heard: Heard = unheard) -> AsyncIterator[Choice]:
    """The drafter for one run with this model, by the instructions and prices of `row`. What the run has spent is kept however it ends."""
    try:
        yield Choice(Writer(actor, asked, row.instructions, means, heard), asked.spent, row)
    finally:
        await actions.spend(actor, asked.name, asked.spent, row.cost(asked.spent.tokens_in, asked.spent.tokens_out))


def model_of(actor: Actor, row: Stored, *, kept: bool = True) -> Chat | None:
    """The organization's model, or the installation's; None where there is neither. `kept`: as `models.chat`."""
    try:
        wanted = queries.chosen(actor, row)
    except Unauthenticated:
        return Chat(row.name, _unopened)
    return None if wanted is None else chat(wanted, kept=kept)


def _unopened() -> NoReturn:
    raise ModelFailed("refused", "the stored key cannot be opened any more: enter it again")
