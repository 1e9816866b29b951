"""What people do in a scene, by name: each a request through the public door. `n` picks among what there is.

In this order they make every type of event happen.
"""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any, TypeVar

from agent.tools import actions as tools
from agent.tools.structs import Proposal
from core.access import ai
from core.auth import sessions
from core.conversations import queries as conversations
from core.database import system_transaction, transaction
from tests.client.browser import TabError
from tests.client.scene import Person, Scene
from tests.factories import an_address, client_id

T = TypeVar("T")
Action = Callable[[Scene, int], Awaitable[None]]
ACTIONS: dict[str, Action] = {}
TAGS = ("vip", "returns", "Lieferung")
COLORS = ("#0f766e", "#b91c1c", "#1d4ed8")
CATEGORIES = ("Money", "Policies", "Care")
PRIORITIES = ("low", "medium", "high", "urgent")
ROLES = ("agent", "user", "admin")


def action(function: Action) -> Action:
    ACTIONS[function.__name__] = function
    return function


def pick(values: Sequence[T], n: int) -> T:
    return values[n % len(values)]


def _who(scene: Scene, n: int) -> tuple[Person, int, int]:
    """Who acts, on which conversation, and what is left of `n` for the choice of a value."""
    return pick(scene.people, n), pick(scene.conversations, n // 2), n // 16


async def _do(scene: Scene, n: int, verb: str, body: Any = None) -> Any:
    person, conversation, _ = _who(scene, n)
    return await scene.call(person, "POST", f"/api/conversations/{conversation}/{verb}", body)


# In conversations --------------------------------------------------------------------------------------------------


@action
async def reply(scene: Scene, n: int) -> None:
    await _do(scene, n, "reply", {"client_id": client_id(), "content": f"Answer {n}"})


@action
async def note(scene: Scene, n: int) -> None:
    await _do(scene, n, "note", {"client_id": client_id(), "content": f"Note {n}"})


@action
async def assign(scene: Scene, n: int) -> None:
    ids = [scene.agent.actor.id, None, scene.admin.actor.id, *scene.members]
    await _do(scene, n, "assign", {"assignee_id": pick(ids, n // 16)})


@action
async def give_to_team(scene: Scene, n: int) -> None:
    await _do(scene, n, "assign", {"team_id": pick([*scene.teams, None], n // 16)})


@action
async def review(scene: Scene, n: int) -> None:
    """Say of the AI agent's last decision that it was right, or why it was not."""
    for conversation in scene.conversations:
        for decision in (await scene.call(scene.admin, "GET", f"/api/conversations/{conversation}/decisions"))[:1]:
            body = pick(({"verdict": "approve"}, {"verdict": "reject", "reason": "wrong"}), n)
            await scene.call(scene.admin, "PUT", f"/api/ai/decisions/{decision['id']}/review", body)


@action
async def propose(scene: Scene, n: int) -> None:
    """What the AI agent does at a handoff where a module's tool could help."""
    async with transaction(actor := ai(scene.organization_id)) as db:
        conversation = await conversations.get(actor, pick(scene.conversations, n), lock=True)
        await tools.propose(db, actor, conversation, None, [Proposal("a.b", "Refund", conversation.contact_id or 0, "", n, [])])


@action
async def prioritize(scene: Scene, n: int) -> None:
    await _do(scene, n, "priority", {"priority": pick(PRIORITIES, n // 16)})


@action
async def tag(scene: Scene, n: int) -> None:
    await _do(scene, n, "tags", {"add": [pick(TAGS, n // 16)]})


@action
async def untag(scene: Scene, n: int) -> None:
    await _do(scene, n, "tags", {"remove": [pick(TAGS, n // 16)]})


@action
async def rename(scene: Scene, n: int) -> None:
    await _do(scene, n, "subject", {"subject": f"Subject {n // 16}"})


@action
async def snooze(scene: Scene, n: int) -> None:
    await _do(scene, n, "snooze", {"wait_s": pick((3600, 1), n // 16)})


@action
async def wake(scene: Scene, n: int) -> None:
    await _do(scene, n, "wake")


@action
async def resolve(scene: Scene, n: int) -> None:
    await _do(scene, n, "resolve")


@action
async def reopen(scene: Scene, n: int) -> None:
    await _do(scene, n, "reopen")


@action
async def hand_back(scene: Scene, n: int) -> None:
    await _do(scene, n, "handback")


@action
async def write(scene: Scene, n: int) -> None:
    await scene.visitor_call(
        "POST", "/messages", {"client_id": client_id(), "conversation": pick(scene.tokens, n), "content": f"And {n}?"}
    )


@action
async def see(scene: Scene, n: int) -> None:
    await scene.visitor_call("POST", f"/conversations/{pick(scene.tokens, n)}/read", {"seq": 10_000})


@action
async def take_over(scene: Scene, n: int) -> None:
    await _do(scene, n, "handback")
    await _do(scene, n, "takeover")


@action
async def close(scene: Scene, n: int) -> None:
    await _do(scene, n, "close")


@action
async def read(scene: Scene, n: int) -> None:
    await _do(scene, n, "read", {"seq": pick((10_000, 1, 2), n // 16)})


@action
async def start(scene: Scene, n: int) -> None:
    person = pick(scene.people, n)
    body = {
        "contact_id": pick(scene.contacts, n // 2),
        "inbox_id": pick(scene.inbox_ids, n // 16),
        "client_id": client_id(),
        "content": "Hello",
    }
    started = await scene.call(person, "POST", "/api/conversations/start", body)
    scene.conversations.append(started["conversation"]["id"])


# The visitor, elsewhere ------------------------------------------------------------------------------------------------------


@action
async def write_elsewhere(scene: Scene, n: int) -> None:
    sent = await scene.visitor_call("POST", "/messages", {"client_id": client_id(), "content": f"Something else, {n}"})
    scene.tokens.append(sent["conversation"]["token"])
    listed = await scene.call(scene.admin, "GET", "/api/conversations?status=any&sort=latest")
    found = next(each["conversation"] for each in listed["items"] if each["conversation"]["token"] == scene.tokens[-1])
    scene.conversations.append(found["id"])


@action
async def ask_for_person(scene: Scene, n: int) -> None:
    await scene.visitor_call("POST", f"/conversations/{pick(scene.tokens, n)}/handoff", {"client_id": client_id()})


@action
async def declare(scene: Scene, n: int) -> None:
    await scene.visitor_call("PATCH", "/contact", {"email": f"visitor{n % 3}@example.com"})


# Admins -----------------------------------------------------------------------------------------------------------


async def _admin(scene: Scene, method: str, path: str, body: Any = None) -> Any:
    return await scene.call(scene.admin, method, f"/api{path}", body)


@action
async def add_inbox(scene: Scene, n: int) -> None:
    made = await _admin(scene, "POST", "/inboxes", {"name": f"Inbox {n}", "access": pick(("everyone", "members"), n)})
    scene.inbox_ids.append(made["id"])


@action
async def change_inbox(scene: Scene, n: int) -> None:
    agent = scene.agent.actor.id
    changes = (
        {"access": "members", "member_ids": []},
        {"access": "everyone"},
        {"access": "members", "member_ids": [agent]},
        {"name": f"Renamed {n}"},
    )
    await _admin(scene, "PATCH", f"/inboxes/{pick(scene.inbox_ids, n)}", pick(changes, n // 4))


@action
async def add_team(scene: Scene, n: int) -> None:
    made = await _admin(scene, "POST", "/teams", {"name": f"Team {n % 7}", "member_ids": pick(([], [scene.agent.actor.id]), n)})
    scene.teams.append(made["id"])


@action
async def change_team(scene: Scene, n: int) -> None:
    if scene.teams:
        members = pick(([], [scene.agent.actor.id], [scene.admin.actor.id]), n // 4)
        await _admin(scene, "PUT", f"/teams/{pick(scene.teams, n)}", {"name": f"Crew {n % 7}", "member_ids": members})


@action
async def delete_team(scene: Scene, n: int) -> None:
    if scene.teams:
        await _admin(scene, "DELETE", f"/teams/{scene.teams.pop(n % len(scene.teams))}")


@action
async def add_member(scene: Scene, n: int) -> None:
    body = {"name": f"Member {n}", "email": an_address(), "role": pick(ROLES, n)}
    scene.members.append((await _admin(scene, "POST", "/users", body))["user"]["id"])


@action
async def change_role(scene: Scene, n: int) -> None:
    await _admin(scene, "PATCH", f"/users/{pick([scene.agent.actor.id, *scene.members], n)}", {"role": pick(ROLES, n // 4)})


@action
async def remove_member(scene: Scene, n: int) -> None:
    if scene.members:
        await _admin(scene, "DELETE", f"/users/{scene.members.pop(n % len(scene.members))}")


@action
async def rename_oneself(scene: Scene, n: int) -> None:
    await scene.call(pick(scene.people, n), "PATCH", "/api/profile", {"name": f"Name {n // 2}"})


@action
async def end_another_session(scene: Scene, n: int) -> None:
    actor = pick(scene.people, n).actor
    async with system_transaction("a test signs somebody in on another device"):
        session_id = await sessions.create(actor.id or 0, actor.organization_id, user_agent="a phone", address="")
    await scene.call(pick(scene.people, n), "DELETE", f"/api/auth/sessions/{session_id}")


@action
async def add_contact(scene: Scene, n: int) -> None:
    scene.contacts.append((await _admin(scene, "POST", "/contacts", {"first_name": f"Contact {n}"}))["id"])


@action
async def change_contact(scene: Scene, n: int) -> None:
    await _admin(
        scene, "PATCH", f"/contacts/{pick(scene.contacts, n)}", {"first_name": f"Changed {n // 4}", "tags": [pick(TAGS, n)]}
    )


@action
async def delete_contact(scene: Scene, n: int) -> None:
    contact = pick(scene.contacts[::-1], n)
    await _admin(scene, "DELETE", f"/contacts/{contact}")
    scene.is_forgotten |= contact == scene.visitor_contact


@action
async def add_article(scene: Scene, n: int) -> None:
    made = await _admin(
        scene, "POST", "/articles", {"title": f"Article {n}", "body": "Text", "audience": pick(("internal", "public"), n)}
    )
    scene.articles.append(made["id"])
    await scene.show(scene.admin, ("article", made["id"]))


@action
async def change_article(scene: Scene, n: int) -> None:
    if scene.articles:
        article = f"/articles/{pick(scene.articles, n)}"
        version = (await _admin(scene, "GET", article))["version"]
        await _admin(scene, "PATCH", article, {"version": version, "title": f"Better {n // 4}"})


@action
async def publish_article(scene: Scene, n: int) -> None:
    if scene.articles:
        await _admin(scene, "POST", f"/articles/{pick(scene.articles, n)}/{pick(('publish', 'withdraw'), n // 4)}")


@action
async def restore_article(scene: Scene, n: int) -> None:
    if scene.articles:
        article = f"/articles/{pick(scene.articles, n)}"
        version = (await _admin(scene, "GET", article))["version"]
        await _admin(scene, "POST", f"{article}/versions/1/restore", {"version": version})


@action
async def categorize_article(scene: Scene, n: int) -> None:
    if scene.articles:
        article = f"/articles/{pick(scene.articles, n)}"
        version = (await _admin(scene, "GET", article))["version"]
        await _admin(scene, "PATCH", article, {"version": version, "category": pick(CATEGORIES, n // 4)})


@action
async def rename_category(scene: Scene, n: int) -> None:
    await _admin(
        scene, "POST", "/articles/categories/rename", {"category": pick(CATEGORIES, n), "into": pick(CATEGORIES, n // 4 + 1)}
    )


@action
async def delete_article(scene: Scene, n: int) -> None:
    if scene.articles:
        await _admin(scene, "DELETE", f"/articles/{scene.articles.pop(n % len(scene.articles))}")


@action
async def add_source(scene: Scene, n: int) -> None:
    made = await _admin(scene, "POST", "/sources/websites", {"address": f"https://website-{n}.invalid/"})
    scene.sources.append(made["id"])


@action
async def stop_source(scene: Scene, n: int) -> None:
    if scene.sources:
        await _admin(scene, "POST", f"/sources/{pick(scene.sources, n)}/{pick(('stop', 'read'), n // 4)}")


@action
async def change_source(scene: Scene, n: int) -> None:
    if scene.sources:
        await _admin(scene, "PATCH", f"/sources/{pick(scene.sources, n)}", {"category": pick(CATEGORIES, n), "refresh_hours": n})


@action
async def remove_source(scene: Scene, n: int) -> None:
    if scene.sources:
        await _admin(scene, "DELETE", f"/sources/{scene.sources.pop(n % len(scene.sources))}")


@action
async def change_organization(scene: Scene, n: int) -> None:
    await _admin(scene, "PATCH", "/organization", pick(({"name": f"Harbour {n}"}, {"accent_color": pick(COLORS, n)}), n // 4))


# What a tab does by itself ----------------------------------------------------------------------------------------


@action
async def open_conversation(scene: Scene, n: int) -> None:
    person, conversation, _ = _who(scene, n)
    await scene.show(person, *((name, conversation) for name in ("one", "thread", "decisions", "continuity")))


@action
async def open_contact(scene: Scene, n: int) -> None:
    await scene.show(pick(scene.people, n), ("contact", pick(scene.contacts, n // 2)))


@action
async def open_article(scene: Scene, n: int) -> None:
    if scene.articles:
        await scene.show(pick(scene.people, n), ("article", pick(scene.articles, n // 2)))


@action
async def look_again(scene: Scene, n: int) -> None:
    await pick(scene.people, n).tab.do("refresh")


@action
async def open_thread(scene: Scene, n: int) -> None:
    with suppress(TabError):  # a visitor whose contact was removed has no conversations any more
        await scene.widget.do("thread", token=pick(scene.tokens, n))
