"""Keys that seal what we keep of others: the newest seals, all that are named open, and everything can be sealed anew by the newest."""

import asyncio
import re
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec
import pytest

from core.auth import rotation, sealing
from core.database import pool
from core.errors import Misconfigured, Unauthenticated
from core.settings import settings
from tests.security.conftest import Worlds

OLD, NEW = f"2026a:{'o' * 40}", f"2026b:{'n' * 40}"
KEYS = (sys.executable, "-m", "core.cli", "keys", "status")
KEEPING = """
SELECT table_name || '.' || column_name FROM information_schema.columns
WHERE table_schema = 'public' AND (column_name LIKE '%sealed%' OR column_name = 'credentials')
"""


class Word(msgspec.Struct, frozen=True):
    word: str


@contextmanager
def named(patch: pytest.MonkeyPatch, *keys: str) -> Iterator[None]:
    with patch.context() as inner:
        inner.setenv("LACASA_SEALING_KEYS", ",".join(keys))
        settings.cache_clear()
        yield
    settings.cache_clear()


def test_the_newest_key_seals_and_all_that_are_named_open(monkeypatch: pytest.MonkeyPatch) -> None:
    word = Word("a key to a shop")
    monkeypatch.setenv("LACASA_SECRET", "s" * 40)
    settings.cache_clear()
    without = sealing.seal("sealing", word)
    with named(monkeypatch, OLD):
        first = sealing.seal("sealing", word)
        assert sealing.unseal("sealing", without, Word) == word, "what was there before any key was named stays readable"
    with named(monkeypatch, NEW, OLD):
        second = sealing.seal("sealing", word)
        assert [sealing.key_of(one) for one in (without, first, second)] == ["", "2026a", "2026b"]
        assert {sealing.unseal("sealing", one, Word) for one in (without, first, second)} == {word}
        assert sealing.key_of(sealing.resealed("sealing", first)) == "2026b"
    with named(monkeypatch, NEW):
        for wrong in (
            first,
            second.replace("2026b", "2026a"),
            second[:-4] + "AAAA",
            second.replace("2026b.", ""),
            "2026b.",
            "2026b.x",
            ".",
            "",
        ):
            with pytest.raises(Unauthenticated):
                sealing.unseal("sealing", wrong, Word)
        with pytest.raises(Unauthenticated):
            sealing.unseal("another purpose", second, Word)
    with named(monkeypatch, NEW, f"2026a:{'x' * 40}"), pytest.raises(Unauthenticated):
        sealing.unseal("sealing", first, Word)


@pytest.mark.parametrize(
    "keys", [("short:abc",), ("no-colon" * 9,), (f"Big:{'o' * 40}",), (OLD, OLD), (f":{'o' * 40}",), (f"two.dots:{'o' * 40}",)]
)
def test_keys_that_cannot_be_are_refused_without_being_told(keys: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    with named(monkeypatch, *keys), pytest.raises(Misconfigured) as refused:
        sealing.keys()
    assert "o" * 40 not in str(refused.value)


async def test_every_column_that_keeps_a_secret_is_announced(worlds: Worlds) -> None:
    found = {row[0] for row in await pool().fetch(KEEPING)}
    assert {one.name for one in rotation.columns()} == found, "lacasa keys rotate passes it over"


async def test_all_that_is_kept_is_sealed_anew_once_and_again_for_nothing(worlds: Worlds, monkeypatch: pytest.MonkeyPatch) -> None:
    """In each column that has a row: what a key opens that is named is sealed by the newest, and what none opens stays as it is."""
    ours, word = worlds.ours.organization_id, Word(secrets.token_hex(8))
    held = {}
    for one in rotation.columns():
        reads = "".join(f", {name}" for name in one.reads)
        row = await pool().fetchrow(
            f"SELECT id, organization_id{reads} FROM {one.table} WHERE organization_id = $1 ORDER BY id LIMIT 1", ours
        )
        if row is not None and one.table in {"integrations", "email_servers", "email_mailboxes", "dkim_keys", "ai_models"}:
            held[one] = (row["id"], one.purpose(row))
    assert {one.table for one in held} >= {"integrations"}

    async def put(text: str, one: rotation.Sealed) -> None:
        await pool().execute(f"UPDATE {one.table} SET {one.column} = $2 WHERE id = $1", held[one][0], text)

    async def kept(one: rotation.Sealed) -> str:
        return str(await pool().fetchval(f"SELECT {one.column} FROM {one.table} WHERE id = $1", held[one][0]))

    before = {one: await kept(one) for one in held}
    try:
        with named(monkeypatch, OLD):
            for one, (_, purpose) in held.items():
                await put(sealing.seal(purpose, word), one)
        with named(monkeypatch, NEW, OLD):
            first, _ = await asyncio.gather(rotation.rotate(), rotation.rotate())
            for one, (_, purpose) in held.items():
                assert sealing.key_of(await kept(one)) == "2026b"
                assert sealing.unseal(purpose, await kept(one), Word) == word
            assert sum(one.resealed for one in await rotation.rotate()) == 0
            assert all(set(found) <= {"2026b"} for found in (await rotation.status()).values())
            assert first
            said = await asyncio.to_thread(subprocess.run, KEYS, capture_output=True, text=True, check=True)
            assert said.stdout.startswith("sealing by 2026b\n"), said
            assert re.search(r"integrations\.credentials +\d+ by 2026b\n", said.stdout)
        with named(monkeypatch, f"2026c:{'c' * 40}"):
            lost = {one.name: one.unopened for one in await rotation.rotate()}
            assert lost["integrations.credentials"] > 0
            for one in held:
                assert sealing.key_of(await kept(one)) == "2026b", "what cannot be opened stays as it is"
            told = await asyncio.to_thread(subprocess.run, KEYS, capture_output=True, text=True, check=False)
            assert (told.returncode, "by 2026b, which is not named" in told.stdout) == (1, True)
    finally:
        for one, text in before.items():
            await put(text, one)
