"""Figures are read from the copy of the database where there is one, and from the database itself where that is away or too far behind."""

from collections.abc import AsyncIterator
from typing import Any

import msgspec
import pytest

from core import replica
from core.settings import settings
from tests.factories import an_organization
from tests.ports import free_port

HERE = "SELECT current_setting('lacasa.copy', true)"


@pytest.fixture
async def copied(connected: object, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Any]:
    """Reads the copy at an address that the test names."""
    del connected
    await replica.close()

    def at(url: str | None) -> None:
        monkeypatch.setattr(replica, "settings", lambda: msgspec.structs.replace(settings(), database_read_url=url))

    yield at
    await replica.close()


async def test_a_copy_that_answers_is_asked_and_its_lag_is_told(copied: Any) -> None:
    admin = await an_organization()
    copied(f"{settings().required_database_url()}?options=-c%20lacasa.copy%3Dyes")
    async with replica.read(admin) as asked:
        assert (await asked.db.fetch_value(HERE), asked.lag_s) == ("yes", 0)
        assert await asked.db.fetch_value("SELECT count(*) FROM memberships") == 1
        with pytest.raises(Exception, match="read-only"):
            await asked.db.execute("DELETE FROM analytics_states WHERE organization_id = $1", admin.organization_id)


async def test_a_copy_that_is_away_is_not_waited_for(copied: Any, caplog: pytest.LogCaptureFixture) -> None:
    admin = await an_organization()
    copied(f"postgresql://x@127.0.0.1:{free_port()}/x")
    for _ in range(2):
        async with replica.read(admin) as asked:
            assert (await asked.db.fetch_value("SELECT count(*) FROM memberships"), asked.lag_s) == (1, None)
    assert caplog.text.count("the copy of the database is not asked") == 1


async def test_a_copy_that_is_far_behind_is_not_asked(copied: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    admin = await an_organization()
    copied(settings().required_database_url())
    monkeypatch.setattr(replica, "LAG", "SELECT 301.0::float8")
    async with replica.read(admin) as asked:
        assert asked.lag_s is None
