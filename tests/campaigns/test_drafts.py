"""Campaigns as they are written, through the public door."""

from tests.campaigns.desk import Desk
from tests.factories import a_contact, a_member, an_organization, client_id


async def test_a_draft_says_what_it_lacks_until_it_lacks_nothing(desk: Desk) -> None:
    made = await desk.ask("POST", "/campaigns", {"name": "Spring"}, 201)
    assert (made["status"], made["created_by"]) == ("draft", desk.admin.id)
    assert [(one["path"], one["code"]) for one in made["problems"]] == [
        ("variants", "no_variants"), ("topic_id", "no_topic"), ("inbox_id", "no_inbox"),
    ]  # fmt: skip
    refused = await desk.act(made, "start", {"revision": made["revision"]}, 409)
    assert (refused["code"], len(refused["problems"])) == ("not_ready", 3)
    bare = await desk.a_template(subject=" ")
    changes = {
        "revision": made["revision"], "topic_id": desk.topic, "inbox_id": desk.mailbox.inbox_id,
        "variants": [{"template_id": desk.template}, {"template_id": bare, "weight": 3}],
    }  # fmt: skip
    changed = await desk.ask("PATCH", f"/campaigns/{made['id']}", changes)
    assert [(one["path"], one["code"]) for one in changed["problems"]] == [("variants[1].template_id", "no_subject")]
    assert [(one["name"], one["weight"], one["version"]) for one in changed["variants"]] == [("A", 1, None), ("B", 3, None)]
    again = await desk.ask("PATCH", f"/campaigns/{made['id']}", changes, 409)
    assert (again["code"], again["revision"]) == ("revised", changed["revision"])


async def test_what_is_not_the_organizations_is_refused(desk: Desk) -> None:
    stranger = await an_organization()
    for values, code in (
        ({"topic_id": 2**40}, "unknown_topic"),
        ({"inbox_id": 2**40}, "unknown_inbox"),
        ({"variants": [{"template_id": 2**40}]}, "unknown_template"),
        ({"include": [2**40]}, "unknown_segment"),
    ):
        assert (await desk.ask("POST", "/campaigns", {"name": "Spring"} | values, 400))["code"] == code
    made = await desk.campaign()
    assert (await desk.ask("GET", f"/campaigns/{made['id']}", status=404, by=stranger))["code"] == "not_found"
    agent = await a_member(desk.admin, "agent")
    await desk.ask("GET", "/campaigns", status=403, by=agent)
    await desk.ask("POST", f"/campaigns/{made['id']}/start", {"revision": 1}, 403, by=agent)


async def test_the_same_client_id_makes_one_campaign_and_one_copy(desk: Desk) -> None:
    body = {"name": "Spring", "client_id": client_id()}
    made, again = [await desk.ask("POST", "/campaigns", body, 201) for _ in range(2)]
    assert made["id"] == again["id"]
    whole = await desk.campaign(hold_days=5, is_tracked=False)
    key = {"client_id": client_id()}
    copies = [await desk.act(whole, "duplicate", key, 201) for _ in range(2)]
    assert copies[0]["id"] == copies[1]["id"] != whole["id"]
    copy = copies[0]
    assert (copy["name"], copy["hold_days"], copy["is_tracked"], copy["topic_id"]) == ("Spring (copy)", 5, False, desk.topic)
    assert [one["id"] for one in (await desk.ask("GET", "/campaigns?limit=2"))["items"]] == [copy["id"], whole["id"]]
    assert [one["id"] for one in (await desk.ask("GET", "/campaigns?q=SPRING%20(c"))["items"]] == [copy["id"]]


async def test_what_a_campaign_needs_cannot_be_deleted_before_its_audience_is_settled(desk: Desk) -> None:
    await desk.readers(1)
    vip = (await desk.ask("POST", "/segments", {"name": "VIP", "tree": {"all": []}}, 201))["id"]
    made = await desk.campaign(include=[vip])
    assert made["include"] == [{"segment_id": vip, "name": "VIP"}]
    for number in range(11):
        await desk.campaign(name=f"More {number}", exclude=[vip])
    refused = await desk.ask("DELETE", f"/segments/{vip}", status=409)
    assert (refused["code"], len(refused["uses"]), refused["others"], refused["what"]) == ("segment_in_use", 10, 2, "campaign")
    newest = refused["uses"][0]
    assert (newest["kind"], newest["name"], newest["path"]) == ("campaign", "More 10", f"/campaigns/{newest['id']}")
    for one in (await desk.ask("GET", "/campaigns?q=More&limit=20"))["items"]:
        await desk.ask("DELETE", f"/campaigns/{one['id']}", status=204)
    assert (await desk.ask("DELETE", f"/templates/{desk.template}", status=409))["code"] == "template_in_use"
    both = await desk.ask("PATCH", f"/campaigns/{made['id']}", {"revision": made["revision"], "exclude": [vip]}, 400)
    assert both["code"] == "segment_twice"
    begun = await desk.begun(include=[vip])
    await desk.ask("DELETE", f"/campaigns/{made['id']}", status=204)
    await desk.ask("DELETE", f"/segments/{vip}", status=204)
    assert (await desk.of(begun))["include"] == [{"segment_id": None, "name": "VIP"}]
    assert (await desk.ask("DELETE", f"/campaigns/{begun['id']}", status=409))["code"] == "not_a_draft"


async def test_the_preview_counts_by_the_rule_that_holds_when_it_is_sent(desk: Desk) -> None:
    first, *_ = await desk.readers(3)
    await a_contact(desk.admin, first_name="No address")
    await a_contact(desk.admin, email="never.asked@example.org")
    whole = await desk.ask("POST", "/campaigns/audience", {"topic_id": desk.topic})
    assert whole == {"audience": 5, "recipients": 3, "skipped": {"no_address": 1, "no_consent": 1}, "exact": True}
    listed = (await desk.ask("POST", "/segments", {"name": "Few"}, 201))["id"]
    await desk.ask("POST", f"/segments/{listed}/members", {"add": [first]})
    few = await desk.ask("POST", "/campaigns/audience", {"topic_id": desk.topic, "include": [listed]})
    assert (few["audience"], few["recipients"]) == (1, 1)
    others = await desk.ask("POST", "/campaigns/audience", {"topic_id": desk.topic, "exclude": [listed]})
    assert (others["audience"], others["recipients"]) == (4, 2)
    begun = await desk.begun(exclude=[listed])
    found = await desk.progress(begun)
    assert (found["audience"], found["queued"], found["skipped"]) == (4, 2, others["skipped"])
