"""What came of the AI agent's answers: confirmed, assumed, abandoned, handed over, and who came back."""

from datetime import UTC, datetime

import msgspec
import pytest
from httpx import ASGITransport, AsyncClient
from litestar import Litestar
from litestar.di import Provide

from agent.outcomes import actions, jobs, queries, routes
from agent.outcomes.structs import Outcomes, OutcomesView
from core.access import Actor
from core.conversations import actions as conversations
from core.database import system_transaction
from core.edge import HANDLERS
from core.errors import Forbidden
from core.extend.panels import Facts, PanelDocument, Plot
from core.messages import actions as messages
from core.messages.structs import Sent
from tests.agent.scenes import Scene, a_shop, ask, work
from tests.agent.shop_tools import Shop
from tests.factories import a_member, a_reply, an_organization, client_id

pytestmark = pytest.mark.usefixtures("connected")

NOTHING = dict.fromkeys(Outcomes.__struct_fields__, 0)
UNKNOWN = "Do you sell zeppelins with velvet anchors?"


async def passes(scene: Scene, hours: float) -> None:
    """So much time goes by: all that was said and decided lies further back."""
    async with system_transaction("time passes in a test") as db:
        for table, column in (("messages", "created_at"), ("ai_decisions", "created_at"), ("conversations", "last_activity_at")):
            sql = f"UPDATE {table} SET {column} = {column} - make_interval(secs => $2) WHERE organization_id = $1"
            await db.execute(sql, scene.admin.organization_id, hours * 3600)


async def writes(visitor: Actor, sent: Sent, content: str) -> Sent:
    token = sent.conversation.token
    _, written = await messages.receive(visitor, token=token, client_id=client_id(), content=content, file_tokens=[])
    return written


async def reads(visitor: Actor, sent: Sent) -> None:
    await conversations.mark_seen(visitor, sent.conversation.token, 99)


async def came(scene: Scene) -> dict[str, int]:
    """What there is of each, zeros left out: read anew, and the same where the figures of days that are over are kept."""
    found = await queries.outcomes(scene.admin, 30)
    for _ in range(2):
        await actions.roll(scene.admin)
    assert await queries.outcomes(scene.admin, 30) == found
    await forget(scene)
    return {name: number for name, number in msgspec.structs.asdict(found.totals).items() if number}


async def forget(scene: Scene) -> None:
    """Time passes in these tests, and what was kept of a day belongs to another one."""
    async with system_transaction("a test moves days") as db:
        await db.execute("DELETE FROM ai_outcome_days WHERE organization_id = $1", scene.admin.organization_id)


async def test_an_answer_is_under_way_for_a_day_and_abandoned_if_nobody_read_it() -> None:
    scene = await a_shop()
    _, sent = await ask(scene)
    await work(scene, sent)
    assert await came(scene) == {"under_way": 1}
    await passes(scene, 25)
    assert await came(scene) == {"abandoned": 1}


async def test_an_answer_that_was_read_is_assumed_to_have_helped() -> None:
    scene = await a_shop()
    visitor, sent = await ask(scene)
    await work(scene, sent)
    await reads(visitor, sent)
    await passes(scene, 25)
    assert await came(scene) == {"assumed": 1}


async def test_thanks_confirm_an_answer() -> None:
    scene = await a_shop()
    visitor, sent = await ask(scene)
    await work(scene, sent)
    await work(scene, await writes(visitor, sent, "Thanks, that helped!"))
    await passes(scene, 25)
    assert await came(scene) == {"confirmed": 1}


async def test_thanks_for_nothing_confirm_nothing() -> None:
    scene = await a_shop()
    visitor, sent = await ask(scene, "Hello")
    await work(scene, sent)
    await work(scene, await writes(visitor, sent, "Thank you"))
    await passes(scene, 25)
    assert await came(scene) == {}


async def test_several_questions_of_a_day_are_one_episode_and_of_two_days_are_two() -> None:
    scene = await a_shop()
    visitor, sent = await ask(scene)
    await work(scene, sent)
    await passes(scene, 2)
    await work(scene, await writes(visitor, sent, "How much is shipping to Sweden?"))
    await reads(visitor, sent)
    await passes(scene, 25)
    assert await came(scene) == {"assumed": 1}
    await work(scene, await writes(visitor, sent, "May I return a lamp within 30 days?"))
    await reads(visitor, sent)
    assert await came(scene) == {"assumed": 1, "reopened": 1, "under_way": 1}
    await passes(scene, 25)
    assert await came(scene) == {"assumed": 2, "reopened": 1}


async def test_who_comes_back_later_than_a_week_is_not_counted_against_the_answer() -> None:
    scene = await a_shop()
    visitor, sent = await ask(scene)
    await work(scene, sent)
    await reads(visitor, sent)
    await passes(scene, 7 * 24 + 1)
    await writes(visitor, sent, "Another thing")
    assert await came(scene) == {"assumed": 1}


async def test_who_comes_back_in_another_conversation_is_counted_too() -> None:
    scene = await a_shop()
    visitor, sent = await ask(scene)
    await work(scene, sent)
    await reads(visitor, sent)
    await passes(scene, 30)
    await messages.receive(visitor, token=None, client_id=client_id(), content="It is still not here.", file_tokens=[])
    assert await came(scene) == {"assumed": 1, "reopened": 1}


async def test_what_people_took_over_is_not_the_ai_agents() -> None:
    scene = await a_shop()
    _, asked = await ask(scene)
    await work(scene, asked)
    await a_reply(scene.admin, asked)
    _, unknown = await ask(scene, UNKNOWN)
    await work(scene, unknown)
    await passes(scene, 25)
    assert await came(scene) == {"handed_over": 2}


async def test_who_asked_for_a_person_and_got_one() -> None:
    scene = await a_shop()
    first, second = [(await ask(scene, "I want to talk to a human"))[1] for _ in range(2)]
    for sent in (first, second):
        await work(scene, sent)
    asked = (await queries.outcomes(scene.admin, 30)).asked_for_human
    assert (asked.asked, asked.replied, asked.median_wait_s) == (2, 0, None)
    await passes(scene, 1)
    await a_reply(scene.admin, first)
    asked = (await queries.outcomes(scene.admin, 30)).asked_for_human
    assert (asked.asked, asked.replied) == (2, 1)
    assert asked.median_wait_s == pytest.approx(3600, abs=60)
    assert asked.longest_waiting_since is not None


async def test_who_asked_for_a_person_on_days_that_are_kept_is_counted_as_before() -> None:
    scene = await a_shop()
    for wait_h in (1, 2, 30, None):
        _, sent = await ask(scene, "I want to talk to a human")
        await work(scene, sent)
        await passes(scene, wait_h or 0)
        if wait_h is not None:
            await a_reply(scene.admin, sent)
        await passes(scene, 20)
    live = (await queries.outcomes(scene.admin, 30)).asked_for_human
    assert (live.asked, live.replied) == (4, 3)
    assert live.median_wait_s == pytest.approx(7200, abs=60)
    await actions.roll(scene.admin)
    assert (await queries.outcomes(scene.admin, 30)).asked_for_human == live


async def test_thanks_confirm_an_answer_of_the_day_before_however_few_days_are_asked_for() -> None:
    scene = await a_shop()
    visitor, sent = await ask(scene)
    await work(scene, sent)
    await passes(scene, 23)
    await work(scene, await writes(visitor, sent, "Thanks, that helped!"))
    now = datetime.now(UTC)
    await passes(scene, 36 + now.hour + now.minute / 60)  # thanked at noon
    days = (await queries.outcomes(scene.admin, 4)).days
    first = next(number for number, day in enumerate(reversed(days), 1) if day.confirmed)
    assert (await queries.outcomes(scene.admin, first)).totals.confirmed == 1


async def test_what_is_kept_is_read_and_healed_from_the_truth() -> None:
    scene = await a_shop()
    visitor, sent = await ask(scene)
    await work(scene, sent)
    await passes(scene, 49)
    await actions.roll(scene.admin)
    async with system_transaction("a test spoils what is kept") as db:
        await db.execute(
            "UPDATE ai_outcome_days SET abandoned = 7 * abandoned WHERE organization_id = $1", scene.admin.organization_id
        )
    assert (await queries.outcomes(scene.admin, 30)).totals.abandoned == 7
    await reads(visitor, sent)
    await actions.roll(scene.admin)
    totals = (await queries.outcomes(scene.admin, 30)).totals
    assert (totals.abandoned, totals.assumed) == (0, 1)


async def test_a_day_that_is_not_kept_is_read_anew_with_all_after_it() -> None:
    scene = await a_shop()
    _, sent = await ask(scene)
    await work(scene, sent)
    await passes(scene, 73)
    await actions.roll(scene.admin)
    async with system_transaction("a test takes a day away") as db:
        await db.execute(
            "DELETE FROM ai_outcome_days WHERE organization_id = $1 AND day < now() - interval '5 days'",
            scene.admin.organization_id,
        )
        await db.execute("UPDATE ai_outcome_days SET abandoned = 7 WHERE organization_id = $1", scene.admin.organization_id)
    assert (await queries.outcomes(scene.admin, 30)).totals.abandoned == 1


@pytest.mark.parametrize(("passed_h", "kept_h"), [(26, 4), (400, 50)])
async def test_what_nobody_counts_anew_is_not_believed(passed_h: int, kept_h: int) -> None:
    """An organization that is no large one any more, or whose counting failed."""
    scene = await a_shop()
    _, sent = await ask(scene)
    await work(scene, sent)
    await passes(scene, passed_h)
    await actions.roll(scene.admin)
    async with system_transaction("a test lets what is kept grow old") as db:
        sql = "UPDATE ai_outcome_days SET abandoned = 7 * abandoned, rolled_at = now() - make_interval(hours => $2) WHERE organization_id = $1"
        await db.execute(sql, scene.admin.organization_id, kept_h)
    assert (await queries.outcomes(scene.admin, 30)).totals.abandoned == 1


async def test_only_large_organizations_have_their_days_kept() -> None:
    scene = await a_shop()
    _, sent = await ask(scene)
    await work(scene, sent)
    assert scene.admin.organization_id not in await queries.large()
    async with system_transaction("a test makes an organization large") as db:
        sql = """INSERT INTO ai_decisions (organization_id, conversation_id, trigger_seq, outcome, reason, threshold)
                 SELECT $1, $2, 1, 'discarded', 'superseded', 0.7 FROM generate_series(1, $3)"""
        await db.execute(sql, scene.admin.organization_id, sent.conversation.id, queries.LARGE)
    assert scene.admin.organization_id in await queries.large()
    await jobs.roll_all.function()
    async with system_transaction("a test looks at the ledger") as db:
        sql = "SELECT count(*) FROM jobs WHERE organization_id = $1 AND name = 'agent.outcomes.roll'"
        assert await db.fetch_value(sql, scene.admin.organization_id) == 1
    await jobs.roll.function(scene.admin.organization_id)
    async with system_transaction("a test looks at what is kept") as db:
        sql = "SELECT count(*) FROM ai_outcome_days WHERE organization_id = $1"
        assert await db.fetch_value(sql, scene.admin.organization_id) == queries.DAYS_MAX - 1


async def test_every_day_is_there_and_days_add_up() -> None:
    scene = await a_shop()
    _, sent = await ask(scene)
    await work(scene, sent)
    await passes(scene, 50)
    found = await queries.outcomes(scene.admin, 7)
    assert len(found.days) == 7
    assert [day.abandoned for day in found.days].count(1) == 1
    assert found.totals.abandoned == 1
    assert (await queries.outcomes(scene.admin, 1)).totals == Outcomes(**NOTHING)


async def test_staff_of_the_organization_alone_reads_it() -> None:
    scene = await a_shop()
    visitor, sent = await ask(scene)
    await work(scene, sent)
    stranger = await a_member(await an_organization())
    async with client_of(stranger) as client:
        answer = msgspec.json.decode((await client.get("/api/ai/outcomes")).content, type=OutcomesView)
    assert answer.totals == Outcomes(**NOTHING)
    with pytest.raises(Forbidden):
        await queries.outcomes(visitor, 30)


async def test_the_panel_draws_it() -> None:
    scene = await a_shop()
    visitor, sent = await ask(scene)
    await work(scene, sent)
    await reads(visitor, sent)
    await passes(scene, 25)
    async with client_of(scene.admin) as client:
        answer = await client.get("/api/ai/panels/outcomes?days=7")
        assert (await client.get("/api/ai/panels/outcomes?days=93")).status_code == 400
    facts, plot = msgspec.json.decode(answer.content, type=PanelDocument).blocks
    assert isinstance(facts, Facts)
    assert isinstance(plot, Plot)
    assert {fact.label: fact.value for fact in facts.facts}["Assumed"] == "1 / 1 (100%)"
    assert [sum(line.values) for line in plot.series] == [0, 1, 0, 0]


def client_of(actor: Actor) -> AsyncClient:
    async def provide() -> Actor:
        return actor

    app = Litestar([routes.router], dependencies={"actor": Provide(provide)}, exception_handlers=HANDLERS, logging_config=None)
    return AsyncClient(transport=ASGITransport(app), base_url="http://test")


async def test_thanks_for_what_a_tool_told_confirm_it(shop: Shop) -> None:
    scene = await a_shop()
    visitor, sent = await ask(scene, "Where is my order #1001?")
    shop.orders = {1001: (sent.conversation.contact_id or 0, "on its way")}
    assert await work(scene, sent) == "answered"
    await work(scene, await writes(visitor, sent, "Thanks, that helped!"))
    await passes(scene, 25)
    assert await came(scene) == {"confirmed": 1}


async def test_who_says_hello_days_later_was_not_answered_again() -> None:
    scene = await a_shop()
    visitor, sent = await ask(scene)
    await work(scene, sent)
    await reads(visitor, sent)
    await passes(scene, 200)
    await work(scene, await writes(visitor, sent, "Hello"))
    await reads(visitor, sent)
    await passes(scene, 25)
    assert await came(scene) == {"assumed": 1}
