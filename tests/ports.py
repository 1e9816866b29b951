"""Ports for what tests start: given once, so that two test processes never start two servers at one address."""

import fcntl
import os
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

RANGE = range(20_000, 32_000)
"""Below what the kernel hands out by itself, above what the bundled servers choose from."""


def free_port() -> int:
    """A port that nobody uses, and that no other call is given while this process lives, here or in another process."""
    return next(_PORTS)


def _free_ports() -> Iterator[int]:
    folder = Path(tempfile.gettempdir()) / f"lacasa-ports-{os.getuid()}"
    folder.mkdir(exist_ok=True)
    start = os.getpid() % len(RANGE)
    for port in [*RANGE[start:], *RANGE[:start]]:
        mark = os.open(folder / str(port), os.O_RDWR | os.O_CREAT, 0o600)  # the lock goes when this process does
        try:
            fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(mark)
            continue
        with socket.socket() as attempt:
            try:
                attempt.bind(("127.0.0.1", port))
            except OSError:
                os.close(mark)
                continue
        yield port
    raise RuntimeError("no free port")


_PORTS = _free_ports()
