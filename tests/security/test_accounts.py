"""Signing in and out, and what must end with it; requests that other websites make a browser send."""

import re
from typing import Any

import httpx
import pytest

from core.auth import sessions, tickets
from core.consent.pages import routes as consent_pages
from core.database import pool
from tests.contracts.routes import routes
from tests.factories import PASSWORD, an_address, an_organization
from tests.security.call import Call
from tests.security.calls import CALLS
from tests.security.conftest import Worlds
from tests.security.sockets import live
from tests.security.test_strangers import ask, credentials
from tests.security.world import World, a_world
from tests.stack import Stack

SIGNED = {
    "POST /inbound/email", "POST /mail/stop/{stop:str}", "POST /webhooks/{platform:str}/{event:str}", "POST /connect/woocommerce",
    *(name for name in consent_pages.PUBLIC if name.startswith("POST")),
}  # fmt: skip
"""They heed no cookie: no browser can add what they ask for."""
CHANGING = [call for call in CALLS if call.method != "GET" and not call.is_widget and call.route not in SIGNED]
FOREIGN = (
    "",
    "null",
    "https://evil.example",
    "http://[",
    "http://localhost",
    "http://127.0.0.1",
    "http://127.0.0.1.evil.example",
    "file://",
)


@pytest.fixture(scope="module")
async def shop(stack: Stack) -> World:
    assert stack.url
    return await a_world()


@pytest.mark.parametrize("call", CHANGING, ids=lambda call: call.route)
async def test_no_other_website_can_change_anything(call: Call, worlds: Worlds, http: httpx.AsyncClient) -> None:
    """A browser adds the cookie by itself; where the request comes from, a page cannot choose."""
    ours = worlds.ours
    headers = await credentials(ours, "admin")
    for origin in FOREIGN:
        answer = await ask(http, call, headers | {"Origin": origin}, ours.names, ours.names)
        assert (answer.status_code, answer.json()["code"]) == (403, "csrf"), (origin, answer.text)
    body = call.body(ours.names) if call.body else None
    request = http.build_request(
        call.method, call.address(ours.names), headers=headers, json=None if isinstance(body, bytes) else body
    )
    del request.headers["Origin"]
    assert (await http.send(request)).json()["code"] == "csrf"


def test_no_route_changes_anything_when_it_is_only_read() -> None:
    """GET needs no origin, so nothing may happen by it."""
    verbs = ("create", "update", "delete", "add", "set", "remove", "send", "log_", "sign_", "end_", "upload", "retry", "drop")
    for route in routes():
        if route.name.startswith("GET "):
            assert not str(getattr(route.handler, "operation_id", "") or "").startswith(verbs), route.name


async def _email(user_id: int | None) -> str:
    return str(await pool().fetchval("SELECT email FROM users WHERE id = $1", user_id))


async def _log_in(http: httpx.AsyncClient, email: str, password: str, **more: Any) -> httpx.Response:
    return await http.post("/api/auth/login", json={"email": email, "password": password, **more})


def _cookie(answer: httpx.Response) -> str:
    return answer.headers["set-cookie"].partition(";")[0]


async def test_the_eleventh_try_in_a_row_is_not_even_looked_at(http: httpx.AsyncClient) -> None:
    email, other = await _email((await an_organization()).id), await _email((await an_organization()).id)
    for _ in range(10):
        assert (await _log_in(http, email, "wrong password")).status_code == 401
    for password in ("wrong password", PASSWORD):
        answer = await _log_in(http, email.upper(), password)
        assert (answer.status_code, answer.json()["code"]) == (429, "too_many_requests")
        assert 0 < int(answer.headers["retry-after"]) <= 900
    assert (await _log_in(http, other, PASSWORD)).status_code == 200


async def test_an_unknown_address_and_a_wrong_password_look_alike(http: httpx.AsyncClient) -> None:
    email = await _email((await an_organization()).id)
    known, unknown = await _log_in(http, email, "wrong password"), await _log_in(http, an_address(), "wrong password")
    assert (known.status_code, known.json()) == (unknown.status_code, unknown.json())
    assert known.status_code == 401


async def test_a_taken_address_cannot_sign_up_again(http: httpx.AsyncClient) -> None:
    email = await _email((await an_organization()).id)
    for spelling in (email, email.upper()):
        body = {"organization_name": "Again", "name": "Again", "email": spelling, "password": "a long enough one"}
        answer = await http.post("/api/auth/signup", json=body)
        assert (answer.status_code, answer.json()["code"]) == (409, "email_taken")
        assert "set-cookie" not in answer.headers


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(http: httpx.AsyncClient) -> None:
    answer = await _log_in(http, await _email((await an_organization()).id), PASSWORD)
    parts = {part.strip().lower() for part in answer.headers["set-cookie"].split(";")}
    assert {"httponly", "samesite=lax", "path=/"} <= parts


async def test_every_login_is_a_session_of_its_own(http: httpx.AsyncClient) -> None:
    email = await _email((await an_organization()).id)
    first = await _log_in(http, email, PASSWORD)
    request = http.build_request(
        "POST", "/api/auth/login", json={"email": email, "password": PASSWORD}, headers={"Cookie": _cookie(first)}
    )
    second = await http.send(request)
    assert _cookie(first) != _cookie(second)
    assert sessions.session_of(_cookie(first).partition("=")[2]) != sessions.session_of(_cookie(second).partition("=")[2])


async def test_after_signing_out_the_cookie_is_worth_nothing(shop: World, http: httpx.AsyncClient) -> None:
    headers = await credentials(shop, "agent")
    assert (await http.get("/api/auth/me", headers=headers)).status_code == 200
    assert (await http.post("/api/auth/logout", headers=headers)).status_code == 204
    assert (await http.get("/api/auth/me", headers=headers)).status_code == 401


async def test_a_session_that_has_run_out_is_over(shop: World, http: httpx.AsyncClient) -> None:
    session = await shop.session("agent")
    headers = {"Cookie": f"lacasa_session={sessions.cookie_for(session)}"}
    await pool().execute("UPDATE sessions SET expires_at = now() - interval '1 second' WHERE id = $1", session)
    assert (await http.get("/api/auth/me", headers=headers)).status_code == 401


async def test_a_new_password_ends_all_other_sessions_and_their_sockets(stack: Stack, http: httpx.AsyncClient) -> None:
    admin = await an_organization()
    email = await _email(admin.id)
    here, there = _cookie(await _log_in(http, email, PASSWORD)), _cookie(await _log_in(http, email, PASSWORD))
    kept, ended = (sessions.session_of(cookie.partition("=")[2]) for cookie in (here, there))
    async with live(stack, ticket=tickets.ticket_for(ended)) as other, live(stack, ticket=tickets.ticket_for(kept)) as own:
        body = {"current_password": PASSWORD, "new_password": "another correct horse"}
        answer = await http.post("/api/auth/password", json=body, headers={"Cookie": here})
        assert answer.status_code == 204, answer.text
        assert (await other.closed())[0] == 4401
        await own.say("ping", n=3)
        assert (await own.until("pong"))["n"] == 3
    assert (await http.get("/api/auth/me", headers={"Cookie": here})).status_code == 200
    assert (await http.get("/api/auth/me", headers={"Cookie": there})).status_code == 401
    assert (await _log_in(http, email, PASSWORD)).status_code == 401
    assert (await _log_in(http, email, "another correct horse")).status_code == 200


async def test_a_new_role_holds_from_the_next_request_on(http: httpx.AsyncClient) -> None:
    world = await a_world()
    headers = await credentials(world, "agent")
    assert (await http.get("/api/audit", headers=headers)).status_code == 403
    path = f"/api/users/{world.agent.id}"
    assert (await http.patch(path, json={"role": "admin"}, headers=await credentials(world, "admin"))).status_code == 200
    assert (await http.get("/api/audit", headers=headers)).status_code == 200
    assert (await http.patch(path, json={"role": "agent"}, headers=await credentials(world, "admin"))).status_code == 200
    assert (await http.get("/api/audit", headers=headers)).status_code == 403
    assert (await http.delete(path, headers=await credentials(world, "admin"))).status_code == 204
    assert (await http.get("/api/auth/me", headers=headers)).status_code == 401


async def test_what_matters_for_safety_is_written_down(shop: World, http: httpx.AsyncClient) -> None:
    listed = (await http.get("/api/audit?limit=100", headers=await credentials(shop, "admin"))).json()
    assert {"organization.founded", "member.added", "session.opened", "inbox.created", "team.saved"} <= {
        entry["action"] for entry in listed
    }


async def test_no_answer_holds_a_secret(shop: World, http: httpx.AsyncClient) -> None:
    hashed = await pool().fetchval("SELECT password_hash FROM users WHERE id = $1", shop.admin.id)
    for call in CALLS:
        if call.method == "GET" and not call.is_widget and call.may != "anybody":
            text = (await ask(http, call, await credentials(shop, "admin"), shop.names, shop.names)).text
            assert hashed not in text, call.route
            assert "argon2" not in text, call.route
            assert '"nonce"' not in text, call.route


async def test_what_is_stored_in_place_of_a_password_is_dear_to_guess_by(http: httpx.AsyncClient) -> None:
    """At least what OWASP asks of argon2id (19 MiB and two passes); it is what a database that got lost leaves between a thief and a password."""
    email = an_address()
    body = {"organization_name": "Harbour Lights", "name": "Ada Admin", "email": email, "password": PASSWORD}
    assert (await http.post("/api/auth/signup", json=body)).status_code == 201
    stored = await pool().fetchval("SELECT password_hash FROM users WHERE email = $1", email)
    found = re.match(r"\$argon2id\$v=19\$m=(\d+),t=(\d+),", stored)
    assert found is not None, stored[:20]
    assert int(found[1]) >= 19 * 1024
    assert int(found[2]) >= 2
