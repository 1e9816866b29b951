"""Uploads: whose they are, who can read them, how many there may be, and that nothing is left on disk."""

import stat
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from core.database import pool
from core.errors import TooLarge, TooManyRequests
from core.files import actions, jobs, quota
from core.settings import settings
from tests.factories import a_visitor, client_id
from tests.security.test_strangers import credentials
from tests.security.world import World, a_world
from tests.stack import Stack

TEXT = {"Content-Type": "text/plain"}


@pytest.fixture(scope="module")
async def shop(stack: Stack) -> World:
    assert stack.url
    return await a_world()


def on_disk() -> set[Path]:
    return {path for path in (settings().data / "files").rglob("*") if path.is_file()}


async def bytes_of(*chunks: bytes) -> AsyncIterator[bytes]:
    for chunk in chunks:
        yield chunk


async def test_a_file_that_is_not_sent_is_soon_read_by_nobody(shop: World, http: httpx.AsyncClient) -> None:
    headers = await credentials(shop, "visitor")
    widget = f"/api/widget/{shop.names['key']}"
    file = (await http.post(f"{widget}/files?name=a.txt", content=b"mine", headers=headers | TEXT)).json()
    assert (await http.get(file["url"])).content == b"mine"
    await pool().execute("UPDATE files SET created_at = now() - interval '61 minutes' WHERE token = $1", file["token"])
    assert (await http.get(file["url"])).status_code == 404
    body = {"client_id": client_id(), "content": "see", "files": [file["token"]]}
    assert (await http.post(f"{widget}/messages", json=body, headers=headers)).status_code == 201
    answer = await http.get(file["url"])
    assert (answer.status_code, answer.content) == (200, b"mine")
    assert answer.headers["content-disposition"].startswith("attachment")


async def test_a_file_may_be_as_large_as_the_widget_is_told(shop: World, http: httpx.AsyncClient) -> None:
    """Litestar has a limit of its own for bodies, which is smaller."""
    widget = f"/api/widget/{shop.names['key']}"
    told = (await http.post(f"{widget}/session", json={})).json()["config"]["upload_max_bytes"]
    headers = await credentials(shop, "visitor")
    most = await http.post(f"{widget}/files?name=a.txt", content=b"a" * told, headers=headers | TEXT)
    assert (most.status_code, most.json()["size"]) == (201, told)
    more = await http.post(f"{widget}/files?name=a.txt", content=b"a" * (told + 1), headers=headers | TEXT)
    assert (more.status_code, more.json()["code"]) == (413, "too_large")
    before = on_disk()
    unannounced = await http.post(f"{widget}/files?name=a.txt", content=bytes_of(*[b"a" * told, b"a"]), headers=headers | TEXT)
    assert unannounced.status_code == 413
    assert on_disk() == before


async def test_what_is_refused_leaves_neither_bytes_nor_a_row(shop: World, http: httpx.AsyncClient) -> None:
    headers = await credentials(shop, "visitor")
    before, rows = on_disk(), await pool().fetchval("SELECT count(*) FROM files")
    for kind, content in (("audio/" + "a" * 200, b"x"), ("text/html", b"x"), ("text/plain", b"")):
        answer = await http.post(
            f"/api/widget/{shop.names['key']}/files?name=a",
            content=content,
            headers=headers | {"Content-Type": kind.encode("latin-1")},
        )
        assert 400 <= answer.status_code < 500, kind
    assert (on_disk(), await pool().fetchval("SELECT count(*) FROM files")) == (before, rows)


async def test_other_accounts_of_the_machine_read_no_uploads(shop: World) -> None:
    await actions.upload(shop.admin, "a.txt", "text/plain", None, bytes_of(b"secret"))
    root = settings().data / "files"
    for path in (root, *root.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


async def test_a_visitor_has_a_share_of_the_disk_and_no_more(monkeypatch: pytest.MonkeyPatch, shop: World) -> None:
    monkeypatch.setattr(quota, "VISITOR_BYTES", 100)
    visitor = await a_visitor(shop.inbox)
    await actions.upload(visitor, "a.txt", "text/plain", 60, bytes_of(b"a" * 60))
    with pytest.raises(TooLarge):
        await actions.upload(visitor, "b.txt", "text/plain", 41, bytes_of(b"b" * 41))
    await actions.upload(visitor, "c.txt", "text/plain", 40, bytes_of(b"c" * 40))
    with pytest.raises(TooManyRequests):
        await actions.upload(visitor, "d.txt", "text/plain", 1, bytes_of(b"d"))
    other = await a_visitor(shop.inbox)
    await actions.upload(other, "e.txt", "text/plain", 60, bytes_of(b"e" * 60))


async def test_what_nobody_sent_goes_with_the_next_day_also_where_a_crash_left_half_of_it(shop: World) -> None:
    kept = await actions.upload(shop.admin, "kept.txt", "text/plain", None, bytes_of(b"young"))
    old = [await actions.upload(shop.admin, "old.txt", "text/plain", None, bytes_of(b"old")) for _ in range(3)]
    whole = settings().data / "files" / old[0].token[:2] / old[0].token
    whole.rename(whole.with_suffix(".part"))  # what a process that dies while writing leaves: a part, and a row without digest
    tokens = [file.token for file in old]
    await pool().execute("UPDATE files SET created_at = now() - interval '25 hours' WHERE token = ANY ($1::text[])", tokens)
    await pool().execute("UPDATE files SET sha256 = '' WHERE token = $1", tokens[0])
    await jobs.tidy_uploads.function()
    assert await pool().fetchval("SELECT count(*) FROM files WHERE token = ANY ($1::text[])", tokens) == 0
    names = {path.name for path in on_disk()}
    assert names.isdisjoint({*tokens, f"{tokens[0]}.part"})
    assert kept.token in names
