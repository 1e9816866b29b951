"""`lacasa up`: the bundled servers and our own processes, started together, kept alive, stopped in order."""

import asyncio
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

import msgspec

from core.embedded import folder
from core.embedded.nats import Nats
from core.embedded.parts import Part, Program
from core.embedded.postgres import Postgres
from core.embedded.processes import how_it_ended
from core.embedded.report import Report
from core.embedded.servers import together
from core.embedded.signals import StopSignals
from core.errors import Conflict, LacasaError, Unavailable
from core.settings import Settings

READY_WITHIN_S = 90.0
BACKOFF_S = (0.2, 5.0)
# A part that lived this long has not failed for the reason it failed before.
STEADY_AFTER_S = 10.0


def command(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "core.cli", *arguments)


class Plan(msgspec.Struct, frozen=True):
    """The processes beside the servers; `programs` are stopped in this order. `mail` is one of them where a port is set for it.

    Those in `afterwards` start when the others are ready: their imports are the longest, and nobody waits for them.
    """

    migrate: Sequence[str] | None = command("migrate")
    seed: Sequence[str] | None = command("seed")
    programs: Mapping[str, Sequence[str]] = msgspec.field(
        default_factory=lambda: {name: command(name) for name in ("web", "worker", "relay")}
    )
    afterwards: frozenset[str] = frozenset({"worker", "mail"})


def planned(settings: Settings) -> Plan:
    plan = Plan()
    return (
        plan if settings.mail_port is None else msgspec.structs.replace(plan, programs={"mail": command("mail"), **plan.programs})
    )


SERVERS_ONLY = Plan(migrate=None, seed=None, programs={})


async def up(settings: Settings, plan: Plan | None = None) -> int:
    """Run everything until a signal says stop; the result is the exit code of the process.

    Raises:
        Conflict: the data folder or the port is in use.
        Misconfigured, Unavailable: something cannot be started; whatever was is stopped again.
    """
    report = Report(settings)
    with folder.lock(settings.data):
        return await _run(Supervisor(settings, plan or planned(settings), report), report.summary)


async def servers(settings: Settings) -> int:
    """Run only the bundled servers until a signal says stop, and print how to reach them."""
    report = Report(settings, quiet=True)
    with folder.lock(settings.data):
        return await _run(Supervisor(settings, SERVERS_ONLY, report), report.exports)


class Supervisor:
    """Owns the parts in the order in which they are stopped. The caller holds the lock of the data folder."""

    def __init__(self, settings: Settings, plan: Plan, report: Report) -> None:
        self._settings = settings
        self._data = folder.create(settings.data)
        self._plan = plan
        self._report = report
        ours = [port for port in (settings.port, settings.mail_port) if port is not None]
        self._nats = Nats(self._data, avoid=ours) if settings.nats_url is None else None
        binaries, is_outside = settings.pg_bin, settings.database_url is not None
        self._postgres = None if is_outside else Postgres(self._data, binaries=binaries, avoid=ours)
        self._programs: list[Program] = []

    @property
    def parts(self) -> list[Part]:
        found: list[Part | None] = [*self._programs, self._nats, self._postgres]
        return [part for part in found if part is not None]

    async def open(self) -> dict[str, str]:
        """Start everything; returns the variables that say where the servers are, once all is ready."""
        if self._plan.programs and not folder.is_free(self._settings.host, self._settings.port):
            raise Conflict(f"port {self._settings.port} of {self._settings.host} is in use; set LACASA_PORT to another")
        await together(*(self._started(server) for server in (self._nats, self._postgres) if server is not None))
        environment = {
            "LACASA_DATA": str(self._data),
            "LACASA_DATABASE_URL": self._settings.database_url or (self._postgres.url if self._postgres else ""),
            "LACASA_NATS_URL": self._settings.nats_url or (self._nats.url if self._nats else ""),
        }
        if self._plan.programs:
            await self._open_programs(environment)
        return environment

    async def keep(self) -> None:
        """Start again whatever ends, for ever."""
        await together(*(self._keep(part) for part in self.parts))

    async def close(self) -> None:
        self._report.step("stopping; a second signal stops at once")
        for part in self.parts:
            await part.stop()
        self._report.step("stopped")

    async def kill(self) -> None:
        await asyncio.gather(*(part.kill() for part in self.parts))

    async def _started(self, server: Nats | Postgres) -> None:
        if isinstance(server, Postgres) and server.is_new:
            self._report.step("making a new PostgreSQL cluster")
        await server.start()
        self._report.step(f"{server.name} answers on port {server.port}")

    async def _open_programs(self, environment: Mapping[str, str]) -> None:
        signing = self._settings.secret or folder.secret(self._data, "signing")
        address = {"LACASA_HOST": self._settings.host, "LACASA_PORT": str(self._settings.port)}
        given = {**os.environ, **environment, **address, "LACASA_SECRET": signing}
        self._programs = [self._program(name, words, given) for name, words in self._plan.programs.items()]
        reading, writing = os.pipe()
        try:
            # Their imports take longer than anything else here, so they run beside the migration.
            await together(*(program.start_behind(reading) for program in self._first()))
            await self._prepare_database(given)
        except BaseException:
            # Before the gate opens: they must not meet a database that is not migrated.
            await asyncio.gather(*(program.kill() for program in self._first()))
            raise
        finally:
            os.close(reading)
            os.close(writing)
        await self._until_ready()
        self._report.step("ready")
        await together(*(program.start() for program in self._programs if program.name in self._plan.afterwards))

    def _first(self) -> list[Program]:
        return [program for program in self._programs if program.name not in self._plan.afterwards]

    async def _prepare_database(self, given: Mapping[str, str]) -> None:
        if self._plan.migrate is not None:
            await self._program("migrate", self._plan.migrate, given).run()
            self._report.step("the database is migrated")
        if self._plan.seed is None or not self._settings.demo or (self._postgres and self._postgres.has_note("seeded")):
            return
        if self._report.seeded(await self._program("seed", self._plan.seed, given).run(capture=True)):
            self._report.step("the demo organization is seeded")
        if self._postgres is not None:
            self._postgres.note("seeded")

    def _program(self, name: str, words: Sequence[str], given: Mapping[str, str]) -> Program:
        return Program(name, words, log=folder.log(self._data, name), environment=given)

    async def _until_ready(self) -> None:
        ends = {asyncio.create_task(program.wait()): program for program in self._first()}
        ready = asyncio.create_task(_until_healthy(self._settings.host, self._settings.port))
        try:
            await asyncio.wait({ready, *ends}, return_when="FIRST_COMPLETED", timeout=READY_WITHIN_S)
            for end, program in ends.items():
                if end.done():
                    raise program.failure(end.result())
            if not ready.done():
                raise Unavailable(f"/health/ready is not well after {READY_WITHIN_S:.0f} s; see {self._data / 'logs'}")
        finally:
            await _cancelled(ready, *ends)

    async def _keep(self, part: Part) -> None:
        pause, longest = BACKOFF_S
        since = time.monotonic()
        while True:
            code = await part.wait()
            if time.monotonic() - since > STEADY_AFTER_S:
                pause = BACKOFF_S[0]
            self._report.step(f"{part.name} {how_it_ended(code)}; starting it again in {pause:.1f} s")
            await asyncio.sleep(pause)
            pause = min(pause * 2, longest)
            since = time.monotonic()
            try:
                await part.start()
            except (LacasaError, OSError) as error:
                self._report.step(str(error))
            else:
                self._report.step(f"{part.name} is started again")


async def _run(supervisor: Supervisor, announce: Callable[[Mapping[str, str]], None]) -> int:
    with StopSignals() as signals:
        work = asyncio.create_task(_work(supervisor, announce))
        first = asyncio.create_task(signals.first.wait())
        await asyncio.wait({work, first}, return_when="FIRST_COMPLETED")
        stopped = first.done()
        await _cancelled(first, work)
        closing = asyncio.create_task(supervisor.close())
        second = asyncio.create_task(signals.second.wait())
        await asyncio.wait({closing, second}, return_when="FIRST_COMPLETED")
        hurried = not closing.done()
        await _cancelled(second, closing)
        if hurried:
            await supervisor.kill()
    if not stopped:
        await work
    return 130 if hurried else 0


async def _work(supervisor: Supervisor, announce: Callable[[Mapping[str, str]], None]) -> None:
    announce(await supervisor.open())
    await supervisor.keep()


async def _cancelled(*tasks: asyncio.Task[object]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)


async def _until_healthy(host: str, port: int) -> None:
    while True:
        with suppress(OSError):
            if await asyncio.wait_for(_is_healthy(host, port), 5.0):
                return
        await asyncio.sleep(0.05)


async def _is_healthy(host: str, port: int) -> bool:
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - where it is bound is said elsewhere
    reader, writer = await asyncio.open_connection(reachable, port)
    try:
        request = f"GET /health/ready HTTP/1.1\r\nHost: {reachable}:{port}\r\nConnection: close\r\n\r\n"
        writer.write(request.encode("ascii"))
        return (await reader.readline()).split(b" ")[1:2] == [b"200"]
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()
