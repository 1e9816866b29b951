"""A conversation on paper."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Demo
from tests.browser.inbox.pages import Customer, Staff, open_conversation


def test_a_conversation_is_printed_from_its_first_message_on(page: Page, demo: Demo, admin: Staff, customer: Customer) -> None:
    for number in range(45):
        admin.write(customer.id, "note", f"Note {number}\n\nwith\n\nsome lines")
    printed: list[bool] = []
    page.expose_function("printed", lambda: printed.append(True))
    page.add_init_script("globalThis.print = () => globalThis.printed()")
    log = open_conversation(page, demo, customer.id)
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name="Print").click()
    expect(log.get_by_text(customer.conversation["subject"]).first).to_be_attached()
    page.emulate_media(media="print")
    while not printed:
        page.wait_for_timeout(50)
    expect(page.get_by_role("navigation")).to_have_count(0)
    expect(page.get_by_role("textbox")).to_have_count(0)
    expect(log.get_by_text("Note 0")).to_be_visible()
    height, seen = page.evaluate("[document.documentElement.scrollHeight, document.querySelector('[data-thread]').scrollHeight]")
    assert height >= seen > 3000, "nothing is cut off at the end of a screen"
