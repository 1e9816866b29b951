"""Every regular expression of ours, and texts made of its own words that would make a careless one slow."""

import ast
import random
import re
from collections.abc import Iterator
from functools import cache, reduce
from importlib import import_module
from operator import or_
from pathlib import Path
from typing import NamedTuple

from agent import rules

ROOT = Path(__file__).parents[2]
FOLDERS = ("core", "agent", "modules", "realtime")
COMPUTED = {"agent/rules.py", "core/channels/email/parsing/parts.py"}
"""Put their patterns together themselves: the first's are asked for by name, the second's are boundaries of mails (`test_hostile.py` there)."""
FUNCTIONS = {"compile", "match", "search", "fullmatch", "sub", "subn", "split", "findall", "finditer"}
SYNTAX = re.compile(r"\(\?(?:[:!=]|<[!=]|[a-z]:)|\\[a-zA-Z]|\{[\d,]*\}|\w\?")
FLAGS = (re.IGNORECASE, re.DOTALL, re.MULTILINE, re.VERBOSE)
MIXED_MAX = 60
"""So many texts of several parts are tried with each pattern, beside all of one part."""


class Pattern(NamedTuple):
    where: str
    compiled: re.Pattern[str]


def patterns() -> list[Pattern]:
    """All of them, from the source: arguments of `re`, `pattern=` of the wire's types, and the lines of `rules.txt`."""
    found = [pattern for folder in FOLDERS for file in sorted((ROOT / folder).rglob("*.py")) for pattern in _of_file(file)]
    lines = {line for name in rules.names() for line in rules.lines(name)}
    return found + [Pattern(f"rules.txt {line[:60]}", re.compile(line, re.IGNORECASE)) for line in sorted(lines)]


def _of_file(file: Path) -> Iterator[Pattern]:
    name = str(file.relative_to(ROOT))
    for node in ast.walk(ast.parse(file.read_text())):
        if not isinstance(node, ast.Call):
            continue
        source = next((keyword.value for keyword in node.keywords if keyword.arg == "pattern"), None)
        if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name) and node.func.value.id == "re":
            source = node.args[0] if node.func.attr in FUNCTIONS else None
        if source is None or name in COMPUTED:
            continue
        module = import_module(name.removesuffix(".py").removesuffix("/__init__").replace("/", "."))
        text = eval(compile(ast.Expression(source), name, "eval"), vars(module))  # noqa: S307
        yield Pattern(f"{name}:{node.lineno}", re.compile(text.decode() if isinstance(text, bytes) else text, _flags(node)))


def _flags(node: ast.Call) -> re.RegexFlag:
    """As the pattern is compiled where it stands: without them it would be another one."""
    said = {part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute)}
    return reduce(or_, (flag for flag in FLAGS if flag.name in said), re.NOFLAG)


@cache
def vocabulary(source: str) -> tuple[str, ...]:
    """The words and the marks of a pattern, and what any may stumble over."""
    plain = SYNTAX.sub(" ", source)
    return tuple(dict.fromkeys([" ", "\n", "a", "1", *re.findall(r"[^\W_]+|\W", plain.replace("\\", ""))]))


def hostile(pattern: Pattern) -> Iterator[tuple[str, str, str]]:
    """Texts as what they begin with, what is repeated, and what they end with."""
    words = vocabulary(pattern.compiled.pattern)
    yield from (("", unit, end) for word in words for unit in {word, f"{word} "} for end in ("", "\x01"))
    chosen = random.Random(pattern.where)
    short = [word for word in words if len(word) == 1]
    for _ in range(MIXED_MAX):
        first, second, third = chosen.choice(words), chosen.choice(words), chosen.choice(short)
        yield first, third, "x"
        yield f"{first} {second} ", third, "\x01"
        yield "", f"{first} {second} ", ""
        yield "", f"{first}{second}{third}", "\x01"


def text(parts: tuple[str, str, str], length: int) -> str:
    first, unit, end = parts
    return first + unit * (length // len(unit)) + end
