"""Guessing passwords: strangers are stopped, and the owner is not stopped by strangers."""

import asyncio
import secrets
import threading

import httpx
import pytest

from core.access import Actor
from core.auth import accounts, passwords, sessions
from core.database import pool
from core.embedded.servers import Urls
from tests.factories import PASSWORD, an_address, an_organization
from tests.security.conftest import an_ip, in_process

WRONG = "not the password"


async def _email(actor: Actor) -> str:
    return str(await pool().fetchval("SELECT email FROM users WHERE id = $1", actor.id))


async def _tries(address: str, email: str, *tried: str) -> list[int]:
    """The answers to these passwords, one after another, from one network address."""
    async with in_process(address) as client:
        return [
            (await client.post("/api/auth/login", json={"email": email, "password": password})).status_code for password in tried
        ]


async def test_wrong_tries_from_elsewhere_lock_nobody_out(connected: Urls) -> None:
    assert connected
    email, stranger = await _email(await an_organization()), an_ip()
    assert await _tries(stranger, email, *[WRONG] * 10, PASSWORD) == [401] * 10 + [429]
    assert await _tries(an_ip(), email, PASSWORD) == [200]
    assert await _tries(stranger, email, PASSWORD) == [429], "another's success is not the stranger's"


async def test_guessing_from_many_networks_ends_but_not_for_where_one_signed_in_before(
    connected: Urls, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert connected
    email, home = await _email(await an_organization()), an_ip()
    assert await _tries(home, email, PASSWORD) == [200]
    monkeypatch.setattr(accounts, "PER_ACCOUNT", 4)  # the sign-in at home was the first
    for _ in range(3):
        assert await _tries(an_ip(), email, WRONG) == [401]
    assert await _tries(an_ip(), email, PASSWORD) == [429]
    assert await _tries(home, email, WRONG, PASSWORD) == [401, 200]


async def test_an_ipv6_network_counts_as_one(connected: Urls, monkeypatch: pytest.MonkeyPatch) -> None:
    assert connected
    monkeypatch.setattr(accounts, "PER_ACCOUNT_AND_NETWORK", 2)
    email, net = await _email(await an_organization()), f"2001:db8:{secrets.token_hex(2)}"
    answers = [(await _tries(f"{net}::{number}", email, WRONG))[0] for number in (1, 2, 3)]
    assert answers == [401, 401, 429]
    assert await _tries(f"{net}:1::1", email, PASSWORD) == [200]


async def test_another_spelling_of_an_address_is_no_other_account(connected: Urls) -> None:
    """What lower case is, Python and PostgreSQL do not agree on beyond ASCII: no such address is kept, found or counted."""
    assert connected
    name = f"iris{an_address()}"
    email, address = await _own(name), an_ip()
    for odd in (
        name.replace("i", "İ", 1),
        name.replace("i", "ı", 1),
        name.replace("x", "ｘ"),
        f"{name}\n",
        f" {name}",
        f"{name}\u202e",
    ):
        assert await _tries(an_ip(), odd, PASSWORD) == [400], ascii(odd)
    spelled = [email.upper(), email.title(), email]
    assert await _tries(address, email, *[WRONG] * 8) == [401] * 8
    assert [(await _tries(address, spelling, WRONG))[0] for spelling in spelled] == [401, 401, 429]


async def _own(email: str) -> str:
    async with in_process() as client:
        body = {"organization_name": "Own", "name": "Iris", "email": email, "password": PASSWORD}
        assert (await client.post("/api/auth/signup", json=body)).status_code == 201
    return email


class Held:
    """Hashing that stands still while it is asked about `WRONG`."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.go_on = threading.Event()
        original = passwords._verify

        def held(password: str, hashed: str) -> bool:
            if password != WRONG:
                return original(password, hashed)
            self.go_on.wait()
            return False

        monkeypatch.setattr(passwords, "_verify", held)


async def test_a_flood_of_sign_ins_is_turned_away_and_leaves_the_staff_in_peace(
    app: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = await an_organization()
    held = Held(monkeypatch)
    flood = [asyncio.create_task(_tries(an_ip(), an_address(), WRONG)) for _ in range(35)]
    try:
        await _until_they_wait(35)
        refused = await app.post("/api/auth/login", json={"email": an_address(), "password": PASSWORD})
        assert (refused.status_code, refused.json()["code"]) == (429, "busy")
        assert int(refused.headers["retry-after"]) > 0
        cookie = {"Cookie": f"{sessions.COOKIE}={sessions.cookie_for(admin.session_id or 0)}"}
        change = {"current_password": PASSWORD, "new_password": "another correct horse"}
        assert (await app.post("/api/auth/password", json=change, headers=cookie)).status_code == 204
    finally:
        held.go_on.set()
    assert await asyncio.gather(*flood) == [[401]] * 35
    assert passwords._for_anybody._inside == 0


async def _until_they_wait(many: int) -> None:
    for _ in range(3000):
        if passwords._for_anybody._inside == many:
            return
        await asyncio.sleep(0.02)
    raise AssertionError("they do not wait")
