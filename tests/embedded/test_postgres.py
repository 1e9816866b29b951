import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest

from core.embedded import folder
from core.embedded.postgres import Postgres
from core.embedded.servers import embedded_servers, running
from core.errors import Misconfigured, Unavailable


@pytest.fixture
async def postgres(tmp_path: Path) -> AsyncIterator[Postgres]:
    server = Postgres(tmp_path / "data", durable=False)
    await server.start()
    yield server
    await server.stop()


async def ask(url: str, query: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(query)
    finally:
        await connection.close()


async def test_our_role_owns_its_database_and_is_no_superuser(postgres: Postgres) -> None:
    query = """
        SELECT rolname || ' ' || rolsuper || ' ' || rolcreaterole || ' ' || (datdba = pg_roles.oid)
        FROM pg_roles, pg_database WHERE rolname = current_user AND datname = current_database()"""
    assert await ask(postgres.url, query) == "lacasa false true true"


async def test_it_speaks_utf8_in_the_c_locale_and_has_vectors(postgres: Postgres) -> None:
    assert await ask(postgres.url, "SHOW server_encoding") == "UTF8"
    query = "SELECT datcollate FROM pg_database WHERE datname = current_database()"
    assert await ask(postgres.url, query) == "C.UTF-8"
    assert await ask(postgres.url, "SELECT '[3,4]'::vector <-> '[0,0]'") == 5


async def test_nobody_enters_without_the_password(postgres: Postgres) -> None:
    with pytest.raises(asyncpg.InvalidPasswordError):
        await ask(f"postgresql://lacasa:guess@127.0.0.1:{postgres.port}/lacasa", "SELECT 1")


async def test_it_listens_on_loopback_below_the_ports_that_the_kernel_lends(postgres: Postgres) -> None:
    assert await ask(postgres.url, "SHOW listen_addresses") == "127.0.0.1"
    assert postgres.port < 32_768


async def test_secrets_and_cluster_are_for_us_alone(postgres: Postgres, tmp_path: Path) -> None:
    data = tmp_path / "data"
    private = [data / "secrets", data / "postgres", data / "logs", *(data / "secrets").iterdir()]
    assert {path.name: path.stat().st_mode & 0o077 for path in private} == {path.name: 0 for path in private}


async def test_a_second_start_keeps_port_and_rows(postgres: Postgres, tmp_path: Path) -> None:
    await ask(postgres.url, "CREATE TABLE kept AS SELECT 42 AS answer")
    await postgres.stop()
    again = Postgres(tmp_path / "data", durable=False)
    await again.start()
    try:
        assert again.url == postgres.url
        assert await ask(again.url, "SELECT answer FROM kept") == 42
    finally:
        await again.stop()


async def test_a_killed_server_comes_back_on_its_port(postgres: Postgres) -> None:
    await ask(postgres.url, "CREATE TABLE kept AS SELECT 42 AS answer")
    url, pid = postgres.url, postgres.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    assert await postgres.wait() == -signal.SIGKILL
    await postgres.start()
    assert postgres.url == url
    assert await ask(url, "SELECT answer FROM kept") == 42


async def test_a_first_start_that_was_cut_off_is_made_good(postgres: Postgres, tmp_path: Path) -> None:
    admin_password = folder.secret(tmp_path / "data", "postgres")
    admin = f"postgresql://postgres:{admin_password}@127.0.0.1:{postgres.port}/postgres"
    await ask(admin, "DROP DATABASE lacasa")
    await ask(admin, "DROP ROLE lacasa")
    await postgres.stop()
    (tmp_path / "data" / "postgres.tmp" / "half").mkdir(parents=True)
    await postgres.start()
    assert await ask(postgres.url, "SELECT 1") == 1


async def test_another_port_is_taken_when_the_remembered_one_is_in_use(postgres: Postgres, tmp_path: Path) -> None:
    taken = postgres.port
    await postgres.stop()
    with socket.create_server(("127.0.0.1", taken)):
        again = Postgres(tmp_path / "data", durable=False)
        await again.start()
        try:
            assert again.port != taken
            assert await ask(again.url, "SELECT 1") == 1
        finally:
            await again.stop()


async def test_a_pid_file_that_names_a_stranger_is_no_obstacle(postgres: Postgres, tmp_path: Path) -> None:
    await postgres.stop()
    with subprocess.Popen(["sleep", "60"]) as stranger:  # noqa: ASYNC220 - nothing waits for it
        stale = tmp_path / "data" / "postgres" / "postmaster.pid"
        stale.write_text(f"{stranger.pid}\n{stale.parent}\n1790000000\n{postgres.port}\n\n127.0.0.1\n1 1\nready\n")
        await postgres.start()
        assert await ask(postgres.url, "SELECT 1") == 1
        stranger.kill()


async def test_data_of_another_major_version_is_refused_with_a_way_out(postgres: Postgres, tmp_path: Path) -> None:
    await postgres.stop()
    (tmp_path / "data" / "postgres" / "PG_VERSION").write_text("16\n")
    with pytest.raises(Misconfigured, match=r"holds data of PostgreSQL 16, .* is PostgreSQL 18\. Point LACASA_PG_BIN"):
        await Postgres(tmp_path / "data").start()


async def test_a_server_that_cannot_start_shows_the_end_of_its_log(postgres: Postgres, tmp_path: Path) -> None:
    await postgres.stop()
    with (tmp_path / "data" / "postgres" / "postgresql.conf").open("a") as configuration:
        configuration.write("no_such_setting = 1\n")
    with pytest.raises(Unavailable, match=r"no_such_setting"):
        await postgres.start()


async def test_a_folder_without_programs_is_named(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="empty/postgres"):
        await Postgres(tmp_path / "data", binaries=tmp_path / "empty").start()


def test_where_the_kernel_does_not_tell_a_guard_watches_the_pipe(tmp_path: Path) -> None:
    guard = Path(folder.__file__).with_name("guard.py")
    elsewhere = f"import runpy, sys; sys.platform = 'plan9'; runpy.run_path({str(guard)!r}, run_name='__main__')"
    reading, writing = os.pipe()
    ties = [str(os.getpid()), str(int(signal.SIGQUIT)), "same", str(tmp_path), str(reading)]
    with subprocess.Popen([sys.executable, "-c", elsewhere, *ties, "sleep", "60"], pass_fds=[reading]) as process:
        os.close(reading)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.3)
        os.close(writing)
        assert process.wait(5) == 128 + signal.SIGQUIT


async def test_others_find_the_servers_that_run_over_a_data_folder(tmp_path: Path) -> None:
    assert running(tmp_path / "nowhere") is None
    async with embedded_servers(tmp_path / "data", durable=False) as urls:
        assert running(tmp_path / "data") == urls
    assert running(tmp_path / "data") is None


async def test_a_server_that_is_lost_while_it_starts_can_be_started_again(
    postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever supervises it must hear of that as of any other start that failed: it is no defect, and not the end."""
    provide = postgres._provide

    async def lost() -> None:
        connection = await asyncpg.connect(postgres.url)
        os.kill(postgres.pid or 0, signal.SIGKILL)
        await postgres.wait()
        try:
            await connection.fetchval("SELECT pg_sleep(5)")
        finally:
            connection.terminate()

    await postgres.stop()
    monkeypatch.setattr(postgres, "_provide", lost)
    with pytest.raises(Unavailable):
        await postgres.start()
    monkeypatch.setattr(postgres, "_provide", provide)
    await postgres.start()
    assert await ask(postgres.url, "SELECT 1") == 1
