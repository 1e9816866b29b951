"""One contact's way through a definition, by a clock that is set and not read: what the engine (`actions/`) would do, and nothing is done.

The rules are the engine's own: conditions, entry, spans, quiet hours and goals are judged by the same functions. Of what acts, `foresee` tells.
"""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import msgspec

from core.access import Actor
from core.contacts.structs import ContactView
from core.errors import LacasaError
from core.extend.steps import Again, Failed, Foreseen, Go, Leave, Outcome, Visit
from modules.workflows import guards
from modules.workflows.actions import enrolling, happening, standing
from modules.workflows.definition.conditions import Condition, judge
from modules.workflows.definition.shape import CUSTOM, STEPS_MAX, Definition, Node
from modules.workflows.hearing import Happened
from modules.workflows.saying import say
from modules.workflows.simulator.structs import SimulatedRun, SimulatedStep
from modules.workflows.structs import EnrollmentStatus, StepStatus

TURNS_MAX = 2000
"""Moves of one contact, in all of his runs together."""
BREATH_S = 0.01
"""After so long, whoever else is served gets his turn, for as long."""


@dataclass(slots=True)
class Run:
    """A run as it stands; as `Standing`, with what became of its steps."""

    entry_key: str
    entered_at: datetime
    facts: dict[str, Any]
    step_id: str
    due_at: datetime | None
    arrived_at: datetime
    phase: Literal["arriving", "waiting"] = "arriving"
    came: bool = False
    waits_for: str = ""
    waits_when: Any = None
    status: EnrollmentStatus | Literal["refused"] = "active"
    reason: str = ""
    detail: str = ""
    ended_at: datetime | None = None
    steps: list[SimulatedStep] = field(default_factory=list)


class OutOfTime(Exception):
    """The deadline has passed before all had happened."""


class Walker:
    """`reached`: when something of other workflows reached the contact, for the cap. `runs` are in the order in which they began."""

    def __init__(
        self, actor: Actor, definition: Definition, name: str, contact: ContactView, reached: Sequence[datetime] = ()
    ) -> None:
        self._actor = actor
        self._definition = definition
        self._name = name
        self.contact = contact
        self._reached = sorted(reached)
        self._turns = 0
        self._deadline = self._breath = float("inf")
        self.runs: list[Run] = []

    async def go(self, events: Sequence[tuple[datetime, Happened | None]], until: datetime, deadline: float) -> None:
        """Let these things happen, in order of their times (None: somebody asks to let him in), and time pass until then.

        Raises:
            OutOfTime: `deadline`, by the machine's own clock, came first.
        """
        self._deadline, self._breath = deadline, time.monotonic() + BREATH_S
        for at, one in events:
            await self._breathe()
            if at > until:
                break
            await self._pass(at)
            await self._happened(at, one)
        await self._pass(until)

    async def _breathe(self) -> None:
        now = time.monotonic()
        if now > self._deadline:
            raise OutOfTime
        if now > self._breath:
            await asyncio.sleep(BREATH_S)
            self._breath = time.monotonic() + BREATH_S

    async def _pass(self, until: datetime) -> None:
        """Whatever falls due up to then, in order."""
        while self._turns < TURNS_MAX:
            await self._breathe()
            due = [run for run in self.runs if run.status == "active" and run.due_at is not None and run.due_at <= until]
            if not due:
                return
            run = min(due, key=lambda run: run.due_at or until)
            await self._advance(run, run.due_at or until)

    async def _happened(self, at: datetime, one: Happened | None) -> None:
        if one is None:
            await self._enter(at, "", {})
            return
        told = standing.values(self.contact, one.occasion.facts)
        is_goal, is_exit = (happening.is_met(watched, one, told) for watched in (self._definition.goals, self._definition.exits))
        for run in [run for run in self.runs if run.status == "active"] if is_goal or is_exit else []:
            if is_goal:
                self._end(run, at, "completed", "goal", say("happened", event=one.names[0]))
            else:
                self._end(run, at, "exited", "exit_event", say("happened", event=one.names[0]))
        for run in [run for run in self.runs if run.status == "active" and run.waits_for in one.names]:
            await self._breathe()
            if run.waits_when is None or judge(msgspec.convert(run.waits_when, Condition), told).holds:
                run.came, run.due_at, run.waits_for = True, at, ""
        if happening.fits(self._definition, one):
            await self._enter(at, one.occasion.key, one.occasion.facts)

    async def _enter(self, at: datetime, key: str, facts: dict[str, Any]) -> None:
        definition = self._definition
        refused = None
        if definition.filter is not None:
            verdict = judge(definition.filter, standing.values(self.contact, facts))
            refused = None if verdict.holds else enrolling.Refused("filter", verdict.said)
        if definition.reentry.per == "contact":
            key = ""
        before = [run for run in self.runs if run.entry_key == key and run.status != "refused"]
        if refused is None:
            last_at = before[-1].entered_at if before else None
            refused = enrolling.again(definition, is_inside=any(run.status == "active" for run in before), last_at=last_at, now=at)
        run = Run(key, at, facts, definition.first or "", at, at)
        self.runs.append(run)
        if refused is not None:
            run.status, run.reason, run.detail, run.due_at = "refused", refused.reason, refused.detail, None
            return
        await self._advance(run, at, may_act=False)

    async def _advance(self, run: Run, now: datetime, *, may_act: bool = True) -> None:
        """On, until something is to be waited for. Who comes in does nothing yet in that moment."""
        self._turns += 1
        for _ in range(STEPS_MAX + 1):
            await self._breathe()
            node = self._definition.nodes.get(run.step_id)
            if node is None:
                self._end(run, now, "completed", "end")
                return
            if node.step is None:
                run.due_at = None
                run.detail = say("step_absent", type=node.type)
                return
            visit = self._visit(run, now)
            if run.phase == "arriving":
                await self._begin(run, node, visit)
            if not run.came and (run.due_at is None or run.due_at > now):
                return
            if node.step.acts and not may_act:
                return
            if not await self._step(run, node, visit):
                return

    def _visit(self, run: Run, now: datetime) -> Visit:
        return Visit(
            actor=self._actor, workflow_id=0, workflow_name=self._name, enrollment_id=0, step_id=run.step_id, contact_id=self.contact.id,
            key="simulated", now=now, zone=standing.zone(self.contact, self._definition).key,
            values=standing.values(self.contact, run.facts), came=run.came,
        )  # fmt: skip

    async def _begin(self, run: Run, node: Node, visit: Visit) -> None:
        run.phase, run.due_at, run.arrived_at = "waiting", visit.now, visit.now
        if node.step is None or node.step.begin is None:
            return
        hold = await node.step.begin(visit, node.config)
        run.due_at = hold.until
        if hold.event:
            run.waits_for, run.waits_when = hold.event, None if hold.when is None else msgspec.to_builtins(hold.when)
        elif hold.until is None:
            run.due_at = visit.now

    async def _step(self, run: Run, node: Node, visit: Visit) -> bool:
        """Take a step; false: the run waits here, or has ended."""
        if node.step is None:
            raise RuntimeError("a step without a type cannot be taken")
        if node.step.acts:
            match await self._asked(run, node, visit):
                case guards.Over(status, reason, detail):
                    self._end(run, visit.now, "completed" if status == "completed" else "exited", reason, detail)
                    return False
                case guards.Later(until, _):
                    run.due_at = until
                    return False
                case guards.Without(why):
                    self._write(run, node, visit, "skipped", detail=why)
                    self._move(run, node.next, visit.now)
                    return run.status == "active"
        foreseen = await self._foreseen(node, visit)
        self.contact = msgspec.structs.replace(self.contact, **foreseen.changes)
        self._settle(run, node, visit, foreseen.outcome)
        return run.status == "active"

    async def _asked(self, run: Run, node: Node, visit: Visit) -> guards.Over | guards.Later | guards.Without | None:
        if (over := guards.met(self._definition, visit)) is not None:
            return over
        if node.step is None or not node.step.notices(node.config):
            return None
        return guards.quiet(self._definition, visit) or self._capped(visit.now)

    def _capped(self, now: datetime) -> guards.Later | guards.Without | None:
        cap = self._definition.cap
        if cap is None:
            return None
        within = [at for at in self._reached if now - cap.window < at <= now]
        return None if len(within) < cap.count else guards.full(cap, within[-cap.count])

    async def _foreseen(self, node: Node, visit: Visit) -> Foreseen:
        if node.step is None:
            raise RuntimeError("a step without a type foresees nothing")
        try:
            if node.step.foresee is not None:
                return await node.step.foresee(visit, node.config)
            if not node.step.acts:
                return Foreseen(await node.step.run(visit, node.config))
        except LacasaError as error:
            return Foreseen(Failed(error.detail))
        return Foreseen(Go(next(iter(node.step.branches), "")))

    def _settle(self, run: Run, node: Node, visit: Visit, outcome: Outcome) -> None:
        done: StepStatus = "done" if node.step is not None and node.step.acts else "passed"
        match outcome:
            case Go(branch, detail, reached):
                self._write(run, node, visit, done, branch, detail)
                if reached and node.step is not None and node.step.acts and node.step.notices(node.config):
                    self._reached.append(visit.now)
                self._move(run, node.target(branch), visit.now)
            case Leave(reason):
                self._write(run, node, visit, done)
                self._end(run, visit.now, "exited", reason)
            case Failed(detail) | Again(_, detail):
                self._write(run, node, visit, "failed", detail=detail)
                if node.on_failure == "exit":
                    self._end(run, visit.now, "exited", "step_failed", detail)
                else:
                    self._move(run, node.next, visit.now)

    def _write(self, run: Run, node: Node, visit: Visit, status: StepStatus, branch: str = "", detail: str = "") -> None:
        run.steps.append(SimulatedStep(node.id, node.title, node.type, status, branch, detail, run.arrived_at, visit.now))

    def _move(self, run: Run, target: str | None, now: datetime) -> None:
        run.step_id, run.phase, run.due_at, run.came, run.waits_for = target or "", "arriving", now, False, ""
        if target is None:
            self._end(run, now, "completed", "end")

    def _end(self, run: Run, now: datetime, status: EnrollmentStatus, reason: str, detail: str = "") -> None:
        run.status, run.reason, run.detail, run.due_at, run.ended_at, run.waits_for = status, reason, detail, None, now, ""

    def told(self) -> list[SimulatedRun]:
        contact = self.contact
        name = f"{contact.first_name} {contact.last_name}".strip() or contact.email or f"#{contact.id}"
        return [
            SimulatedRun(
                contact.id, name, run.entry_key, run.entered_at, run.status, run.reason, run.detail, run.step_id, run.due_at, run.ended_at, run.steps
            )
            for run in self.runs
        ]  # fmt: skip


def is_known(definition: Definition) -> bool:
    """Whether a module that is on announces what starts it."""
    return definition.announced is not None or definition.trigger == CUSTOM


def ends_by(since: datetime) -> datetime:
    """A time by which everybody has come to an end, or waits for what does not happen."""
    return since.astimezone(UTC) + timedelta(days=366 * 20)
