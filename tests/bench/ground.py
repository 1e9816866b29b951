"""What benches stand on: bundled servers that keep what they acknowledge, the whole stack over them, and data sets built once."""

import fcntl
import hashlib
import inspect
import os
import secrets
import shutil
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from core import process
from core.embedded.servers import Urls, embedded_servers
from core.migrate import migrate
from core.settings import settings
from tests.bench.measure import listener
from tests.stack import Stack, running_stack

SCHEMA = Path(__file__).parents[2] / "migrations" / "schema.sql"
DATA = Path(".lacasa") / "bench"


@asynccontextmanager
async def servers() -> AsyncIterator[Urls]:
    """An empty PostgreSQL (durable, as in production) and a NATS, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="lacasa-bench-") as folder:
        async with embedded_servers(Path(folder) / "data") as urls:
            yield urls


@asynccontextmanager
async def database() -> AsyncIterator[Urls]:
    """The same, migrated."""
    async with servers() as urls:
        await migrate(urls.database)
        yield urls


@asynccontextmanager
async def connected(urls: Urls) -> AsyncIterator[None]:
    """This process connected to both, as a web process is: for benches that call actions and queries."""
    with tempfile.TemporaryDirectory(prefix="lacasa-bench-") as folder:
        os.environ |= environment_for(urls, folder)
        settings.cache_clear()
        await process.connect("bench", settings())
        try:
            yield
        finally:
            await process.disconnect()


@asynccontextmanager
async def stack(
    urls: Urls,
    names: Sequence[str] = ("web", "relay", "worker"),
    *,
    environment: Mapping[str, str] | None = None,
    seed: bool = True,
    stand_ins: Mapping[str, list[str]] | None = None,
) -> AsyncIterator[Stack]:
    """Lacasa's processes over migrated servers, ready to serve; `seed`: with the demo organization; `stand_ins`: see `Stack`."""
    with tempfile.TemporaryDirectory(prefix="lacasa-bench-") as folder:

        async def prepare(stack: Stack) -> None:
            stack.stand_ins.update(stand_ins or {})
            if seed:
                await stack.command("seed")

        together = environment_for(urls, folder) | dict(environment or {})
        async with running_stack(names, together, prepare) as running:
            yield running


def server_pids(urls: Urls) -> dict[str, int]:
    """The processes of PostgreSQL and NATS, to see what they cost."""
    return {name: listener(urlsplit(url).port or 0) for name, url in (("postgres", urls.database), ("nats", urls.nats))}


def environment_for(urls: Urls, folder: str) -> dict[str, str]:
    """The environment of a process of Lacasa over these servers, and of nothing else that this one was told."""
    return {name: value for name, value in os.environ.items() if not name.startswith("LACASA_")} | {
        "LACASA_DATABASE_URL": urls.database,
        "LACASA_NATS_URL": urls.nats,
        "LACASA_SECRET": secrets.token_urlsafe(32),
        "LACASA_DATA": folder,
    }


@asynccontextmanager
async def bench_data(name: str, builder: Callable[[Urls], Awaitable[None]], **scale: int) -> AsyncIterator[Urls]:
    """Servers over a data set that `builder` fills once, on a migrated database, and later runs find again.

    It lies in `LACASA_BENCH_DATA` (else `.lacasa/bench`), in a folder of its own for each name, scale, schema and
    text of the builder's module: another one builds anew. Whoever writes to it leaves it as it was. One bench at a time; others wait.
    """
    folder = _folder_of(name, builder, scale)
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            await _build(folder, builder)
        async with embedded_servers(folder) as urls:
            yield urls


def _folder_of(name: str, builder: Callable[[Urls], Awaitable[None]], scale: Mapping[str, int]) -> Path:
    root = Path(os.environ.get("LACASA_BENCH_DATA", DATA)).resolve()
    root.mkdir(parents=True, exist_ok=True)
    told = SCHEMA.read_bytes() + inspect.getsource(inspect.getmodule(builder) or builder).encode()
    key = hashlib.sha256(told + msgspec.json.encode(scale, order="sorted")).hexdigest()[:12]
    return root / f"{name}-{key}"


async def _build(folder: Path, builder: Callable[[Urls], Awaitable[None]]) -> None:
    """Build beside, then rename: what was left half done is thrown away."""
    beside = folder.with_suffix(".building")
    shutil.rmtree(beside, ignore_errors=True)
    async with embedded_servers(beside) as urls:
        await migrate(urls.database)
        await builder(urls)
    beside.rename(folder)
