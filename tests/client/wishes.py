"""What is done in a scene about who wants which mail: a topic, a word for a contact, an address that gets none. Each by itself, or what one event has
fetched anew would not show beside the other."""

from tests.client.actions import action, pick
from tests.client.scene import Scene
from tests.factories import an_address, client_id


@action
async def make_topic(scene: Scene, n: int) -> None:
    body = {"name": f"News {client_id()}", "opt_in": pick(("single", "double"), n)}
    await scene.call(scene.admin, "POST", "/api/topics", body)


@action
async def wish(scene: Scene, n: int) -> None:
    """Staff says for a new contact what it wants."""
    topics = await scene.call(scene.admin, "GET", "/api/topics")
    if not topics:
        return
    contact = (await scene.call(scene.admin, "POST", "/api/contacts", {"first_name": f"Nora {n}", "email": an_address()}))["id"]
    body = {"state": pick(("subscribed", "unsubscribed"), n), "note": "Said so"}
    await scene.call(scene.admin, "PUT", f"/api/contacts/{contact}/consents/{pick([topic['id'] for topic in topics], n)}", body)


@action
async def hold_back(scene: Scene, n: int) -> None:
    """An address gets nothing any more, with a contact that has it or without."""
    email = an_address()
    if pick((True, False), n):
        await scene.call(scene.admin, "POST", "/api/contacts", {"first_name": f"Nora {n}", "email": email})
    await scene.call(scene.admin, "POST", "/api/suppressions", {"address": email, "why": "Asked us to"})
