"""Imports that leave out what we do not use."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without(package: str) -> Iterator[None]:
    """What is imported meanwhile does not find `package`, as if it were not installed."""
    known = sys.modules.pop(package, None)
    sys.modules[package] = None  # type: ignore[assignment]  # documented: such an entry makes an import fail
    try:
        yield
    finally:
        del sys.modules[package]
        if known is not None:
            sys.modules[package] = known
