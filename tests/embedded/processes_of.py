"""Which processes belong to a data folder, read from the system and not from what the supervisor believes."""

import time
from pathlib import Path


def processes_of(data: Path) -> dict[int, str]:
    """Command lines by pid of all that stand in the folder or were told about it; zombies do not count."""
    found = {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
            told = f"LACASA_DATA={data}".encode() in (process / "environ").read_bytes().split(b"\0")
            if words and (told or (process / "cwd").readlink().is_relative_to(data)):
                found[int(process.name)] = words
        except OSError:
            continue
    return found


def left_after(seconds: float, data: Path) -> dict[int, str]:
    """Wait until nothing is left, at most that long, and return what is."""
    give_up = time.monotonic() + seconds
    while (found := processes_of(data)) and time.monotonic() < give_up:
        time.sleep(0.02)
    return found
