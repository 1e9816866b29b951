"""Reads of an organization's language model and of what it has used."""

from datetime import UTC, datetime

import msgspec

from agent.llm.models import Chosen
from agent.llm.structs import ModelView, UsageDay
from agent.settings import settings
from core.access import ADMINS, Actor, system
from core.auth import sealing
from core.database import read, system_transaction
from core.extend.sealing import Sealed

COLUMNS = "m.name, m.base_url, m.sealed_key, m.instructions, m.monthly_tokens, m.price_in, m.price_out, m.tried_at, m.trouble"
STORED = f"SELECT {COLUMNS} FROM ai_models m WHERE m.organization_id = $1"
USED = "SELECT coalesce(sum(u.tokens_in + u.tokens_out), 0) FROM ai_usage u WHERE u.organization_id = $1 AND u.day >= $2"
USAGE = f"""
SELECT to_char(u.day, 'YYYY-MM-DD') AS day, u.model, u.calls, u.tokens_in, u.tokens_out, u.cost::float8 AS cost
FROM ai_usage u WHERE u.organization_id = $1 AND u.day > current_date - $2::int ORDER BY u.day DESC, u.model LIMIT {31 * 20}
"""


class Stored(msgspec.Struct, frozen=True):
    """The row of an organization, or what holds where there is none."""

    name: str = ""
    base_url: str = ""
    sealed_key: str = ""
    instructions: str = ""
    monthly_tokens: int | None = None
    price_in: float = 0
    price_out: float = 0
    tried_at: datetime | None = None
    trouble: str = ""

    def key_at(self, name: str, base_url: str) -> str:
        """The sealed key, if it was given for this provider and address: it follows to no other."""
        is_there = (base_url, provider(name)) == (self.base_url, provider(self.name))
        return self.sealed_key if is_there else ""

    def cost(self, tokens_in: int, tokens_out: int) -> float:
        return (tokens_in * self.price_in + tokens_out * self.price_out) / 1_000_000


class Key(msgspec.Struct, frozen=True):
    key: str


def provider(name: str) -> str:
    return name.partition(":")[0]


def purpose(actor: Actor) -> str:
    """What a key is sealed for: another organization cannot open it."""
    return f"ai-key {actor.organization_id}"


SEALED = tuple(
    Sealed(table=table, column="sealed_key", purpose=lambda row: purpose(system(row["organization_id"])))
    for table in ("ai_models", "ai_fine_tunings", "ai_replays")
)


async def stored(actor: Actor) -> Stored:
    async with read(actor) as db:
        return await db.fetch_one(Stored, STORED, actor.organization_id) or Stored()


def chosen(actor: Actor, row: Stored) -> Chosen | None:
    """The model that this organization's AI agent writes with: its own, or the installation's; None: it quotes.

    Raises:
        Unauthenticated: the key was sealed with another secret of the installation.
    """
    if row.name:
        key = sealing.unseal(purpose(actor), row.sealed_key, Key).key if row.sealed_key else ""
        return Chosen(row.name, row.base_url, key)
    own = settings()
    return Chosen(own.llm, own.llm_url, own.llm_key, trusted=True) if own.llm else None


async def anybody_writes() -> bool:
    """Whether any organization, or the installation, has a language model: then workers make ready for one."""
    if settings().llm:
        return True
    async with system_transaction("a worker serves all organizations") as db:
        return bool(await db.fetch_value("SELECT EXISTS (SELECT FROM ai_models WHERE name <> '')"))


async def left(actor: Actor, row: Stored) -> int | None:
    """How many of the month's tokens are left, 0 at least; None: there is no bound."""
    if row.monthly_tokens is None:
        return None
    async with read(actor) as db:
        used: int = await db.fetch_value(USED, actor.organization_id, datetime.now(UTC).date().replace(day=1))
    return max(int(row.monthly_tokens - used), 0)


async def is_paused(actor: Actor, row: Stored) -> bool:
    """Whether the month's tokens are used up."""
    return await left(actor, row) == 0


async def view(actor: Actor) -> ModelView:
    """The settings as admins see them."""
    actor.require(*ADMINS)
    row = await stored(actor)
    return ModelView(
        name=row.name,
        base_url=row.base_url,
        has_key=bool(row.sealed_key),
        instructions=row.instructions,
        monthly_tokens=row.monthly_tokens,
        price_in=row.price_in,
        price_out=row.price_out,
        in_use=row.name or settings().llm,
        paused=await is_paused(actor, row),
        tried_at=row.tried_at,
        trouble=row.trouble,
    )


async def usage(actor: Actor, days: int) -> list[UsageDay]:
    """What was used in the last `days` days (UTC), newest first."""
    actor.require(*ADMINS)
    async with read(actor) as db:
        return await db.fetch(UsageDay, USAGE, actor.organization_id, days)
