"""What the supervisors keep in the data folder: the lock, secrets, ports and logs."""

import fcntl
import os
import random
import secrets
import socket
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from core.errors import Conflict, Misconfigured, Unavailable

# Below the ephemeral range of every system: the kernel may lend a higher port to any outgoing connection.
PORTS = range(12_000, 20_000)
LOG_LIMIT_BYTES = 16 * 1024 * 1024


def create(data: Path) -> Path:
    """Make the folder when it is missing and return its absolute path.

    Raises:
        Misconfigured: it cannot be made.
    """
    try:
        # Root may have to run PostgreSQL as somebody else, who must be able to pass through.
        data.mkdir(parents=True, exist_ok=True, mode=0o711 if os.geteuid() == 0 else 0o700)
        for private in ("secrets", "logs"):
            (data / private).mkdir(exist_ok=True, mode=0o700)
    except OSError as error:
        raise Misconfigured(f"LACASA_DATA cannot be used: {error}") from None
    return data.resolve()


@contextmanager
def lock(data: Path) -> Iterator[None]:
    """Hold the folder for this process; the system lets go of it when the process dies.

    Raises:
        Conflict: another process holds it; the message names its pid.
    """
    descriptor = os.open(create(data) / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(descriptor, 32).decode().strip() or "unknown"
            raise Conflict(f"{data} is in use by process {holder}; stop it, or choose another LACASA_DATA") from None
        os.truncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        yield
    finally:
        os.close(descriptor)


def secret(data: Path, name: str) -> str:
    """The random secret of that name, made on first use; letters, digits, `-` and `_` only."""
    path = data / "secrets" / name
    with suppress(FileNotFoundError):
        return path.read_text(encoding="ascii").strip()
    write_private(path, secrets.token_urlsafe(32) + "\n")
    return path.read_text(encoding="ascii").strip()


def write_private(path: Path, text: str) -> None:
    """Write a file that only we may read, whole or not at all."""
    unfinished = path.with_name(path.name + ".tmp")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    unfinished.replace(path)


def log(data: Path, name: str) -> Path:
    """The log of a part, set aside once when it has grown large."""
    path = data / "logs" / f"{name}.log"
    with suppress(FileNotFoundError):
        if path.stat().st_size > LOG_LIMIT_BYTES:
            path.replace(path.with_suffix(".log.1"))
    return path


def choose_port(data: Path, name: str, *, avoid: Collection[int] = ()) -> int:
    """The port this server had last time if it is still free, else another one; never one of those to `avoid`."""
    last = remembered_port(data, name)
    for port in [*([] if last is None else [last]), *random.sample(PORTS, 200)]:
        if port not in avoid and is_free("127.0.0.1", port):
            return port
    raise Unavailable("no free port was found on the loopback interface")


def remembered_port(data: Path, name: str) -> int | None:
    """The port on which this server was last started."""
    try:
        return int((data / f"{name}.port").read_text(encoding="ascii"))
    except (FileNotFoundError, ValueError):
        return None


def remember_port(data: Path, name: str, port: int) -> None:
    write_private(data / f"{name}.port", f"{port}\n")


def is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # As the servers do: connections of a former run that linger in TIME_WAIT are no obstacle.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
