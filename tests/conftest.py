"""Real servers for all tests: PostgreSQL and NATS, bundled or (by LACASA_DATABASE_URL, LACASA_NATS_URL) others.

Every pytest process has a database of its own; every test makes organizations of its own, so nothing needs cleaning.
"""

import os
import secrets
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import hypothesis
import pytest
from argon2 import PasswordHasher

from core import process
from core.auth import passwords, tokens
from core.embedded.servers import Urls, embedded_servers
from core.events import wake
from core.files import actions as files
from core.migrate import migrate
from core.settings import settings
from tests.stack import Stack, running_stack

MODELS = Path(sys.prefix) / "models"
"""The sentence model is built once for all tests, where `make clean` finds it."""
OUTSIDE_DATABASE = os.environ.pop("LACASA_DATABASE_URL", None)
OUTSIDE_NATS = os.environ.pop("LACASA_NATS_URL", None)
OUTSIDE = ("LACASA_CORPORA", "LACASA_WEAVIATE_")
"""What tests may use of the environment, where it is there."""
for name in [name for name in os.environ if name.startswith("LACASA_") and not name.startswith(OUTSIDE)]:
    del os.environ[name]

hypothesis.settings.register_profile("busy", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("busy")
"""How long an example takes says how busy the machine is."""


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session", autouse=True)
def _cheap_passwords() -> Iterator[None]:
    """What tests store in place of a password costs next to nothing to make and to check; what the web process stores is dear."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


@asynccontextmanager
async def database_at(url: str) -> AsyncIterator[str]:
    """A new database on an outside server, dropped at the end."""
    name = f"lacasa_test_{secrets.token_hex(6)}"
    connection = await asyncpg.connect(url)
    await connection.execute(f"CREATE DATABASE {name}")
    try:
        yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
    finally:
        await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
        await connection.close()


@asynccontextmanager
async def servers_for(folder: Path) -> AsyncIterator[Urls]:
    """An empty database and a NATS: bundled ones over `folder`, or those that the environment named."""
    async with AsyncExitStack() as stack:
        database, nats = OUTSIDE_DATABASE, OUTSIDE_NATS
        if database is None or nats is None:
            bundled = await stack.enter_async_context(embedded_servers(folder, durable=False))
            nats = nats or bundled.nats
        if database is not None:
            database = await stack.enter_async_context(database_at(database))
        yield Urls(database or bundled.database, nats)


def surroundings(servers: Urls, data: Path) -> dict[str, str]:
    """The variables of an installation on these servers, with `data` for files and a secret of its own."""
    return {
        "LACASA_DATABASE_URL": servers.database,
        "LACASA_NATS_URL": servers.nats,
        "LACASA_SECRET": secrets.token_urlsafe(32),
        "LACASA_DATA": str(data),
        "LACASA_AGENT_MODELS": str(MODELS),
    }


def point_at(variables: Mapping[str, str]) -> None:
    """Have this process and its children belong to that installation from now on."""
    os.environ |= variables
    for cached in (settings, wake._prefix, tokens._key, tokens._cipher, files.store):
        cached.cache_clear()


@pytest.fixture(scope="session")
async def servers(anyio_backend: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Urls]:
    """The servers of this pytest process. Named after the backend, so that tests which await nothing may need them first."""
    async with servers_for(tmp_path_factory.mktemp("servers")) as urls:
        yield urls


@pytest.fixture(scope="session")
async def schema(servers: Urls, tmp_path_factory: pytest.TempPathFactory) -> Urls:
    """The same, migrated; this process's settings point there."""
    point_at(surroundings(servers, tmp_path_factory.mktemp("data")))
    await migrate(servers.database)
    return servers


@pytest.fixture(scope="session")
async def connected(schema: Urls) -> AsyncIterator[Urls]:
    """This process connected to both, as a web process is: for tests that call actions and queries."""
    await process.connect("tests", settings())
    yield schema
    await process.disconnect()


@pytest.fixture(scope="session")
async def whole(servers: Urls, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stack]:
    """web, relay and worker as processes of their own, on a database of their own: other tests play relay and worker themselves."""
    async with database_at(servers.database) as url:
        variables = surroundings(Urls(url, servers.nats), tmp_path_factory.mktemp("whole"))
        async with running_stack(environment=os.environ | variables, before=lambda stack: stack.command("migrate")) as running:
            yield running


@pytest.fixture(scope="module")
async def at_whole(connected: Urls, whole: Stack) -> AsyncIterator[None]:
    """This process belongs to the whole installation as long as the module's tests run."""
    here = {name: os.environ[name] for name in surroundings(connected, Path())}
    await _move({name: whole.environment[name] for name in here})
    yield
    await _move(here)


@pytest.fixture(scope="module")
def stack(at_whole: None, whole: Stack) -> Stack:
    """A whole installation: for tests through HTTP and sockets."""
    return whole


async def _move(variables: Mapping[str, str]) -> None:
    await process.disconnect()
    point_at(variables)
    await process.connect("tests", settings())


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The folder of real data that nobody here wrote; tests skip where it is absent."""
    folder = Path(os.environ.get("LACASA_CORPORA", "../shared/corpora"))
    if not folder.is_dir():
        pytest.skip(f"no corpora at {folder}; set LACASA_CORPORA")
    return folder
