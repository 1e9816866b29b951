"""What is told about a run that is about a conversation: its words and facts only to whom the conversation itself is open.

A run remembers why: what a condition saw, why it ended. That may quote the conversation that started it. Whoever may not see that
conversation finds another code there; steps, their order and their times he sees, for those are the workflow's.
"""

from collections.abc import Iterable, Mapping, Sequence

from core.access import Actor, grants, visible
from core.database import Unit
from modules.workflows.saying import Explained
from modules.workflows.structs import EnrollmentView, EntryRefusal, StepTaken

UNSEEN = Explained("conversation_not_visible")
NAMED = "conversation"
"""The code by which steps that write in conversations tell of them."""
ABOUT = """
SELECT e.id, e.facts #>> '{conversation,id}' FROM workflow_enrollments e
WHERE e.organization_id = $1 AND e.id = ANY ($2::bigint[]) AND e.facts ? 'conversation'
"""
OPEN = "SELECT c.id FROM conversations c WHERE c.organization_id = $1 AND c.id = ANY ($2::bigint[]) AND {rule}"


async def from_runs(db: Unit, actor: Actor, runs: Sequence[EnrollmentView]) -> set[int]:
    """Take out of these runs what the actor may not read; returns the ids of those where there was such."""
    if grants(actor) is None or not runs:
        return set()
    rows = await db.fetch_rows(ABOUT, actor.organization_id, [run.id for run in runs])
    about = {row[0]: _number(row[1]) for row in rows}
    opened = await _open(db, actor, about.values())
    found = {run_id for run_id, conversation_id in about.items() if conversation_id not in opened}
    for run in runs:
        if run.id in found:
            run.said, run.held = _instead(run.said, run.detail), _instead(run.held, run.note)
            run.entry_key = run.detail = run.note = ""
    return found


def _instead(said: Explained | None, otherwise: str) -> Explained | None:
    return UNSEEN if said is not None or otherwise else None


async def from_steps(db: Unit, actor: Actor, steps: Sequence[StepTaken], *, is_unseen: bool) -> None:
    """The same of a run's steps; `is_unseen`: the run is about a conversation that the actor may not see."""
    if grants(actor) is None:
        return
    named = {step.step_id: _number(str(step.said.values.get("id"))) for step in steps if step.said and step.said.code == NAMED}
    opened = await _open(db, actor, named.values())
    for step in steps:
        if is_unseen or (step.step_id in named and named[step.step_id] not in opened):
            step.said, step.detail = _instead(step.said, step.detail), ""


async def from_refusals(db: Unit, actor: Actor, refusals: Mapping[int, EntryRefusal]) -> None:
    """The same of what kept a contact out. A refusal that quotes a conversation has that one's id for a key."""
    if grants(actor) is None:
        return
    quoting = [one for one in refusals.values() if "conversation" in f"{one.detail} {one.said}".casefold().replace("_", "")]
    opened = await _open(db, actor, [_number(one.entry_key) for one in quoting])
    for one in quoting:
        if _number(one.entry_key) not in opened:
            one.said, one.detail, one.entry_key = UNSEEN, "", ""


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and text.isascii() and text.isdecimal() and len(text) <= 18 else None


async def _open(db: Unit, actor: Actor, ids: Iterable[int | None]) -> set[int]:
    wanted = sorted({one for one in ids if one is not None})
    if not wanted:
        return set()
    rule, held = visible(actor, 3)
    return {row[0] for row in await db.fetch_rows(OPEN.format(rule=rule), actor.organization_id, wanted, *held)}
