"""Writes `widget/shared/wire.ts`, the types of all that crosses the wire, from the server: `python -m widget.types [--check]`.

The OpenAPI document carries what HTTP carries. The frames of the socket and the data of events join its schemas, so that a struct
used by both has one type.
"""

import argparse
import difflib
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from widget.build import WIDGET, BuildError, install, run

TARGET = WIDGET / "shared/wire.ts"
REFERENCE = "#/components/schemas/{name}"
HEADER = "// Made by `make types` from the server's structs and routes. Do not edit.\n\n"


def document() -> dict[str, Any]:
    """The server's OpenAPI document with the socket's frames, every event and the panels' document among its schemas."""
    from core.app import create_app
    from core.extend.panels import PanelDocument
    from core.messages.events import VisitorEvent
    from realtime import protocol

    found: dict[str, Any] = create_app().openapi_schema.to_schema()
    schemas: dict[str, Any] = found.setdefault("components", {}).setdefault("schemas", {})
    unions = {"ClientFrame": protocol.ClientFrame, "ServerFrame": protocol.ServerFrame, "VisitorEvent": VisitorEvent}
    extended = [PanelDocument]  # drawn by the browser programs whichever module answers with it
    tops, parts = msgspec.json.schema_components([*unions.values(), *events(), *extended], ref_template=REFERENCE)
    for name, schema in [*parts.items(), *zip(unions, tops, strict=False)]:
        known = schemas.setdefault(name, schema)
        if known != schema and not same(known, schema):
            raise BuildError(f"two different structs are called {name} on the wire: rename one")
    schemas["ServerEvent"] = {"oneOf": [{"$ref": REFERENCE.format(name=event.__name__)} for event in events()]}
    return found


def same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two schemas, by Litestar and by msgspec, have the same fields."""
    return set(one.get("properties", {})) == set(other.get("properties", {})) and set(one.get("enum", [])) == set(
        other.get("enum", [])
    )


def events() -> list[type[msgspec.Struct]]:
    """Every event that a loaded owner announces, by tag."""
    from core.events.contract import Event

    def below(kind: type[msgspec.Struct]) -> Iterator[type[msgspec.Struct]]:
        for child in kind.__subclasses__():
            if "." in str(child.__struct_config__.tag):  # not an abstract base between
                yield child
            yield from below(child)

    return sorted(below(Event), key=lambda event: str(event.__struct_config__.tag))


def generate() -> str:
    """The text of `wire.ts`."""
    schema = document()
    install()
    with tempfile.TemporaryDirectory() as folder:
        source, made = Path(folder, "openapi.json"), Path(folder, "wire.ts")
        source.write_text(json.dumps(schema, sort_keys=True))
        run(
            "node_modules/openapi-typescript/bin/cli.js",
            source,
            "-o",
            made,
            "--root-types",
            "--root-types-no-schema-prefix",
            "--alphabetize",
            quiet=True,
        )
        return HEADER + made.read_text().split("*/\n", 1)[-1].lstrip()


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m widget.types", description="Write the types of the wire for the browser programs."
    )
    parser.add_argument("--check", action="store_true", help="write nothing; fail when the file is not what it should be")
    options = parser.parse_args()
    try:
        text = generate()
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    old = TARGET.read_text() if TARGET.exists() else ""
    if not options.check:
        if text != old:
            TARGET.write_text(text)
        print(f"{TARGET.relative_to(WIDGET.parent)}: {'unchanged' if text == old else 'written'}")
        return 0
    if text == old:
        return 0
    sys.stderr.writelines(
        list(difflib.unified_diff(old.splitlines(keepends=True), text.splitlines(keepends=True), "committed", "made now"))[:60]
    )
    print("widget/shared/wire.ts is stale: run `make types`", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
