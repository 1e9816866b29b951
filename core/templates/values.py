"""The values that a template's tags stand for: of many recipients at once, or samples."""

from collections.abc import Collection, Mapping, Sequence

from core.access import Actor
from core.extend import registry
from core.extend.merging import Load, MergeField, Recipient, Value, Values

RECIPIENTS_MAX = 500


async def of(actor: Actor, names: Collection[str], recipients: Sequence[Recipient]) -> list[dict[str, Value]]:
    """The values of these fields for each recipient, in their order; those that only whoever sends knows are not among them.

    Raises:
        ValueError: more than `RECIPIENTS_MAX` at once.
    """
    if len(recipients) > RECIPIENTS_MAX:
        raise ValueError(f"at most {RECIPIENTS_MAX} recipients at once")
    found: list[dict[str, Value]] = [{} for _ in recipients]
    for load in _loads(names):
        for values, loaded in zip(found, await load(actor, recipients), strict=True):
            values.update(loaded)
    return found


def samples(fields: Mapping[str, MergeField]) -> Values:
    return {field.name: field.sample for field in fields.values()}


def _loads(names: Collection[str]) -> list[Load]:
    fields = registry.merge_fields()
    found: list[Load] = []
    for name in sorted(names):
        load = fields[name].load if name in fields else None
        if load is not None and load not in found:
            found.append(load)
    return found
