"""What analytics counts is what segments choose contacts by."""

from typing import Any

from tests.analytics.support import a_client, settled
from tests.factories import a_contact, a_message, an_inbox, an_organization
from tests.stack import Stack


async def test_who_wrote_lately_and_by_which_channel_can_be_chosen(stack: Stack) -> None:
    admin = await an_organization()
    visitor, _ = await a_message(await an_inbox(admin))
    silent = await a_contact(admin)
    await settled(admin)

    async with a_client(stack.url, admin) as client:

        async def chosen(tree: dict[str, Any]) -> list[int]:
            answer = await client.post("/api/segments/preview", json={"tree": tree}, headers={"Origin": stack.url})
            return [contact["id"] for contact in answer.json()["items"]]

        wrote = {"field": "analytics.wrote", "op": "did", "days": 30}
        assert await chosen(wrote) == [visitor.contact_id]
        assert await chosen(wrote | {"op": "did_not"}) == [silent.id]
        assert await chosen(wrote | {"times": 2}) == []
        for channel, expected in (("chat", [visitor.contact_id]), ("email", [])):
            assert await chosen(wrote | {"where": [{"field": "channel", "op": "is", "value": channel}]}) == expected
        assert await chosen({"field": "analytics.began_conversation", "op": "did"}) == [visitor.contact_id]
