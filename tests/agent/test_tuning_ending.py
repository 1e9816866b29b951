"""A training that is given up here is cancelled at its provider, with the key that it began with, and what that answers is told."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from agent.learning.export import actions as training
from agent.learning.export.structs import TrainingInput
from agent.learning.export.tuning import actions, ending, jobs, provider, work
from agent.llm import actions as llm
from agent.llm.structs import ModelInput
from core.database import system_transaction
from core.jobs import admin
from tests.agent.loopback import KEY
from tests.agent.scenes import Scene
from tests.agent.test_tuning import BEGIN, advance, dropped, ledger_of, newest, reachable, ready_to_train, set_row, started
from tests.agent.trainer import Reply, Trainer
from tests.factories import an_organization

pytestmark = pytest.mark.usefixtures("connected")
STATE, CANCEL = "GET /fine_tuning/jobs/job-1", "POST /fine_tuning/jobs/job-1/cancel"
ELSEWHERE = ModelInput(name="openai:tiny", base_url="https://elsewhere.example/v1", key="another")


@pytest.fixture
async def server(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Trainer]:
    async with reachable(monkeypatch) as found:
        yield found


@pytest.fixture
async def scene(server: Trainer) -> Scene:
    return await ready_to_train(server)


async def call_off(scene: Scene, run_id: int) -> tuple[str, str]:
    """Do what its job does, if one is queued; what stands there then."""
    if await ledger_of(scene, jobs.call_off.name):
        await jobs.call_off.function(scene.admin.organization_id, run_id)
    return await at_provider(scene)


async def at_provider(scene: Scene) -> tuple[str, str]:
    view = await newest(scene)
    return view.at_provider, view.provider_says


async def kept_key(scene: Scene) -> str:
    async with system_transaction("tests look for a key") as db:
        sql = "SELECT sealed_key FROM ai_fine_tunings WHERE organization_id = $1 ORDER BY id DESC LIMIT 1"
        return str(await db.fetch_value(sql, scene.admin.organization_id))


async def another_address(scene: Scene, run_id: int) -> None:
    await llm.choose(scene.admin, ELSEWHERE)
    await advance(scene, run_id)


async def a_week(scene: Scene, run_id: int) -> None:
    await set_row(scene, "created_at = now() - interval '8 days'")
    await advance(scene, run_id)


async def no_consent(scene: Scene, run_id: int) -> None:
    await training.decide(scene.admin, TrainingInput(allowed=False))


async def a_dropped_job(scene: Scene, run_id: int) -> None:
    await dropped(scene)
    await jobs.end_lost.function()


async def a_death(scene: Scene, run_id: int) -> None:
    await jobs.give_up(scene.admin.organization_id, run_id)


@pytest.mark.parametrize("happens", [another_address, a_week, no_consent, a_dropped_job, a_death])
async def test_what_is_given_up_here_is_cancelled_there(
    scene: Scene, server: Trainer, happens: Callable[[Scene, int], Awaitable[None]]
) -> None:
    run_id = await started(scene)
    assert KEY not in await kept_key(scene)
    await happens(scene, run_id)
    assert ((await newest(scene)).status, *await at_provider(scene)) == ("failed", "asking", "")
    server.asked.clear()
    for _ in range(2):
        await jobs.call_off.function(scene.admin.organization_id, run_id)
        assert server.lines == [STATE, CANCEL]
        assert await at_provider(scene) == ("cancelled", "")
    assert {request.headers["authorization"] for request in server.asked} == {f"Bearer {KEY}"}
    assert await kept_key(scene) == ""
    await advance(scene, run_id)
    assert (await newest(scene)).status == "failed"


@pytest.mark.parametrize("status", ["succeeded", "failed"])
async def test_what_has_ended_there_is_not_cancelled(scene: Scene, server: Trainer, status: str) -> None:
    run_id = await started(scene)
    await no_consent(scene, run_id)
    server.status = status
    assert await call_off(scene, run_id) == (status, "")
    assert CANCEL not in server.lines
    assert ((await newest(scene)).status, (await newest(scene)).model) == ("failed", "")


async def test_what_never_began_there_is_not_called_off(scene: Scene, server: Trainer) -> None:
    run_id = await actions.start(scene.admin)
    await no_consent(scene, run_id)
    assert (await call_off(scene, run_id), server.asked, await kept_key(scene)) == (("", ""), [], "")
    await training.decide(scene.admin, TrainingInput(allowed=True))
    server.says = lambda request: Reply({}, 401) if request.line == BEGIN else None
    await started(scene)
    assert (await at_provider(scene), await kept_key(scene)) == (("", ""), "")


async def test_a_provider_that_is_away_is_asked_again_but_not_for_ever(
    scene: Scene, server: Trainer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ending, "TRIES", 3)
    run_id = await started(scene)
    await no_consent(scene, run_id)
    server.says = lambda request: Reply({}, 503)
    for _ in range(2):
        assert await call_off(scene, run_id) == ("asking", "the provider answered 503")
        assert await kept_key(scene)
    assert await call_off(scene, run_id) == ("unreached", "the provider answered 503")
    assert await kept_key(scene) == ""


async def test_one_that_does_not_end_though_it_was_cancelled_is_looked_at_again(scene: Scene, server: Trainer) -> None:
    run_id = await started(scene)
    await no_consent(scene, run_id)
    server.says = lambda request: Reply({"id": "job-1", "status": "running"}) if request.line == CANCEL else None
    assert await call_off(scene, run_id) == ("asking", "the provider says that it is still running")
    server.says = lambda request: None
    assert await call_off(scene, run_id) == ("cancelled", "")


async def test_one_whose_beginning_was_not_written_down_is_found_and_cancelled(scene: Scene, server: Trainer) -> None:
    run_id = await started(scene)
    begun = list(server.jobs)
    await set_row(scene, "job_id = '', status = 'preparing'")
    server.jobs.clear()
    await no_consent(scene, run_id)
    assert await call_off(scene, run_id) == ("asking", "the provider knows of no such training")
    server.jobs += begun
    assert await call_off(scene, run_id) == ("cancelled", "")


async def test_one_that_was_begun_while_it_was_given_up_is_not_taken_up_again(
    scene: Scene, server: Trainer, monkeypatch: pytest.MonkeyPatch
) -> None:
    begins = provider.Provider.begin

    async def given_up_meanwhile(self: provider.Provider, file_id: str, base_model: str) -> provider.Job:
        job = await begins(self, file_id, base_model)
        await training.decide(scene.admin, TrainingInput(allowed=False))
        return job

    monkeypatch.setattr(work.Provider, "begin", given_up_meanwhile)
    run_id = await started(scene)
    view = await newest(scene)
    assert (view.status, view.trouble) == ("failed", training.FORBIDDEN)
    assert await call_off(scene, run_id) == ("cancelled", "")


async def test_a_key_that_was_changed_at_the_same_address_is_tried_too(scene: Scene, server: Trainer) -> None:
    run_id = await started(scene)
    await llm.choose(scene.admin, ModelInput(name="openai:tiny", base_url=server.url, key="fresh"))
    await no_consent(scene, run_id)
    server.says = lambda request: None if request.headers["authorization"] == "Bearer fresh" else Reply({}, 401)
    assert await call_off(scene, run_id) == ("cancelled", "")


async def test_what_the_provider_knows_nothing_of_is_told(scene: Scene, server: Trainer) -> None:
    run_id = await started(scene)
    await no_consent(scene, run_id)
    server.says = lambda request: Reply({"error": KEY}, 404)
    assert await call_off(scene, run_id) == ("unreached", "the provider answered 404: it knows of no such training")


async def test_work_on_it_that_is_dropped_or_dies_leaves_no_key(scene: Scene) -> None:
    run_id = await started(scene)
    await no_consent(scene, run_id)
    await jobs.end_lost.function()
    assert await at_provider(scene) == ("asking", "")
    (queued,) = await admin.page(scene.admin, "queued", jobs.call_off.name, None, 10)
    await admin.drop(scene.admin, queued.id)
    await jobs.end_lost.function()
    assert (*await at_provider(scene), await kept_key(scene)) == ("unreached", ending.DROPPED, "")
    await training.decide(scene.admin, TrainingInput(allowed=True))
    run_id = await started(scene)
    await no_consent(scene, run_id)
    await jobs.give_up_calling_off(scene.admin.organization_id, run_id)
    assert ((await at_provider(scene))[0], await kept_key(scene)) == ("unreached", "")


async def test_consent_that_another_organization_takes_back_ends_nothing_here(scene: Scene) -> None:
    await started(scene)
    stranger = await an_organization()
    await training.decide(stranger, TrainingInput(allowed=True))
    await training.decide(stranger, TrainingInput(allowed=False))
    assert (await newest(scene)).status == "training"
