"""How a run goes on: step by step, each in one transaction with whatever it does.

A transaction does at most one effect, and ends with the run already standing at the next step and waiting for what that waits for. Killed
anywhere, it is at the last step that was committed. What happens outside of the database is written down as begun first: if nobody lives to
write down how it ended, it counts as uncertain, and is not done again.
"""

import asyncio
from datetime import timedelta
from typing import Any

import msgspec

from core.access import Actor
from core.database import Unit, transaction
from core.errors import LacasaError, Unavailable
from core.extend.steps import Again, Failed, Go, Leave, Outcome, Visit
from modules.workflows import definitions, guards
from modules.workflows.actions import ending, standing
from modules.workflows.actions.standing import Around, Standing
from modules.workflows.definition.shape import STEPS_MAX, Definition, Node
from modules.workflows.saying import say

GRACE_S = 30
"""After the time of something outside, before it counts as uncertain."""
TAKEN = """
SELECT f.status, f.attempt, f.at FROM workflow_effects f WHERE f.organization_id = $1 AND f.enrollment_id = $2 AND f.step_id = $3
"""
WRITE = """
INSERT INTO workflow_effects AS f (organization_id, enrollment_id, step_id, contact_id, kind, status, branch, detail, attempt, reached, at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, clock_timestamp())
ON CONFLICT (organization_id, enrollment_id, step_id) DO UPDATE
SET status = excluded.status, branch = excluded.branch, detail = excluded.detail, attempt = excluded.attempt, reached = excluded.reached,
    at = excluded.at
WHERE f.status IN ('passed', 'begun', 'again')
"""
SETTLE = """
UPDATE workflow_effects SET status = $5, detail = $6, at = clock_timestamp()
WHERE organization_id = $1 AND enrollment_id = $2 AND step_id = $3 AND status = 'begun' AND attempt = $4
"""
WAIT = """
INSERT INTO workflow_waits (organization_id, enrollment_id, contact_id, event, condition) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (organization_id, enrollment_id) DO UPDATE SET event = excluded.event, condition = excluded.condition
"""
WAITED = "DELETE FROM workflow_waits WHERE organization_id = $1 AND enrollment_id = $2"


class _UndoneError(Exception):
    """A step that did not succeed has changed nothing."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome


def _kept(outcome: Outcome) -> Outcome:
    """
    Raises:
        _UndoneError: it did not succeed.
    """
    if isinstance(outcome, Failed | Again):
        raise _UndoneError(outcome)
    return outcome


class _Outside(msgspec.Struct):
    """What is to be done beyond the database, now that it is written down as begun."""

    node: Any
    visit: Visit


async def advance(actor: Actor, enrollment_id: int) -> bool:
    """Take a run as far as one effect. True: there is more to do right now. Safe to repeat, and to do twice at a time."""
    async with transaction(actor) as db:
        run = await standing.hold(db, actor, enrollment_id)
        if run is None:
            return False
        about = await standing.around(db, actor, run.workflow_id)
        if about.status != "active":
            return False
        walk = _Walk(db, actor, run, about, await definitions.of(db, actor, run.workflow_id, run.version, about.created_at))
        found = await walk.on()
    return await _outside(actor, found) if isinstance(found, _Outside) else found


async def arrive(db: Unit, actor: Actor, run: Standing, about: Around, definition: Definition) -> None:
    """Let a new run stand at its first step, and wait there, in the transaction that makes it. Nothing is done yet."""
    await _Walk(db, actor, run, about, definition, acted=True).on()


async def _outside(actor: Actor, begun: _Outside) -> bool:
    node: Node = begun.node
    visit = begun.visit
    outcome = await _asked(node, visit)
    async with transaction(actor) as db:
        run = await standing.hold(db, actor, visit.enrollment_id)
        taken = await db.fetch_rows(TAKEN, actor.organization_id, visit.enrollment_id, node.id)
        if not taken or taken[0]["status"] != "begun" or taken[0]["attempt"] != visit.attempt:
            return False  # it took so long that it was given up
        if run is None or run.step_id != node.id:
            status = "done" if isinstance(outcome, Go | Leave) else "uncertain"
            detail = "" if isinstance(outcome, Leave) else outcome.detail
            await db.execute(SETTLE, actor.organization_id, visit.enrollment_id, node.id, visit.attempt, status, detail[:500])
            return False
        about = await standing.around(db, actor, run.workflow_id)
        definition = await definitions.of(db, actor, run.workflow_id, run.version, about.created_at)
        walk = _Walk(db, actor, run, about, definition, acted=True)
        if not await walk.settle(definition.nodes.get(node.id, node), visit, outcome):
            return False
        return await walk.on() is True and about.status == "active"


async def _asked(node: Node, visit: Visit) -> Outcome:
    if node.step is None:
        raise RuntimeError("a step without a type was begun")
    try:
        async with asyncio.timeout(node.step.timeout_s):
            return await node.step.run(visit, node.config)
    except TimeoutError:
        return Failed(say("too_slow"), uncertain=True)
    except LacasaError as error:
        return Failed(error.detail)


class _Walk:
    """One transaction of a run. `acted`: its effect is done, or it is to have none."""

    def __init__(
        self, db: Unit, actor: Actor, run: Standing, about: Around, definition: Definition, *, acted: bool = False
    ) -> None:
        self._db = db
        self._actor = actor
        self._run = run
        self._about = about
        self._definition = definition
        self._acted = acted

    async def on(self) -> bool | _Outside:
        """Go on until something is to be waited for, or a second effect would be done. True: there is more to do right now."""
        run = self._run
        if run.contact_id is None:
            await self._end("exited", "contact_deleted")
            return False
        for _ in range(STEPS_MAX + 1):
            node = self._definition.nodes.get(run.step_id)
            if node is None:
                await self._end(*(("completed", "end") if not run.step_id else ("exited", "step_removed")))
                return False
            if node.step is None:
                return await self._wait_until(self._about.now + guards.ABSENT, f"no module that is on has the step {node.type}")
            visit = await standing.visit(self._actor, run, self._definition, self._about)
            if run.phase == "arriving":
                await self._begin(node, visit)
            if not run.came and (run.due_at is None or run.due_at > self._about.now):
                await standing.save(self._db, self._actor, run)
                return False
            if node.step.acts and self._acted:
                await standing.save(self._db, self._actor, run)
                return True
            found = await self._step(node, visit)
            if found is not None:
                return found
        raise RuntimeError("a run goes in a circle")

    async def _begin(self, node: Node, visit: Visit) -> None:
        """Wait for what the step waits for; that is written down before anything is looked at, so nothing is missed in between."""
        run = self._run
        if node.step is None or node.step.begin is None:
            run.phase, run.due_at = "waiting", self._about.now
            return
        hold = await node.step.begin(visit, node.config)
        run.phase, run.due_at = "waiting", hold.until
        if hold.event:
            await self._db.execute(WAIT, self._actor.organization_id, run.id, run.contact_id, hold.event, hold.when)
        elif hold.until is None:
            run.due_at = self._about.now

    async def _step(self, node: Node, visit: Visit) -> bool | _Outside | None:
        """Do what the step does and go on; None: to the next one, in the same transaction."""
        if node.step is None:
            raise RuntimeError("a step without a type cannot be taken")
        if not node.step.acts:
            await self.settle(node, visit, await self._tried(node, visit))
            return None if self._is_active else False
        attempt = await self._attempt(node)
        if attempt is None or isinstance(attempt, bool):
            return attempt
        visit = msgspec.structs.replace(visit, attempt=attempt)
        match await guards.ask(
            self._db, self._actor, self._definition, node, visit, entry_key=self._run.entry_key, skips=self._run.skips
        ):
            case guards.Over(status, reason, detail):
                await self._end(status, reason, detail)
                return False
            case guards.Later(until, why):
                return await self._wait_until(until, why)
            case guards.Without(why):
                self._run.skips = False
                await self._write(node, "skipped", attempt, detail=why)
                await self._go(node.next)
                return None if self._is_active else False
        self._acted = True
        if node.step.outside:
            await self._write(node, "begun", attempt, reached=True)
            self._run.due_at = self._about.now + timedelta(seconds=node.step.timeout_s + GRACE_S)
            await standing.save(self._db, self._actor, self._run)
            return _Outside(node, visit)
        moved = await self.settle(node, visit, await self._tried(node, visit))
        return None if moved else False

    async def _attempt(self, node: Node) -> int | bool | None:
        """Which attempt at its effect this is. None: it was taken already, and the run goes on; false: it waits."""
        rows = await self._db.fetch_rows(TAKEN, self._actor.organization_id, self._run.id, node.id)
        if not rows:
            return 1
        status, attempt, at = rows[0]
        if status == "again":
            return int(attempt) + 1
        if status == "begun":
            given_up = at + timedelta(seconds=GRACE_S + (node.step.timeout_s if node.step else 0))
            if given_up > self._about.now:
                return await self._wait_until(given_up, "it was begun, and how it ended is not known yet")
            moved = await self.settle(node, None, Failed(say("unknown"), uncertain=True), attempt=attempt)
            return None if moved else False
        await self._go(node.next)
        return None if self._is_active else False

    async def _tried(self, node: Node, visit: Visit) -> Outcome:
        """What the step did to rows; nothing where it did not succeed."""
        if node.step is None:
            raise RuntimeError("a step without a type cannot be tried")
        try:
            async with transaction(self._actor):
                return _kept(await node.step.run(visit, node.config))
        except _UndoneError as undone:
            return undone.outcome
        except Unavailable:
            raise
        except LacasaError as error:
            return Failed(error.detail)

    async def settle(self, node: Node, visit: Visit | None, outcome: Outcome, *, attempt: int = 1) -> bool:
        """Write down what became of a step, and go on accordingly. False: the run ended, or waits here."""
        attempt = attempt if visit is None else visit.attempt
        most = 1 if node.step is None else node.step.attempts
        if isinstance(outcome, Again) and attempt >= most:
            outcome = Failed(outcome.detail)
        if node.step is not None and node.step.acts:
            self._run.skips = False
        match outcome:
            case Again(at, detail):
                await self._write(node, "again", attempt, detail=detail)
                return await self._wait_until(at, detail)
            case Failed(detail, uncertain):
                await self._write(node, "uncertain" if uncertain else "failed", attempt, detail=detail, reached=uncertain)
                if node.on_failure == "exit":
                    await self._end("exited", "step_failed", detail)
                else:
                    await self._go(node.next)
            case Leave(reason):
                await self._write(node, self._done(node), attempt, reached=True)
                await self._end("exited", reason)
            case Go(branch, detail, reached):
                await self._write(node, self._done(node), attempt, branch=branch, detail=detail, reached=reached)
                await self._go(node.target(branch))
        return self._is_active

    def _done(self, node: Node) -> str:
        return "done" if node.step is not None and node.step.acts else "passed"

    async def _write(
        self, node: Node, status: str, attempt: int, *, branch: str = "", detail: str = "", reached: bool = False
    ) -> None:
        noticed = reached and node.step is not None and node.step.notices(node.config)
        values = (node.id, self._run.contact_id, node.type, status, branch[:30], detail[:500], attempt, noticed)
        await self._db.execute(WRITE, self._actor.organization_id, self._run.id, *values)

    async def _go(self, target: str | None) -> None:
        """Stand before the next step, or at the end."""
        run = self._run
        await self._db.execute(WAITED, self._actor.organization_id, run.id)
        run.step_id, run.phase, run.due_at, run.came, run.note = target or "", "arriving", self._about.now, False, ""
        if target is None:
            await self._end("completed", "end")

    @property
    def _is_active(self) -> bool:
        return bool(self._run.step_id)

    async def _end(self, status: Any, reason: str, detail: str = "") -> None:
        await standing.save(self._db, self._actor, msgspec.structs.replace(self._run, due_at=None))
        await ending.end(self._db, self._actor, [self._run.id], status, reason, detail)
        self._run.step_id = ""

    async def _wait_until(self, until: Any, why: str) -> bool:
        self._run.due_at, self._run.note = until, why
        await standing.save(self._db, self._actor, self._run)
        return False
