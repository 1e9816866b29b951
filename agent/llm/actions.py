"""Choosing a language model, trying it, and keeping account of what it used."""

from datetime import UTC, datetime

from agent.llm import queries
from agent.llm.models import OWN
from agent.llm.queries import Key, Stored
from agent.llm.spent import Spent
from agent.llm.structs import ModelInput, ModelView, Writing
from core.access import ADMINS, Actor
from core.audit import log as audit
from core.auth import sealing
from core.database import transaction
from core.errors import Conflict, Invalid
from core.jobs import ledger

CHOOSE = """
INSERT INTO ai_models (organization_id, name, base_url, sealed_key, instructions, monthly_tokens, price_in, price_out)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (organization_id) DO UPDATE SET name = excluded.name, base_url = excluded.base_url, sealed_key = excluded.sealed_key,
    instructions = excluded.instructions, monthly_tokens = excluded.monthly_tokens, price_in = excluded.price_in,
    price_out = excluded.price_out, tried_at = NULL, trouble = ''
"""
TRIED = "UPDATE ai_models SET tried_at = $2, trouble = $3 WHERE organization_id = $1 AND name = $4"
SPEND = """
INSERT INTO ai_usage (organization_id, day, model, calls, tokens_in, tokens_out, cost) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (organization_id, day, model) DO UPDATE SET calls = ai_usage.calls + excluded.calls,
    tokens_in = ai_usage.tokens_in + excluded.tokens_in, tokens_out = ai_usage.tokens_out + excluded.tokens_out, cost = ai_usage.cost + excluded.cost
"""
TROUBLE_MAX = 200
OWN_ALONE = (
    "choose openai:model, with the address of any server that speaks like OpenAI's; other providers are for the whole installation"
)
KEY_KEPT = "a key goes to the address it was given for: enter it again, or remove it"


async def choose(actor: Actor, data: ModelInput) -> ModelView:
    """Keep the organization's choice. Admins only. A stored key stays, but never follows to another provider or address.

    Raises:
        Invalid: the address changed, and the key was not given anew; or a provider that is for the installation alone.
    """
    actor.require(*ADMINS)
    async with transaction(actor) as db:
        sealed = key_for(actor, data, await queries.stored(actor))
        await db.execute(
            CHOOSE, actor.organization_id, data.name, data.base_url, sealed, data.instructions, data.monthly_tokens,
            data.price_in, data.price_out,
        )  # fmt: skip
        await audit.note(actor, "ai_model.chosen", subject=data.name, base_url=data.base_url, key=bool(sealed))
        return await queries.view(actor)


def key_for(actor: Actor, data: Writing, before: Stored) -> str:
    """The key that goes with this choice, sealed: the one that was given, else the one that is stored.

    Raises:
        Invalid: as `choose`.
    """
    if data.name and queries.provider(data.name) != OWN:
        raise Invalid(OWN_ALONE, code="provider_not_allowed")
    if isinstance(data.key, str):
        return sealing.seal(queries.purpose(actor), Key(data.key)) if data.key else ""
    kept = before.key_at(data.name, data.base_url)
    if before.sealed_key and not kept:
        raise Invalid(KEY_KEPT, code="key_needed")
    return kept


async def try_out(actor: Actor) -> None:
    """Ask the model something short, in the background; `tried_at` and `trouble` tell how it went. Admins only.

    Raises:
        Conflict: the organization has chosen no model.
    """
    actor.require(*ADMINS)
    async with transaction(actor):
        if not (await queries.stored(actor)).name:
            raise Conflict("choose a model first", code="no_model")
        await ledger.enqueue(actor, "agent.try_model", key="try-model", organization_id=actor.organization_id)


async def tried(actor: Actor, name: str, trouble: str) -> None:
    """Keep how it went, unless another model was chosen meanwhile."""
    async with ledger.effect(actor) as db:
        await db.execute(TRIED, actor.organization_id, datetime.now(UTC), trouble[:TROUBLE_MAX], name)


async def spend(actor: Actor, model: str, spent: Spent, cost: float) -> None:
    """Add to the day's account. What a run has used counts even where its answer is never sent."""
    if not spent.calls:
        return
    async with transaction(actor) as db:
        await db.execute(
            SPEND, actor.organization_id, datetime.now(UTC).date(), model, spent.calls, spent.tokens_in, spent.tokens_out, cost
        )
