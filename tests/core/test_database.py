"""Units of work: what commits, what does not, and that no failure costs a connection."""

import asyncio

import asyncpg
import pytest

from core import database
from core.access import Actor, Audience, system
from core.database import current, pool, read, system_transaction, transaction
from core.errors import Unavailable
from core.events.log import record
from core.organizations.events import OrganizationChanged
from core.organizations.tables import Membership
from core.pool import new_pool
from core.settings import settings
from core.teams.tables import Team
from tests.factories import an_organization

pytestmark = pytest.mark.usefixtures("connected")


async def _events(organization_id: int) -> int:
    sql = "SELECT (SELECT count(*) FROM outbox WHERE organization_id = $1) + (SELECT count(*) FROM event_log WHERE organization_id = $1)"
    return int(await pool().fetchval(sql, organization_id))


async def test_a_commit_that_fails_gives_its_connection_back() -> None:
    admin = await an_organization()
    async with system_transaction("a constraint that is checked at COMMIT") as db:
        await db.execute("CREATE TABLE IF NOT EXISTS late (id int UNIQUE DEFERRABLE INITIALLY DEFERRED)")
        await db.execute("GRANT INSERT ON late TO lacasa_app")
    idle = pool().get_idle_size() + pool().get_size()
    for _ in range(pool().get_max_size() + 2):
        with pytest.raises(asyncpg.UniqueViolationError):
            async with transaction(admin) as db:
                await db.execute("INSERT INTO late VALUES (1), (1)")
    await pool().execute("DROP TABLE late")
    assert current() is None
    assert pool().get_idle_size() <= idle
    assert await asyncio.wait_for(pool().fetchval("SELECT 1"), 5) == 1


async def test_a_cancelled_request_leaves_nothing_behind() -> None:
    admin = await an_organization()

    async def slow() -> None:
        async with transaction(admin) as db:
            await db.execute("UPDATE organizations SET name = 'half' WHERE id = $1", admin.organization_id)
            await db.execute("SELECT pg_sleep(5)")

    for _ in range(pool().get_max_size() + 2):
        task = asyncio.create_task(slow())
        await asyncio.sleep(0.05)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert await pool().fetchval("SELECT name FROM organizations WHERE id = $1", admin.organization_id) == "Harbour Lights"


async def _record_and_fail(admin: Actor, event: OrganizationChanged) -> None:
    async with transaction(admin) as db:
        await record(event, Audience())
        await db.execute("INSERT INTO memberships SELECT * FROM memberships WHERE organization_id = $1", admin.organization_id)


async def test_a_failed_part_takes_its_rows_and_its_events_with_it() -> None:
    admin = await an_organization()
    before = await _events(admin.organization_id)
    event = OrganizationChanged(organization_id=admin.organization_id, name="x", accent_color="#000000", by=admin.ref)
    async with transaction(admin) as db:
        await record(event, Audience())
        with pytest.raises(asyncpg.UniqueViolationError):
            await _record_and_fail(admin, event)
        await db.execute("UPDATE organizations SET name = 'kept' WHERE id = $1", admin.organization_id)
    assert await _events(admin.organization_id) == before + 1
    assert await pool().fetchval("SELECT name FROM organizations WHERE id = $1", admin.organization_id) == "kept"


async def test_a_unit_of_work_cannot_be_used_from_another_task() -> None:
    admin = await an_organization()

    async def intruder() -> None:
        async with read(admin):
            pass

    async with transaction(admin):
        with pytest.raises(RuntimeError, match="another task"):
            await asyncio.create_task(intruder())


async def test_a_unit_of_work_serves_one_organization() -> None:
    admin, stranger = await an_organization(), await an_organization()
    async with transaction(admin):
        with pytest.raises(RuntimeError):
            async with transaction(stranger):
                pass
        with pytest.raises(RuntimeError):
            async with system_transaction("no"):
                pass


async def test_the_setting_of_one_request_is_gone_in_the_next() -> None:
    admin = await an_organization()
    async with transaction(admin) as db:
        assert await db.fetch_value("SELECT current_user") == "lacasa_app"
    rows = await asyncio.gather(
        *(pool().fetchrow("SELECT current_user, current_setting('app.organization_id', true)") for _ in range(10))
    )
    assert {(row[0] != "lacasa_app", row[1] or "") for row in rows} == {(True, "")}


async def test_piccolo_runs_inside_the_unit_of_work_or_not_at_all() -> None:
    admin, stranger = await an_organization(), await an_organization()
    async with transaction(admin):
        row = Team.new(admin, name="Night")
        await row.save()
        assert await Team.of(admin).count() == 1
    async with read(stranger):
        assert await Team.of(stranger).count() == 0
        assert await Team.select().where(Team.id == row.id) == []
        assert await Membership.of(stranger).count() == 1
    with pytest.raises(RuntimeError):
        await Team.of(admin).count()


async def test_reading_cannot_write() -> None:
    admin = await an_organization()
    with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
        async with read(admin) as db:
            await db.execute("UPDATE organizations SET name = 'no' WHERE id = $1", admin.organization_id)


async def _die_in_between(actor: Actor) -> None:
    async with transaction(actor) as db:
        pid = await db.fetch_value("SELECT pg_backend_pid()")
        await pool().execute("SELECT pg_terminate_backend($1, 5000)", pid)
        await db.execute("SELECT 1")


async def test_a_connection_that_dies_is_told_as_unavailable_and_replaced() -> None:
    admin = system((await an_organization()).organization_id)
    with pytest.raises(Unavailable):
        await _die_in_between(admin)
    async with transaction(admin) as db:
        assert await db.fetch_value("SELECT 1") == 1


async def test_when_all_connections_are_stuck_the_next_is_refused_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    admin = await an_organization()
    stuck = [await pool().acquire() for _ in range(pool().get_max_size())]
    monkeypatch.setattr("core.pool.ACQUIRE_S", 0.2)
    try:
        with pytest.raises(Unavailable):
            async with asyncio.timeout(20), transaction(admin):
                pass
        with pytest.raises(Unavailable):
            await asyncio.wait_for(database.by_token("SELECT $1::text", "a token"), 20)
    finally:
        for connection in stuck:
            await pool().release(connection)
    monkeypatch.undo()
    async with transaction(admin) as db:
        assert await db.fetch_value("SELECT 1") == 1


async def test_a_full_disk_is_told_as_such_and_health_remembers_it() -> None:
    admin = await an_organization()
    with pytest.raises(Unavailable) as refused:
        async with transaction(admin) as db:
            await db.execute("DO $$ BEGIN RAISE EXCEPTION 'No space left on device' USING ERRCODE = '53100'; END $$")
    assert refused.value.reason == "database_full"
    assert database.is_full()
    async with transaction(admin) as db:
        assert await db.fetch_value("SELECT 1") == 1


async def test_a_connection_that_was_used_up_is_closed_and_another_takes_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.pool.QUERIES_MAX", 5)
    few = await new_pool(settings().required_database_url(), size=1)
    try:
        backends = []
        for _ in range(12):
            async with few.acquire() as connection:
                backends.append(await connection.fetchval("SELECT pg_backend_pid()"))
        assert 2 <= len(set(backends)) <= 6, "each serves for a while"
        assert backends[0] == backends[1]
    finally:
        await few.close()


async def test_a_statement_that_is_cut_off_leaves_its_connection_usable_or_gone() -> None:
    one = await new_pool(settings().required_database_url(), size=1)
    try:
        for _ in range(3):
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.05), one.acquire() as connection:
                    await connection.fetchval("SELECT pg_sleep(5)")
            async with asyncio.timeout(10), one.acquire() as connection:
                assert await connection.fetchval("SELECT 1") == 1
    finally:
        await one.close()


async def test_what_somebody_leaves_open_in_a_connection_is_ended_before_the_next_one_has_it(
    caplog: pytest.LogCaptureFixture,
) -> None:
    one = await new_pool(settings().required_database_url(), size=1)
    heard = []
    try:
        async with one.acquire() as connection:
            backend = await connection.fetchval("SELECT pg_backend_pid()")
            await connection.execute("BEGIN; SET LOCAL work_mem = '64kB'")
        with pytest.warns(asyncpg.InterfaceWarning):  # noqa: PT031 -- it comes as the connection is given back
            async with one.acquire() as connection:
                assert await connection.fetchval("SELECT pg_backend_pid()") == backend
                assert not connection.is_in_transaction()
                assert await connection.fetchval("SHOW work_mem") != "64kB"
                connection.add_log_listener(lambda _connection, message: heard.append(message))
        async with one.acquire() as connection:
            await connection.execute("DO $$ BEGIN RAISE NOTICE 'for nobody'; END $$")
            await asyncio.sleep(0)
    finally:
        await one.close()
    assert heard == []
    assert "active transaction" in caplog.text, "asyncpg says what was left open"


async def test_expired_connections_are_replaced_and_a_closed_pool_gives_none() -> None:
    one = await new_pool(settings().required_database_url(), size=1)
    async with one.acquire() as connection:
        first = await connection.fetchval("SELECT pg_backend_pid()")
        await one.expire_connections()
    async with one.acquire() as connection:
        second = await connection.fetchval("SELECT pg_backend_pid()")
    await one.expire_connections()
    async with one.acquire() as connection:
        third = await connection.fetchval("SELECT pg_backend_pid()")
    assert len({first, second, third}) == 3
    await one.close()
    with pytest.raises(asyncpg.InterfaceError):
        await one.acquire()


async def test_whoever_waits_for_a_connection_gets_it_before_whoever_takes_one_after_the_other() -> None:
    one = await new_pool(settings().required_database_url(), size=1)
    served = 0

    async def greedy() -> None:
        nonlocal served
        while True:
            async with one.acquire() as connection:
                await connection.fetchval("SELECT 1")
            served += 1

    task = asyncio.create_task(greedy())
    try:
        for _ in range(5):
            await asyncio.sleep(0.01)
            before = served
            async with asyncio.timeout(5), one.acquire():
                assert served - before <= 2
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await one.close()
