"""What changes while a password is being verified: nobody gets in by what held when the request came."""

import asyncio

import httpx
import pytest

from core.access import Actor
from core.auth import accounts, passwords, sessions
from core.database import pool
from core.errors import Unauthenticated
from tests.factories import PASSWORD, a_member, an_address, an_organization

ANOTHER = "another correct horse"


class Verifying:
    """Holds the next request that verified a password, between that and what follows."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.reached, self.go_on = asyncio.Event(), asyncio.Event()
        original = passwords.verify

        async def held(password: str, hashed: str | None, **options: bool) -> bool:
            monkeypatch.setattr(passwords, "verify", original)
            matches = await original(password, hashed, **options)
            self.reached.set()
            await self.go_on.wait()
            return matches

        monkeypatch.setattr(passwords, "verify", held)


@pytest.fixture
def verifying(monkeypatch: pytest.MonkeyPatch) -> Verifying:
    return Verifying(monkeypatch)


def _as(actor: Actor) -> dict[str, str]:
    return {"Cookie": f"{sessions.COOKIE}={sessions.cookie_for(actor.session_id or 0)}"}


async def _log_in(app: httpx.AsyncClient, email: str, password: str) -> httpx.Response:
    return await app.post("/api/auth/login", json={"email": email, "password": password})


async def _add(app: httpx.AsyncClient, admin: Actor, email: str) -> httpx.Response:
    return await app.post("/api/users", json={"name": "New Hire", "email": email, "role": "admin"}, headers=_as(admin))


async def _remove(app: httpx.AsyncClient, admin: Actor, added: httpx.Response) -> None:
    answer = await app.delete(f"/api/users/{added.json()['user']['id']}", headers=_as(admin))
    assert answer.status_code == 204, answer.text


async def _email(actor: Actor) -> str:
    return str(await pool().fetchval("SELECT email FROM users WHERE id = $1", actor.id))


async def test_who_once_held_an_address_does_not_enter_the_organization_that_adds_it(
    app: httpx.AsyncClient, verifying: Verifying
) -> None:
    theirs, ours, address = await an_organization("Evil"), await an_organization("Good"), an_address()
    added = await _add(app, theirs, address)
    attack = asyncio.create_task(_log_in(app, address, added.json()["password"]))
    await verifying.reached.wait()
    await _remove(app, theirs, added)
    hired = await _add(app, ours, address)
    assert hired.status_code == 201, hired.text
    verifying.go_on.set()
    answer = await attack
    assert (answer.status_code, answer.json()["code"]) == (401, "wrong_credentials")
    assert (await _log_in(app, address, added.json()["password"])).status_code == 401
    entered = await _log_in(app, address, hired.json()["password"])
    assert (entered.status_code, entered.json()["organization_id"]) == (200, ours.organization_id)


async def test_an_old_password_opens_no_session_after_it_was_changed(app: httpx.AsyncClient, verifying: Verifying) -> None:
    admin = await an_organization()
    email = await _email(admin)
    attack = asyncio.create_task(_log_in(app, email, PASSWORD))
    await verifying.reached.wait()
    change = {"current_password": PASSWORD, "new_password": ANOTHER}
    assert (await app.post("/api/auth/password", json=change, headers=_as(admin))).status_code == 204
    verifying.go_on.set()
    assert (await attack).status_code == 401
    open_now = "SELECT count(*) FROM sessions WHERE user_id = $1 AND revoked_at IS NULL"
    assert await pool().fetchval(open_now, admin.id) == 1, "the one that changed the password"
    assert (await _log_in(app, email, ANOTHER)).status_code == 200


async def test_a_password_can_be_changed_only_while_it_is_the_current_one(app: httpx.AsyncClient, verifying: Verifying) -> None:
    admin = await an_organization()
    email = await _email(admin)
    stale = {"current_password": PASSWORD, "new_password": "what a thief would like"}
    attack = asyncio.create_task(app.post("/api/auth/password", json=stale, headers=_as(admin)))
    await verifying.reached.wait()
    change = {"current_password": PASSWORD, "new_password": ANOTHER}
    assert (await app.post("/api/auth/password", json=change, headers=_as(admin))).status_code == 204
    verifying.go_on.set()
    answer = await attack
    assert (answer.status_code, answer.json()["code"]) == (403, "wrong_password")
    assert (await _log_in(app, email, ANOTHER)).status_code == 200


async def test_a_session_that_ended_meanwhile_turns_into_no_other(app: httpx.AsyncClient) -> None:
    admin = await an_organization()
    entered = await _log_in(app, await _email(admin), PASSWORD)
    cookie = entered.headers["set-cookie"].partition(";")[0]
    change = {"current_password": PASSWORD, "new_password": ANOTHER}
    assert (await app.post("/api/auth/password", json=change, headers={"Cookie": cookie})).status_code == 204
    with pytest.raises(Unauthenticated):
        await accounts.switch(admin, admin.organization_id, user_agent="tests", address="")
    assert (await app.get("/api/auth/me", headers={"Cookie": cookie})).status_code == 200


async def test_a_wrong_try_counts_until_somebody_is_really_in(app: httpx.AsyncClient, verifying: Verifying) -> None:
    admin = await an_organization()
    email = await _email(admin)
    attack = asyncio.create_task(_log_in(app, email, PASSWORD))
    await verifying.reached.wait()
    change = {"current_password": PASSWORD, "new_password": ANOTHER}
    assert (await app.post("/api/auth/password", json=change, headers=_as(admin))).status_code == 204
    verifying.go_on.set()
    assert (await attack).status_code == 401
    answers = [(await _log_in(app, email, PASSWORD)).status_code for _ in range(10)]
    assert answers == [401] * 9 + [429]


# Addresses that were added and removed ---------------------------------------------------------------------------


async def test_an_address_is_free_again_when_nobody_has_its_account(app: httpx.AsyncClient) -> None:
    """Nobody's address is verified: who adds a stranger, signs in as them and removes them must not keep them out."""
    squatter, address = await an_organization("Evil"), an_address()
    for _ in range(2):
        added = await _add(app, squatter, address)
        assert added.status_code == 201, added.text
        entered = await _log_in(app, address, added.json()["password"])
        assert entered.status_code == 200
        await _remove(app, squatter, added)
    cookie = entered.headers["set-cookie"].partition(";")[0]
    assert (await app.get("/api/auth/me", headers={"Cookie": cookie})).status_code == 401
    body = {"organization_name": "Big", "name": "The Owner", "email": address, "password": PASSWORD}
    owner = await app.post("/api/auth/signup", json=body)
    assert owner.status_code == 201, owner.text
    assert owner.json()["organization_name"] == "Big"
    assert (await app.get("/api/auth/me", headers={"Cookie": cookie})).status_code == 401


async def test_an_account_stays_while_one_organization_has_it(app: httpx.AsyncClient) -> None:
    """And goes with the last, however close together they end it."""
    first, second = await an_organization(), await an_organization()
    member = await a_member(first)
    await pool().execute(
        "INSERT INTO memberships (organization_id, user_id, role) VALUES ($1, $2, 'agent')", second.organization_id, member.id
    )
    exists = "SELECT count(*) FROM users WHERE id = $1"
    path = f"/api/users/{member.id}"
    assert (await app.delete(path, headers=_as(first))).status_code == 204
    assert await pool().fetchval(exists, member.id) == 1
    await pool().execute(
        "INSERT INTO memberships (organization_id, user_id, role) VALUES ($1, $2, 'agent')", first.organization_id, member.id
    )
    async with pool().acquire() as connection, connection.transaction():
        await connection.execute(
            "DELETE FROM memberships WHERE user_id = $1 AND organization_id = $2", member.id, first.organization_id
        )
        other = asyncio.create_task(app.delete(path, headers=_as(second)))
        await _waits_for_a_lock()
    assert (await other).status_code == 204
    assert await pool().fetchval(exists, member.id) == 0


async def _waits_for_a_lock() -> None:
    """Until some connection of this database waits for another one's lock."""
    sql = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    for _ in range(400):
        if await pool().fetchval(sql):
            return
        await asyncio.sleep(0.05)
    raise AssertionError("nobody waits")
