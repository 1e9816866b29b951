"""A workflow that mails: what became of each mail, why it stands still and how it goes on, and reasons in the language of whoever reads."""

import json
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Demo
from tests.browser.inbox.pages import Staff, settled, signed_in, violations
from tests.browser.looks import LOOKS

pytest.importorskip("modules.workflows", reason="workflows is not here")

ARABIC = json.loads((Path(__file__).parents[3] / "widget/inbox/src/pages/workflows/texts/ar.json").read_text())
HALTED = """
UPDATE mailings SET state = 'paused', pause_reason = 'password_refused', pause_detail = '535 5.7.8 no'
WHERE kind = 'workflow' AND source_id = ANY (SELECT id FROM workflow_uses WHERE workflow_id = $1)
"""
OPENED = """
INSERT INTO mailing_touches (organization_id, send_id, touch, method, agent, label, rules, times)
SELECT s.organization_id, s.id, 'open', 'GET', '', 'human', 1, 2 FROM mailing_sends s WHERE s.entry = $1
"""
SLOW_S = 120
"""A new installation reads its articles first, and what is to be sent waits in the same line."""


def a_letter(admin: Staff, mark: str) -> tuple[dict[str, Any], int]:
    """A workflow that asks whether somebody ever ordered and mails, and the topic of its mail."""
    inbox = admin.post("/api/inboxes", name=f"Letters {mark}", ai_enabled=False)["id"]
    admin.http.put(f"/api/inboxes/{inbox}/email", json={"address": f"letters.{mark}@shop.example"}).raise_for_status()
    topic = admin.post("/api/topics", name=f"Letters {mark}", opt_in="single", text="Yes, write to me.")["id"]
    blocks = [
        {"type": "text", "text": "Hello {{ contact.first_name | there }}."},
        {"type": "footer", "text": "You asked.", "address": "1 Quay"},
    ]
    values = {"name": f"Letter {mark}", "subject": "Hello", "language": "en", "blocks": blocks, "preheader": ""}
    template = admin.post("/api/templates", **values)["id"]
    mail = {"template_id": template, "inbox_id": inbox, "topic_id": topic, "kind": "marketing"}
    steps = [
        {"id": "ask", "type": "condition", "config": {"field": "contact.order_count", "operator": "greater_than", "value": 1}},
        {"id": "mail", "type": "email", "config": mail},
        {"id": "rest", "type": "wait_until_event", "config": {"event": "sold", "days": 9}},
    ]
    definition = {"trigger": {"type": "custom", "config": {"event": f"letter_{mark}"}}, "steps": steps}
    made: dict[str, Any] = admin.post("/api/workflows", name=f"Letter {mark}", client_id=uuid4().hex, definition=definition)
    admin.http.post(f"/api/workflows/{made['id']}/activate").raise_for_status()
    return made, topic


def enrolled(admin: Staff, workflow: int, contact: int) -> int:
    return int(admin.post(f"/api/workflows/{workflow}/enroll", contact_id=contact, client_id=uuid4().hex)["enrollment"]["id"])


def the_mail(admin: Staff, run: int, state: str) -> None:
    """Wait until it is that far."""
    deadline = time.monotonic() + SLOW_S
    while not any(
        step["mail"] and step["mail"]["state"] == state for step in admin.get(f"/api/workflows/enrollments/{run}")["steps"]
    ):
        assert time.monotonic() < deadline, "the mail stays where it is"
        time.sleep(0.2)


def test_a_workflows_mail_is_followed_and_goes_on_after_it_had_to_stop(
    page: Page, chromium: Browser, demo: Demo, admin: Staff, screenshots: Path
) -> None:
    page.emulate_media(reduced_motion="reduce")
    mark = uuid4().hex[:6]
    made, topic = a_letter(admin, mark)
    ida = admin.post("/api/contacts", first_name="Ida", email=f"ida.{mark}@example.org")["id"]
    jon = admin.post("/api/contacts", first_name="Jon", email=f"jon.{mark}@example.org")["id"]
    said = {"state": "subscribed", "note": "At the counter."}
    admin.http.put(f"/api/contacts/{ida}/consents/{topic}", json=said).raise_for_status()
    runs = {name: enrolled(admin, made["id"], contact) for name, contact in (("ida", ida), ("jon", jon))}
    the_mail(admin, runs["jon"], "skipped")
    the_mail(admin, runs["ida"], "sent")
    address = f"{demo.url}/app/workflows/{made['id']}"
    page.goto(f"{address}?tab=runs&run={runs['ida']}")
    history = page.get_by_role("complementary", name="Run")
    mail = history.get_by_role("group", name="The mail")
    expect(mail).to_contain_text("Sent")
    expect(mail).to_contain_text("not opened")
    expect(history).to_contain_text("Number of orders is more than 1: no, it is 0")
    demo.execute(OPENED, str(runs["ida"]))
    expect(mail).to_contain_text("opened 2 times")
    page.screenshot(path=screenshots / "workflow-mail-light.png")
    assert violations(page, dark_too=True) == []
    page.locator(f'[data-run="{runs["jon"]}"]').click()
    expect(mail).to_contain_text("Not sent")
    expect(mail).to_contain_text("did not agree to mail about this topic")

    demo.execute(HALTED, made["id"])
    page.goto(f"{demo.url}/app/workflows")
    row = page.locator(f'[data-workflow="{made["id"]}"]')
    expect(row).to_contain_text("Mail stands still")
    page.screenshot(path=screenshots / "workflows-trouble-light.png")
    assert violations(page) == []
    context = chromium.new_context(**LOOKS["pocket"], reduced_motion="reduce")
    phone = signed_in(context, admin, demo)
    for name, path, words in (
        ("trouble", "", "trouble.password_refused"),
        ("mail", f"?tab=runs&run={runs['jon']}", "mail-reason.no_consent"),
    ):
        phone.goto(address + path)
        settled(phone)
        expect(phone.get_by_text(ARABIC[words])).to_be_visible()
        phone.screenshot(path=screenshots / f"workflow-{name}-pocket.png")
        assert violations(phone) == [], name
    context.close()
    row.get_by_role("link").click()
    trouble = page.get_by_role("region", name="Its mail stands still")
    expect(trouble).to_contain_text("the mail server refused the password")
    expect(trouble).to_contain_text("535 5.7.8 no")
    expect(trouble.get_by_role("link", name="Inboxes")).to_be_visible()
    page.screenshot(path=screenshots / "workflow-trouble-light.png")
    assert violations(page, dark_too=True) == []
    trouble.get_by_role("button", name="Let it go on").click()
    expect(trouble).to_have_count(0)
    assert admin.get(f"/api/workflows/{made['id']}")["trouble"] == ""
