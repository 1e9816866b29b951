"""Two simulations of the same past, side by side: who would go another way, and where the ways part."""

from collections.abc import Sequence
from itertools import zip_longest

from modules.workflows.simulator.structs import Comparison, Divergence, SimulatedRun, SimulatedStep, Turn

TOLD_MAX = 200


def compared(version: int, before: Sequence[SimulatedRun], after: Sequence[SimulatedRun]) -> Comparison:
    """`before` by that version, `after` by what is simulated."""
    old, new = ({(run.contact_id, run.entry_key, run.entered_at): run for run in runs} for runs in (before, after))
    keys = sorted(old.keys() | new.keys(), key=lambda key: (key[2], key[0], key[1]))
    found = [divergence for key in keys if (divergence := _divergence(old.get(key), new.get(key))) is not None]
    return Comparison(version, len(keys), len(found), found[:TOLD_MAX])


def _divergence(before: SimulatedRun | None, after: SimulatedRun | None) -> Divergence | None:
    run = after or before
    if run is None:
        return None
    if before is None or after is None or "refused" in {before.status, after.status}:
        if before is not None and after is not None and (before.status, before.reason) == (after.status, after.reason):
            return None
        return _told(run, "", _entry(before), _entry(after))
    for one, other in zip_longest(before.steps, after.steps):
        if one is None or other is None or _way(one) != _way(other):
            step = other or one
            return _told(run, "" if step is None else step.step_id, _taken(one, before), _taken(other, after))
    if (before.status, before.reason, before.step_id) != (after.status, after.reason, after.step_id):
        return _told(run, after.step_id, _end(before), _end(after))
    return None


def _told(run: SimulatedRun, step_id: str, before: Turn, after: Turn) -> Divergence:
    return Divergence(run.contact_id, run.contact, run.entry_key, run.entered_at, step_id, before, after)


def _way(step: SimulatedStep) -> tuple[object, ...]:
    """What makes two steps the same: their times too, for an hour earlier is another way."""
    return step.step_id, step.type, step.status, step.branch, step.at


def _entry(run: SimulatedRun | None) -> Turn:
    if run is None:
        return Turn("absent")
    return Turn("refused", reason=run.reason) if run.status == "refused" else Turn("enters")


def _taken(step: SimulatedStep | None, run: SimulatedRun) -> Turn:
    if step is None:
        return _end(run)
    return Turn("takes", step.step_id, step.type, step.status, step.branch, step.at)


def _end(run: SimulatedRun) -> Turn:
    return Turn("waits", run.step_id) if run.status == "active" else Turn("ends", status=run.status, reason=run.reason)
