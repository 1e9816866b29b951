"""What `python -m widget.build --check` checks: types, lint, unit tests and the size of every bundle."""

import gzip
import json
from pathlib import Path
from typing import Any

from widget.build import DIST, WIDGET, BuildError, run, step

KB = 1024
BUDGETS_KB = {"loader": 2, "chat": 18, "chat, later": 10, "entry": 180, "page": 60, "lazy": 160}


def gzipped(*paths: Path) -> int:
    return sum(len(gzip.compress(path.read_bytes(), 9, mtime=0)) for path in paths)


def chat_files() -> list[tuple[str, str, Path]]:
    """The widget's files: `chat` is what the first intent loads, the others follow when a thread or a language needs them."""
    named = [
        (path.name[: -len("-12345678.js")], path) for path in sorted((DIST / "chat").glob("*.js"))
    ]  # a hash may have a dash too
    return [(name, "chat" if name == "chat" else "chat, later", path) for name, path in named]


def sizes() -> list[tuple[str, str, int]]:
    """Every bundle as (name, kind of budget, bytes): a page counts what it loads beyond the entry."""
    manifest: dict[str, dict[str, Any]] = json.loads((DIST / "app/.vite/manifest.json").read_text())

    def files(key: str, seen: set[str]) -> set[str]:
        if key not in seen:
            seen.add(key)
            for other in manifest[key].get("imports", []):
                files(other, seen)
        return {name for each in seen for name in [manifest[each]["file"], *manifest[each].get("css", [])]}

    def size(names: set[str]) -> int:
        return gzipped(*(DIST / "app" / name for name in names))

    entry = files(next(key for key, chunk in manifest.items() if chunk.get("isEntry")), set())
    lazy = {
        key: files(key, set()) - entry
        for key, chunk in manifest.items()
        if chunk.get("isDynamicEntry") and not key.endswith(".json")
    }
    return [
        ("loader", "loader", gzipped(DIST / "widget.js")),
        *((name, kind, gzipped(path)) for name, kind, path in chat_files()),
        ("inbox entry", "entry", size(entry)),
        *(
            (
                key.removeprefix("src/"),
                "page" if key.startswith("src/pages/") and key.endswith("/page.tsx") else "lazy",
                size(names),
            )
            for key, names in sorted(lazy.items())
        ),
    ]


def passed() -> bool:
    """Whether types, lint, unit tests and budgets all hold; what does not is printed."""
    suites = {
        **{
            f"Types of {name}": ["node_modules/typescript-7/bin/tsc", "-p", name]
            for name in ("tsconfig.json", "chat/tsconfig.json", "tsconfig.node.json")
        },
        "Lint": ["node_modules/oxlint/bin/oxlint", "--deny-warnings", "--report-unused-disable-directives"],
        "Unit tests": [
            "--test",
            "--test-reporter=dot",
            *map(str, (path for top in ("shared", "chat", "loader", "inbox/src") for path in (WIDGET / top).rglob("*.test.ts"))),
        ],
    }
    good = True
    for name, arguments in suites.items():
        try:
            with step(name):
                run(*arguments, quiet=True)
        except BuildError as error:
            good = False
            print(error)
    print(f"{'gzip -9':<44}{'size':>10}{'budget':>10}")
    for name, kind, size in sizes():
        over = size > BUDGETS_KB[kind] * KB
        good = good and not over
        print(f"{name:<44}{size / KB:>7.1f} kB{BUDGETS_KB[kind]:>7} kB{'  OVER' if over else ''}")
    return good
