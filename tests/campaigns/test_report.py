"""What came of a campaign: each mail counted once, people apart from programs, and nothing said that is not known."""

import csv
import io
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from core.database import pool
from core.extend import registry
from core.mailing.actions import claims
from core.mailing.tracking import links
from modules.campaigns.actions import crediting
from modules.campaigns.subscribers import follows
from modules.campaigns.variants import place_of
from tests.campaigns.desk import Desk
from tests.consent.people import as_staff

TOUCH = """
INSERT INTO mailing_touches (organization_id, send_id, touch, url, method, agent, after_s, label, rules)
SELECT $1, s.id, $4, $5, 'GET', 'browser', $7, $6, 1 FROM mailing_sends s WHERE s.organization_id = $1 AND s.mailing_id = $2 AND s.contact_id = $3
"""
SEND = "SELECT id FROM mailing_sends WHERE organization_id = $1 AND mailing_id = $2 AND contact_id = $3"
LAMP = "https://shop.example/lamp"


class Read:
    """A campaign that was sent, and what people and programs do with it."""

    def __init__(self, desk: Desk, campaign: Any, mailing_id: int) -> None:
        self.desk, self.campaign, self.mailing_id = desk, campaign, mailing_id

    async def touch(self, contact: int, touch: str, label: str = "human", url: str = "", after_s: int = 60) -> None:
        values = (self.desk.admin.organization_id, self.mailing_id, contact, touch, url, label, after_s)
        assert await pool().execute(TOUCH, *values) == "INSERT 0 1"

    async def send_of(self, contact: int) -> int:
        return int(await pool().fetchval(SEND, self.desk.admin.organization_id, self.mailing_id, contact))

    async def report(self) -> Any:
        return await self.desk.ask("GET", f"/campaigns/{self.campaign['id']}/report")

    async def grows_old(self) -> None:
        sql = "UPDATE campaigns SET ended_at = ended_at - interval '2 days', started_at = started_at - interval '2 days' WHERE id = $1"
        await pool().execute(sql, self.campaign["id"])
        await pool().execute(
            "UPDATE mailing_sends SET settled_at = settled_at - interval '2 days' WHERE mailing_id = $1", self.mailing_id
        )


async def sent(desk: Desk, **values: Any) -> Read:
    begun = await desk.begun(**values)
    await desk.send(begun)
    done = await desk.watch(begun)
    assert done["status"] == "sent"
    return Read(desk, begun, done["mailing_id"])


async def test_each_mail_is_counted_once_and_people_apart_from_programs(desk: Desk) -> None:
    ids = await desk.readers(6)
    await desk.ask("POST", "/contacts", {"first_name": "No Address"}, 201)
    read = await sent(desk)
    reader, proxied, scanned, gone, leaver, _ = ids
    for label in ("proxy", "human", "human"):
        await read.touch(reader, "open", label)
    await read.touch(reader, "click", url=LAMP)
    await read.touch(proxied, "open", "proxy")
    for url in (LAMP, f"{LAMP}/2"):
        await read.touch(scanned, "click", "bot", url)
    async with claims.transaction(desk.admin) as db:
        await claims.came_back(db, desk.admin, await read.send_of(gone), "bounced", "550 5.1.1 nobody")
    await read.touch(gone, "open")
    await desk.ask("PUT", f"/contacts/{leaver}/consents/{desk.topic}", {"state": "unsubscribed", "note": "rang us"})
    said = "UPDATE consent_entries SET source = 'one_click' WHERE organization_id = $1 AND state = 'unsubscribed'"
    await pool().execute(said, desk.admin.organization_id)
    found = await read.report()
    none = {"human": 0, "unknown": 0, "proxy": 0, "bot": 0}
    assert found["funnel"] == {
        "audience": 7, "under_way": 0, "skipped": 1, "failed": 0, "uncertain": 0, "sent": 6, "bounced": 1, "delivered": 5,
        "opened": none | {"human": 1, "proxy": 1}, "clicked": none | {"human": 1, "bot": 1}, "complained": 0, "unsubscribed": 1, "replied": 0,
    }  # fmt: skip
    assert found["skips"] == [{"reason": "no_address", "words": "has no e-mail address", "count": 1}]
    assert found["links"] == [
        {"url": LAMP, "clicked": none | {"human": 1, "bot": 1}}, {"url": f"{LAMP}/2", "clicked": none | {"bot": 1}},
    ]  # fmt: skip
    assert [(one["sent"], one["opened"], one["clicked"]) for one in found["moments"]] == [(5, 1, 1)]
    assert (found["comparisons"], found["rule"]) == ([], 1)
    counted = await desk.watch(read.campaign)
    assert [counted[name] for name in ("opened", "clicked", "bounced", "unsubscribed")] == [1, 1, 1, 1]


async def test_two_mails_are_compared_once_a_day_after_the_last_of_them(desk: Desk) -> None:
    ids = await desk.readers(60)
    other = await desk.a_template("Other lamps")
    read = await sent(desk, variants=[{"template_id": desk.template}, {"template_id": other}])
    second = [one for one in ids if place_of(read.campaign["id"], one, [1, 1])]
    for one in second:
        await read.touch(one, "click", url=LAMP)
    early = await read.report()
    assert [(one["name"], one["against"], one["verdict"]) for one in early["comparisons"]] == [("B", "A", "too_early")]
    await read.grows_old()
    found = await read.report()
    [judged], (a, b) = found["comparisons"], found["variants"]
    assert (judged["verdict"], judged["p_value"] < 0.001) == ("difference", True)
    assert (a["sent"] + b["sent"], b["sent"], a["clicked"]["share"], b["clicked"]["share"]) == (60, len(second), 0.0, 1.0)
    assert 0 < a["clicked"]["high"] < b["clicked"]["low"] < 1
    late = await sent(desk, variants=[{"template_id": desk.template}, {"template_id": other}])
    for one in ids:
        if place_of(late.campaign["id"], one, [1, 1]):
            await late.touch(one, "click", url=LAMP, after_s=100_000)
    await late.grows_old()
    assert [one["verdict"] for one in (await late.report())["comparisons"]] == ["no_difference"], (
        "there is one look, at the first day"
    )


async def test_it_is_downloaded_without_formulas_and_that_is_noted(desk: Desk) -> None:
    await desk.readers(2)
    bad = await desk.ask("POST", "/contacts", {"first_name": "=HYPERLINK(1)"}, 201)
    read = await sent(desk)
    answer = await desk.http.get(f"/api/campaigns/{read.campaign['id']}/export", headers=as_staff(desk.admin))
    lines = list(csv.DictReader(io.StringIO(answer.text)))
    assert (answer.status_code, len(lines), [line["state"] for line in lines].count("sent")) == (200, 3, 2)
    [skipped] = [line for line in lines if line["contact_id"] == str(bad["id"])]
    assert (skipped["name"], skipped["words"]) == ("'=HYPERLINK(1)", "has no e-mail address")
    noted = "SELECT count(*) FROM audit_log WHERE organization_id = $1 AND action = 'campaign.exported'"
    assert await pool().fetchval(noted, desk.admin.organization_id) == 1


async def test_an_order_counts_to_the_campaign_whose_link_its_buyer_followed_last(desk: Desk) -> None:
    [buyer] = await desk.readers(1)
    first, last = await sent(desk), await sent(desk)
    for read in (first, last):
        await read.touch(buyer, "click", url=LAMP)
    await last.touch(buyer, "click", "bot", LAMP)
    now = datetime.now(UTC)
    for _ in range(2):
        await crediting.credit(desk.admin, 7, buyer, Decimal("40.50"), "EUR", now)
    await crediting.give_back(desk.admin, 7, Decimal("10.00"))
    await crediting.credit(desk.admin, 8, buyer, Decimal("99.00"), "EUR", now - timedelta(days=1))
    await crediting.credit(desk.admin, 9, buyer, Decimal("99.00"), "EUR", now + timedelta(days=8))
    assert (await last.report())["revenue"] == [{"currency": "EUR", "orders": 1, "amount": "30.5000"}]
    assert (await first.report())["revenue"] == []
    if any(module.name == "commerce" for module in registry.modules()):
        assert {handler.name for handler in follows()} == {
            f"modules.campaigns.on_order_{what}" for what in ("paid", "refunded", "changed")
        }


async def test_what_is_opened_and_clicked_shows_with_the_recipient(desk: Desk) -> None:
    [reader] = await desk.readers(1)
    read = await sent(desk)
    pixel = links.pixel(desk.admin.organization_id, await read.send_of(reader))
    assert (await desk.http.get("/mail/open/" + pixel.rpartition("/")[2])).status_code == 200
    await read.touch(reader, "click", url=LAMP)
    [row] = (await desk.ask("GET", f"/campaigns/{read.campaign['id']}/recipients"))["items"]
    assert (row["state"], row["clicked"], row["variant"]) == ("sent", 1, "A")
