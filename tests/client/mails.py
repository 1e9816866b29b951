"""What is done by mail in a scene: an inbox with an address, mail that leaves at once, mail that is taken back, and mail that is forwarded."""

from tests.client.actions import action, pick
from tests.client.scene import Scene
from tests.factories import an_address, client_id


@action
async def mail(scene: Scene, n: int) -> None:
    """Staff begins a conversation by mail, and looks at it as it answers once more, takes that back, and forwards the answer."""
    person = pick(scene.people, n)
    inbox = (await scene.call(scene.admin, "POST", "/api/inboxes", {"name": f"Post {n}"}))["id"]
    await scene.call(scene.admin, "PUT", f"/api/inboxes/{inbox}/email", {"address": an_address()})
    contact = (await scene.call(scene.admin, "POST", "/api/contacts", {"first_name": f"Ida {n}", "email": an_address()}))["id"]
    await scene.call(person, "PUT", "/api/profile/mail", {"undo_s": 0})
    body = {"contact_id": contact, "inbox_id": inbox, "client_id": client_id(), "content": "Hello"}
    started = (await scene.call(person, "POST", "/api/conversations/start", body))["conversation"]["id"]
    scene.conversations.append(started)
    for one in scene.people:
        await scene.show(one, ("one", started), ("thread", started), ("mails", started), ("recipients", started))
    reply = {"client_id": client_id(), "content": f"Answer {n}"}
    first = await scene.call(person, "POST", f"/api/conversations/{started}/reply", reply)
    await scene.call(person, "PUT", "/api/profile/mail", {"undo_s": 3})
    reply = {"client_id": client_id(), "content": f"Not this {n}"}
    sent = await scene.call(person, "POST", f"/api/conversations/{started}/reply", reply)
    await scene.call(person, "POST", f"/api/messages/{sent['message']['id']}/undo")
    forward = {"client_id": client_id(), "to": [{"address": an_address()}]}
    note = await scene.call(person, "POST", f"/api/messages/{first['message']['id']}/forward", forward)
    if n % 2:
        await scene.call(person, "POST", f"/api/messages/{note['message']['id']}/undo")
