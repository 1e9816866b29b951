"""P19: contacts walk through a workflow, each step at most once, and nobody disappears: workers and the relay are killed with -9 at any moment,
while the workflow is paused, resumed, and published anew with steps moved, added and taken away.
"""

import asyncio
import random
import time
from argparse import Namespace
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from tests.chaos.clients import Staff, World
from tests.chaos.crowd import a_world
from tests.chaos.installation import Installation, installation
from tests.chaos.measure import within

N, DEADLINE_S = 20_000, 2400.0
BROKEN = ("workflow-begun-again", "workflow-deaf")
NAMES = ("web", "relay", "worker-1", "worker-2")
KILL_EVERY_S = (4.0, 12.0)
"""A worker that starts takes seconds itself on a busy machine."""
TURN_EVERY_S = (3.0, 9.0)
CALM_SHARE = 0.1
"""Of all: when so few are left, the storm ends, so that the run does."""
TAKES_S = 0.3
"""Of whoever takes a webhook, so that workers die meanwhile."""
EVENT = "signed_up"
CONTACTS = """
WITH k AS (INSERT INTO contacts (organization_id, email) SELECT $1, 'c' || n || '@customers.example' FROM generate_series(1, $2::int) n RETURNING id)
SELECT min(id), max(id) FROM k
"""
BUSY = "SELECT count(*) FROM workflow_enrollments WHERE workflow_id = $1 AND status = 'active'"
HEARD = """
SELECT count(*) FROM contacts k WHERE k.id BETWEEN $2 AND $3
AND (EXISTS (SELECT FROM workflow_enrollments e WHERE e.workflow_id = $1 AND e.contact_id = k.id)
     OR EXISTS (SELECT FROM workflow_refusals r WHERE r.workflow_id = $1 AND r.contact_id = k.id))
"""
UNHEARD = f"""
SELECT $3::bigint - $2::bigint + 1 - ({HEARD}) - (SELECT count(*) FROM outbox WHERE type = 'workflow.signalled')
     - (SELECT count(*) FROM jobs WHERE name = 'modules.workflows.signalled' AND status < 2)
"""
"""Of whom no worker will hear any more. What a signal does commits with the end of its job."""
RUNS = """
SELECT count(*) AS enrollments, count(*) FILTER (WHERE e.status = 'active') AS active,
       count(*) FILTER (WHERE e.status <> 'active' AND e.reason = '') AS unsaid,
       count(*) FILTER (WHERE e.status = 'active' AND NOT EXISTS (SELECT FROM timers t WHERE t.key = 'workflow:' || e.id)
                        AND NOT EXISTS (SELECT FROM jobs j WHERE j.status < 2 AND j.name = 'modules.workflows.advance'
                                        AND (j.arguments ->> 'enrollment_id')::bigint = e.id)) AS forgotten
FROM workflow_enrollments e WHERE e.workflow_id = $1
"""
REASONS = "SELECT reason, count(*) FROM workflow_enrollments WHERE workflow_id = $1 AND status <> 'active' GROUP BY 1 ORDER BY 1"
MAILS = """
SELECT count(*) AS mails, coalesce(max(times), 0) AS most FROM (
    SELECT count(*) AS times FROM mailing_sends s JOIN mailings g ON g.id = s.mailing_id JOIN workflow_uses u ON u.id = g.source_id
    WHERE g.kind = 'workflow' AND u.workflow_id = $1 GROUP BY s.entry, u.step_id) found
"""
EFFECTS = """
SELECT f.status, count(*) FROM workflow_effects f JOIN workflow_enrollments e ON e.id = f.enrollment_id
WHERE e.workflow_id = $1 AND f.kind = 'webhook' GROUP BY 1
"""


class Outside:
    """Whoever takes webhooks: slowly, so that workers die meanwhile. `taken` counts by key."""

    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError, TimeoutError):
            async with asyncio.timeout(20):
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
                fields = dict(line.split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
                await reader.readexactly(int(fields.get("content-length", "0")))
                self.taken[fields["idempotency-key"]] += 1
                await asyncio.sleep(TAKES_S)
                writer.write(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n")
                await writer.drain()
        writer.close()


@asynccontextmanager
async def an_outside() -> AsyncIterator[tuple[Outside, int]]:
    outside = Outside()
    server = await asyncio.start_server(outside.serve, "127.0.0.1", 0)
    async with server:
        yield outside, server.sockets[0].getsockname()[1]


async def run(folder: Path, given: Namespace) -> dict[str, Any]:
    """`sends`: mails and webhooks; `max_sends_per_step` of one run must be 1. `vanished`: signalled, and neither in it nor told why; or in it, and
    nothing would ever go on with him; or ended without a reason. It must be 0."""
    settings = {"LACASA_EGRESS_NETWORKS": "127.0.0.0/8", "LACASA_AGENT_EMBEDDINGS": "none"}  # nobody learns articles meanwhile
    async with (
        an_outside() as (outside, port),
        installation(folder, broken=given.broken, names=NAMES, settings=settings) as place,
    ):
        world = await a_world(place, place.stack.port, given.seed)
        admin = Staff(world, "s00", place.accounts[0])
        told: dict[str, Any] = {"publishes": 0, "pauses": 0, "refused_changes": 0}
        ids: dict[str, int] = {}
        began = time.monotonic()
        finished = await within(given.deadline, _play(place, world, admin, given, port, told, ids))
        return {
            **(await _counted(place, outside, ids) if "workflow" in ids else {}),
            **told,
            "kills": sum(place.kills.values()),
            "finished": finished,
            "working_s": round(time.monotonic() - began, 1),
        }


async def _play(
    place: Installation, world: World, admin: Staff, given: Namespace, port: int, told: dict[str, Any], ids: dict[str, int]
) -> None:
    del world
    await admin.sign_in()
    organization = await place.value("SELECT min(id) FROM organizations")
    shapes = await _shapes(admin, port)
    made = (await admin.ask("POST", "/api/workflows", {"name": "Care", "definition": shapes[0]})).json()
    activated = await admin.ask("POST", f"/api/workflows/{made['id']}/activate")
    assert activated.status == 200, activated.body
    (found,) = await place.rows(CONTACTS, organization, given.n)
    ids |= {"workflow": made["id"], "first": found[0], "last": found[1]}
    chance = random.Random(given.seed)
    storm = [
        asyncio.create_task(_kill(place, random.Random(given.seed))),
        asyncio.create_task(_turn(admin, made["id"], shapes, chance, told)),
    ]
    try:
        arguments = [str(one) for one in (organization, EVENT, *found)]
        await place.stack.python("-m", "tests.chaos.signals", *arguments)
        await _until(place, HEARD, ids.values(), lambda heard: heard >= given.n)
        await _until(place, BUSY, [made["id"]], lambda busy: busy <= given.n * CALM_SHARE)
    finally:
        for one in storm:
            one.cancel()
        for one in storm:
            with suppress(asyncio.CancelledError):
                await one
    for name in NAMES:
        if name in place.ended():
            await place.start(name)
    await _resume(admin, made["id"], "send")
    await _until(place, BUSY, [made["id"]], lambda busy: not busy)


async def _shapes(admin: Staff, port: int) -> list[dict[str, Any]]:
    """One workflow, four times: as it was, with a step more, with one less, and in another order."""
    inbox = (await admin.ask("POST", "/api/inboxes", {"name": "Post", "ai_enabled": False})).json()["id"]
    assert (await admin.ask("PUT", f"/api/inboxes/{inbox}/email", {"address": "care@chaos.example"})).status == 200
    block = {"type": "text", "text": "Here we are."}
    template = (await admin.ask("POST", "/api/templates", {"name": "Hello", "subject": "Hello", "blocks": [block]})).json()["id"]

    def mail(named: str) -> dict[str, Any]:
        return {"id": named, "type": "email", "config": {"template_id": template, "inbox_id": inbox, "kind": "transactional"}}

    def wait(named: str, seconds: float) -> dict[str, Any]:
        return {"id": named, "type": "delay", "config": {"seconds": seconds}}

    hook = {"id": "hook", "type": "webhook", "config": {"url": f"http://127.0.0.1:{port}/"}}
    first, more, last = mail("hello"), mail("more"), mail("last")
    tag = {"id": "tag", "type": "tag", "config": {"add": ["care"]}}
    ways = (
        [first, wait("short", 2), hook, wait("long", 4), last, tag],
        [first, wait("short", 2), hook, more, wait("long", 3), last, tag],
        [first, wait("short", 1), wait("long", 4), last],
        [wait("short", 2), first, wait("long", 2), hook, last, tag],
    )
    trigger = {"type": "custom", "config": {"event": EVENT}}
    return [{"trigger": trigger, "steps": steps} for steps in ways]


async def _kill(place: Installation, chance: random.Random) -> None:
    while True:
        await asyncio.sleep(chance.uniform(*KILL_EVERY_S))
        await place.kill(chance.choice(NAMES[1:]))


async def _turn(admin: Staff, workflow: int, shapes: list[dict[str, Any]], chance: random.Random, told: dict[str, Any]) -> None:
    """Somebody changes his mind all the time."""
    while True:
        await asyncio.sleep(chance.uniform(*TURN_EVERY_S))
        if chance.random() < 0.5:
            told["publishes"] += await _publish(admin, workflow, chance.choice(shapes), chance, told)
        else:
            told["pauses"] += (await admin.ask("POST", f"/api/workflows/{workflow}/pause")).status == 200
            await asyncio.sleep(chance.uniform(0.2, 2.0))
            await _resume(admin, workflow, chance.choice(["shift", "skip", "send"]))


async def _resume(admin: Staff, workflow: int, overdue: str) -> None:
    assert (await admin.ask("POST", f"/api/workflows/{workflow}/resume", {"overdue": overdue})).status in {200, 409}


async def _publish(admin: Staff, workflow: int, shape: dict[str, Any], chance: random.Random, told: dict[str, Any]) -> bool:
    here = f"/api/workflows/{workflow}"
    before = (await admin.ask("GET", here)).json()
    changed = await admin.ask("PATCH", here, {"revision": before["revision"], "definition": shape})
    if changed.status != 200:
        told["refused_changes"] += 1
        return False
    asked = (await admin.ask("GET", f"{here}/publish")).json()
    plan = [_choice(one, asked["steps"], chance) for one in asked["heads"]]
    answer = await admin.ask(
        "POST", f"{here}/publish", {"revision": asked["revision"], "default": chance.choice(["pin", "follow"]), "plan": plan}
    )
    told["refused_changes"] += answer.status != 200  # somebody came to another step meanwhile
    return answer.status == 200


def _choice(heads: dict[str, Any], steps: list[str], chance: random.Random) -> dict[str, Any]:
    at = {"version": heads["version"], "step_id": heads["step_id"]}
    ways = ["pin", "map", *(["follow"] * 3 if heads["exists"] else []), *(["exit"] if chance.random() < 0.03 else [])]
    chosen = chance.choice(ways)
    return at | {"choice": chosen} | ({"to": chance.choice(steps)} if chosen == "map" else {})


async def _until(place: Installation, sql: str, arguments: Iterable[int], enough: Callable[[int], bool]) -> None:
    while True:
        if enough(await place.value(sql, *arguments)):
            return
        await asyncio.sleep(1.0)


async def _counted(place: Installation, outside: Outside, ids: dict[str, int]) -> dict[str, Any]:
    workflow = ids["workflow"]
    unheard = await place.value(UNHEARD, workflow, ids["first"], ids["last"])
    (runs,) = await place.rows(RUNS, workflow)
    (mails,) = await place.rows(MAILS, workflow)
    hooks = sum(outside.taken.values())
    return {
        "enrollments": runs["enrollments"],
        "sends": mails["mails"] + hooks,
        "max_sends_per_step": max(mails["most"], max(outside.taken.values(), default=0)),
        "vanished": unheard + runs["forgotten"] + runs["unsaid"],
        "mails": mails["mails"],
        "hooks": hooks,
        "hooks_by_outcome": dict(tuple(row) for row in await place.rows(EFFECTS, workflow)),
        "unfinished": runs["active"],
        "ended": dict(tuple(row) for row in await place.rows(REASONS, workflow)),
    }
