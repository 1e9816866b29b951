"""Questions that must hold: keeping them, and asking them."""

from agent.learning import dry
from agent.learning.checks import queries
from agent.learning.checks.queries import ToAsk
from agent.learning.checks.structs import CheckInput, Source
from agent.learning.dry import Would
from core.access import Actor, ActorKind
from core.database import Unit, transaction
from core.errors import Conflict, Invalid, NotFound
from core.jobs import ledger
from core.knowledge import queries as articles
from core.organizations import queries as organizations

AT_ONCE = 10
"""So many questions are asked between two looks at whether the run was stopped."""
BY_NIGHT, NOW = "agent.learning.checks.evaluate", "agent.learning.checks.evaluate_now"
KEEP = """
INSERT INTO ai_checks (organization_id, question, expects, article_id, source, created_by)
VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING RETURNING id
"""
BEGIN = """
INSERT INTO ai_evaluations (organization_id, total, started_by)
SELECT $1, count(*), $2 FROM ai_checks WHERE organization_id = $1 HAVING count(*) > 0 ON CONFLICT DO NOTHING RETURNING id
"""
RESULT = """
INSERT INTO ai_check_results (organization_id, evaluation_id, check_id, outcome, article_id, title, confidence, held, found, changed)
SELECT $1, $2, c.id, $4, $5, $6, $7, $8, $9, $10 FROM ai_checks c WHERE c.organization_id = $1 AND c.id = $3 ON CONFLICT DO NOTHING
"""
PROGRESS = """
UPDATE ai_evaluations e SET done = (SELECT count(*) FROM ai_check_results r WHERE r.organization_id = $1 AND r.evaluation_id = $2)
WHERE e.organization_id = $1 AND e.id = $2
"""
END = """
UPDATE ai_evaluations e SET status = $3::text, trouble = $4::text, finished_at = now(), held = s.held, answered_right = s.answered_right,
       wrong_article = s.wrong_article, handed_over = s.handed_over, broken = s.broken, mended = s.mended, recall = s.recall,
       confidence = s.confidence
FROM (SELECT count(*) FILTER (WHERE r.held) AS held, count(*) FILTER (WHERE r.outcome = 'answered' AND r.held) AS answered_right,
             count(*) FILTER (WHERE r.outcome = 'answered' AND NOT r.held AND c.expects = 'answer') AS wrong_article,
             count(*) FILTER (WHERE r.outcome = 'handed_over') AS handed_over,
             count(*) FILTER (WHERE r.changed = 'broken') AS broken, count(*) FILTER (WHERE r.changed = 'mended') AS mended,
             avg(r.found::int)::float8 AS recall, avg(r.confidence) AS confidence
      FROM ai_check_results r JOIN ai_checks c ON c.organization_id = $1 AND c.id = r.check_id
      WHERE r.organization_id = $1 AND r.evaluation_id = $2) s
WHERE e.organization_id = $1 AND e.id = $2 AND e.status = 'running'
"""
RUNNING = "SELECT id FROM ai_evaluations WHERE organization_id = $1 AND status = 'running'"
OLD = f"""
DELETE FROM ai_evaluations WHERE organization_id = $1 AND id NOT IN (
    SELECT id FROM ai_evaluations WHERE organization_id = $1 ORDER BY id DESC LIMIT {queries.RUNS})
"""


async def keep(actor: Actor, data: CheckInput, source: Source) -> None:
    """Keep a question that must hold from now on; one that is kept already stays as it is. All staff will read it.

    Raises:
        Forbidden: a visitor.
        NotFound: the article is unknown.
        Conflict: there are as many as there may be (`too_many_checks`).
        Invalid: it is to be handed over, but names an article.
    """
    actor.require("admin", "user")
    if data.expects == "handover" and data.article_id is not None:
        raise Invalid("what must be handed over is answered from no article", code="article_given")
    async with transaction(actor) as db:
        if data.article_id is not None:
            await articles.get(actor, data.article_id)
        count = await db.fetch_value("SELECT count(*) FROM ai_checks WHERE organization_id = $1", actor.organization_id)
        if count >= queries.MOST:
            raise Conflict(
                f"there are {queries.MOST} questions already: remove one first", code="too_many_checks", most=queries.MOST
            )
        question = " ".join(data.question.split())
        await db.execute(KEEP, actor.organization_id, question, data.expects, data.article_id, source, actor.name)


async def drop(actor: Actor, check_id: int) -> None:
    """Ask a question no more. What runs made of it goes with it.

    Raises:
        Forbidden: not an admin or user.
        NotFound: unknown.
    """
    actor.require("admin", "user")
    async with transaction(actor) as db:
        if not await db.execute("DELETE FROM ai_checks WHERE organization_id = $1 AND id = $2", actor.organization_id, check_id):
            raise NotFound("this question is not kept")


async def start(actor: Actor) -> bool:
    """Have all questions asked now. False: they are being asked already, or there are none.

    Raises:
        Forbidden: not an admin or user.
    """
    if actor.kind != ActorKind.system:
        actor.require("admin", "user")
    async with transaction(actor) as db:
        await _end_lost(db, actor)
        begun = await db.fetch_value(BEGIN, actor.organization_id, "" if actor.kind == ActorKind.system else actor.name)
        if begun is not None:
            name = BY_NIGHT if actor.kind == ActorKind.system else NOW
            await ledger.enqueue(actor, name, key=_key(begun), organization_id=actor.organization_id, evaluation_id=begun)
    return begun is not None


def _key(evaluation_id: int) -> str:
    return f"evaluation:{evaluation_id}"


async def _end_lost(db: Unit, actor: Actor) -> None:
    """A run whose job is gone (an admin dropped it) goes no further, and must not keep the next from beginning."""
    for row in await db.fetch_rows(RUNNING, actor.organization_id):
        if not await ledger.is_held(actor, _key(row["id"])):
            await db.execute(END, actor.organization_id, row["id"], "failed", "dropped")


async def stop(actor: Actor) -> None:
    """End the run that is under way; what it found until now stays, but counts for nothing.

    Raises:
        Forbidden: not an admin or user.
    """
    actor.require("admin", "user")
    async with transaction(actor) as db:
        for row in await db.fetch_rows(RUNNING, actor.organization_id):
            await db.execute(END, actor.organization_id, row["id"], "stopped", "")


async def evaluate(actor: Actor, evaluation_id: int) -> None:
    """Ask what this run has not asked yet, a few questions at a time, until it is through or somebody stops it."""
    threshold = (await organizations.get(actor)).ai_threshold
    while await _goes_on(actor, evaluation_id) and (waiting := await queries.to_ask(actor, evaluation_id, AT_ONCE)):
        would = [await dry.decide(actor, check.question, threshold) for check in waiting]
        before = await queries.held_before(actor, evaluation_id, [check.id for check in waiting])
        async with transaction(actor) as db:
            for check, found in zip(waiting, would, strict=True):
                await _note(db, actor, evaluation_id, check, found, before.get(check.id))
            await db.execute(PROGRESS, actor.organization_id, evaluation_id)
    async with ledger.effect(actor) as db:
        await db.execute(END, actor.organization_id, evaluation_id, "done", "")
        await db.execute(OLD, actor.organization_id)


async def fail(actor: Actor, evaluation_id: int) -> None:
    """The run could not be brought to its end: its job failed each time it was tried."""
    async with transaction(actor) as db:
        await db.execute(END, actor.organization_id, evaluation_id, "failed", "crashed")


async def _goes_on(actor: Actor, evaluation_id: int) -> bool:
    async with transaction(actor) as db:
        sql = "SELECT status = 'running' FROM ai_evaluations WHERE organization_id = $1 AND id = $2"
        return bool(await db.fetch_value(sql, actor.organization_id, evaluation_id))


async def _note(db: Unit, actor: Actor, evaluation_id: int, check: ToAsk, would: Would, held_before: bool | None) -> None:
    held = holds(check, would)
    found = None if check.article_id is None else check.article_id in would.found
    changed = "" if held_before is None or held_before == held else "mended" if held else "broken"
    values = (would.outcome, would.article_id, would.title, would.confidence, held, found, changed)
    await db.execute(RESULT, actor.organization_id, evaluation_id, check.id, *values)


def holds(check: ToAsk, would: Would) -> bool:
    """Whether it is as it must be. Asking back is neither an answer nor a hand-over."""
    if check.expects == "handover":
        return would.outcome == "handed_over"
    return would.outcome == "answered" and would.article_id is not None and check.article_id in {None, would.article_id}
