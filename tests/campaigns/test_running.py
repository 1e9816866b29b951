"""A campaign from its start to its end: what is frozen, who gets what, and how it is paused, resumed, ended and missed."""

from datetime import UTC, datetime, timedelta
from typing import Any

from core.database import pool
from core.extend.mailing import Post
from modules.campaigns import jobs
from modules.campaigns.actions import enlisting
from tests.campaigns.desk import Desk
from tests.factories import a_message, an_inbox


def at(**ahead: float) -> dict[str, Any]:
    return {"at": (datetime.now(UTC) + timedelta(**ahead)).isoformat(), "time_zone": "Europe/Vienna"}


async def test_everybody_of_the_audience_gets_it_or_a_reason_and_then_it_is_sent(desk: Desk) -> None:
    await desk.readers(5)
    nobody = await desk.ask("POST", "/contacts", {"first_name": "No Address"}, 201)
    begun = await desk.begun()
    assert (begun["status"], [one["version"] for one in begun["variants"]]) == ("sending", [1])
    assert (await desk.watch(begun))["status"] == "sending", "nothing was sent yet"
    await desk.ask("PATCH", f"/templates/{desk.template}", {"version": 1, "subject": "Another one"})
    answered = await desk.send(begun)
    assert {(answer.template_id, answer.version) for _, answer in answered} == {(desk.template, 1)}, "what it was when it began"
    done = await desk.watch(begun)
    counts = {name: done[name] for name in ("audience", "sent", "skipped", "failed", "uncertain")}
    assert (done["status"], counts) == ("sent", {"audience": 6, "sent": 5, "skipped": 1, "failed": 0, "uncertain": 0})
    [skipped] = (await desk.ask("GET", f"/campaigns/{begun['id']}/recipients?state=skipped"))["items"]
    assert (skipped["contact_id"], skipped["reason"], skipped["name"]) == (nobody["id"], "no_address", "No Address")
    first = await desk.ask("GET", f"/campaigns/{begun['id']}/recipients?limit=4")
    rest = await desk.ask("GET", f"/campaigns/{begun['id']}/recipients?limit=4&cursor={first['next']}")
    assert len({one["id"] for one in first["items"] + rest["items"]}) == 6
    assert (await desk.act(begun, "start", {"revision": 1}))["status"] == "sent", "safe to repeat"


async def test_a_version_that_is_mailed_outlives_all_later_ones(desk: Desk) -> None:
    begun = await desk.begun()
    for number in range(1, 34):
        await desk.ask("PATCH", f"/templates/{desk.template}", {"version": number, "subject": f"Number {number}"})
    kept = await desk.ask("GET", f"/templates/{desk.template}/versions")
    assert [one["version"] for one in kept][-2:] == [4, 1]
    assert (await desk.of(begun))["variants"][0]["subject"].startswith("Lamps")


async def test_paused_nothing_goes_out_and_resumed_all_does(desk: Desk) -> None:
    await desk.readers(6)
    begun = await desk.begun()
    await desk.send(begun, most=2)
    paused = await desk.act(begun, "pause")
    assert (paused["status"], await desk.act(begun, "pause")) == ("paused", paused)
    assert await desk.send(begun) == []
    assert (await desk.watch(begun))["status"] == "paused"
    assert (await desk.act(begun, "resume"))["status"] == "sending"
    assert len(await desk.send(begun)) == 4
    assert (await desk.watch(begun))["status"] == "sent"
    assert (await desk.act(begun, "pause", status=409))["code"] == "not_sending"


async def test_paused_while_its_audience_is_settled_it_is_settled_and_waits(desk: Desk) -> None:
    await desk.readers(5)
    made = await desk.campaign()
    await desk.act(made, "start", {"revision": made["revision"]})
    assert await enlisting.enlist(desk.admin, made["id"], most=2)
    assert (await desk.watch(made))["status"] == "sending", "not everybody has a row"
    await desk.send(made)
    assert (await desk.watch(made))["status"] == "sending", "nor is it finished because nothing is queued"
    await desk.act(made, "pause")
    await jobs.enlist.function(desk.admin.organization_id, made["id"])
    found = await desk.progress(made)
    assert (found["settled"], found["audience"], found["sent"], found["queued"]) == (True, 5, 2, 3)


async def test_canceled_is_for_good(desk: Desk) -> None:
    await desk.readers(4)
    begun = await desk.begun()
    await desk.send(begun, most=1)
    canceled = await desk.act(begun, "cancel")
    assert (canceled["status"], await desk.act(begun, "cancel")) == ("canceled", canceled)
    found = await desk.progress(begun)
    assert (found["sent"], found["skipped"], found["queued"]) == (1, {"canceled": 3}, 0)
    assert await desk.send(begun) == []
    for verb in ("resume", "pause"):
        assert (await desk.act(begun, verb, status=409))["code"] == "not_sending"
    assert (await desk.act(begun, "start", {"revision": 1}, 409))["code"] == "canceled"
    assert (await desk.watch(begun))["skipped"] == 3


async def test_it_begins_at_its_time_and_late_it_waits_for_somebody(desk: Desk) -> None:
    await desk.readers(1)
    made = await desk.campaign()
    body = at(hours=2) | {"revision": made["revision"], "max_lateness_s": 600}
    planned = await desk.act(made, "schedule", body)
    assert (planned["status"], planned["time_zone"], planned["problems"]) == ("scheduled", "Europe/Vienna", [])
    assert (await desk.ask("PATCH", f"/campaigns/{made['id']}", {"revision": planned["revision"]}, 409))["code"] == "not_a_draft"
    await jobs.begin.function(desk.admin.organization_id, made["id"])
    assert (await desk.of(made))["status"] == "scheduled", "not yet"
    move = "UPDATE campaigns SET scheduled_at = now() - make_interval(mins => $2) WHERE id = $1"
    await pool().execute(move, made["id"], 11)
    await jobs.begin.function(desk.admin.organization_id, made["id"])
    missed = await desk.of(made)
    assert (missed["status"], missed["reason"], missed["started_at"]) == ("missed", "late", None)
    again = await desk.act(made, "schedule", at(hours=1) | {"revision": missed["revision"]})
    await pool().execute(move, made["id"], 5)
    await jobs.begin.function(desk.admin.organization_id, made["id"])
    assert (again["reason"], (await desk.of(made))["status"]) == ("", "sending")


async def test_what_it_lacks_when_its_time_comes_is_said(desk: Desk) -> None:
    made = await desk.campaign()
    planned = await desk.act(made, "schedule", at(hours=1) | {"revision": made["revision"]})
    await desk.ask("PATCH", f"/topics/{desk.topic}", {"is_archived": True})
    await pool().execute("UPDATE campaigns SET scheduled_at = now() WHERE id = $1", made["id"])
    await jobs.begin.function(desk.admin.organization_id, made["id"])
    missed = await desk.of(made)
    assert (missed["status"], missed["reason"]) == ("missed", "topic_archived")
    assert (await desk.act(made, "unschedule"))["status"] == "draft"
    assert (await desk.act(made, "schedule", at(hours=-1) | {"revision": 9}, 400))["code"] == "in_the_past"
    nowhere = at(hours=1) | {"revision": planned["revision"], "time_zone": "Mars/Olympus"}
    assert (await desk.act(made, "schedule", nowhere, 400))["code"] == "unknown_time_zone"


async def test_a_conversation_that_is_open_holds_the_mail_back_for_some_days(desk: Desk) -> None:
    await desk.readers(1)
    visitor, sent = await a_message(await an_inbox(desk.admin))
    busy = sent.conversation.contact_id
    await desk.ask("PATCH", f"/contacts/{busy}", {"email": "busy@example.org"})
    await desk.ask("PUT", f"/contacts/{busy}/consents/{desk.topic}", {"state": "subscribed", "note": "said so"})
    begun = await desk.begun(hold_days=3)
    found = {one.contact_id: answer for one, answer in await desk.send(begun)}
    assert (found[busy].reason, found[busy].wait_s) == ("open_conversation", 900.0)
    assert (await desk.progress(begun))["held"] == 1
    await desk.time_passes()
    await desk.ask("POST", f"/conversations/{sent.conversation.id}/resolve")
    [(_, answer)] = await desk.send(begun)
    assert isinstance(answer, Post)
    assert visitor.contact_id == busy

    again = await desk.begun(hold_days=1)
    await desk.ask("POST", f"/conversations/{sent.conversation.id}/reopen")
    await pool().execute("UPDATE campaigns SET hold_until = now() WHERE id = $1", again["id"])
    found = {one.contact_id: answer for one, answer in await desk.send(again)}
    assert found[busy].reason == "open_conversation"
    assert (await desk.progress(again))["skipped"] == {"open_conversation": 1}


async def test_a_segment_that_breaks_meanwhile_holds_it_up(desk: Desk) -> None:
    await desk.readers(2)
    vip = (await desk.ask("POST", "/segments", {"name": "VIP", "tree": {"all": []}}, 201))["id"]
    made = await desk.campaign(include=[vip])
    await desk.act(made, "start", {"revision": made["revision"]})
    broken = {"field": "gone.field", "op": "is", "value": "x"}
    await pool().execute("UPDATE segments SET tree = $2 WHERE id = $1", vip, broken)
    await jobs.enlist.function(desk.admin.organization_id, made["id"])
    held = await desk.of(made)
    assert (held["status"], held["reason"]) == ("paused", "segment_broken")
    await pool().execute("UPDATE segments SET tree = $2 WHERE id = $1", vip, {"all": []})
    await desk.act(made, "resume")
    await jobs.enlist.function(desk.admin.organization_id, made["id"])
    assert (await desk.progress(made))["queued"] == 2


async def test_a_test_goes_to_staff_by_the_campaigns_inbox(desk: Desk) -> None:
    made = await desk.campaign()
    found = await desk.act(made, "test", {})
    assert (found["code"] != "sent", len(found["recipients"])) == (True, 1), "its server is nowhere"
    assert (await desk.act(made, "test", {"variant": "B"}, 409))["code"] == "no_variants"
