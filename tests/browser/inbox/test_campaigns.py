"""A campaign in the staff app, from the template to its report: written, tried out, sent, paused, resumed, read."""

import re
import secrets
import time
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import TIMEOUT_MS, Demo
from tests.browser.inbox.pages import Staff, settled, signed_in, violations
from tests.browser.looks import LOOKS

pytest.importorskip("modules.campaigns", reason="campaigns is not here")

READERS = 24
PACE = 3600 * 4
"""Mails an hour: slow enough that somebody can stop it on the way."""


class Market:
    """An inbox that sends, a topic, readers who agreed to it and are on a list, and somebody on it who did not agree."""

    def __init__(self, admin: Staff, readers: int = READERS) -> None:
        self.mark = secrets.token_hex(3)
        self.admin = admin
        self.address = f"news.{self.mark}@shop.example"
        self.inbox: int = admin.post("/api/inboxes", name=f"News {self.mark}", ai_enabled=False)["id"]
        admin.http.put(f"/api/inboxes/{self.inbox}/email", json={"address": self.address}).raise_for_status()
        self.topic: int = admin.post("/api/topics", name=f"Novelties {self.mark}", opt_in="single", text="Yes, write to me.")["id"]
        people = [
            admin.post("/api/contacts", email=f"reader{number}.{self.mark}@example.org", first_name=f"Reader {number}")["id"]
            for number in range(readers + 1)
        ]
        for person in people[1:]:
            said = {"state": "subscribed", "note": "Said so at the counter."}
            admin.http.put(f"/api/contacts/{person}/consents/{self.topic}", json=said).raise_for_status()
        self.list: int = admin.post("/api/segments", name=f"Readers {self.mark}", description="")["id"]
        admin.post(f"/api/segments/{self.list}/members", add=people)
        self.pace(PACE)

    def pace(self, per_hour: int | None) -> None:
        settings = {"per_hour": per_hour, "domain_per_hour": None, "is_warming": False}
        self.admin.http.put(f"/api/inboxes/{self.inbox}/email/mailing", json=settings).raise_for_status()

    def template(self, subject: str) -> int:
        blocks = [
            {"type": "heading", "text": "Autumn lamps"},
            {"type": "text", "text": "Hello {{ contact.first_name | there }}, the new lamps are here: warm light for long evenings."},
            {"type": "button", "label": "See all lamps", "url": "https://shop.example/lamps"},
            {"type": "footer", "text": "You asked for it.", "address": "1 Quay Street"},
        ]  # fmt: skip
        values: dict[str, Any] = {"name": f"{subject} {self.mark}", "subject": subject, "language": "en", "blocks": blocks}
        return int(self.admin.post("/api/templates", preheader="Warm light", **values)["id"])

    def campaign(self, **values: Any) -> Any:
        body = {"topic_id": self.topic, "inbox_id": self.inbox, "include": [self.list], "is_tracked": True, "hold_days": 0}
        return self.admin.post("/api/campaigns", **{"name": f"Lamps {self.mark}"} | body | values)

    def of(self, campaign: int) -> Any:
        return self.admin.get(f"/api/campaigns/{campaign}")

    def mails(self, demo: Demo) -> list[EmailMessage]:
        """Those that readers got."""
        return [one.mail for one in demo.sink.taken if any(self.mark in address for address in one.recipients)]


def until(page: Page, true: Any, patience_s: float = 3 * TIMEOUT_MS / 1000) -> None:
    deadline = time.monotonic() + patience_s
    while not true():
        assert time.monotonic() < deadline
        page.wait_for_timeout(100)


def at_rest(page: Page, admin: Staff) -> None:
    """A new installation reads its articles first, and what is to be sent waits in the same line."""
    until(page, lambda: admin.get("/api/ai/search")["reason"] != "embedding", 240)


def test_a_campaign_is_written_sent_paused_resumed_and_read(page: Page, demo: Demo, admin: Staff, screenshots: Path) -> None:
    market = Market(admin)
    market.template("Autumn lamps")
    at_rest(page, admin)
    page.goto(f"{demo.url}/app/campaigns")
    page.get_by_role("button", name="New campaign").first.click()
    name = page.get_by_label("Name of the campaign")
    name.fill(f"Lamps {market.mark}")
    name.press("Enter")
    checklist = page.get_by_role("list", name="What is missing")
    expect(checklist.get_by_role("listitem")).to_have_count(3)
    assert violations(page) == []

    page.get_by_role("button", name="Add segment or list: To", exact=True).click()
    page.get_by_role("option", name=f"Readers {market.mark}").click()
    page.get_by_role("button", name="Choose a template", exact=True).click()
    page.get_by_role("option", name=f"Autumn lamps {market.mark}").click()
    page.get_by_role("combobox", name="Topic").click()
    page.get_by_role("option", name=f"Novelties {market.mark}").click()
    page.get_by_role("combobox", name="From").click()
    page.get_by_role("option", name=f"News {market.mark}").click()
    reach = page.get_by_role("region", name="Who would get it now")
    expect(reach.get_by_text(str(READERS), exact=True)).to_be_visible()
    expect(reach).to_contain_text("did not agree to mail about this topic")
    expect(checklist).to_contain_text("Nothing is missing.")
    page.screenshot(path=screenshots / "campaign-draft.png")

    page.get_by_role("button", name="Send a test").last.click()
    dialog = page.get_by_role("dialog", name="Send a test")
    dialog.get_by_role("button", name="Send test").click()
    expect(dialog.get_by_text("The mail server has it")).to_be_visible()
    dialog.get_by_role("button", name="Close").first.click()

    page.get_by_role("button", name="Send…").click()
    question = page.get_by_role("alertdialog", name=f"Send it to {READERS} people now?")
    expect(question).to_be_visible()
    page.screenshot(path=screenshots / "campaign-question.png")
    question.get_by_role("button", name=f"Send to {READERS} people").click()

    # It goes, and stops where it is told to.
    states = page.get_by_role("list", name="Everybody of the audience, by state")
    expect(states).to_contain_text("Waiting")
    until(page, lambda: len(market.mails(demo)) >= 3)
    expect(page.get_by_text("a minute")).to_be_visible()
    page.screenshot(path=screenshots / "campaign-sending.png")
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_text("Somebody paused it.")).to_be_visible()
    stopped = len(market.mails(demo))
    assert stopped < READERS
    assert violations(page) == []
    page.screenshot(path=screenshots / "campaign-paused.png")
    market.pace(None)
    page.get_by_role("button", name="Resume").click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    expect(page.get_by_text("Sent", exact=True).first).to_be_visible()
    until(page, lambda: len(market.mails(demo)) == READERS)
    assert len({mail["To"] for mail in market.mails(demo)}) == READERS
    until(page, lambda: campaign_of(market)["status"] == "sent")
    expect(page.get_by_role("button", name="Pause")).to_have_count(0)
    funnel = page.get_by_role("region", name="What came of it")
    expect(funnel).to_contain_text(re.compile(rf"Sent\s*{READERS}"))

    # Who got none, and why: from the number to the people.
    page.get_by_role("button", name="did not agree to mail about this topic").click()
    table = page.get_by_role("table", name="Recipients")
    expect(table.get_by_role("row")).to_have_count(2)
    expect(table).to_contain_text(f"reader0.{market.mark}@example.org")
    assert violations(page) == []
    page.get_by_role("tab", name="Report").click()
    expect(page.get_by_role("region", name="Answers")).to_contain_text("Nobody has answered yet.")
    assert violations(page) == []
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert f"reader1.{market.mark}@example.org" in Path(download.value.path()).read_text()


def campaign_of(market: Market) -> Any:
    return next(one for one in market.admin.get("/api/campaigns")["items"] if one["name"] == f"Lamps {market.mark}")


def test_a_campaign_waits_for_its_time_and_is_a_draft_again(page: Page, demo: Demo, admin: Staff) -> None:
    market = Market(admin, 1)
    made = market.campaign(variants=[{"template_id": market.template(subject), "weight": 1} for subject in ("Lamps", "Light")])
    page.goto(f"{demo.url}/app/campaigns?campaign={made['id']}")
    page.get_by_label("Parts of B").fill("3")
    page.get_by_label("Parts of B").press("Tab")
    expect(page.get_by_text("75%")).to_be_visible()
    page.get_by_role("radio", name="At a time").click()
    page.get_by_label("Time zone").fill("Nowhere/Town")
    expect(page.get_by_text("No such time zone")).to_be_visible()
    expect(page.get_by_role("button", name="Schedule…")).to_be_disabled()
    page.get_by_label("Time zone").fill("Asia/Kolkata")
    page.get_by_label("Day and time").fill("2027-06-01T09:30")
    page.get_by_role("button", name="Schedule…").click()
    question = page.get_by_role("alertdialog")
    expect(question).to_contain_text("Send it to 1 person, Tuesday, June 1, 2027 at 9:30 AM?")
    question.get_by_role("button", name="Schedule").click()
    expect(page.get_by_role("note").filter(has_text="Asia/Kolkata")).to_contain_text("Jun 1, 2027, 9:30 AM")
    stored = market.of(made["id"])
    assert (stored["status"], stored["scheduled_at"], stored["time_zone"]) == ("scheduled", "2027-06-01T04:00:00Z", "Asia/Kolkata")
    assert [one["weight"] for one in stored["variants"]] == [1, 3]
    page.get_by_role("button", name="Make it a draft").click()
    expect(page.get_by_role("button", name="Make it a draft")).to_have_count(0)
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name="Delete").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_label("Name of the campaign")).to_have_count(0)
    assert admin.http.get(f"/api/campaigns/{made['id']}").status_code == 404


REPORT = {
    "step_s": 86400,
    "moments": [
        {"at": f"2026-11-{day:02}T00:00:00Z", "sent": sent, "opened": opened, "clicked": clicked}
        for day, sent, opened, clicked in ((20, 900, 210, 40), (21, 80, 160, 31), (22, 0, 60, 12), (23, 0, 18, 4))
    ],
    "links": [
        {"url": "https://shop.example/lamps", "clicked": {"human": 61, "unknown": 4, "proxy": 0, "bot": 22}},
        {"url": "https://shop.example/sale?from=autumn&colour=amber", "clicked": {"human": 26, "unknown": 0, "proxy": 0, "bot": 21}},
    ],
    "variants": [
        {
            "name": name, "template_id": 1, "template_name": "Lamps", "subject": subject, "weight": 1, "sent": 490, "delivered": 482,
            "opened": {"count": 220, "share": 0.456, "low": 0.412, "high": 0.501},
            "clicked": {"count": count, "share": count / 482, "low": count / 482 - 0.024, "high": count / 482 + 0.029}, "unsubscribed": 2,
        }
        for name, subject, count in (("A", "Autumn lamps", 38), ("B", "Light for long evenings", 49))
    ],
    "comparisons": [{"name": "B", "against": "A", "verdict": "no_difference", "p_value": 0.262}],
    "judged_at": "2026-11-22T10:00:00Z",
    "revenue": [{"currency": "EUR", "orders": 7, "amount": "431.50"}],
}  # fmt: skip
FUNNEL = {
    "audience": 1040, "under_way": 0, "skipped": 56, "failed": 4, "uncertain": 0, "sent": 980, "bounced": 16, "delivered": 964,
    "opened": {"human": 448, "unknown": 40, "proxy": 210, "bot": 51}, "clicked": {"human": 87, "unknown": 4, "proxy": 0, "bot": 43},
    "complained": 1, "unsubscribed": 4, "replied": 3,
}  # fmt: skip


@pytest.mark.parametrize("look", LOOKS)
def test_campaigns_are_accessible_in_every_look(chromium: Browser, demo: Demo, admin: Staff, screenshots: Path, look: str) -> None:
    market = Market(admin, 2)
    made = market.campaign(variants=[{"template_id": market.template("Lamps"), "weight": 1}])
    begun = market.campaign(name=f"Sent {market.mark}", variants=[{"template_id": market.template("Light"), "weight": 1}])
    admin.post(f"/api/campaigns/{begun['id']}/start", revision=begun["revision"])
    context = chromium.new_context(reduced_motion="reduce", **LOOKS[look])
    page = signed_in(context, admin, demo)
    at_rest(page, admin)
    until(page, lambda: market.of(begun["id"])["status"] == "sent")

    def looked_at(name: str) -> None:
        settled(page)
        page.screenshot(path=screenshots / f"campaigns-{name}-{look}.png")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    def richer(route: Any) -> None:
        """A report with more in it than a few mails bring."""
        route.fulfill(json=route.fetch().json() | REPORT | {"funnel": FUNNEL})

    page.route("**/api/campaigns?*", lambda route: route.fulfill(json={"items": [], "next": None}))
    page.goto(f"{demo.url}/app/campaigns")
    looked_at("empty")
    page.unroute("**/api/campaigns?*")
    page.goto(f"{demo.url}/app/campaigns")
    expect(page.get_by_role("table").get_by_text(f"Sent {market.mark}")).to_be_visible()
    looked_at("list")
    page.goto(f"{demo.url}/app/campaigns?campaign={made['id']}")
    looked_at("draft")
    page.route("**/report", richer)
    page.goto(f"{demo.url}/app/campaigns?campaign={begun['id']}")
    expect(page.locator(".chart canvas")).to_be_visible()
    looked_at("report")
    page.get_by_role("region", name=re.compile("^(Links|الروابط)$")).scroll_into_view_if_needed()
    looked_at("report-below")
    page.goto(f"{demo.url}/app/campaigns?campaign={begun['id']}&tab=recipients")
    expect(page.get_by_role("table").get_by_role("row").nth(1)).to_be_visible()
    looked_at("recipients")
    context.close()
