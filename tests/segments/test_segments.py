"""Segments and lists through the public door."""

from typing import Any

import httpx

from core.access import Actor
from core.database import pool
from core.extend import registry
from tests.factories import a_contact, a_member, an_organization
from tests.segments.support import VIP, a_client, made, told
from tests.stack import Stack


async def test_a_segment_is_written_counted_shown_and_explained(shop: httpx.AsyncClient, admin: Actor) -> None:
    ida = await a_contact(admin, first_name="Ida", tags=["vip"])
    theo = await a_contact(admin, first_name="Theo")
    segment = await made(shop)
    assert (segment["kind"], segment["tree"], segment["version"], segment["created_by"]) == ("dynamic", VIP, 1, admin.id)
    path = f"/api/segments/{segment['id']}"
    assert (await shop.get(path)).json() == segment
    assert (await shop.get(f"{path}/count")).json() == {"count": 1, "exact": True}
    shown = (await shop.get(f"{path}/contacts")).json()
    assert ([contact["id"] for contact in shown["items"]], shown["next"], shown["exact"]) == ([ida.id], None, True)
    why = (await shop.get(f"{path}/contacts/{theo.id}")).json()
    assert why == {"holds": False, "clauses": [{"path": "$", "holds": False, "found": []}]}
    assert (await shop.get(f"{path}/contacts/0")).status_code == 404


async def test_a_tree_is_counted_shown_and_explained_before_it_is_saved(shop: httpx.AsyncClient, admin: Actor) -> None:
    ids = [(await a_contact(admin, tags=["vip"])).id for _ in range(3)]
    assert (await shop.post("/api/segments/count", json={"tree": VIP})).json()["count"] == 3
    first = (await shop.post("/api/segments/preview", json={"tree": VIP, "limit": 2})).json()
    rest = (await shop.post("/api/segments/preview", json={"tree": VIP, "limit": 2, "cursor": first["next"]})).json()
    assert [contact["id"] for contact in first["items"] + rest["items"]] == ids[::-1]
    assert rest["next"] is None
    body = {"tree": {"not": VIP}, "contact_id": ids[0]}
    clauses = (await shop.post("/api/segments/explain", json=body)).json()["clauses"]
    assert [(clause["path"], clause["holds"]) for clause in clauses] == [("$", False), ("$.not", True)]
    wrong = await shop.post(
        "/api/segments/count", json={"tree": {"all": [VIP, {"field": "contact.email", "op": "is", "value": 1}]}}
    )
    assert (wrong.status_code, wrong.json()["path"]) == (400, "$.all[1].value")
    assert told(await shop.post("/api/segments/preview", json={"tree": VIP, "cursor": "no"})) == (400, "bad_cursor")


async def test_all_that_modules_bring_is_listed_with_what_is_known(shop: httpx.AsyncClient, admin: Actor) -> None:
    await a_contact(admin, tags=["vip", "late"], custom_fields={"city": "Graz"})
    fields = {field["name"]: field for field in (await shop.get("/api/segments/fields")).json()}
    assert set(fields) == {field.name for module in registry.modules() for field in module.segment_fields}
    assert fields["contact.tags"]["known"] == ["late", "vip"]
    assert fields["contact.custom"]["known"] == ["city"]
    assert {"name": "has", "label": "has", "value": "text"} in fields["contact.tags"]["operators"]
    assert {"value": "bounced", "label": "Bounced"} in fields["contact.subscription_status"]["choices"]


async def test_a_change_names_the_version_that_was_read(shop: httpx.AsyncClient) -> None:
    path = f"/api/segments/{(await made(shop))['id']}"
    changed = (await shop.patch(path, json={"version": 1, "name": "Friends", "tree": {"not": VIP}})).json()
    assert (changed["version"], changed["name"], changed["tree"]) == (2, "Friends", {"not": VIP})
    late = await shop.patch(path, json={"version": 1, "name": "Foes"})
    assert (late.status_code, late.json()["code"], late.json()["version"]) == (409, "newer_version", 2)
    assert (await shop.patch(path, json={"version": 2, "name": "Friends"})).json()["version"] == 2, "nothing is nothing new"
    broken = await shop.patch(path, json={"version": 2, "tree": {"any": []}})
    assert (broken.status_code, broken.json()["path"]) == (400, "$.any")


async def test_names_are_unique_whatever_their_capitals(shop: httpx.AsyncClient) -> None:
    await made(shop, "Regulars")
    assert told(await shop.post("/api/segments", json={"name": "REGULARS"})) == (409, "duplicate_segment")
    other = await made(shop, "Others")
    assert told(await shop.patch(f"/api/segments/{other['id']}", json={"version": 1, "name": "regulars"})) == (
        409,
        "duplicate_segment",
    )


async def test_segments_are_listed_in_pages(shop: httpx.AsyncClient) -> None:
    names = [(await made(shop, f"Segment {number}", VIP if number % 2 else None))["name"] for number in range(5)]
    first = (await shop.get("/api/segments?limit=3")).json()
    rest = (await shop.get(f"/api/segments?limit=3&cursor={first['next']}")).json()
    assert [segment["name"] for segment in first["items"] + rest["items"]] == names[::-1]
    assert "tree" not in first["items"][0]
    assert [segment["kind"] for segment in (await shop.get("/api/segments?kind=static")).json()["items"]] == ["static"] * 3


async def test_a_segment_names_others_but_never_itself(shop: httpx.AsyncClient) -> None:
    inner = await made(shop, "Inner")
    outer = await made(shop, "Outer", {"not": {"segment": inner["id"]}})
    circle = {"all": [VIP, {"segment": outer["id"]}]}
    refused = await shop.patch(f"/api/segments/{inner['id']}", json={"version": 1, "tree": circle})
    assert (refused.status_code, refused.json()["problems"][0]) == (
        400,
        {"path": "$.all[1].segment", "code": "circular", "detail": "this segment would be a part of itself"},
    )
    itself = await shop.patch(f"/api/segments/{inner['id']}", json={"version": 1, "tree": {"segment": inner["id"]}})
    assert itself.json()["problems"][0]["code"] == "circular"
    unknown = await shop.post("/api/segments/count", json={"tree": {"any": [{"segment": 2**62}]}})
    assert (unknown.status_code, unknown.json()["path"]) == (400, "$.any[0].segment")


async def test_what_is_named_is_not_deleted(shop: httpx.AsyncClient) -> None:
    inner, outer = await made(shop, "Inner"), None
    outer = await made(shop, "Outer", {"segment": inner["id"]})
    refused = await shop.delete(f"/api/segments/{inner['id']}")
    assert (*told(refused), refused.json()["others"], refused.json()["what"]) == (409, "segment_in_use", 0, "segment")
    path = f"/contacts/segments?segment={outer['id']}"
    assert refused.json()["uses"] == [{"kind": "segment", "id": outer["id"], "name": "Outer", "path": path}]
    await shop.patch(f"/api/segments/{outer['id']}", json={"version": 1, "tree": VIP})
    assert (await shop.delete(f"/api/segments/{inner['id']}")).status_code == 204
    assert (await shop.get(f"/api/segments/{inner['id']}")).status_code == 404


async def test_what_a_module_refers_to_is_not_deleted_and_says_by_what(shop: httpx.AsyncClient, admin: Actor) -> None:
    segment = await made(shop)
    await pool().execute("""
        CREATE TABLE lantern_uses (organization_id bigint, segment_id bigint,
            FOREIGN KEY (organization_id, segment_id) REFERENCES segments (organization_id, id) ON DELETE NO ACTION)
    """)
    try:
        await pool().execute("INSERT INTO lantern_uses VALUES ($1, $2)", admin.organization_id, segment["id"])
        refused = await shop.delete(f"/api/segments/{segment['id']}")
        assert (*told(refused), refused.json()["uses"], refused.json()["what"]) == (409, "segment_in_use", [], "lantern")
    finally:
        await pool().execute("DROP TABLE lantern_uses")
    assert (await shop.delete(f"/api/segments/{segment['id']}")).status_code == 204


async def test_what_names_too_much_is_refused(shop: httpx.AsyncClient) -> None:
    """Each names the one before twice: the thirtieth would be a thousand million parts."""
    tree: Any = {"all": [VIP] * 30}
    for number in range(3):
        segment = await made(shop, f"Doubled {number}", tree)
        tree = {"all": [{"segment": segment["id"]}] * 2}
    refused = await shop.post("/api/segments", json={"name": "Too much", "tree": {"any": [tree, tree]}})
    assert (refused.status_code, refused.json()["problems"][0]["code"]) == (400, "too_many_nodes")


async def test_a_segment_whose_field_went_away_says_so(shop: httpx.AsyncClient, admin: Actor) -> None:
    segment = await made(shop)
    gone = {"all": [VIP, {"field": "commerce_of_old.paid", "op": "did"}]}
    await pool().execute("UPDATE segments SET tree = $2 WHERE id = $1", segment["id"], gone)
    for way in ("count", "contacts"):
        refused = await shop.get(f"/api/segments/{segment['id']}/{way}")
        assert (*told(refused), refused.json()["path"]) == (409, "segment_broken", "$.all[1].field")
    named = await shop.post("/api/segments/count", json={"tree": {"not": {"segment": segment["id"]}}})
    assert (named.status_code, named.json()["problems"][0]["code"], named.json()["path"]) == (
        400,
        "unusable_segment",
        "$.not.segment",
    )


async def test_contacts_are_put_on_a_list_and_taken_off(shop: httpx.AsyncClient, admin: Actor) -> None:
    first, second, third = [(await a_contact(admin)).id for _ in range(3)]
    path = f"/api/segments/{(await made(shop, tree=None))['id']}"
    both = {"add": [first, second, second]}
    assert (await shop.post(f"{path}/members", json=both)).json() == {"added": 2, "removed": 0}
    assert (await shop.post(f"{path}/members", json=both)).json() == {"added": 0, "removed": 0}
    change = {"add": [third, first], "remove": [first, second]}
    assert (await shop.post(f"{path}/members", json=change)).json() == {"added": 1, "removed": 2}
    assert [contact["id"] for contact in (await shop.get(f"{path}/contacts")).json()["items"]] == [third]
    refused = await shop.post(f"{path}/members", json={"add": [third, 2**62]})
    assert (*told(refused), refused.json()["contact_ids"]) == (400, "unknown_contact", [2**62])
    await shop.delete(f"/api/contacts/{third}")
    assert (await shop.get(f"{path}/count")).json()["count"] == 0


async def test_who_is_on_a_list_is_no_tree_and_the_other_way_round(shop: httpx.AsyncClient) -> None:
    listed, chosen = await made(shop, "Listed", None), await made(shop, "Chosen")
    assert told(await shop.patch(f"/api/segments/{listed['id']}", json={"version": 1, "tree": VIP})) == (400, "no_tree")
    assert told(await shop.post(f"/api/segments/{chosen['id']}/members", json={"add": []})) == (409, "not_a_list")


async def test_agents_have_no_part_in_segments(stack: Stack, admin: Actor, shop: httpx.AsyncClient) -> None:
    segment = await made(shop)
    async with a_client(stack.url, await a_member(admin, "agent")) as agent:
        assert told(await agent.get(f"/api/segments/{segment['id']}/count")) == (403, "forbidden")
        assert told(await agent.get("/api/segments")) == (403, "forbidden")
    async with a_client(stack.url, await a_member(admin, "user")) as user:
        assert (await user.get(f"/api/segments/{segment['id']}")).json() == segment


async def test_a_stranger_neither_finds_nor_names_a_segment(stack: Stack, shop: httpx.AsyncClient) -> None:
    segment = await made(shop)
    async with a_client(stack.url, await an_organization()) as stranger:
        stranger.headers["Origin"] = stack.url
        assert (await stranger.get(f"/api/segments/{segment['id']}")).status_code == 404
        named = await stranger.post("/api/segments/count", json={"tree": {"segment": segment["id"]}})
        assert named.json()["problems"][0]["code"] == "unknown_segment"


async def test_an_organization_goes_with_all_its_segments(shop: httpx.AsyncClient, admin: Actor) -> None:
    """A segment that another names is kept from deletion, but not from this."""
    inner = await made(shop, "Inner")
    await made(shop, "Outer", {"segment": inner["id"]})
    async with pool().acquire() as connection:
        await connection.execute("BEGIN")
        await connection.execute("DELETE FROM organizations WHERE id = $1", admin.organization_id)
        assert await connection.fetchval("SELECT count(*) FROM segments WHERE organization_id = $1", admin.organization_id) == 0
        await connection.execute("ROLLBACK")
