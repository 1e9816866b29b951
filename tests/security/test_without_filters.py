"""The same strangers while the first wall is down: what the code filters by is broken on purpose, and row-level security stands alone."""

from collections.abc import AsyncIterator
from functools import lru_cache
from typing import Any

import httpx
import pytest
from msgspec.structs import replace

from core import database, tenancy
from core.access import Actor, ActorKind
from core.app import create_app
from core.auth import sessions, tickets
from core.edge import Rim
from tests.security.call import Call
from tests.security.calls import CALLS
from tests.security.conftest import Worlds, no_jar
from tests.security.rows import digest
from tests.security.test_strangers import ask, attempts, credentials

AS_SYSTEM = "/api/auth/"
"""What works across organizations does so as the owner, by ids of the session: row-level security is not its wall."""


@lru_cache(maxsize=1)
def application() -> Rim:
    """Finds what it calls at each request, so what is broken here is broken in it."""
    return Rim(create_app())


@pytest.fixture
async def here(worlds: Worlds, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[httpx.AsyncClient]:
    """The application in this process, where it can be broken, with `Table.of` filtering nothing."""
    assert worlds.ours.canary
    monkeypatch.setattr(tenancy, "_owned_by", lambda table, actor: table.id.is_not_null())
    transport = httpx.ASGITransport(app=application())
    headers = {"Origin": "http://here.example"}
    async with httpx.AsyncClient(transport=transport, base_url="http://here.example", headers=headers, cookies=no_jar()) as client:
        yield client


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.route)
async def test_without_the_filter_of_tables_nothing_leaks(call: Call, worlds: Worlds, here: httpx.AsyncClient) -> None:
    ours, strangers = worlds
    before = await digest(ours.organization_id)
    for way, address, must_fail in attempts(call, worlds):
        answer = await ask(here, call, await credentials(strangers, "visitor" if call.is_widget else "admin"), address, ours.names)
        told = f"{way}: {answer.status_code} {answer.text[:300]}"
        if must_fail and not call.silent:
            assert answer.status_code >= 400, told
        if call.route != "GET /files/{token:str}":
            assert ours.canary not in answer.text, told
    assert await digest(ours.organization_id) == before


class Confused:
    """Every actor claims our organization, all its inboxes and its contact; the transaction is still the strangers'."""

    def __init__(self, worlds: Worlds) -> None:
        self._ours, self._theirs = worlds.ours, worlds.strangers.organization_id
        self._actor_of, self._tenant = sessions.actor_of, database._tenant

    async def actor_of(self, session_id: int) -> Actor:
        return self._claim(await self._actor_of(session_id))

    async def visitor(self, _token: str, _widget: Any) -> Actor:
        return self._claim(replace(self._ours.visitor, kind=ActorKind.visitor))

    def _claim(self, actor: Actor) -> Actor:
        inboxes = frozenset({self._ours.names["inbox"], self._ours.names["hidden"]})
        return replace(actor, organization_id=self._ours.organization_id, inbox_ids=inboxes)

    def tenant(self, actor: Actor) -> int:
        """Of transactions and of stored routines alike."""
        return self._theirs if actor.organization_id == self._ours.organization_id else self._tenant(actor)


@pytest.fixture
async def confused(worlds: Worlds, here: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> httpx.AsyncClient:
    broken = Confused(worlds)
    monkeypatch.setattr(sessions, "actor_of", broken.actor_of)
    monkeypatch.setattr(tickets, "visitor", broken.visitor)
    monkeypatch.setattr(database, "_tenant", broken.tenant)
    return here


@pytest.mark.parametrize("call", [call for call in CALLS if AS_SYSTEM not in call.route], ids=lambda call: call.route)
async def test_with_the_wrong_organization_in_every_query_nothing_leaks(
    call: Call, worlds: Worlds, confused: httpx.AsyncClient
) -> None:
    """`organization_id = $1` holds for our rows in every statement here: only the policies are left. A defect like that may well be a 500."""
    ours, strangers = worlds
    before = await digest(ours.organization_id)
    for role in ("visitor",) if call.is_widget else ("admin", "agent"):
        answer = await ask(confused, call, await credentials(strangers, role), ours.names, ours.names)
        told = f"{role}: {answer.status_code} {answer.text[:300]}"
        if call.route != "GET /files/{token:str}":
            assert ours.canary not in answer.text, told
        if call.may != "anybody" and (call.names or call.refers) and not call.silent:
            assert answer.status_code >= 400, told
    assert await digest(ours.organization_id) == before


async def test_the_broken_wall_would_show(worlds: Worlds, confused: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """The attempt itself works: with the policies switched off as well, our words come out."""
    ours, strangers = worlds
    owner = database._outermost

    def without_policies(begin: str, actor: Actor | None, *source: Any) -> Any:
        return owner(begin.replace("SET LOCAL ROLE lacasa_app;", ""), actor, *source)

    monkeypatch.setattr(database, "_outermost", without_policies)
    answer = await confused.get("/api/contacts", headers=await credentials(strangers, "admin"))
    assert ours.canary in answer.text
