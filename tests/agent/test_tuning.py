"""Training a language model at a provider: every step once, every failure told, whatever dies in between."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest

from agent.learning.export import actions as training
from agent.learning.export.structs import TrainingInput
from agent.learning.export.tuning import actions, jobs, provider, queries, structs, work
from agent.learning.export.tuning.structs import PlanInput, TuningView
from agent.llm import actions as llm
from agent.llm import queries as models
from agent.llm.structs import ModelInput
from agent.reviews import actions as reviews
from agent.reviews.structs import ReviewInput
from core import egress
from core.access import system
from core.audit import log as audit
from core.database import system_transaction
from core.errors import Conflict, Forbidden, NotFound
from core.jobs import admin
from core.settings import Settings
from tests.agent import scenes
from tests.agent.loopback import KEY
from tests.agent.scenes import QUESTION, Scene, a_shop, receipts
from tests.agent.trainer import MODEL, Reply, Trainer, trainer
from tests.factories import a_member, a_message, an_organization

pytestmark = pytest.mark.usefixtures("connected")
BEGIN, FILES = "POST /fine_tuning/jobs", "POST /files"


@pytest.fixture
async def server(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Trainer]:
    async with reachable(monkeypatch) as found:
        yield found


@pytest.fixture
async def scene(server: Trainer) -> Scene:
    return await ready_to_train(server)


@asynccontextmanager
async def reachable(patch: pytest.MonkeyPatch) -> AsyncIterator[Trainer]:
    """A provider that may be asked though it stands on this machine, and takes a single line."""
    patch.setattr(egress, "settings", lambda: Settings(egress_networks=("127.0.0.0/8",)))
    for module in (structs, actions, queries):
        patch.setattr(module, "LEAST", 1)
    async with trainer() as found:
        yield found


async def ready_to_train(server: Trainer) -> Scene:
    """A shop with a provider, a plan, and one reply to train with."""
    found = await a_shop()
    _, sent = await a_message(found.inbox, QUESTION)
    assert await scenes.work(found, sent) == "answered"
    (receipt,) = await receipts(found, sent)
    await reviews.review(found.admin, receipt.id, ReviewInput("approve"))
    await training.decide(found.admin, TrainingInput(allowed=True))
    await llm.choose(found.admin, ModelInput(name="openai:tiny", base_url=server.url, key=KEY))
    await actions.keep_plan(found.admin, PlanInput("tiny-base"))
    return found


async def started(scene: Scene) -> int:
    run_id = await actions.start(scene.admin)
    await advance(scene, run_id)
    return run_id


async def advance(scene: Scene, run_id: int) -> TuningView:
    await jobs.advance.function(scene.admin.organization_id, run_id)
    return await newest(scene)


async def newest(scene: Scene) -> TuningView:
    return (await queries.page(scene.admin)).runs[0]


async def ledger_of(scene: Scene, name: str) -> list[Any]:
    async with system_transaction("tests look at the ledger") as db:
        sql = "SELECT run_at FROM jobs WHERE organization_id = $1 AND name = $2 AND status < 2 ORDER BY id"
        return await db.fetch_rows(sql, scene.admin.organization_id, name)


async def set_row(scene: Scene, assignment: str) -> None:
    async with system_transaction("a test makes a state that a crash leaves") as db:
        await db.execute(f"UPDATE ai_fine_tunings SET {assignment} WHERE organization_id = $1", scene.admin.organization_id)


async def test_data_is_handed_over_trained_with_and_the_result_is_only_offered(scene: Scene, server: Trainer) -> None:
    run_id = await started(scene)
    assert server.lines == [FILES, BEGIN]
    upload, begin = server.asked
    assert b'"role":"assistant"' in upload.body
    assert b'name="purpose"\r\n\r\nfine-tune' in upload.body
    assert begin.json == {"training_file": "file-1", "model": "tiny-base"}
    assert {request.headers["authorization"] for request in server.asked} == {f"Bearer {KEY}"}
    view = await newest(scene)
    assert (view.status, view.lines, view.trouble, view.started_by) == ("training", 1, "", scene.admin.name)
    server.status = "succeeded"
    view = await advance(scene, run_id)
    assert (view.status, view.model) == ("succeeded", MODEL)
    assert (await models.view(scene.admin)).name == "openai:tiny"
    chosen = await actions.choose(scene.admin, run_id)
    assert (chosen.name, chosen.base_url, chosen.has_key) == (f"openai:{MODEL}", server.url, True)


async def test_it_looks_less_often_the_longer_it_takes(scene: Scene) -> None:
    run_id = await started(scene)
    await set_row(scene, "created_at = now() - interval '50 minutes'")
    async with system_transaction("a test runs the job itself") as db:
        await db.execute("DELETE FROM jobs WHERE organization_id = $1", scene.admin.organization_id)
    await advance(scene, run_id)
    (row,) = await ledger_of(scene, actions.ADVANCE)
    assert 280 < (row[0] - datetime.now(UTC)).total_seconds() < 320
    await set_row(scene, "created_at = now() - interval '8 days'")
    view = await advance(scene, run_id)
    assert (view.status, view.trouble) == ("failed", "it did not end within a week")


async def test_whoever_goes_on_after_a_crash_hands_nothing_over_twice(scene: Scene, server: Trainer) -> None:
    server.says = lambda request: Reply(cut=True) if request.line == BEGIN else None
    run_id = await started(scene)
    assert (await newest(scene)).status == "preparing"
    server.says = lambda request: None
    await advance(scene, run_id)
    assert server.lines.count(FILES) == 1
    assert (await newest(scene)).status == "training"


async def test_a_training_whose_beginning_was_not_written_down_is_found_and_not_paid_twice(scene: Scene, server: Trainer) -> None:
    run_id = await started(scene)
    await set_row(scene, "job_id = '', status = 'preparing'")
    view = await advance(scene, run_id)
    assert view.status == "training"
    assert server.lines == [FILES, BEGIN, "GET /fine_tuning/jobs"]
    assert len(server.jobs) == 1


async def test_what_was_asked_for_in_vain_is_asked_for_again(scene: Scene, server: Trainer) -> None:
    await started(scene)
    server.jobs.clear()
    await set_row(scene, "job_id = '', status = 'preparing'")
    await advance(scene, (await newest(scene)).id)
    assert server.lines.count(BEGIN) == 2


@pytest.mark.parametrize(
    ("reply", "trouble"),
    [
        (Reply({}, 429), "the provider answered 429: too many requests for now"),
        (Reply({}, 503), "the provider answered 503"),
        (Reply("no job"), "the provider's answer could not be read"),
        (Reply({"id": "../x", "status": "running"}), "the provider's answer could not be read"),
        (
            Reply(raw=b"HTTP/1.1 200 X\r\ncontent-length: 9\r\n\r\n\xff\xfe{"),
            "the provider cannot be reached",
        ),
        (Reply(raw=b"SSH-2.0-no\r\n\r\n"), "the provider cannot be reached"),
        (Reply(cut=True), "the provider cannot be reached"),
        (Reply({}, pause_s=2), "the provider did not answer in time"),
        (Reply({}, endless=True), f"the answer is larger than {provider.ANSWER_MAX} bytes"),
    ],
)
async def test_passing_trouble_is_told_and_tried_again(
    scene: Scene, server: Trainer, monkeypatch: pytest.MonkeyPatch, reply: Reply, trouble: str
) -> None:
    monkeypatch.setattr(provider, "SILENCE_S", 0.5)
    server.says = lambda request: reply if request.line == BEGIN else None
    run_id = await started(scene)
    view = await newest(scene)
    assert view.status == "preparing"
    assert view.trouble.startswith(trouble)
    server.says = lambda request: None
    view = await advance(scene, run_id)
    assert (view.status, view.trouble) == ("training", "")


@pytest.mark.parametrize(
    ("status", "trouble"),
    [
        (401, "the provider answered 401: the key is wrong"),
        (403, "the provider answered 403: the key may not train"),
        (404, "the provider answered 404: there is no such model, or it cannot be trained here"),
        (307, "the provider answered 307"),
    ],
)
@pytest.mark.parametrize("line", [FILES, BEGIN])
async def test_what_will_not_pass_ends_it_and_tells_no_secret(
    scene: Scene, server: Trainer, line: str, status: int, trouble: str
) -> None:
    elsewhere = {"location": "http://127.0.0.1:1/"}
    server.says = lambda request: Reply({"error": f"no: {KEY}"}, status, elsewhere) if request.line == line else None
    await started(scene)
    view = await newest(scene)
    assert (view.status, view.trouble) == ("failed", trouble)
    assert len(server.lines) == 1 + (line == BEGIN)


async def test_a_slow_drip_is_bounded_too(scene: Scene, server: Trainer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provider, "WHOLE_S", 0.3)
    run_id = await started(scene)
    server.says = lambda request: Reply({}, pause_s=5)
    view = await advance(scene, run_id)
    assert (view.status, view.trouble) == ("training", "the provider did not answer in time")


async def test_trouble_that_does_not_pass_ends_it_after_some_tries(
    scene: Scene, server: Trainer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "TRIES", 3)
    server.says = lambda request: Reply({}, 500)
    run_id = await started(scene)
    assert (await advance(scene, run_id)).status == "preparing"
    view = await advance(scene, run_id)
    assert (view.status, view.trouble) == ("failed", "the provider answered 500")
    assert len(server.asked) == 3


async def test_retry_after_is_heeded(scene: Scene, server: Trainer) -> None:
    server.says = lambda request: Reply({}, 429, {"retry-after": "400"})
    run_id = await actions.start(scene.admin)
    async with system_transaction("a test runs the job itself") as db:
        await db.execute("DELETE FROM jobs WHERE organization_id = $1", scene.admin.organization_id)
    await advance(scene, run_id)
    (row,) = await ledger_of(scene, actions.ADVANCE)
    assert 390 < (row[0] - datetime.now(UTC)).total_seconds() < 410


async def test_the_guard_lets_nothing_into_our_own_network(scene: Scene, server: Trainer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(egress, "settings", Settings)
    await started(scene)
    view = await newest(scene)
    assert "not on the public internet" in view.trouble
    assert server.asked == []


async def test_a_cancelled_training_ends_at_the_provider_too(scene: Scene, server: Trainer) -> None:
    run_id = await started(scene)
    await actions.cancel(scene.admin, run_id)
    await jobs.cancel.function(scene.admin.organization_id, run_id)
    assert server.lines[-1] == "POST /fine_tuning/jobs/job-1/cancel"
    assert (await newest(scene)).status == "cancelled"
    with pytest.raises(Conflict):
        await actions.cancel(scene.admin, run_id)


async def test_cancelled_before_it_began_it_never_begins(scene: Scene, server: Trainer) -> None:
    run_id = await actions.start(scene.admin)
    await actions.cancel(scene.admin, run_id)
    view = await advance(scene, run_id)
    assert view.status == "cancelled"
    assert BEGIN not in server.lines


async def test_cancelled_while_the_provider_was_away_it_is_told_at_the_next_look(scene: Scene, server: Trainer) -> None:
    run_id = await started(scene)
    await actions.cancel(scene.admin, run_id)
    server.says = lambda request: Reply(cut=True)
    await jobs.cancel.function(scene.admin.organization_id, run_id)
    assert (await newest(scene)).status == "training"
    server.says = lambda request: None
    assert (await advance(scene, run_id)).status == "cancelled"


async def test_a_key_goes_to_no_other_address(scene: Scene, server: Trainer) -> None:
    run_id = await actions.start(scene.admin)
    await llm.choose(scene.admin, ModelInput(name="openai:tiny", base_url="https://elsewhere.example/v1", key="another"))
    view = await advance(scene, run_id)
    assert (view.status, view.trouble, server.asked) == ("failed", "another provider was chosen meanwhile", [])


async def test_consent_that_is_taken_back_stops_what_was_not_handed_over(scene: Scene, server: Trainer) -> None:
    run_id = await actions.start(scene.admin)
    await training.decide(scene.admin, TrainingInput(allowed=False))
    view = await advance(scene, run_id)
    assert (view.status, server.asked) == ("failed", [])
    with pytest.raises(Conflict) as refused:
        await actions.start(scene.admin)
    assert refused.value.reason == "training_not_allowed"


async def test_one_at_a_time(scene: Scene) -> None:
    await started(scene)
    with pytest.raises(Conflict) as refused:
        await actions.start(scene.admin)
    assert refused.value.reason == "already_training"


async def dropped(scene: Scene) -> None:
    (job,) = await admin.page(scene.admin, "queued", actions.ADVANCE, None, 10)
    await admin.drop(scene.admin, job.id)


async def test_one_whose_job_an_admin_dropped_keeps_no_other_from_beginning(scene: Scene) -> None:
    lost = await started(scene)
    await dropped(scene)
    begun = await actions.start(scene.admin)
    runs = {run.id: (run.status, run.trouble) for run in (await queries.page(scene.admin)).runs}
    assert runs == {lost: ("failed", "the work on it was dropped"), begun: ("preparing", "")}


async def test_one_whose_job_an_admin_dropped_can_be_cancelled_to_its_end(scene: Scene, server: Trainer) -> None:
    run_id = await started(scene)
    await dropped(scene)
    server.says = lambda request: Reply(cut=True)
    await actions.cancel(scene.admin, run_id)
    await jobs.cancel.function(scene.admin.organization_id, run_id)
    assert (await newest(scene)).status == "training"
    assert len(await ledger_of(scene, actions.ADVANCE)) == 1, "the next look ends it"


async def test_it_needs_a_provider_a_model_and_enough_lines(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "LEAST", 2)
    with pytest.raises(Conflict) as few:
        await actions.start(scene.admin)
    await actions.keep_plan(scene.admin, PlanInput(""))
    with pytest.raises(Conflict) as unnamed:
        await actions.start(scene.admin)
    await llm.choose(scene.admin, ModelInput(name="", key=""))
    with pytest.raises(Conflict) as alone:
        await actions.start(scene.admin)
    reasons = [found.value.reason for found in (few, unnamed, alone)]
    assert reasons == ["too_few_lines", "no_base_model", "no_provider"]


async def test_by_night_it_begins_only_where_it_is_wanted_and_enough_is_new(scene: Scene, server: Trainer) -> None:
    actor = system(scene.admin.organization_id)
    await actions.start_if_due(actor)
    await actions.keep_plan(scene.admin, PlanInput("tiny-base", minimum=10, scheduled=True))
    assert scene.admin.organization_id in await queries.scheduled()
    await actions.start_if_due(actor)
    assert (await queries.page(scene.admin)).runs == []
    async with system_transaction("a test wants fewer than people may") as db:
        await db.execute("UPDATE ai_fine_tuning_plans SET minimum = 1 WHERE organization_id = $1", actor.organization_id)
    await actions.start_if_due(actor)
    run = await newest(scene)
    assert (run.started_by, (await queries.page(scene.admin)).fresh) == ("", 0)
    server.status = "failed"
    assert (await advance(scene, run.id)).status == "failed"
    await actions.start_if_due(actor)
    assert len((await queries.page(scene.admin)).runs) == 1


async def test_what_the_provider_calls_its_model_must_be_a_name(scene: Scene, server: Trainer) -> None:
    run_id = await started(scene)
    bad = {"id": "job-1", "status": "succeeded", "fine_tuned_model": "a model\nwith lines"}
    server.says = lambda request: Reply(bad)
    view = await advance(scene, run_id)
    assert (view.status, view.model) == ("training", "")
    assert view.trouble == "the provider does not say what the trained model is called"


async def test_only_admins_and_each_for_their_own(scene: Scene) -> None:
    run_id = await started(scene)
    stranger, user = await an_organization(), await a_member(scene.admin, "user")
    for refused, actor in ((NotFound, stranger), (Forbidden, user)):
        with pytest.raises(refused):
            await actions.cancel(actor, run_id)
        with pytest.raises(refused):
            await actions.choose(actor, run_id)
    with pytest.raises(Forbidden):
        await actions.start(user)
    with pytest.raises(Conflict) as early:
        await actions.choose(scene.admin, run_id)
    assert early.value.reason == "not_trained"
    assert "fine_tuning.started" in [one.action for one in await audit.page(scene.admin, None, 20)]


async def test_work_that_dies_for_good_is_told(scene: Scene) -> None:
    run_id = await started(scene)
    await jobs.give_up(scene.admin.organization_id, run_id)
    view = await newest(scene)
    assert (view.status, view.trouble) == ("failed", "the work on it ended unexpectedly")


async def test_consent_that_is_taken_back_after_the_upload_keeps_training_from_beginning(scene: Scene, server: Trainer) -> None:
    server.says = lambda request: Reply({}, 503) if request.line == BEGIN else None
    run_id = await started(scene)
    await training.decide(scene.admin, TrainingInput(allowed=False))
    server.says = lambda request: None
    assert (await advance(scene, run_id)).status == "failed"
