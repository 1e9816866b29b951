"""What is done in a scene about who wants which mail: a topic, a word for a contact, an address that gets none."""

from tests.client.actions import action, pick
from tests.client.scene import Scene
from tests.factories import an_address, client_id


@action
async def wish(scene: Scene, n: int) -> None:
    """A topic is made, a contact with an address is put on it, and gets nothing any more whatever he wants."""
    topic = (await scene.call(scene.admin, "POST", "/api/topics", {"name": f"News {client_id()}", "opt_in": "single"}))["id"]
    email = an_address()
    contact = (await scene.call(scene.admin, "POST", "/api/contacts", {"first_name": f"Nora {n}", "email": email}))["id"]
    body = {"state": pick(("subscribed", "unsubscribed"), n), "note": "Said so"}
    await scene.call(scene.admin, "PUT", f"/api/contacts/{contact}/consents/{topic}", body)
    await scene.call(scene.admin, "POST", "/api/suppressions", {"address": email, "why": "Asked us to"})
