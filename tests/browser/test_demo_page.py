"""The demo installation answers in a real browser."""

from playwright.sync_api import BrowserContext

from tests.browser.conftest import Demo


def test_the_demo_shop_opens_without_any_console_error(demo: Demo, context: BrowserContext) -> None:
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto(f"{demo.url}/demo")
    assert page.get_by_role("heading", level=1).count() == 1
    assert errors == []
