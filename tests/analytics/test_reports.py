"""Reports over HTTP: numbers by hand from a small history, on the organization's own days, narrowed, compared, as CSV, and nobody else's."""

import csv
import io
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

import pytest

from core.access import Actor
from core.database import Unit, system_transaction
from modules.analytics import actions
from modules.analytics.counting import forgetting, mails, rollups
from modules.analytics.reports import queries
from modules.analytics.reports.layouts import LAYOUTS
from modules.analytics.reports.structs import ReportQuestion
from tests.analytics.support import a_client, get
from tests.factories import a_contact, a_member, again, an_inbox, an_organization
from tests.stack import Stack

DAY = date(2026, 5, 6)
TAG = "=HYPERLINK(1)"
REPORT = "/api/analytics/report"


class Shop(NamedTuple):
    admin: Actor
    theo: Actor
    inbox: int
    url: str


def at(hours: float, day: date = DAY) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=hours)


async def happened(shop: Shop, conversation_id: int, *facts: tuple[float, str, dict[str, Any]]) -> None:
    """Facts of one conversation, in order, by hour of the day."""
    for version, (hours, kind, more) in enumerate(facts, 1):
        user_id = more.get("user_id")
        held = {
            "version": version, "seq": version, "channel": "chat", "inbox_id": shop.inbox, "team_id": None, "assignee_id": user_id,
            "tags": [TAG], "status": {"ticket_resolved": "resolved"}.get(kind, "open"), "read": 9,
        }  # fmt: skip
        if kind in ("ai_decided", "quiet"):
            held = {}
        await actions.write(
            shop.admin, kind, "conversation", conversation_id, at=at(hours), contact_id=None, user_id=user_id, metadata=held | more
        )


@pytest.fixture(scope="module")
async def shop(stack: Stack) -> Shop:
    admin = await an_organization()
    theo = await again(await a_member(admin, name="Theo"))
    shop = Shop(admin, theo, (await an_inbox(admin)).id, stack.url)
    by = {"by": "visitor"}
    theirs = {"user_id": theo.id}
    await happened(
        shop, 1, (9, "ticket_created", by), (9, "message_received", {}), (9.5, "message_sent", theirs), (10, "message_received", {}),
        (12, "message_sent", theirs), (13, "ticket_resolved", {"handler": "human", **theirs}), (14, "ticket_reopened", {}),
    )  # fmt: skip
    await happened(
        shop, 2, (11, "ticket_created", by), (11, "message_received", {}), (11.01, "ai_answered", {"decision": 1}),
        (11.01, "ai_decided", {"decision": 1, "outcome": "answered", "reason": "covered"}), (35.01, "quiet", {}),
    )  # fmt: skip
    await happened(
        shop, 3, (23.5, "ticket_created", by), (23.5, "message_received", {}), (23.6, "ai_said", {"decision": 2}),
        (23.6, "ai_decided", {"decision": 2, "outcome": "handed_off", "reason": "asked_human"}), (23.6, "handed_off", {"reason": "asked_human"}),
    )  # fmt: skip
    await rollups.count(admin)
    return shop


async def report(shop: Shop, name: str, actor: Actor | None = None, **query: Any) -> dict[str, Any]:
    """As it is now: a change of settings, be it of none, makes the server forget its last answers."""
    async with a_client(shop.url, shop.admin) as client:
        (await client.patch("/api/analytics/settings", json={}, headers={"Origin": shop.url})).raise_for_status()
    asked = {"name": name, "since": DAY.isoformat(), "until": DAY.isoformat()} | query
    found: dict[str, Any] = await get(shop.url, actor or shop.admin, REPORT, **asked)
    return found


def numbers(found: dict[str, Any], which: str = "value") -> dict[str, Any]:
    return {number["key"]: number[which] for number in found["numbers"]}


async def test_a_days_numbers_are_those_of_its_facts(shop: Shop) -> None:
    found = await report(shop, "helpdesk")
    shown = numbers(found)
    assert {key: shown[key] for key in ("opened", "resolved", "backlog", "reopened_share", "received", "sent")} == {
        "opened": 3, "resolved": 1, "backlog": 3, "reopened_share": 1, "received": 4, "sent": 2,
    }  # fmt: skip
    assert shown["first_response"] == pytest.approx(1800, rel=0.05)
    assert shown["next_response"] == pytest.approx(7200, rel=0.05)
    assert shown["resolution"] == pytest.approx(4 * 3600, rel=0.05)
    assert all(number["formula"] and number["label"] for number in found["numbers"])
    assert [line["values"][9] for line in found["plots"][0]["lines"]][:1] == [1]
    assert found["busy"]["counts"][DAY.weekday()][9:12] == [1, 1, 1]
    assert (found["zone"], found["replica_lag_s"], found["is_empty"]) == ("UTC", None, False)
    ai = numbers(await report(shop, "ai"))
    assert (ai["ai_assumed"], ai["ai_handed_over"], ai["ai_under_way"], ai["ai_solved_share"], ai["handed_off"]) == (
        1,
        1,
        0,
        0.5,
        1,
    )
    reasons = next(table for table in (await report(shop, "ai"))["tables"] if table["key"] == "reason")
    assert [(row["key"], row["values"]) for row in reasons["rows"]] == [("asked_human", [1])]


async def test_it_is_compared_with_as_many_days_before(shop: Shop) -> None:
    after = await report(shop, "overview", since=str(DAY + timedelta(days=1)), until=str(DAY + timedelta(days=1)))
    assert (numbers(after)["opened"], numbers(after, "before")["opened"]) == (0, 3)
    assert (numbers(after)["backlog"], numbers(after, "before")["backlog"]) == (3, 3)
    assert after["before_since"] == str(DAY)


async def test_it_is_narrowed_and_broken_down_by_what_conversations_belong_to(shop: Shop) -> None:
    found = await report(shop, "helpdesk")
    tables = {table["key"]: table for table in found["tables"]}
    assert [(row["key"], row["values"][0]) for row in tables["inbox"]["rows"]] == [(str(shop.inbox), 3)]
    assert tables["inbox"]["rows"][0]["label"]
    agents = tables["agent"]["rows"]
    assert [(row["key"], row["label"], row["values"][:2]) for row in agents] == [(str(shop.theo.id), "Theo", [1, 2])]
    narrowed = await report(shop, "helpdesk", by="agent", key=str(shop.theo.id))
    assert (numbers(narrowed)["sent"], numbers(narrowed)["opened"], narrowed["tables"]) == (2, 0, [])


async def test_agents_read_their_own_figures_and_no_others(shop: Shop) -> None:
    own = await report(shop, "helpdesk", shop.theo, by="inbox", key=str(shop.inbox))
    assert (own["scope"], own["by"], numbers(own)["sent"], numbers(own)["received"], own["tables"]) == ("own", None, 2, 0, [])
    async with a_client(shop.url, shop.theo) as client:
        for name in ("ai", "email", "orders", "workflows"):
            assert (await client.get(f"{REPORT}?name={name}")).status_code == 403
        assert (await client.patch("/api/analytics/settings", json={}, headers={"Origin": shop.url})).status_code == 403


async def test_an_answer_is_kept_for_a_while_and_for_nobody_else(shop: Shop) -> None:
    admin = await an_organization()
    other = shop._replace(admin=admin)
    assert numbers(await report(other, "helpdesk"))["opened"] == 0
    await happened(other, 1, (9, "ticket_created", {"by": "visitor"}))
    await rollups.count(admin)
    asked = {"name": "helpdesk", "since": str(DAY), "until": str(DAY)}
    assert numbers(await get(shop.url, admin, REPORT, **asked))["opened"] == 0
    assert numbers(await get(shop.url, shop.admin, REPORT, **asked))["opened"] == 3
    assert numbers(await report(other, "helpdesk"))["opened"] == 1


async def test_another_organization_sees_nothing_of_it(shop: Shop) -> None:
    stranger = await an_organization("Elsewhere")
    for name in LAYOUTS:
        found = await report(
            shop, name, stranger, **({"by": "inbox", "key": str(shop.inbox)} if "inbox" in LAYOUTS[name].narrowed else {})
        )
        assert found["is_empty"]
        assert not any(numbers(found).values())


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("since=2026-05-07&until=2026-05-06", 400), ("since=2020-01-01&until=2026-01-01", 400), ("by=inbox", 400), ("by=mood&key=1", 400),
        ("since=yesterday", 400), ("since=0001-01-01&until=0001-01-02", 400), (f"by=tag&key={'x' * 101}", 400),
    ],
)  # fmt: skip
async def test_a_senseless_question_is_refused(shop: Shop, query: str, status: int) -> None:
    async with a_client(shop.url, shop.admin) as client:
        answer = await client.get(f"{REPORT}?name=helpdesk&{query}")
        assert answer.status_code == status, answer.text
        assert answer.json()["code"]
        assert (await client.get(f"{REPORT}?name=mood")).status_code == 400
        assert (await client.get(f"{REPORT}?name=email&by=inbox&key=1")).status_code == 400


async def test_what_is_written_to_csv_is_no_formula(shop: Shop) -> None:
    async with a_client(shop.url, shop.admin) as client:
        answer = await client.get(f"{REPORT}/csv", params={"name": "helpdesk", "part": "tag", "since": str(DAY), "until": str(DAY)})
        assert answer.headers["content-type"].startswith("text/csv")
        rows = list(csv.reader(io.StringIO(answer.text)))
        assert (rows[0][:3], rows[1][:3]) == (["Key", "Name", "Opened"], [f"'{TAG}", "", "3"])
        series = await client.get(
            f"{REPORT}/csv", params={"name": "helpdesk", "part": "flow", "since": str(DAY), "until": str(DAY)}
        )
        assert "2026-05-06 09:00,1,0,0" in series.text
        assert (await client.get(f"{REPORT}/csv", params={"name": "helpdesk", "part": '"; x'})).status_code == 404


async def test_another_time_zone_makes_other_days(shop: Shop) -> None:
    async with a_client(shop.url, shop.admin) as client:
        for zone in ("Nowhere/Town", "../../etc/passwd"):
            refused = await client.patch("/api/analytics/settings", json={"zone": zone}, headers={"Origin": shop.url})
            assert (refused.status_code, refused.json()["code"]) == (400, "bad_zone")
        answer = await client.patch("/api/analytics/settings", json={"zone": "Asia/Kolkata"}, headers={"Origin": shop.url})
        assert answer.json()["zone"] == "Asia/Kolkata"
        await rollups.rebuild(shop.admin)
        assert numbers(await report(shop, "helpdesk"))["opened"] == 2
        assert numbers(await report(shop, "helpdesk", until=str(DAY + timedelta(days=1))))["opened"] == 3
        await client.patch("/api/analytics/settings", json={"zone": "UTC"}, headers={"Origin": shop.url})
    await rollups.rebuild(shop.admin)
    assert numbers(await report(shop, "helpdesk"))["opened"] == 3


async def test_old_figures_go_when_they_shall_and_what_is_open_stays_counted(stack: Stack) -> None:
    admin = await an_organization()
    shop = Shop(admin, admin, (await an_inbox(admin)).id, stack.url)
    await happened(shop, 1, (9, "ticket_created", {"by": "visitor"}), (10, "ticket_resolved", {"handler": "human"}))
    await happened(shop, 2, (9, "ticket_created", {"by": "visitor"}))
    await rollups.count(admin)
    async with a_client(stack.url, admin) as client:
        keep = (datetime.now(UTC).date() - DAY).days - 5
        assert (await client.get("/api/analytics/settings/retention?keep_days=89")).status_code == 400
        told = (await client.get(f"/api/analytics/settings/retention?keep_days={keep}")).json()
        assert told["facts"] == 2
        assert told["rollups"] > 0
        assert numbers(await report(shop, "helpdesk"))["opened"] == 2
        await client.patch("/api/analytics/settings", json={"keep_days": keep}, headers={"Origin": stack.url})
    gone = await forgetting.forget(admin)
    assert gone is not None
    assert (gone.facts, gone.rollups >= told["rollups"]) == (2, True)
    assert numbers(await report(shop, "helpdesk"))["opened"] == 0
    now = datetime.now(UTC).date().isoformat()
    for _ in range(2):
        assert numbers(await report(shop, "helpdesk", since=now, until=now))["backlog"] == 1
        await rollups.rebuild(admin)


async def test_mailings_are_counted_from_their_ledger_and_only_once(stack: Stack) -> None:
    admin = await an_organization()
    shop = Shop(admin, admin, 0, stack.url)
    async with system_transaction("a test writes a ledger") as db:
        mailing = await db.fetch_value(
            "INSERT INTO mailings (organization_id, kind, source_id, mail_kind) VALUES ($1, 'campaign', 3, 'marketing') RETURNING id",
            admin.organization_id,
        )
        for number, state in enumerate(("sent", "sent", "skipped", "queued"), 1):
            contact = await db.fetch_value(
                "INSERT INTO mailing_sends (organization_id, mailing_id, contact_id, state, settled_at) VALUES ($1, $2, $3, $4, $5) RETURNING id",
                admin.organization_id, mailing, number, state, at(8),
            )  # fmt: skip
            for label in ("human", "human", "bot") if number == 1 else ("proxy",):
                await db.execute(
                    """INSERT INTO mailing_touches (organization_id, send_id, touch, url, method, agent, label, rules, created_at)
                       VALUES ($1, $2, 'click', 'https://x.example', 'GET', 'browser', $3, 1, $4)""",
                    admin.organization_id, contact, label, at(9),
                )  # fmt: skip
    for _ in range(2):
        await mails.count(admin)
        found = await report(shop, "email")
        assert numbers(found) == {
            "mail_sent": 2, "mail_open_share": 0, "mail_click_share": 0.5, "mail_skipped": 1, "mail_failed": 0, "bounced": 0, "complained": 0,
        }  # fmt: skip
        assert [(row["label"], row["values"][:3]) for row in found["tables"][0]["rows"]] == [("", [2, 0, 1])]


async def test_orders_are_counted_in_their_currency(stack: Stack) -> None:
    admin = await an_organization()
    shop = Shop(admin, admin, 0, stack.url)
    await a_contact(admin)
    credit = {"kind": "campaign", "source_id": 3, "rule": 1}
    for number, (kind, currency, amount, more) in enumerate(
        [("order_created", "EUR", "19.99", {}), ("order_paid", "EUR", "19.99", {"credit": credit}), ("order_paid", "JPY", "500", {}),
         ("order_refunded", "EUR", "5", {})]
    ):  # fmt: skip
        held = {"currency": currency, "platform": "shopify", "amount": int(Decimal(amount) * 10_000)} | more
        await actions.write(admin, kind, "order", number, at=at(9), contact_id=None, user_id=None, metadata=held)
    await rollups.count(admin)
    found = await report(shop, "orders")
    shown = numbers(found)
    assert (shown["orders"], shown["orders_paid"], shown["attributed_orders"]) == (1, 2, 1)
    money = found["tables"][0]
    assert {row["key"]: row["values"] for row in money["rows"]} == {"EUR": [19.99, 5, 19.99], "JPY": [500, 0, 0]}
    assert next(table for table in found["tables"] if table["key"] == "source")["rows"][0]["key"] == "campaign:3"


async def test_no_report_reads_what_grows_with_every_message(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, tuple[Any, ...]]] = []
    real = Unit.fetch_rows

    async def noting(unit: Unit, sql: str, *arguments: Any) -> Any:
        asked.append((sql, arguments))
        return await real(unit, sql, *arguments)

    monkeypatch.setattr(Unit, "fetch_rows", noting)
    queries.forget()
    for name in LAYOUTS:
        await queries.report(shop.admin, name, ReportQuestion(DAY, DAY + timedelta(days=200)))
    assert len(asked) > 10
    async with system_transaction("a test explains what was asked") as db:
        for sql, arguments in [*asked, (queries.STANDING, (shop.admin.organization_id, 10))]:
            plan = "\n".join(row[0] for row in await real(db, f"EXPLAIN {sql}", *arguments))
            for table in (
                "conversations",
                "messages",
                "analytics_events",
                "event_log",
                "mailing_sends",
                "mailing_touches",
                "orders",
            ):
                assert f" {table}" not in plan, plan
