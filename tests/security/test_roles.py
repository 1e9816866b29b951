"""Who may do what: the table of calls.py, tried with every role on every route."""

import httpx
import pytest

from tests.security.call import Call
from tests.security.calls import CALLS
from tests.security.conftest import Worlds
from tests.security.test_strangers import ask, credentials
from tests.security.world import World, a_fresh, a_world

ROLES = ("admin", "user", "agent", "visitor", "nobody")
IN_ORDER = {200, 201, 204, 409}
"""409: the role was let in, and the state of things forbade it."""
OUT_OF_ORDER = {
    "POST /api/auth/password": {403},
    "POST /api/auth/login": {401},
    "POST /inbound/email": {401},
    "POST /webhooks/{platform:str}/{event:str}": {404},
    "POST /connect/woocommerce": {400},
    "GET /api/integrations/shopify/callback": {400},
    "GET /api/copilot/{request_id:int}": {404},
}
"""Requests that are let in and then fail for a reason of their own: wrong passwords, signatures, no shop, what a colleague asked the copilot."""


@pytest.fixture(scope="module")
async def own(worlds: Worlds) -> World:
    """An organization in which everything may be changed and used up."""
    assert worlds.ours.canary
    return await a_world()


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.route)
async def test_a_role_may_do_what_the_table_says_and_nothing_else(call: Call, own: World, http: httpx.AsyncClient) -> None:
    for role in ROLES:
        names = own.names | (await a_fresh(own, call.fresh) if call.fresh else {})
        answer = await ask(http, call, await credentials(own, role), names, names)
        told = f"{role}: {answer.status_code} {answer.text[:300]}"
        if call.may == "anybody" or role in call.may.split():
            assert answer.status_code in IN_ORDER | OUT_OF_ORDER.get(call.route, set()), told
        elif call.is_widget or role in {"visitor", "nobody"}:
            assert answer.status_code == 401, told
        else:
            assert (answer.status_code, answer.json()["code"]) == (403, "forbidden"), told


OF_ONE_CONVERSATION = [call for call in CALLS if "conversation_id" in call.names]


@pytest.mark.parametrize("call", OF_ONE_CONVERSATION, ids=lambda call: call.route)
async def test_staff_finds_only_the_conversations_it_may_see(call: Call, hidden: World, http: httpx.AsyncClient) -> None:
    for role in ("user", "agent"):
        answer = await ask(http, call, await credentials(hidden, role), hidden.names, hidden.names)
        assert answer.status_code == 404, f"{role}: {answer.status_code} {answer.text[:300]}"
        assert hidden.canary not in answer.text


async def test_lists_and_figures_leave_out_what_one_may_not_see(hidden: World, http: httpx.AsyncClient) -> None:
    staff = await credentials(hidden, "agent")
    assert (await http.get("/api/conversations?status=any", headers=staff)).json()["items"] == []
    assert (await http.get("/api/conversations/counts", headers=staff)).json()["all"] == 0
    body = {"contact_id": hidden.names["contact"], "inbox_id": hidden.names["inbox"], "client_id": "a" * 16, "content": "Hello"}
    assert (await http.post("/api/conversations/start", json=body, headers=staff)).status_code == 404
    assert hidden.names["inbox"] not in [inbox["id"] for inbox in (await http.get("/api/inboxes", headers=staff)).json()]


@pytest.fixture(scope="module")
async def hidden(worlds: Worlds) -> World:
    """An organization whose only conversation is in an inbox of the admin alone, assigned to nobody."""
    from core.conversations import actions as conversations
    from core.conversations.structs import AssignInput
    from core.inboxes import actions as inboxes
    from core.inboxes.structs import InboxChanges

    assert worlds.ours.canary
    world = await a_world()
    await conversations.assign(world.admin, world.names["conversation"], AssignInput(assignee_id=None, team_id=None))
    for name in ("inbox", "email_inbox"):
        await inboxes.update(world.admin, world.names[name], InboxChanges(access="members", member_ids=[world.admin.id or 0]))
    return world


async def test_the_last_admin_stays(own: World, http: httpx.AsyncClient) -> None:
    staff = await credentials(own, "admin")
    path = f"/api/users/{own.admin.id}"
    assert (await http.patch(path, json={"role": "agent"}, headers=staff)).json()["code"] == "last_admin"
    assert (await http.delete(path, headers=staff)).json()["code"] == "last_admin"


async def test_nobody_raises_his_own_role(own: World, http: httpx.AsyncClient) -> None:
    for role in ("user", "agent"):
        who = getattr(own, role)
        answer = await http.patch(f"/api/users/{who.id}", json={"role": "admin"}, headers=await credentials(own, role))
        assert answer.status_code == 403


async def test_what_the_server_decides_cannot_be_sent_along(own: World, http: httpx.AsyncClient) -> None:
    """Mass assignment: every body with a field more that only the server sets."""
    extra = {
        "id": 1,
        "organization_id": 1,
        "role": "admin",
        "created_at": "2020-01-01T00:00:00Z",
        "version": 99,
        "is_internal": True,
    }
    for call in CALLS:
        if call.body is not None and isinstance(body := call.body(own.names), dict):
            for field, value in extra.items():
                if field not in body:
                    with_more: Call = call._replace(body=lambda names, more=body | {field: value}: more)
                    answer = await ask(
                        http, with_more, await credentials(own, "visitor" if call.is_widget else "admin"), own.names, own.names
                    )
                    allowed = field == "organization_id" and call.route == "POST /api/auth/login"
                    assert answer.status_code == (401 if allowed else 400), f"{call.route} took {field}"
