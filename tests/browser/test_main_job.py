"""The story Lacasa is for: a customer asks, the AI agent answers with its source, the customer asks for a person, a person answers.

Two browsers, no reload, and in between every process is killed once.
"""

import time
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, Route, ViewportSize, expect

from tests.browser.conftest import Demo

QUESTION = "How long is the warranty?"
DESKTOP: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
PATIENCE_MS = 20_000
"""A page whose connection was cut tries again after some seconds, and the processes start from nothing."""


def _sign_in(page: Page, demo: Demo, role: str) -> None:
    email, password = demo.accounts[role]
    page.goto(f"{demo.url}/app/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("link", name="Inbox")).to_be_visible()


def _open_chat(page: Page, demo: Demo) -> None:
    page.goto(f"{demo.url}/demo")
    page.get_by_role("button", name="Open chat").click()
    page.get_by_role("button", name="Send us a message").click()


def _write(page: Page, text: str) -> float:
    """Write in the widget; returns when Enter was pressed."""
    box = page.get_by_role("textbox", name="Write a message")
    box.fill(text)
    began = time.perf_counter()
    box.press("Enter")
    return began


def _mark(page: Page) -> None:
    page.evaluate("window.neverReloaded = true")


def _never_reloaded(page: Page) -> bool:
    return bool(page.evaluate("window.neverReloaded === true"))


def test_a_question_is_answered_and_a_person_takes_over(demo: Demo, chromium: Browser, screenshots: Path) -> None:
    customer_context = chromium.new_context(viewport=DESKTOP)
    agent_context = chromium.new_context(viewport=DESKTOP)
    for context in (customer_context, agent_context):
        context.set_default_timeout(PATIENCE_MS)
    customer, agent = customer_context.new_page(), agent_context.new_page()
    try:
        _story(demo, customer, agent, screenshots)
        _pictures(demo, chromium, customer_context, agent_context, screenshots)
    finally:
        customer_context.close()
        agent_context.close()


def _story(demo: Demo, customer: Page, agent: Page, screenshots: Path) -> None:
    _sign_in(agent, demo, "admin")
    agent.get_by_role("button", name="All conversations").click()
    _open_chat(customer, demo)
    _mark(customer)
    _mark(agent)

    began = _write(customer, QUESTION)
    row = agent.get_by_text(QUESTION).first
    expect(row).to_be_visible()
    in_inbox_s = time.perf_counter() - began
    log = customer.get_by_role("log")
    expect(log.get_by_role("list", name="Sources")).to_be_visible()
    answered_s = time.perf_counter() - began
    print(f"\nsent -> visible in the inbox: {in_inbox_s * 1000:.0f} ms; sent -> AI answer visible: {answered_s * 1000:.0f} ms")
    customer.screenshot(path=screenshots / "widget-light.png")

    customer.get_by_role("button", name="Talk to a person").click()
    expect(log.get_by_text("Somebody from the team will answer you here").first).to_be_visible()
    row.click()
    thread = agent.get_by_role("log")
    expect(thread.get_by_text("The AI agent handed this to the team", exact=False)).to_be_visible()

    for process in ("worker", "relay", "web"):
        demo.restart(process)
    _write(customer, "I need it before the 24th, please.")
    expect(thread.get_by_text("I need it before the 24th, please.")).to_be_visible(timeout=PATIENCE_MS)

    reply = agent.get_by_role("textbox", name="Reply to the customer")
    reply.fill("Hello, this is Maya. I have put your parcel on tonight's van.")
    reply.press("Control+Enter")
    expect(log.get_by_text("I have put your parcel on tonight's van.", exact=False)).to_be_visible()
    agent.screenshot(path=screenshots / "inbox-desktop.png")
    customer.screenshot(path=screenshots / "widget-person.png")
    assert _never_reloaded(customer)
    assert _never_reloaded(agent)

    customer.reload()
    customer.get_by_role("button", name="Open chat").click()
    expect(customer.get_by_text("I have put your parcel on tonight's van.", exact=False).first).to_be_visible()


def _in_arabic(route: Route) -> None:
    """The shop's page as a website in Arabic would be: the widget follows it."""
    page = route.fetch()
    route.fulfill(response=page, body=page.text().replace('<html lang="en"', '<html lang="ar" dir="rtl"'))


def _pictures(demo: Demo, chromium: Browser, customer: BrowserContext, agent: BrowserContext, screenshots: Path) -> None:
    """The other looks, for people to look at."""
    visitor, staff = customer.storage_state(), agent.storage_state()
    for name, options in (
        ("dark", {"viewport": DESKTOP, "color_scheme": "dark"}),
        ("phone", {"viewport": PHONE, "has_touch": True, "is_mobile": True}),
        ("rtl", {"viewport": DESKTOP, "locale": "ar"}),
    ):
        context = chromium.new_context(storage_state=visitor, **options)
        page = context.new_page()
        if name == "rtl":
            page.route("**/demo", _in_arabic)
        page.goto(f"{demo.url}/demo")
        page.locator("lacasa-widget").get_by_role("button").first.click()
        page.wait_for_timeout(800)
        page.screenshot(path=screenshots / f"widget-{name}.png")
        context.close()
        context = chromium.new_context(storage_state=staff, **options)
        page = context.new_page()
        page.goto(f"{demo.url}/app/")
        page.wait_for_timeout(1500)
        page.screenshot(path=screenshots / f"inbox-{name}.png")
        context.close()
