"""Reads `rules.txt`: the patterns and vocabularies of the hard rules, once per process."""

import re
from functools import lru_cache
from importlib import resources

HEADER = re.compile(r"^(?:\[(\w+)\]|\((\w+)\)|<(\w+)> (.+))$")


@lru_cache(maxsize=1)
def _read() -> tuple[dict[str, list[str]], dict[str, frozenset[str]]]:
    """Patterns with their pieces filled in, and vocabularies, by name."""
    patterns: dict[str, list[str]] = {}
    vocabularies: dict[str, frozenset[str]] = {}
    pieces: dict[str, str] = {}
    section = vocabulary = ""
    for line in resources.files(__package__).joinpath("rules.txt").read_text("utf-8").splitlines():
        if not line or line == "#" or line.startswith("# "):
            continue
        if header := HEADER.match(line):
            section, vocabulary = header.group(1) or "", header.group(2) or ""
            if header.group(3):
                pieces[header.group(3)] = _filled(header.group(4), pieces)
        elif section:
            patterns.setdefault(section, []).append(_filled(line, pieces))
        else:
            vocabularies[vocabulary] = vocabularies.get(vocabulary, frozenset()).union(line.split())
    return patterns, vocabularies


def _filled(line: str, pieces: dict[str, str]) -> str:
    for name, piece in pieces.items():
        line = line.replace(f"<{name}>", piece)
    return line


@lru_cache
def pattern(name: str) -> re.Pattern[str]:
    """The rule of that name: it hits where any of its patterns does."""
    return re.compile("|".join(f"(?:{one})" for one in lines(name)), re.IGNORECASE)


def names() -> list[str]:
    return list(_read()[0])


def lines(name: str) -> list[str]:
    """The patterns of a rule, one by one."""
    return _read()[0][name]


def vocabulary(name: str) -> frozenset[str]:
    return _read()[1][name]
