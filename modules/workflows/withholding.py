"""What is told about a run that is about a conversation: its words and facts only to whom the conversation itself is open.

A run remembers why: what a condition saw, why it ended. That may quote the conversation that started it. Whoever may not see that
conversation finds a code (`withheld`) and a neutral sentence there; steps, their order and their times he sees, for those are the workflow's.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from core.access import Actor, grants, visible
from core.database import Unit
from modules.workflows.structs import EnrollmentView, EntryRefusal, StepTaken

UNSEEN = "conversation_not_visible"
SENTENCE = "It is about a conversation that you may not see."
NAMED = re.compile(r"conversation ([0-9]{1,18})\Z")
"""What steps that write in conversations tell of themselves."""
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
            run.withheld, run.entry_key = UNSEEN, ""
            run.detail, run.note = (SENTENCE if said else "" for said in (run.detail, run.note))
    return found


async def from_steps(db: Unit, actor: Actor, steps: Sequence[StepTaken], *, is_unseen: bool) -> None:
    """The same of a run's steps; `is_unseen`: the run is about a conversation that the actor may not see."""
    if grants(actor) is None:
        return
    named = {step.step_id: int(match[1]) for step in steps if (match := NAMED.match(step.detail)) is not None}
    opened = await _open(db, actor, named.values())
    for step in steps:
        if step.detail and (is_unseen or (step.step_id in named and named[step.step_id] not in opened)):
            step.detail, step.withheld = SENTENCE, UNSEEN


async def from_refusals(db: Unit, actor: Actor, refusals: Mapping[int, EntryRefusal]) -> None:
    """The same of what kept a contact out. A refusal that quotes a conversation has that one's id for a key."""
    if grants(actor) is None:
        return
    quoting = [one for one in refusals.values() if "conversation" in one.detail.casefold().replace("_", "")]
    opened = await _open(db, actor, [_number(one.entry_key) for one in quoting])
    for one in quoting:
        if _number(one.entry_key) not in opened:
            one.detail, one.withheld, one.entry_key = SENTENCE, UNSEEN, ""


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and text.isascii() and text.isdecimal() and len(text) <= 18 else None


async def _open(db: Unit, actor: Actor, ids: Iterable[int | None]) -> set[int]:
    wanted = sorted({one for one in ids if one is not None})
    if not wanted:
        return set()
    rule, held = visible(actor, 3)
    return {row[0] for row in await db.fetch_rows(OPEN.format(rule=rule), actor.organization_id, wanted, *held)}
