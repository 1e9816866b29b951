"""How benches measure: pinned processes, CPU seconds from /proc, memory growth, and alternated rounds.

A busy machine makes wall times meaningless, so a bench reports work per CPU second of the process under test, runs its
contestants round-robin, and compares them round by round: `ratio` is the median of the rounds' own ratios.
"""

import os
import resource
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import msgspec

TICKS = os.sysconf("SC_CLK_TCK")
PROC = Path("/proc")


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What the command line says. `n` and `seconds` are None where it does not: the bench knows what is worth its time."""

    n: int | None = None
    seconds: float | None = None
    rounds: int = 5


def cores() -> tuple[int, int]:
    """Two cores: for what is measured, and for what loads it. The same one twice where there is but one."""
    usable = sorted(os.sched_getaffinity(0))
    return usable[0], usable[-1]


def family(pid: int) -> list[int]:
    """The process and all that descends from it, as far as they live."""
    children: dict[int, list[int]] = {}
    for entry in PROC.iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                children.setdefault(int(_stat(int(entry.name))[1]), []).append(int(entry.name))
    found = [pid]
    for member in found:
        found += children.get(member, [])
    return found


def pin(pid: int, core: int) -> None:
    """Keep a process, its threads and its descendants on one core; what they start later inherits that."""
    for member in family(pid):
        with suppress(OSError):
            for task in (PROC / str(member) / "task").iterdir():
                os.sched_setaffinity(int(task.name), {core})


def cpu_seconds(pid: int) -> float:
    """CPU time that a process used so far, with its threads and its descendants, also those that ended and were waited for."""
    total = 0.0
    for member in family(pid):
        with suppress(OSError):
            fields = _stat(member)
            total += _precise_s(member) or sum(map(int, fields[11:13])) / TICKS
            total += sum(map(int, fields[13:15])) / TICKS
    return total


def _precise_s(pid: int) -> float:
    """Of its living threads, in nanoseconds' precision; 0 where the kernel does not count them. (`stat` counts in ticks of 10 ms.)"""
    with suppress(OSError):
        tasks = (PROC / str(pid) / "task").iterdir()
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9
    return 0.0


def _stat(pid: int) -> list[str]:
    """The fields of /proc/<pid>/stat after the name, which may hold blanks: state, parent, …"""
    return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()


def memory_kb(pid: int, kind: str = "Pss") -> int:
    """Memory of a process and its descendants in kB: `Pss` (shared pages by their share) or `Rss`."""
    total = 0
    for member in family(pid):
        with suppress(OSError):
            for line in (PROC / str(member) / "smaps_rollup").read_text().splitlines():
                if line.startswith(f"{kind}:"):
                    total += int(line.split()[1])
    return total


def listener(port: int) -> int:
    """The process that listens on a port of 127.0.0.1 (or of all addresses); among parent and children, the parent.

    Raises:
        LookupError: there is none that we may look at.
    """
    inodes = set()
    for line in (PROC / "net" / "tcp").read_text().splitlines()[1:]:
        fields = line.split()
        if fields[3] == "0A" and int(fields[1].rpartition(":")[2], 16) == port:
            inodes.add(f"socket:[{fields[9]}]")
    for pid in sorted(int(entry.name) for entry in PROC.iterdir() if entry.name.isdigit()):
        with suppress(OSError):
            if any(os.readlink(handle) in inodes for handle in (PROC / str(pid) / "fd").iterdir()):
                return pid
    raise LookupError(f"nobody listens on port {port}")


def allow_many_files() -> None:
    """As many open sockets as the system lets us have, for this process and those that it starts."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


class Window:
    """A span of time: `wall_s`, and by name the CPU seconds that each watched process used in it."""

    def __init__(self, watched: Mapping[str, int]) -> None:
        self._watched = dict(watched)
        self._began = time.perf_counter()
        self._before = {name: cpu_seconds(pid) for name, pid in self._watched.items()}
        self.wall_s = 0.0
        self.cpu_s: dict[str, float] = {}

    def end(self) -> None:
        self.wall_s = time.perf_counter() - self._began
        self.cpu_s = {name: cpu_seconds(pid) - self._before[name] for name, pid in self._watched.items()}

    def share(self, name: str) -> float:
        """Which part of one core the process used."""
        return self.cpu_s[name] / self.wall_s


@contextmanager
def watching(**pids: int) -> Iterator[Window]:
    """`with watching(gateway=pid) as window: …`, then `window.cpu_s["gateway"]`."""
    window = Window(pids)
    yield window
    window.end()


async def alternate(rounds: int, contestants: Mapping[str, Callable[[], Awaitable[Any]]]) -> dict[str, list[Any]]:
    """Measure the contestants round-robin, each round beginning with another one; what each gave, round by round."""
    names = list(contestants)
    given: dict[str, list[Any]] = {name: [] for name in names}
    for number in range(rounds):
        first = number % len(names)
        for name in names[first:] + names[:first]:
            given[name].append(await contestants[name]())
    return given


def spread(values: Sequence[float], digits: int = 1) -> dict[str, float]:
    """Median, least and most."""
    return {"median": round(median(values), digits), "min": round(min(values), digits), "max": round(max(values), digits)}


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """The median of what each round says by itself, so that a load that comes and goes touches both sides."""
    return round(median(mine / other for mine, other in zip(ours, theirs, strict=True)), 3)


def percentiles(values: Sequence[float], prefix: str = "", unit: str = "ms", digits: int = 2) -> dict[str, float]:
    """`p50_ms` and `p99_ms`; both the same where there is but one value."""
    p99 = quantiles(values, n=100)[98] if len(values) > 1 else values[0]
    return {f"{prefix}p50_{unit}": round(median(values), digits), f"{prefix}p99_{unit}": round(p99, digits)}


class Machine:
    """How busy the machine was meanwhile: belongs in every report."""

    def __init__(self) -> None:
        self._before = self._ticks()
        self._load = os.getloadavg()[0]

    def report(self) -> dict[str, Any]:
        """`busy`: share of all cores that worked; `stolen`: share that the host gave to others."""
        spent = [now - then for now, then in zip(self._ticks(), self._before, strict=True)]
        whole = max(1, sum(spent))
        return {
            "cores": os.cpu_count(),
            "load_before": round(self._load, 2),
            "load_after": round(os.getloadavg()[0], 2),
            "busy": round(1 - (spent[3] + spent[4]) / whole, 2),
            "stolen": round(spent[7] / whole, 2),
        }

    @staticmethod
    def _ticks() -> list[int]:
        return [int(field) for field in (PROC / "stat").read_text().split("\n", 1)[0].split()[1:9]]
