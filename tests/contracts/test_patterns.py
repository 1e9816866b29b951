"""Patterns of what is let in. msgspec and Litestar search them with `re`, whose `$` also matches before a line break at the end."""

import ast
import re
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from msgspec import inspect

from core import texts
from tests.contracts.source import calls, trees

SHARED = {f"texts.{name}": value for name, value in vars(texts).items() if name.isupper()}


def _written() -> Iterator[tuple[str, str]]:
    """Every `pattern=` of the product, and where it stands."""
    for module, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.keyword) and node.arg == "pattern":
                yield f"{module}:{node.value.lineno}", _value(node.value)


def _value(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(_value(part.value if isinstance(part, ast.FormattedValue) else part) for part in node.values)
    return str(node.value) if isinstance(node, ast.Constant) else SHARED[ast.unparse(node)]


def _in_structs() -> Iterator[tuple[str, str]]:
    """Those that msgspec itself knows of, of every struct that is loaded."""
    assert list(calls("Meta")), "the product is imported by the contracts of routes"
    waiting = list(msgspec.Struct.__subclasses__())
    while waiting:
        struct = waiting.pop()
        waiting += struct.__subclasses__()
        if struct.__module__.startswith(("core.", "modules.", "agent.", "realtime.")) and not getattr(struct, "__parameters__", ()):
            yield from ((f"{struct.__module__}.{struct.__name__}", pattern) for pattern in _patterns(inspect.type_info(struct)))


def _patterns(kind: Any) -> Iterator[str]:
    """Structs in it have their own turn: one may be a part of itself."""
    if isinstance(kind, inspect.StrType) and kind.pattern is not None:
        yield kind.pattern
    for part in (
        *getattr(kind, "types", ()),
        *filter(None, (getattr(kind, name, None) for name in ("item_type", "key_type", "value_type"))),
    ):
        if not isinstance(part, inspect.StructType):
            yield from _patterns(part)
    if isinstance(kind, inspect.StructType):
        for field in kind.fields:
            if not isinstance(field.type, inspect.StructType):
                yield from _patterns(field.type)


def _ends(parsed: Any) -> Iterator[Any]:
    """The anchors of a parsed pattern, wherever they stand."""
    for kind, value in parsed:
        if kind is re._constants.AT:
            yield value
        elif isinstance(value, (list, tuple)):
            for part in value:
                if isinstance(part, re._parser.SubPattern):
                    yield from _ends(part)
                elif isinstance(part, list):
                    for branch in part:
                        if isinstance(branch, re._parser.SubPattern):
                            yield from _ends(branch)
        elif isinstance(value, re._parser.SubPattern):
            yield from _ends(value)


def _is_whole(pattern: str) -> bool:
    """Whether it says what the whole text is, up to its very end."""
    ends = list(_ends(re._parser.parse(pattern)))
    return re._constants.AT_END not in ends and pattern.startswith(("^", r"\A")) and pattern.endswith(r"\Z")


def test_every_pattern_is_of_the_whole_text() -> None:
    import core.app

    core.app.create_app()
    found = [*_written(), *_in_structs()]
    assert len(found) > 30
    assert [f"{where}: {pattern}" for where, pattern in found if not _is_whole(pattern)] == []


@pytest.mark.parametrize("pattern", ["^a$", "^(a|b$)\\Z", "^a\\Z|b$", "a\\Z", "^a", "^(?:a$)?\\Z"])
def test_a_pattern_that_lets_a_line_break_through_is_seen(pattern: str) -> None:
    assert not _is_whole(pattern)


def test_a_dollar_sign_among_characters_is_no_end() -> None:
    assert _is_whole(texts.ADDRESS)


@pytest.mark.parametrize("pattern", [texts.LINE, texts.NAME, texts.URL_SAFE, texts.ADDRESS])
def test_no_line_lets_a_break_in(pattern: str) -> None:
    for good in ("a@b.cd" if pattern == texts.ADDRESS else "abc",):
        assert re.search(pattern, good)
        assert not re.search(pattern, f"{good}\n")
