"""A whole organization: a row of every kind, each with a word in it that nobody outside may ever read.

Whoever adds a table adds a row of it here, by the action that makes one; the test of tables fails until then.
"""

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from agent import actions as agent_actions
from agent import confidence
from agent import queries as agent_queries
from agent.actions import Decided
from agent.copilot import actions as copilot
from agent.copilot.structs import CopilotInput
from agent.learning.export import actions as training
from agent.learning.export.structs import TrainingInput
from agent.learning.export.tuning import actions as tuning
from agent.learning.export.tuning.structs import PlanInput
from agent.llm import actions as llm
from agent.llm.spent import Spent
from agent.llm.structs import ModelInput
from agent.reviews import actions as reviews
from agent.reviews import queries as reviewed
from agent.reviews.structs import ReviewInput
from core.access import Actor, ai, system
from core.auth import sessions, tickets
from core.conversations import actions as conversations
from core.conversations.structs import AssignInput
from core.database import pool, system_transaction
from core.files import actions as files
from core.inboxes.structs import InboxView
from core.knowledge import copies
from core.knowledge.questions import actions as questions
from core.knowledge.sources import actions as sources
from core.knowledge.sources import jobs as source_jobs
from core.knowledge.sources.structs import SourceView, WebsiteInput
from core.knowledge.structs import QuestionInput
from core.messages import actions as messages
from core.messages.structs import Sent
from core.teams import actions as teams
from core.teams.structs import TeamInput
from tests.factories import (
    a_contact,
    a_member,
    a_message,
    a_note,
    a_reply,
    again,
    an_article,
    an_inbox,
    an_organization,
    client_id,
)
from tests.security import mailboxes, segments, senders, templates
from tests.security.left import a_chat_by_mail
from tests.security.mails import a_mailed_inbox
from tests.security.parts import PARTS, PASSING
from tests.security.wishes import SUPPRESSION, wishes

SETTLE_S = 60
SOON = "organization_id = ANY ($1::bigint[]) AND due_at < now() + interval '12 hours'"
POSTPONE = f"UPDATE timers SET due_at = due_at + interval '1 day' WHERE {SOON}"
GAP = """
WITH g AS (INSERT INTO ai_gaps (organization_id, decided_by) VALUES ($1, $3) RETURNING id)
INSERT INTO ai_unanswered (organization_id, gap_id, decision_id) SELECT $1, g.id, $2 FROM g RETURNING gap_id
"""
PROPOSAL = """
INSERT INTO ai_proposals (organization_id, review_id, article_id, heading)
SELECT $1, max(r.id), $2, $3 FROM ai_reviews r WHERE r.organization_id = $1
ON CONFLICT (organization_id, review_id) DO UPDATE SET status = 'open' RETURNING id
"""
CHECK = "INSERT INTO ai_checks (organization_id, question, expects, source) VALUES ($1, $2, 'handover', 'hand') RETURNING id"
RUN = "INSERT INTO ai_evaluations (organization_id, status, started_by) VALUES ($1, 'done', $2) RETURNING id"
TRAINED = """
INSERT INTO ai_fine_tunings (organization_id, base_model, base_url, status, started_by) VALUES ($1, 'tiny', '', 'failed', $2) RETURNING id
"""
RESULT = """
INSERT INTO ai_check_results (organization_id, evaluation_id, check_id, outcome, title, held) VALUES ($1, $2, $3, 'answered', $4, false)
"""
REPLAY = """
INSERT INTO ai_replays (organization_id, article_id, status, title, body, instructions, trouble, total, done)
VALUES ($1, $2, 'done', $3::text, $3::text, $3::text, $3::text, 1, 1) RETURNING id
"""
CASE = """
INSERT INTO ai_replay_cases (organization_id, replay_id, decision_id, answer, before, after)
SELECT $1, $2, $3, 'changed', w.would, w.would FROM (SELECT jsonb_build_object(
    'outcome', 'answered', 'reason', '', 'confidence', 0.8, 'draft', $4::text, 'title', $4::text, 'article_id', 1, 'found', '[]'::jsonb) AS would) w
"""
TOOL_CALL = """
INSERT INTO ai_tool_calls (organization_id, conversation_id, contact_id, decision_id, tool, title, digest, text, trouble)
SELECT $1, c.id, c.contact_id, $3, 'tests.nothing', $4::text, '', $4::text, $4::text FROM conversations c WHERE c.organization_id = $1 AND c.id = $2
RETURNING id
"""
DAY = "INSERT INTO ai_outcome_days (organization_id, day, asked) VALUES ($1, '2020-01-01', 1)"
DEAD_JOB = """
INSERT INTO jobs (organization_id, class, name, arguments, status, attempt, error, finished_at)
VALUES ($1, 'bulk', 'tests.nothing', jsonb_build_object('word', $2::text), 3, 5, $2, now()) RETURNING id
"""
PAGE = "INSERT INTO source_pages (organization_id, source_id, address, run) VALUES ($1, $2, $3, 1)"
DEAD_EVENT = """
INSERT INTO event_dead_letters (id, organization_id, type, version, contact_ids, inbox_ids, team_ids, assignee_ids, staff_only, body, error)
VALUES (nextval(pg_get_serial_sequence('outbox', 'id')), $1, 'tests.happened', 0, '{}', '{}', '{}', '{}', true, '{}', $2) RETURNING id
"""
"""What tests of modules add to a world: `fill(admin, canary, contact_id)` answers with names of things, `FRESH` makes more of them."""


@dataclass
class World:
    """`names` are what routes call its things by: ids and tokens. `canary` stands in all that is not public."""

    canary: str
    admin: Actor
    user: Actor
    agent: Actor
    inbox: InboxView
    token: str
    visitor: Actor
    names: dict[str, Any] = field(default_factory=dict)

    @property
    def organization_id(self) -> int:
        return self.admin.organization_id

    async def cookie(self, who: str) -> str:
        """A new session of `admin`, `user` or `agent`."""
        return sessions.cookie_for(await self.session(who))

    async def session(self, who: str) -> int:
        actor: Actor = getattr(self, who)
        async with system_transaction("a test signs somebody in") as db:
            del db
            return await sessions.create(actor.id or 0, actor.organization_id, user_agent=f"tests {self.canary}", address="")


async def a_world(canary: str | None = None) -> World:
    canary = canary or f"canary{secrets.token_hex(6)}"
    admin = await an_organization("Harbour Lights")
    user, agent = await a_member(admin, "user", f"Una {canary}"), await a_member(admin, "agent", f"Theo {canary}")
    inbox = await an_inbox(admin, name="Front desk")
    hidden = await an_inbox(admin, name=f"Board {canary}", access="members", member_ids=[admin.id])
    admin, user, agent = await again(admin), await again(user), await again(agent)
    token, visitor = await _visitor(inbox)
    world = World(canary, admin, user, agent, inbox, token, visitor)
    world.names = {"inbox": inbox.id, "hidden": hidden.id, "key": inbox.widget_key, "organization": admin.organization_id}
    world.names |= {"member": agent.id, "member_email": await pool().fetchval("SELECT email FROM users WHERE id = $1", agent.id)}
    await _filled(world)
    return world


async def _visitor(inbox: InboxView) -> tuple[str, Actor]:
    found = await tickets.widget(inbox.widget_key)
    token = tickets.visitor_token_for(found)
    return token, await tickets.visitor(token, found)


async def _filled(world: World) -> None:
    admin, canary, names = world.admin, world.canary, world.names
    names["team"] = (await teams.create(admin, TeamInput(f"Team {canary}", [world.agent.id or 0]))).id
    names["contact"] = (await a_contact(admin, first_name=canary, email=f"{canary}@example.com", custom_fields={"word": canary})).id
    article = await an_article(admin, f"Handbook {canary}", f"# Fees\n\nThe word is {canary}.", "internal")
    public = await an_article(admin, "Opening hours", "We open at nine.", "public")
    names |= {"article": article.id, "version": 1, "hidden_slug": article.slug, "slug": public.slug}
    names["question"] = (await questions.add(admin, article.id, QuestionInput(f"What is {canary}?"))).id
    names["source"] = await _read(admin, canary)
    await _copied(admin, canary)
    await llm.choose(admin, ModelInput(name="", key=f"key-{canary}", instructions=f"Sound like {canary}"))
    await llm.spend(admin, f"openai:{canary}", Spent(calls=1, tokens_in=10, tokens_out=5), 0.01)
    await training.decide(admin, TrainingInput(allowed=True))
    await training.object_to(admin, names["contact"])
    await tuning.keep_plan(admin, PlanInput(canary))
    names["run"] = await pool().fetchval(TRAINED, admin.organization_id, canary)
    sent = await _asked(world)
    names |= {"conversation": sent.conversation.id, "token": sent.conversation.token, "message": sent.message.id}
    names |= {"file": await _upload(admin, canary), "visitor_file": await _upload(world.visitor, canary)}
    names["job"] = await pool().fetchval(DEAD_JOB, admin.organization_id, canary)
    names["event"] = await pool().fetchval(DEAD_EVENT, admin.organization_id, canary)
    names["session"] = await world.session("agent")
    names |= await a_mailed_inbox(admin, canary) | await templates.a_template(admin, canary)
    names |= await wishes(admin, canary, names["email_inbox"])
    names |= await senders.an_answered_mailing(admin, canary, names["email_inbox"], names["conversation"])
    names["segment"] = await segments.a_list(admin, canary, names["contact"])
    names["stop"] = await a_chat_by_mail(admin, world.inbox, canary, names["email_inbox"])
    for part in PARTS:
        names |= await part.fill(admin, canary, names["contact"])


async def _read(admin: Actor, canary: str) -> int:
    """A file that was read, and a website with a page that is yet to be read."""
    source = await _a_file(admin, f"{canary}.txt", canary)
    await source_jobs.read_source.function(admin.organization_id, source.id, source.run)
    website = await sources.add_website(admin, WebsiteInput(f"https://{canary}.invalid/"))
    await sources.stop(admin, website.id)
    await pool().execute(PAGE, admin.organization_id, website.id, website.address)
    return source.id


async def _a_file(admin: Actor, name: str, word: str) -> SourceView:
    async def chunks() -> AsyncIterator[bytes]:
        yield f"The word is {word}.".encode()

    return await sources.add_file(admin, name, "text/plain", chunks())


async def _copied(admin: Actor, canary: str) -> None:
    """An index outside of PostgreSQL has all passages, by a model that is in use there."""
    holdings = copies.holdings("elsewhere")
    lacking = await holdings.lacking(admin, canary, 100)
    await copies.note(admin, "elsewhere", canary, 2, [passage.id for passage in lacking])
    await holdings.adopt(admin, canary)


async def _asked(world: World) -> Sent:
    """With messages, a note, a file, a decision of the AI agent, a read mark, quiet lines and a timer."""
    admin, canary = world.admin, world.canary
    attached = await _upload(world.visitor, canary)
    world.visitor, sent = await messages.receive(
        world.visitor, token=None, client_id=client_id(), content=f"My lamp {canary} is dark", file_tokens=[attached]
    )
    number = sent.conversation.id
    world.names["attached"] = attached
    await conversations.hand_back(admin, number)
    decided = Decided(
        conversation_id=number,
        seq=1,
        epoch=sent.conversation.handler_epoch + 1,
        content=f"It is a {canary}",
        threshold=0.7,
        question=canary,
        confidence=0.72,
        draft=f"It is a {canary}",
        signals={"meant": 0.6},
        mode="extractive",
        model="extractive",
        prompt_version="quote-1",
        head=confidence.head({"meant": 0.6}, canary),
    )
    await agent_actions.commit(ai(admin.organization_id), decided)
    world.names["decision"] = (await agent_queries.receipts(admin, number))[0].id
    await reviews.review(admin, world.names["decision"], ReviewInput("edit", "wrong", f"It is no {canary}"))
    world.names["request"] = await copilot.enqueued(admin, number, CopilotInput("tags"))
    await pool().execute("UPDATE ai_copilot SET trouble = $2 WHERE id = $1", world.names["request"], canary)
    await reviews.recalibrate(system(admin.organization_id))
    world.names["calibrator"] = (await reviewed.calibration_of(admin)).history[0].id
    await reviews.pin(admin, world.names["calibrator"])
    world.names["gap"] = await pool().fetchval(GAP, admin.organization_id, world.names["decision"], canary)
    names = world.names
    names["proposal"] = await pool().fetchval(PROPOSAL, admin.organization_id, names["article"], canary)
    names["check"] = await pool().fetchval(CHECK, admin.organization_id, canary)
    run = await pool().fetchval(RUN, admin.organization_id, canary)
    await pool().execute(RESULT, admin.organization_id, run, names["check"], canary)
    names["call"] = await pool().fetchval(TOOL_CALL, admin.organization_id, number, names["decision"], canary)
    names["replay"] = await pool().fetchval(REPLAY, admin.organization_id, names["article"], canary)
    await pool().execute(CASE, admin.organization_id, names["replay"], names["decision"], canary)
    await pool().execute(DAY, admin.organization_id)
    await a_reply(admin, sent, f"We send a new {canary}")
    await a_note(admin, sent, f"Known for {canary}")
    await conversations.tag(admin, number, [canary], [])
    await conversations.rename(admin, number, f"About {canary}")
    await conversations.assign(admin, number, AssignInput(team_id=world.names["team"], assignee_id=world.agent.id))
    await conversations.snooze(admin, number, timedelta(days=2))
    await a_message(world.inbox, f"Another {canary}")  # that one is not counted any more, this one is
    return sent


async def _upload(actor: Actor, word: str) -> str:
    async def chunks() -> AsyncIterator[bytes]:
        yield word.encode()

    return (await files.upload(actor, f"{word}.txt", "text/plain", None, chunks())).token


async def settled(*worlds: World) -> None:
    """Until nothing moves any more by itself: what only passes through has left, all jobs are done, and no timer falls due while the tests run."""
    passing = " + ".join(
        f"(SELECT count(*) FROM {table} WHERE organization_id = ANY ($1::bigint[]))" for table in ("outbox", *PASSING)
    )
    sql = f"""
        SELECT {passing}
             + (SELECT count(*) FROM jobs WHERE organization_id = ANY ($1::bigint[]) AND status < 2 AND name NOT LIKE 'tests.%')
             + (SELECT count(*) FROM timers WHERE {SOON})
    """
    organization_ids = [world.organization_id for world in worlds]
    for _ in range(SETTLE_S * 20):
        await pool().execute(POSTPONE, organization_ids)
        if not await pool().fetchval(sql, organization_ids):
            return
        await asyncio.sleep(0.05)
    raise AssertionError("background work did not end")


# Things that are used up by what is done to them -----------------------------------------------------------------


async def _another_conversation(world: World) -> dict[str, Any]:
    _, sent = await messages.receive(world.visitor, token=None, client_id=client_id(), content="Another thing", file_tokens=[])
    return {"conversation": sent.conversation.id, "token": sent.conversation.token}


async def _another_article(world: World) -> dict[str, Any]:
    article = await an_article(world.admin, "Passing", "Text")
    return {"article": article.id, "article_version": article.version}


def _row(name: str, sql: str) -> Callable[[World], Awaitable[dict[str, Any]]]:
    async def made(world: World) -> dict[str, Any]:
        return {name: await pool().fetchval(sql, world.organization_id, client_id())}

    return made


async def _another_proposal(world: World) -> dict[str, Any]:
    return {"proposal": await pool().fetchval(PROPOSAL, world.organization_id, world.names["article"], "passing")}


async def _another_question(world: World) -> dict[str, Any]:
    article = await an_article(world.admin, "Passing", "Text")
    return {"article": article.id, "question": (await questions.add(world.admin, article.id, QuestionInput("What passes?"))).id}


async def _another_source(world: World) -> dict[str, Any]:
    return {"source": (await _a_file(world.admin, f"{secrets.token_hex(4)}.txt", "passing")).id}


async def _another_contact(world: World) -> dict[str, Any]:
    return {"contact": (await a_contact(world.admin)).id}


async def _another_objection(world: World) -> dict[str, Any]:
    found = await _another_contact(world)
    await training.object_to(world.admin, found["contact"])
    return found


async def _another_team(world: World) -> dict[str, Any]:
    return {"team": (await teams.create(world.admin, TeamInput("Passing"))).id}


async def _another_member(world: World) -> dict[str, Any]:
    return {"member": (await a_member(world.admin)).id}


async def _another_replay(world: World) -> dict[str, Any]:
    """Only the last ten are kept."""
    organization_id, names = world.admin.organization_id, world.names
    replay = await pool().fetchval(REPLAY, organization_id, names["article"], world.canary)
    await pool().execute(CASE, organization_id, replay, names["decision"], world.canary)
    return {"replay": replay}


def _the(name: str, of: str) -> Callable[[World], Awaitable[dict[str, Any]]]:
    async def found(world: World) -> dict[str, Any]:
        return {name: world.names[of]}

    return found


async def _another_segment(world: World) -> dict[str, Any]:
    return await segments.another(world.admin)


async def _another_inbox(world: World) -> dict[str, Any]:
    return {"inbox": (await an_inbox(world.admin)).id}


FRESH: dict[str, Callable[[World], Awaitable[dict[str, Any]]]] = {
    "inbox": _another_inbox,
    "email_inbox": _the("inbox", "email_inbox"),
    "mailbox": mailboxes.another,
    "sending_inbox": _the("inbox", "sending_inbox"),
    "segment": _another_segment,
    "mail_message": _the("message", "mail_message"),
    "contact": _another_contact,
    "objection": _another_objection,
    "article": _another_article,
    "question": _another_question,
    "proposal": _another_proposal,
    "check": _row("check", CHECK),
    "source": _another_source,
    "suppression": _row("suppression", SUPPRESSION),
    "team": _another_team,
    "template": templates.another,
    "member": _another_member,
    "replay": _another_replay,
    "job": _row("job", DEAD_JOB),
    "event": _row("event", DEAD_EVENT),
    "conversation": _another_conversation,
}


for of_module in PARTS:
    FRESH |= of_module.FRESH


async def a_fresh(world: World, kind: str) -> dict[str, Any]:
    """Another one of `kind`, to be deleted or closed; as names that stand in for the world's own."""
    return await FRESH[kind](world)
