"""Training a language model with the organization's replies: planning, beginning, cancelling, and choosing what came of it."""

import msgspec

from agent.learning.export import actions as training
from agent.learning.export import queries as exported
from agent.learning.export.tuning import ending, queries
from agent.learning.export.tuning.ending import key
from agent.learning.export.tuning.queries import Run
from agent.learning.export.tuning.structs import LEAST, PlanInput, TuningPage
from agent.llm import actions as models
from agent.llm import queries as chosen
from agent.llm.models import OPENAI, OWN
from agent.llm.structs import ModelInput, ModelView
from core.access import ADMINS, Actor, ActorKind
from core.audit import log as audit
from core.database import transaction
from core.errors import Conflict, NotFound
from core.jobs import ledger

ADVANCE, CANCEL = "agent.learning.export.tuning.advance", "agent.learning.export.tuning.cancel"
KEEP = """
INSERT INTO ai_fine_tuning_plans (organization_id, base_model, minimum, scheduled) VALUES ($1, $2, $3, $4)
ON CONFLICT (organization_id) DO UPDATE SET base_model = excluded.base_model, minimum = excluded.minimum, scheduled = excluded.scheduled
"""
BEGIN = """
INSERT INTO ai_fine_tunings (organization_id, base_model, base_url, started_by, sealed_key) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT DO NOTHING RETURNING id
"""
STOP = f"UPDATE ai_fine_tunings SET cancelling = true WHERE organization_id = $1 AND id = $2 AND status IN {queries.UNDER_WAY}"


async def keep_plan(actor: Actor, data: PlanInput) -> TuningPage:
    """Say what is trained, and whether by itself. Admins only."""
    actor.require(*ADMINS)
    async with transaction(actor) as db:
        await db.execute(KEEP, actor.organization_id, data.base_model, data.minimum, data.scheduled)
        await audit.note(actor, "fine_tuning.planned", subject=data.base_model, minimum=data.minimum, scheduled=data.scheduled)
        return await queries.page(actor)


async def start(actor: Actor) -> int:
    """Begin a training; returns its id.

    Raises:
        Forbidden: not an admin.
        Conflict: conversations may not be used for training (`training_not_allowed`), no model is named (`no_base_model`), the organization has no
            provider of its own (`no_provider`), there are too few replies (`too_few_lines`), or one is under way (`already_training`).
    """
    if actor.kind != ActorKind.system:
        actor.require(*ADMINS)
    async with transaction(actor) as db:
        await training.require_consent(actor)
        base_model, row = (await queries.plan(actor)).base_model, await chosen.stored(actor)
        if not row.name:
            raise Conflict("choose a language model of your own first", code="no_provider")
        if not base_model:
            raise Conflict("name the model that is to be trained", code="no_base_model")
        if len(await exported.ready(actor)) < LEAST:
            raise Conflict(f"a training needs {LEAST} reviewed replies", code="too_few_lines", least=LEAST)
        await ending.end_lost(db, actor)
        by = "" if actor.kind == ActorKind.system else actor.name
        begun = await db.fetch_value(BEGIN, actor.organization_id, base_model, row.base_url or OPENAI, by, row.sealed_key)
        if begun is None:
            raise Conflict("a training is under way already", code="already_training")
        await audit.note(actor, "fine_tuning.started", subject=base_model, run=begun)
        await ledger.enqueue(actor, ADVANCE, key=key(begun), organization_id=actor.organization_id, run_id=begun)
    return int(begun)


async def end_lost(actor: Actor) -> None:
    """End what nobody goes on with."""
    async with transaction(actor) as db:
        await ending.end_lost(db, actor)


async def start_if_due(actor: Actor) -> None:
    """Begin a training if the organization wants that and enough replies are new."""
    plan = await queries.plan(actor)
    if plan.scheduled and await queries.fresh(actor) >= plan.minimum:
        try:
            await start(actor)
        except Conflict:
            return  # consent was taken back, or one is under way: the next night comes


async def cancel(actor: Actor, run_id: int) -> None:
    """End a training; the provider is told in the background.

    Raises:
        Forbidden: not an admin.
        NotFound: unknown.
        Conflict: it has ended.
    """
    actor.require(*ADMINS)
    async with transaction(actor) as db:
        await _known(actor, run_id)
        if not await db.execute(STOP, actor.organization_id, run_id):
            raise Conflict("this training has ended", code="training_ended")
        await audit.note(actor, "fine_tuning.cancelled", subject=str(run_id))
        await ledger.enqueue(actor, CANCEL, key=f"cancel-{key(run_id)}", organization_id=actor.organization_id, run_id=run_id)
        # Nothing where it waits anyway: whoever dropped its next look wants to see it end all the same.
        await ledger.enqueue(actor, ADVANCE, key=key(run_id), organization_id=actor.organization_id, run_id=run_id)


async def choose(actor: Actor, run_id: int) -> ModelView:
    """Have the AI agent write with what came of a training, at the provider that trained it.

    Raises:
        Forbidden: not an admin.
        NotFound: unknown.
        Conflict: nothing came of it, or the organization has another provider now.
    """
    actor.require(*ADMINS)
    async with transaction(actor):
        run, row = await _known(actor, run_id), await chosen.stored(actor)
        if run.status != "succeeded":
            raise Conflict("no model came of this training", code="not_trained")
        if not row.name or (row.base_url or OPENAI) != run.base_url:
            raise Conflict("this model is at another provider than the one that is chosen now", code="another_provider")
        kept = {name: getattr(row, name) for name in ("base_url", "instructions", "monthly_tokens", "price_in", "price_out")}
        return await models.choose(actor, msgspec.convert({"name": f"{OWN}:{run.model}", **kept}, ModelInput))


async def _known(actor: Actor, run_id: int) -> Run:
    found = await queries.run(actor, run_id)
    if found is None:
        raise NotFound("there is no such training")
    return found
