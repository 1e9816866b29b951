"""The widget in a real browser for everybody: by keyboard, to assistive technology, without motion, from right to left."""

from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.widget_pages import Shop, Staff, box, faults, launcher, opened, panel, write


def test_escape_closes_and_gives_the_focus_back(shop: Shop, page: Page) -> None:
    page.goto(shop.page())
    launcher(page).focus()
    page.keyboard.press("Enter")
    expect(panel(page).get_by_role("heading", level=2)).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(panel(page).get_by_role("textbox", name="Write a message")).to_be_focused()
    page.keyboard.press("Escape")
    expect(panel(page)).to_have_count(0)
    expect(launcher(page)).to_be_focused()
    expect(launcher(page)).to_have_attribute("aria-expanded", "false")


def test_a_conversation_can_be_held_with_the_keyboard_alone(shop: Shop, staff: Staff, page: Page) -> None:
    page.goto(shop.page())
    launcher(page).focus()
    page.keyboard.press("Enter")
    expect(panel(page).locator(".hero h2")).not_to_be_empty()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(panel(page).get_by_role("textbox", name="Write a message")).to_be_focused()
    subject = f"Question {uuid4().hex[:12]}"
    page.keyboard.type(subject)
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("second line")
    page.keyboard.press("Enter")
    expect(panel(page).get_by_text("second line")).to_be_visible()
    expect(panel(page).get_by_role("textbox", name="Write a message")).to_be_focused()
    expect(panel(page).locator(".waiting")).to_have_count(0)
    assert staff.messages(f"{subject} second line") == [f"{subject}\nsecond line"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(shop: Shop, chromium: Browser, scheme: str, screenshots: Any) -> None:
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    page = opened(context.new_page(), shop.page())
    expect(panel(page).locator(".line").first).to_be_visible()
    assert faults(page) == []
    page.screenshot(path=screenshots / f"widget-home-{scheme}.png")
    panel(page).get_by_role("button", name="Messages").click()
    expect(panel(page).get_by_text("No messages yet")).to_be_visible()
    assert faults(page) == []
    panel(page).get_by_role("button", name="Send us a message").click()
    assert faults(page) == []
    write(page, f"Hello, {uuid4().hex[:8]} **there**")
    panel(page).get_by_role("button", name="Talk to a person").click()
    expect(panel(page).get_by_text("The team has this conversation now.")).to_be_visible()
    assert faults(page) == []
    page.screenshot(path=screenshots / f"widget-thread-{scheme}.png")
    page.context.set_offline(True)
    expect(panel(page).get_by_text("No connection.")).to_be_visible()
    assert faults(page) == []
    context.close()


def test_reduced_motion_moves_nothing(shop: Shop, chromium: Browser) -> None:
    context = chromium.new_context(reduced_motion="reduce")
    page = opened(context.new_page(), shop.page())
    moving = "(element) => element.shadowRoot.getAnimations().filter(({ playState }) => playState === 'running').length"
    assert page.locator("lacasa-widget").evaluate(moving) == 0
    context.close()


@pytest.mark.parametrize(("html", "attributes"), [('lang="ar" dir="rtl"', ""), ('lang="en"', 'data-locale="ar"')])
def test_arabic_runs_from_right_to_left(shop: Shop, page: Page, html: str, attributes: str, screenshots: Any) -> None:
    page.goto(shop.page(html=html, attributes=attributes))
    expect(launcher(page)).to_have_accessible_name("افتح المحادثة")
    assert box(launcher(page))["x"] < 100
    launcher(page).click()
    expect(panel(page).get_by_role("button", name="أرسل لنا رسالة")).to_be_visible()
    assert box(panel(page))["x"] < 100
    home, last = (box(panel(page).locator(".tabs button").nth(index)) for index in (0, 2))
    assert home["x"] > last["x"]
    expect(panel(page).locator(".hero h2")).not_to_be_empty()  # what it says comes with the profile
    assert faults(page) == []
    panel(page).get_by_role("button", name="أرسل لنا رسالة").click()
    panel(page).get_by_role("textbox", name="اكتب رسالة").fill("مرحبا")
    panel(page).get_by_role("button", name="إرسال", exact=True).click()
    mine = panel(page).locator(".row.mine .bubble")
    expect(mine).to_have_text("مرحبا")
    assert box(mine)["x"] < box(panel(page))["x"] + 200  # the visitor's own end of the line
    page.screenshot(path=screenshots / "widget-rtl.png")
