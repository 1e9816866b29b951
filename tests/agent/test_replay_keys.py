"""A key that was typed for a replay of a language model is kept no longer than that goes on, wherever it is."""

import pytest

from agent.llm import models
from agent.replay import jobs
from core.jobs import admin
from tests.agent.loopback import Loopback
from tests.agent.scenes import Scene
from tests.agent.test_replay import worked
from tests.agent.test_replay_writing import kept_key, newest, past, tried

pytestmark = pytest.mark.usefixtures("connected")


async def test_one_whose_job_was_dropped_is_ended_and_its_key_erased_though_nobody_asks(server: Loopback, scene: Scene) -> None:
    await past(server, scene)
    await tried(scene, server)
    await jobs.end_lost.function()
    assert ((await newest(scene))["status"], bool(await kept_key(scene))) == ("running", True)
    (queued,) = await admin.page(scene.admin, "queued", jobs.step.name, None, 10)
    await admin.drop(scene.admin, queued.id)
    for _ in range(2):
        await jobs.end_lost.function()
        assert ((await newest(scene))["status"], await kept_key(scene)) == ("failed", "")


async def test_a_worker_keeps_a_key_that_was_given_for_a_trial_no_longer_than_a_piece(server: Loopback, scene: Scene) -> None:
    await past(server, scene)
    ready = models.load.cache_info().currsize
    await tried(scene, server)
    await worked(scene)
    assert ((await newest(scene))["status"], len(server.asked)) == ("done", 4)
    assert models.load.cache_info().currsize == ready
