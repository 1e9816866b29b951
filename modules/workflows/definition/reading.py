"""From JSON to a definition, with every problem at its path. The design's spelling and ours are both read.

    {"trigger": {"type": "welcome", "config": {…}, "filter": {…}}, "steps": [{"id", "type", "config", …}, …], "goals": […], "exits": […],
     "reentry": {…}, "quiet_hours": {…}, "cap": {…}, "zone": "Europe/Berlin"}

A step's branches stand as `trueBranch`, `true_branch` or `{"branches": {"true": …}}`: a list of steps, or the id of one to go on with; where they
end, or are left out, the step after it follows. Without `config`, a step's own fields are its config. Without `id`, a step is named by its place.
"""

import hashlib
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec

from core.extend.steps import WorkflowStep
from core.extend.triggers import Trigger
from modules.workflows.definition import conditions
from modules.workflows.definition.conditions import Condition
from modules.workflows.definition.problems import Problem, Problems, json_kind
from modules.workflows.definition.shape import (
    CUSTOM,
    NESTED_MAX,
    SIZE_MAX,
    STEPS_MAX,
    WATCHED_MAX,
    Cap,
    Definition,
    EventName,
    Node,
    QuietHours,
    Reentry,
    Watched,
    zone_of,
)
from modules.workflows.definition.spelling import found, snake

ID = re.compile(r"[A-Za-z0-9_.:-]{1,60}\Z")
TYPE = re.compile(r"[a-zA-Z][a-zA-Z0-9_.]{0,59}\Z")
PLACE_MAX = 50
PROMISED = frozenset({"welcome", "abandoned_cart", "order_confirmation", "shipping"})
"""Triggers that a definition may name although no module that is on here announces them."""
TOP = {
    "trigger",
    "trigger_type",
    "trigger_config",
    "steps",
    "goals",
    "exits",
    "reentry",
    "re_entry",
    "quiet_hours",
    "cap",
    "frequency_cap",
    "zone",
}
BESIDE = {"name", "description", "status", "is_template"}
"""What the workflow itself holds."""
OWN = {"id", "type", "name", "title", "label", "description", "position", "config", "branches", "on_failure"}
NOWHERE: dict[str, Any] = {}


class CustomConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What starts it, by the name of any event; none: it starts by request alone."""

    event: EventName | None = None


class Reading(NamedTuple):
    """`definition` is None where something is wrong with it. `json` is what was given, each step with its id."""

    definition: Definition | None
    problems: list[Problem]
    json: dict[str, Any]


def read(raw: Any, steps: Mapping[str, WorkflowStep], triggers: Mapping[str, Trigger], *, published: bool = False) -> Reading:
    """Read a definition with these steps and triggers at hand.

    `published`: it was in order once, and people are in it, so it is read whatever is wrong with it now: what cannot be done here is absent.
    """
    problems = Problems()
    given: dict[str, Any] = {"steps": raw} if isinstance(raw, list) else dict(raw) if isinstance(raw, Mapping) else {}
    if not isinstance(raw, list | Mapping):
        problems.add("$", f"Expected `object`, got `{json_kind(raw)}`")
    elif len(msgspec.json.encode(raw)) > SIZE_MAX:
        problems.add("$", f"A definition has at most {SIZE_MAX // 1024} kB")
    else:
        definition = _Reader(problems, steps, triggers, published=published).definition(given)
        if published or all(problem.missing for problem in problems.found):
            return Reading(definition, problems.found, given)
    return Reading(None, problems.found, given)


def _written(raw: dict[str, Any]) -> tuple[str, ...]:
    """The branches that stand at a step of which nobody here knows which it has."""
    together = raw.get("branches")
    named = [snake(key).removesuffix("_branch") for key in raw if snake(key).endswith("_branch")]
    return tuple(dict.fromkeys([*named, *(together if isinstance(together, Mapping) else ())]))


def _place(named: str, branch: str, path: str) -> str:
    """What the steps of a branch are called by: short enough for an id, and another one everywhere."""
    place = f"{named}.{branch}."
    return place if len(place) <= PLACE_MAX else f"{hashlib.sha256(path.encode()).hexdigest()[:16]}."


class _Reader:
    def __init__(
        self, problems: Problems, steps: Mapping[str, WorkflowStep], triggers: Mapping[str, Trigger], *, published: bool
    ) -> None:
        self._problems = problems
        self._published = published
        self._steps = steps
        self._triggers = triggers
        self._nodes: dict[str, Node] = {}
        self._jumps: list[tuple[str, str]] = []
        self._count = 0

    def definition(self, raw: dict[str, Any]) -> Definition:
        for key in raw:
            if snake(key) not in TOP | BESIDE:
                self._problems.add(f"$.{key}", "Object contains unknown field")
        trigger, config, announced, condition = self._trigger(raw)
        key = found(raw, "steps") or "steps"
        first = self._list(raw.get(key, []), f"$.{key}", None, "", 0, raw, key)
        self._check_ways(first)
        starts_on = trigger if trigger != CUSTOM else getattr(config, "event", None) or ""
        zone = raw.get("zone", "UTC")
        if zone_of(zone) is None:
            self._problems.add("$.zone", "This is no name of a time zone, as Europe/Berlin")
        return Definition(
            trigger=trigger, starts_on=starts_on, trigger_config=config, announced=announced, filter=condition, nodes=self._nodes, first=first,
            goals=self._watched(raw, "goals"), exits=self._watched(raw, "exits"),
            reentry=self._rule(raw, Reentry, "reentry", "re_entry") or Reentry(),
            quiet_hours=self._rule(raw, QuietHours, "quiet_hours"), cap=self._rule(raw, Cap, "cap", "frequency_cap"), zone=str(zone),
        )  # fmt: skip

    def _rule(self, raw: dict[str, Any], kind: type[Any], *names: str) -> Any:
        key = found(raw, *names)
        return None if key is None or raw[key] is None else self._problems.struct(raw[key], kind, f"$.{key}")

    # What starts and ends a run ----------------------------------------------------------------------------------

    def _trigger(self, raw: dict[str, Any]) -> tuple[str, Any, Trigger | None, Condition | None]:
        key = found(raw, "trigger")
        if key is None:
            named = found(raw, "trigger_type")
            configured = found(raw, "trigger_config")
            return self._announced(
                raw.get(named or ""),
                f"$.{named or 'trigger'}",
                raw.get(configured or "", {}),
                f"$.{configured or 'trigger_config'}",
                None,
            )
        inside = raw[key]
        if isinstance(inside, str):
            return self._announced(inside, f"$.{key}", {}, f"$.{key}", None)
        if not isinstance(inside, Mapping):
            self._problems.add(f"$.{key}", f"Expected `object`, got `{json_kind(inside)}`")
            return CUSTOM, None, None, None
        for name in sorted(inside.keys() - {"type", "config", "filter"}):
            self._problems.add(f"$.{key}.{name}", "Object contains unknown field")
        condition = self._condition(inside["filter"], f"$.{key}.filter") if inside.get("filter") is not None else None
        return self._announced(inside.get("type"), f"$.{key}.type", inside.get("config", {}), f"$.{key}.config", condition)

    def _announced(
        self, name: Any, path: str, config: Any, config_path: str, condition: Condition | None
    ) -> tuple[str, Any, Trigger | None, Condition | None]:
        if name is None:
            name = CUSTOM
        if not isinstance(name, str) or not TYPE.match(name):
            self._problems.add(path, "Expected the name of a trigger")
            return CUSTOM, None, None, condition
        name = snake(name)
        if name == CUSTOM:
            return name, self._problems.struct(config or {}, CustomConfig, config_path), None, condition
        trigger = self._triggers.get(name)
        if trigger is None or not trigger.starts:
            promised = name in PROMISED and trigger is None
            words = f"No module that is on announces the trigger {name!r}" if promised else f"Unknown trigger {name!r}"
            self._problems.add(path, words, missing=promised)
            return name, None, None, condition
        chosen = self._problems.struct(config or {}, trigger.config, config_path)
        return name, chosen, None if chosen is None else trigger, condition

    def _watched(self, raw: dict[str, Any], name: str) -> tuple[Watched, ...]:
        entries = raw.get(name) or []
        if not isinstance(entries, list) or len(entries) > WATCHED_MAX:
            self._problems.add(f"$.{name}", f"Expected `array` of length <= {WATCHED_MAX}")
            return ()
        read: list[Watched] = []
        for number, entry in enumerate(entries):
            path = f"$.{name}[{number}]"
            watched = self._problems.struct({"event": entry} if isinstance(entry, str) else entry, Watched, path)
            if watched is None:
                continue
            if watched.when is not None:
                self._note(f"{path}.when", conditions.check(watched.when))
            elif watched.event is None:
                self._problems.add(path, "It needs an event, a condition, or both")
            read.append(watched)
        return tuple(read)

    def _condition(self, raw: Any, path: str) -> Condition | None:
        condition = self._problems.struct(raw, Condition, path)
        if condition is not None:
            self._note(path, conditions.check(condition))
        return condition

    def _note(self, path: str, faults: Any) -> None:
        for below, message in faults:
            self._problems.add(path + below, message)

    # Steps ---------------------------------------------------------------------------------------------------------

    def _list(self, raw: Any, path: str, after: str | None, name: str, depth: int, holder: dict[str, Any], key: str) -> str | None:
        """Read steps that go on with `after`; returns the id of the first. What was given is replaced by a copy with ids."""
        if not isinstance(raw, list):
            self._problems.add(path, f"Expected `array`, got `{json_kind(raw)}`")
            return None
        if depth > NESTED_MAX:
            self._problems.add(path, f"Branches stand at most {NESTED_MAX} deep in each other")
            return None
        self._count += len(raw)
        if self._count > STEPS_MAX:
            self._problems.add(path, f"A workflow has at most {STEPS_MAX} steps")
            return None
        copies = [dict(step) if isinstance(step, Mapping) else step for step in raw]
        holder[key] = copies
        ids = [self._named(step, f"{path}[{number}]", f"{name}{number + 1}") for number, step in enumerate(copies)]
        for number, step in enumerate(copies):
            if isinstance(step, dict) and ids[number] is not None:
                following = ids[number + 1] if number + 1 < len(ids) else after
                self._step(step, ids[number] or "", f"{path}[{number}]", following, depth)
        return ids[0] if ids else after

    def _named(self, step: Any, path: str, place: str) -> str | None:
        if not isinstance(step, dict):
            self._problems.add(path, f"Expected `object`, got `{json_kind(step)}`")
            return None
        named = step.get("id", place)
        if isinstance(named, int) and not isinstance(named, bool):
            named = str(named)
        if not isinstance(named, str) or not ID.match(named):
            self._problems.add(f"{path}.id", "Expected an id of at most 60 letters, digits and _.:-")
            return None
        if named in self._nodes:
            self._problems.add(f"{path}.id", f"There are two steps {named!r}")
            return None
        self._nodes[named] = Node(named, "", "", path, None, None, "continue", None)  # its name is taken, what it is follows
        step.setdefault("id", named)
        return named

    def _step(self, raw: dict[str, Any], named: str, path: str, following: str | None, depth: int) -> None:
        kind = raw.get("type")
        if not isinstance(kind, str) or not TYPE.match(kind):
            self._problems.add(f"{path}.type", "Expected the name of a type of steps")
            return
        kind = snake(kind)
        step = self._steps.get(kind)
        if step is None:
            words = f"No module that is on has the step {kind!r}" if self._published else f"Unknown type of steps {kind!r}"
            self._problems.add(f"{path}.type", words, missing=self._published)
            if not self._published:
                return
        on_failure = raw.get(found(raw, "on_failure") or "", "continue")
        if on_failure not in ("continue", "exit"):
            self._problems.add(f"{path}.{found(raw, 'on_failure')}", "Expected continue or exit")
        title = next(
            (raw[key] for key in ("name", "title", "label") if isinstance(raw.get(key), str)), step.title if step else kind
        )
        branches, used = self._branches(raw, step.branches if step else _written(raw), named, path, following, depth)
        config = self._config(raw, used, step, path)
        if config is None:
            step = None
        is_flat = "config" not in raw
        self._nodes[named] = Node(named, kind, title[:80], path, step, config, on_failure, following, branches, is_flat)

    def _config(self, raw: dict[str, Any], used: set[str], step: WorkflowStep | None, path: str) -> Any:
        beside = {key: value for key, value in raw.items() if snake(key) not in OWN and key not in used}
        if "config" in raw:
            for key in beside:
                self._problems.add(f"{path}.{key}", "Object contains unknown field")
        given, where = (raw["config"], f"{path}.config") if "config" in raw else (beside, path)
        if step is None:
            return given
        config = self._problems.struct({} if given is None else given, step.config, where)
        if config is not None:
            self._note(where, step.check(config))
        return config

    def _branches(
        self, raw: dict[str, Any], names: tuple[str, ...], named: str, path: str, following: str | None, depth: int
    ) -> tuple[dict[str, str | None], set[str]]:
        targets: dict[str, str | None] = {}
        used: set[str] = set()
        together = raw.get("branches")
        if together is not None:
            if not isinstance(together, Mapping):
                self._problems.add(f"{path}.branches", f"Expected `object`, got `{json_kind(together)}`")
                return {}, used
            together = raw["branches"] = dict(together)
            for key in sorted(together.keys() - set(names)):
                self._problems.add(f"{path}.branches.{key}", "This step has no such branch")
        for name in names:
            targets[name] = following
            key = found(raw, f"{name}_branch")
            if key is not None:
                used.add(key)
            holder, at, where = (raw, key, f"{path}.{key}") if key else (together or NOWHERE, name, f"{path}.branches.{name}")
            way = holder.get(at)
            if isinstance(way, Mapping):
                way = [way]
            if isinstance(way, str | int) and not isinstance(way, bool):
                targets[name] = str(way)
                self._jumps.append((where, str(way)))
            elif way is not None:
                targets[name] = self._list(way, where, following, _place(named, name, where), depth + 1, holder, at)
        return targets, used

    def _check_ways(self, first: str | None) -> None:
        """Every way leads to a step that exists, and none in a circle."""
        known = True
        for path, target in self._jumps:
            if target not in self._nodes:
                known = False
                self._problems.add(path, f"There is no step {target!r}")
        if not known or first is None:
            return
        done: set[str] = set()
        for start in self._nodes:
            way, on_way = [(start, iter(self._ways(start)))], {start}
            while way:
                here, ways = way[-1]
                following = next(ways, None)
                if following is None:
                    way.pop()
                    on_way.discard(here)
                    done.add(here)
                elif following in on_way:
                    self._problems.add(self._nodes[here].path, f"From here it goes in a circle, back to step {following!r}")
                    return
                elif following not in done:
                    way.append((following, iter(self._ways(following))))
                    on_way.add(following)

    def _ways(self, named: str) -> list[str]:
        node = self._nodes[named]
        targets = [*node.branches.values()] if node.branches else [node.next]
        return [target for target in targets if target is not None]
