"""The only door to PostgreSQL: one pool, and units of work bound to an actor.

    async with transaction(actor) as db:      # role lacasa_app, row-level security of one organization
        row = await db.fetch_one(Struct, "SELECT … WHERE organization_id = $1", actor.organization_id)

`transaction` inside `transaction` is a savepoint. `read` joins whatever is open, or opens a read-only one.
`call` runs one of the few stored routines that are a whole unit of work in one round trip.
`system_transaction(reason)` crosses organizations; `tests/contracts/test_source.py` keeps it to events, jobs, auth, tenancy, migrate, seed,
what indexes hold of passages, who has a language model and what is learned from reviews.
A unit of work belongs to the task that opened it: another task that inherits it by accident is refused.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from contextvars import ContextVar
from functools import lru_cache
from typing import Any, TypeVar

import asyncpg
import msgspec

from core.access import Actor
from core.errors import Unavailable
from core.pool import new_pool

S = TypeVar("S", bound=msgspec.Struct)
Connection = Any  # asyncpg.pool.PoolConnectionProxy, which asyncpg leaves untyped
Hook = Callable[["Unit"], Awaitable[None]]

TOKEN_MAX = 64
ENDED = (
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.TooManyConnectionsError,
    asyncpg.InternalClientError,
)
"""The server's own word that it is going, gone, or full; or asyncpg's, of a connection that has heard it and is not closed yet."""
AWAY = (*ENDED, OSError, asyncpg.InterfaceError)
"""What reaching for PostgreSQL may raise while it is away. Only for code that does nothing else meanwhile."""

FULL_S = 60.0

_pool: asyncpg.Pool | None = None
_full_at = -FULL_S
_unit: ContextVar["Unit | None"] = ContextVar("unit", default=None)


class Unit:
    """A unit of work: one connection, one transaction, and what is to happen around its COMMIT."""

    def __init__(self, connection: Connection, actor: Actor | None) -> None:
        self.connection = connection
        self.actor = actor
        self.task = asyncio.current_task()
        self.depth = 0
        self.events: list[Any] = []
        self.before_commit: dict[str, Hook] = {}
        self.after_commit: dict[str, Callable[[], Awaitable[None]]] = {}

    async def fetch(self, struct: type[S], sql: str, *arguments: Any) -> list[S]:
        """Rows as `struct`, matched by position: select columns in the order of the struct's fields."""
        return [struct(*row) for row in await self.connection.fetch(sql, *arguments)]

    async def fetch_one(self, struct: type[S], sql: str, *arguments: Any) -> S | None:
        row = await self.connection.fetchrow(sql, *arguments)
        return None if row is None else struct(*row)

    async def fetch_value(self, sql: str, *arguments: Any) -> Any:
        return await self.connection.fetchval(sql, *arguments)

    async def fetch_rows(self, sql: str, *arguments: Any) -> list[asyncpg.Record]:
        rows: list[asyncpg.Record] = await self.connection.fetch(sql, *arguments)
        return rows

    async def execute(self, sql: str, *arguments: Any) -> int:
        """Run a statement; returns how many rows it touched (0 where PostgreSQL does not say)."""
        tag = str(await self.connection.execute(sql, *arguments))
        last = tag.rpartition(" ")[2]
        return int(last) if last.isdigit() else 0


async def open_pool(url: str, *, size: int) -> None:
    """Open this process's pool. Waits up to a minute for a PostgreSQL that is still starting."""
    global _pool
    _pool = await new_pool(url, size=size)


async def close_pool() -> None:
    global _pool
    if _pool is not None:
        pool, _pool = _pool, None
        try:
            await asyncio.wait_for(pool.close(), timeout=5)
        except TimeoutError:
            pool.terminate()


def pool() -> asyncpg.Pool:
    if _pool is None:
        raise RuntimeError("the database pool is not open in this process")
    return _pool


async def by_token(sql: str, token: str, *arguments: Any, longest: int = TOKEN_MAX) -> asyncpg.Record | None:
    """The row that an unguessable token (or a public name) names, before any organization is known; `$1` is the token, `$2` on are `arguments`.

    Raises:
        Unavailable: PostgreSQL is away.
    """
    try:
        return await pool().fetchrow(sql, token[:longest].replace("\x00", ""), *arguments)
    except AWAY as error:
        raise Unavailable("the database cannot be reached") from error


def current() -> Unit | None:
    """The unit of work of this task.

    Raises:
        RuntimeError: the context was inherited from another task; start background work with an empty context.
    """
    unit = _unit.get()
    if unit is not None and unit.task is not asyncio.current_task():
        raise RuntimeError("this task inherited another task's unit of work")
    return unit


@asynccontextmanager
async def transaction(actor: Actor) -> AsyncIterator[Unit]:
    """A transaction that sees and touches only the actor's organization; nested: a savepoint.

    Raises:
        Unavailable: PostgreSQL is away; nothing was changed, or (if COMMIT was cut off) it is unknown
            and the caller's idempotency key settles it on retry.
    """
    unit = current()
    if unit is None:
        begin = f"BEGIN; SET LOCAL ROLE lacasa_app; SET LOCAL app.organization_id = {_tenant(actor)}"
        async with _outermost(begin, actor) as unit:
            yield unit
        return
    _check_same_organization(unit, actor)
    async with savepoint(unit):
        yield unit


@asynccontextmanager
async def read(actor: Actor) -> AsyncIterator[Unit]:
    """For queries: joins the open unit of work, or opens a read-only transaction of the actor's organization."""
    unit = current()
    if unit is not None:
        _check_same_organization(unit, actor)
        yield unit
        return
    async with read_from(pool(), actor) as unit:
        yield unit


@asynccontextmanager
async def read_from(source: asyncpg.Pool, actor: Actor) -> AsyncIterator[Unit]:
    """A read-only transaction of the actor's organization, on a connection of `source`."""
    begin = (
        "BEGIN READ ONLY; SET LOCAL ROLE lacasa_app; "
        f"SET LOCAL app.organization_id = {_tenant(actor)}"
    )  # fmt: skip
    async with _outermost(begin, actor, source) as unit:
        yield unit


@asynccontextmanager
async def system_transaction(reason: str) -> AsyncIterator[Unit]:
    """A transaction across organizations, as the owner of the tables. `reason` tells the reader of the code why."""
    if not reason:
        raise ValueError("say why this crosses organizations")
    unit = current()
    if unit is None:
        async with _outermost("BEGIN", None) as unit:
            yield unit
        return
    if unit.actor is not None:
        raise RuntimeError("a system transaction cannot start inside an organization's one")
    async with savepoint(unit):
        yield unit


def _tenant(actor: Actor) -> int:
    """Whose rows row-level security shows."""
    return int(actor.organization_id)


async def call(actor: Actor, routine: str, *arguments: Any) -> Any:
    """Run a stored routine (`tenancy.routine`) as a unit of work of its own, in one round trip; returns its value.

    Raises:
        Unavailable: as `transaction`.
        RuntimeError: a unit of work is open, which the routine could not be a part of.
    """
    if current() is not None:
        raise RuntimeError("a routine that is a unit of work of its own cannot join another one")
    async with _Connection() as connection:
        return await connection.fetchval(_calling(routine, 1 + len(arguments)), _tenant(actor), *arguments)


@lru_cache
def _calling(routine: str, count: int) -> str:
    return f"SELECT {routine}({placeholders(range(count))})"


def _check_same_organization(unit: Unit, actor: Actor) -> None:
    if unit.actor is None or unit.actor.organization_id != actor.organization_id:
        raise RuntimeError("the open unit of work belongs to another organization")


@asynccontextmanager
async def _outermost(begin: str, actor: Actor | None, source: asyncpg.Pool | None = None) -> AsyncIterator[Unit]:
    async with _Connection(source) as connection:
        unit = Unit(connection, actor)
        token = _unit.set(unit)
        try:
            await connection.execute(begin)
            yield unit
            for hook in list(unit.before_commit.values()):
                await hook(unit)
            await connection.execute("COMMIT")
        finally:
            _unit.reset(token)
    for notify in list(unit.after_commit.values()):
        await notify()


class _Connection:
    """A connection of the pool, given back with no transaction open whatever happened."""

    __slots__ = ("_connection", "_source")

    def __init__(self, source: asyncpg.Pool | None = None) -> None:
        self._source = source or pool()

    async def __aenter__(self) -> Connection:
        try:
            self._connection = await self._source.acquire()
        except (TimeoutError, *AWAY) as error:
            raise Unavailable("the database cannot be reached") from error
        return self._connection

    async def __aexit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        try:
            if error is not None:
                await self._failed(error)
        finally:
            await self._source.release(self._connection)

    async def _failed(self, error: BaseException) -> None:
        await _roll_back(self._connection)
        if isinstance(error, ENDED) or (isinstance(error, AWAY) and _is_closed(self._connection)):
            raise Unavailable("the database went away") from error
        if isinstance(error, asyncpg.InsufficientResourcesError):
            raise _full() from error


def _full() -> Unavailable:
    """PostgreSQL has no room (disk, memory) for this: remembered for a while, so that health can say it."""
    global _full_at
    _full_at = time.monotonic()
    return Unavailable("the database has no room left; nothing was changed", code="database_full")


def is_full() -> bool:
    """Whether PostgreSQL refused something within the last minute for want of room."""
    return time.monotonic() - _full_at < FULL_S


def _is_closed(connection: Connection) -> bool:
    try:
        return bool(connection.is_closed())
    except asyncpg.InterfaceError:
        return True  # back in the pool already, which takes a broken connection by itself


async def _roll_back(connection: Connection) -> None:
    """End a failed transaction. A connection that cannot even do that is dropped: the pool makes a new one."""
    try:
        if connection.is_in_transaction():
            await connection.execute("ROLLBACK")
    except (*AWAY, asyncpg.PostgresError):
        with suppress(asyncpg.InterfaceError):  # it may be back in the pool already
            connection.terminate()


@asynccontextmanager
async def savepoint(unit: Unit) -> AsyncIterator[None]:
    """A part of a unit of work that can fail alone: its rows and its events are undone together."""
    unit.depth += 1
    name, recorded = f"s{unit.depth}", len(unit.events)
    try:
        await unit.connection.execute(f"SAVEPOINT {name}")
        yield
        await unit.connection.execute(f"RELEASE SAVEPOINT {name}")
    except BaseException:
        del unit.events[recorded:]
        if not _is_closed(unit.connection):
            await unit.connection.execute(f"ROLLBACK TO SAVEPOINT {name}; RELEASE SAVEPOINT {name}")
        raise
    finally:
        unit.depth -= 1


def placeholders(values: Sequence[Any], first: int = 1) -> str:
    """`$3, $4, $5` for three values from parameter 3 on."""
    return ", ".join(f"${number}" for number in range(first, first + len(values)))


def columns(struct: type[msgspec.Struct], alias: str, **instead: str) -> str:
    """The fields of `struct` as columns of row `alias`, in their order; `instead` of a field's own column: an expression."""
    return ", ".join(f"{instead.get(name, f'{alias}.{name}')} AS {name}" for name in struct.__struct_fields__)


def json_of(struct: type[msgspec.Struct], alias: str, **instead: str) -> str:
    """An SQL expression: the row `alias` as JSON that decodes to `struct`."""
    return f"(SELECT row_to_json(v) FROM (SELECT {columns(struct, alias, **instead)}) v)"
