"""Every route, tried by people of another organization with the names of our things: refused, nothing read, nothing changed."""

from typing import Any

import httpx
import pytest

from core.auth import tickets
from core.auth.tickets import Cursor
from core.database import pool
from tests.contracts.routes import routes
from tests.factories import PASSWORD, a_member, a_visitor, an_organization, client_id
from tests.security.call import Call
from tests.security.calls import BY_ROUTE, CALLS, ELSEWHERE
from tests.security.conftest import Worlds
from tests.security.rows import digest
from tests.security.world import World

REFUSED = {400, 401, 403, 404}
WHO = ("admin", "agent", "visitor", "nobody")


def test_every_route_is_known_here() -> None:
    """A new route: say in calls.py who may use it, with a request that is in order."""
    assert {route.name for route in routes()} - set(BY_ROUTE) - set(ELSEWHERE) == set()


async def credentials(world: World, who: str) -> dict[str, str]:
    """Fresh for every request: some of them end the session."""
    if who == "nobody":
        return {}
    if who == "visitor":
        return {"Authorization": f"Bearer {world.token}"}
    return {"Cookie": f"lacasa_session={await world.cookie(who)}"}


async def ask(
    http: httpx.AsyncClient, call: Call, headers: dict[str, str], address: dict[str, Any], body: dict[str, Any]
) -> httpx.Response:
    """The request with an address that names things of one world, and a body that names things of another."""
    content = None if call.body is None else call.body(body)
    if isinstance(content, bytes):
        return await http.request(
            call.method, call.address(address), content=content, headers=headers | {"Content-Type": "text/plain"}
        )
    return await http.request(call.method, call.address(address), json=content, headers=headers)


def attempts(call: Call, worlds: Worlds) -> list[tuple[str, dict[str, Any], bool]]:
    """Ways to name our things: in the address, in the body of a request for one's own, below one's own widget. Third: must be refused."""
    ours, own = worlds.ours.names, worlds.strangers.names
    if call.may == "anybody":
        return [("address", ours, False)]
    found = [("address", ours, bool(call.names) or call.refers)]
    if call.refers and call.names:
        found.append(("body", own, True))
    if call.is_widget:
        found.append(("widget", ours | {"key": own["key"]}, "token" in call.names or call.refers))
    return found


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.route)
async def test_strangers_get_nothing_and_change_nothing(call: Call, worlds: Worlds, http: httpx.AsyncClient) -> None:
    ours, strangers = worlds
    before = await digest(ours.organization_id)
    for way, address, must_fail in attempts(call, worlds):
        for who in WHO:
            answer = await ask(http, call, await credentials(strangers, who), address, ours.names)
            told = f"{who} by {way}: {answer.status_code} {answer.text[:300]}"
            assert answer.status_code < 500, told
            if must_fail and not (call.silent and answer.status_code == 204):
                assert answer.status_code in REFUSED, told
            if who == "nobody" and call.may != "anybody":
                assert answer.status_code == 401, told
            if call.route != "GET /files/{token:str}":  # there the address is the permission
                assert ours.canary not in answer.text, told
    assert await digest(ours.organization_id) == before


@pytest.mark.parametrize("call", [call for call in CALLS if call.is_widget and call.may == "visitor"], ids=lambda call: call.route)
async def test_another_visitor_of_the_same_site_is_a_stranger_too(call: Call, worlds: Worlds, http: httpx.AsyncClient) -> None:
    ours = worlds.ours
    token = tickets.visitor_token_for(await tickets.widget(ours.names["key"]))
    before = await digest(ours.organization_id)
    answer = await ask(http, call, {"Authorization": f"Bearer {token}"}, ours.names, ours.names)
    assert ours.canary not in answer.text
    if "token" in call.names or call.refers:
        assert answer.status_code in REFUSED
        assert await digest(ours.organization_id) == before


FILES = ("file", "visitor_file", "attached")


@pytest.mark.parametrize("name", FILES)
async def test_another_organizations_uploads_cannot_be_attached(name: str, worlds: Worlds, http: httpx.AsyncClient) -> None:
    ours, strangers = worlds
    before = await digest(ours.organization_id)
    body = {"client_id": client_id(), "content": "See here", "files": [ours.names[name]]}
    staff = await credentials(strangers, "admin")
    for path in ("reply", "note"):
        answer = await http.post(f"/api/conversations/{strangers.names['conversation']}/{path}", json=body, headers=staff)
        assert (answer.status_code, answer.json()["code"]) == (400, "unknown_file")
    path = f"/api/widget/{strangers.names['key']}/messages"
    answer = await http.post(path, json=body, headers=await credentials(strangers, "visitor"))
    assert (answer.status_code, answer.json()["code"]) == (400, "unknown_file")
    assert await digest(ours.organization_id) == before


@pytest.mark.parametrize("column", ["inbox_id", "team_id", "assignee_id", "contact_id"])
async def test_a_filter_by_anothers_thing_finds_nothing(column: str, worlds: Worlds, http: httpx.AsyncClient) -> None:
    ours, strangers = worlds
    value = ours.names[{"assignee_id": "member"}.get(column, column.removesuffix("_id"))]
    answer = await http.get(f"/api/conversations?status=any&{column}={value}", headers=await credentials(strangers, "admin"))
    assert (answer.status_code, answer.json()["items"]) == (200, [])


async def test_search_finds_nothing_of_another_organization(worlds: Worlds, http: httpx.AsyncClient) -> None:
    ours, strangers = worlds
    staff = await credentials(strangers, "admin")
    for path in ("contacts", "articles"):
        answer = await http.get(f"/api/{path}", params={"q": ours.canary}, headers=staff)
        assert answer.json()["items"] == []
    answer = await http.get(f"/api/widget/{ours.names['key']}/articles", params={"q": f"handbook {ours.canary}"})
    assert answer.json() == [], "what is internal is found by no customer"
    answer = await http.get(f"/api/widget/{ours.names['key']}/articles/{ours.names['hidden_slug']}")
    assert answer.status_code == 404


async def test_a_login_cannot_choose_an_organization_of_others(worlds: Worlds, http: httpx.AsyncClient) -> None:
    ours, strangers = worlds
    email = await pool().fetchval("SELECT email FROM users WHERE id = $1", strangers.admin.id)
    body = {"email": email, "password": PASSWORD, "organization_id": ours.organization_id}
    assert (await http.post("/api/auth/login", json=body)).status_code == 401


async def test_an_address_does_not_tell_the_name_of_its_owner(worlds: Worlds, http: httpx.AsyncClient) -> None:
    someone = await a_member(await an_organization(), name="Somebody Unknown")
    email = await pool().fetchval("SELECT email FROM users WHERE id = $1", someone.id)
    body = {"name": "Whoever", "email": email, "role": "agent"}
    answer = await http.post("/api/users", json=body, headers=await credentials(worlds.strangers, "admin"))
    assert (answer.status_code, answer.json()["code"]) == (409, "account_exists")
    assert "Somebody Unknown" not in answer.text


async def test_a_token_of_one_purpose_opens_nothing_else(worlds: Worlds, http: httpx.AsyncClient) -> None:
    ours = worlds.ours
    visitor = await a_visitor(ours.inbox)
    wrong = [
        tickets.ticket_for(ours.admin.session_id or 0),
        tickets.cursor_for(visitor, Cursor(1, 1)),
        await ours.cookie("admin"),
        worlds.strangers.token,
        ours.token[:-2] + ("AA" if not ours.token.endswith("AA") else "BB"),
    ]
    for token in wrong:
        answer = await http.get(f"/api/widget/{ours.names['key']}/conversations", headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == 401
    for cookie in (ours.token, wrong[0], "eyJhbGciOiJub25lIn0.eyJzaWQiOjEsImV4cCI6OTk5OTk5OTk5OX0."):
        assert (await http.get("/api/auth/me", headers={"Cookie": f"lacasa_session={cookie}"})).status_code == 401
