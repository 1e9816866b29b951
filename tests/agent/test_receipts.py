"""Receipts over HTTP, and who may read them."""

import subprocess
import sys

import pytest
from httpx import ASGITransport, AsyncClient
from litestar import Litestar
from litestar.di import Provide

from agent import queries, routes
from core.access import Actor
from core.edge import HANDLERS
from core.errors import NotFound
from tests.agent.scenes import a_shop, ask, work
from tests.factories import a_member, an_inbox, an_organization

pytestmark = pytest.mark.usefixtures("connected")


def client_of(actor: Actor) -> AsyncClient:
    async def provide() -> Actor:
        return actor

    app = Litestar([routes.router], dependencies={"actor": Provide(provide)}, exception_handlers=HANDLERS, logging_config=None)
    return AsyncClient(transport=ASGITransport(app), base_url="http://test")


async def test_staff_reads_the_receipts_of_a_conversation() -> None:
    scene = await a_shop()
    _, sent = await ask(scene)
    await work(scene, sent)
    async with client_of(scene.admin) as client:
        answer = await client.get(f"/api/conversations/{sent.conversation.id}/decisions")
    assert answer.status_code == 200
    (receipt,) = answer.json()
    assert receipt["outcome"] == "answered"
    assert receipt["passages"][0]["slug"] == "shipping-costs-and-delivery-times"
    assert receipt["latency_ms"] >= 0


async def test_a_visitor_and_a_stranger_read_none() -> None:
    scene = await a_shop()
    visitor, sent = await ask(scene)
    await work(scene, sent)
    path = f"/api/conversations/{sent.conversation.id}/decisions"
    async with client_of(visitor) as client:
        assert (await client.get(path)).status_code == 403
    async with client_of(await an_organization()) as client:
        assert (await client.get(path)).status_code == 404


async def test_an_agent_without_access_to_the_inbox_reads_none() -> None:
    scene = await a_shop()
    scene.inbox = await an_inbox(scene.admin, ai_enabled=True, access="members")
    agent = await a_member(scene.admin)
    _, sent = await ask(scene)
    await work(scene, sent)
    with pytest.raises(NotFound):
        await queries.receipts(agent, sent.conversation.id)


def test_the_manifest_imports_nothing_heavy() -> None:
    code = "import sys, agent.manifest; heavy = {'langgraph', 'langchain', 'langchain_core', 'weaviate'} & set(sys.modules); assert not heavy, heavy"
    subprocess.run([sys.executable, "-c", code], check=True)
