"""The wire form of every event, as it was first released: `golden/events/<type>.json`.

    python -m tests.contracts.golden        # writes the files of new events, and touches no other

An event that is in the log must be readable by every later release. So a committed file is never written again; an event
grows by optional fields only (with a default), which older files then simply do not have. Something else is meant? Make a new
event with a tag of its own.
"""

import sys
from pathlib import Path

import msgspec

from core.events.contract import type_of
from core.extend import registry
from tests.contracts.samples import sample

FOLDER = Path(__file__).parent / "golden" / "events"


def events() -> dict[str, type[msgspec.Struct]]:
    """Every event of the installed modules, by its type."""
    return {type_of(event): event for module in registry.installed().values() for event in module.events}


def path_of(name: str) -> Path:
    return FOLDER / f"{name}.json"


def write_missing() -> list[str]:
    FOLDER.mkdir(parents=True, exist_ok=True)
    missing = [name for name in events() if not path_of(name).exists()]
    for name in missing:
        encoded = msgspec.json.encode(sample(events()[name]))
        path_of(name).write_bytes(msgspec.json.format(encoded, indent=2) + b"\n")
    return missing


if __name__ == "__main__":
    sys.stdout.write("".join(f"wrote {path_of(name)}\n" for name in write_missing()))
