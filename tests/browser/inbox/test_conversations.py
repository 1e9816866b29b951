"""The inbox in a real browser: what an agent does all day, by keyboard and by hand, alone and with others."""

import re
from uuid import uuid4

from playwright.sync_api import Browser, Page, WebSocketRoute, expect

from tests.browser.conftest import Demo
from tests.browser.inbox.pages import PHONE, Customer, Staff, all_sent, open_conversation, row_of, signed_in, violations, visitor


def test_the_keyboard_alone_reads_answers_and_resolves(page: Page, demo: Demo, customer: Customer) -> None:
    page.goto(f"{demo.url}/app/inbox")
    expect(row_of(page, customer.id)).to_be_visible()
    page.keyboard.press("j")
    expect(row_of(page, customer.id)).to_be_focused()
    page.keyboard.press("j")
    expect(row_of(page, customer.id)).not_to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    log = page.get_by_role("log")
    expect(log.get_by_text(customer.reads()[0])).to_be_visible()

    expect(page.get_by_role("textbox", name="Reply to the customer")).to_be_visible()
    page.keyboard.press("r")
    page.keyboard.type("Does it hum at every brightness?")
    page.keyboard.press("Control+Enter")
    expect(log.get_by_text("Does it hum at every brightness?")).to_be_visible()
    all_sent(page)
    page.keyboard.press("Escape")
    page.keyboard.press("p")
    page.get_by_placeholder("Priority").press_sequentially("urg")
    page.keyboard.press("Enter")
    expect(log.get_by_text("set the priority to Urgent")).to_be_visible()
    page.keyboard.press("e")
    expect(log.get_by_text("resolved this")).to_be_visible()
    expect(page.get_by_role("button", name="Reopen")).to_be_visible()
    page.keyboard.press("Shift+E")
    expect(log.get_by_text("reopened this")).to_be_visible()
    assert customer.reads()[-1] == "Does it hum at every brightness?"

    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts").get_by_text("Assign to me")).to_be_hidden()  # it is ours already
    expect(page.get_by_role("dialog", name="Keyboard shortcuts").get_by_text("Take over")).to_be_hidden()
    expect(page.get_by_role("dialog", name="Keyboard shortcuts").get_by_text("Write a note")).to_be_visible()


def test_a_note_is_tinted_and_never_reaches_the_customer(page: Page, demo: Demo, customer: Customer) -> None:
    log = open_conversation(page, demo, customer.id)
    page.keyboard.press("n")
    field = page.get_by_role("textbox", name="Internal note")
    expect(field).to_be_focused()
    field.fill("Third lamp of this batch that hums.")
    page.get_by_role("button", name="Add note").click()
    note = log.get_by_role("article", name="Internal note by")
    expect(note).to_contain_text("Third lamp of this batch that hums.")
    tint = "element => getComputedStyle(element.querySelector('[title]')).backgroundColor"
    customers = log.locator('[data-look="contact"]').first
    assert note.evaluate(tint) == "rgb(255, 249, 232)"
    assert customers.evaluate(tint) != note.evaluate(tint)
    assert "Third lamp of this batch that hums." not in customer.reads()


def test_a_reply_to_something_old_is_held_until_its_writer_decides(page: Page, demo: Demo, customer: Customer) -> None:
    def _silence(_: WebSocketRoute) -> None:
        """Nothing is told to this page."""

    page.route_web_socket("**/ws", _silence)
    log = open_conversation(page, demo, customer.id)
    customer.write("It stopped humming. Thank you!")
    field = page.get_by_role("textbox", name="Reply to the customer")
    field.fill("Please send it back to us.")
    field.press("Control+Enter")
    guard = page.get_by_role("alertdialog")
    expect(guard).to_contain_text("It stopped humming. Thank you!")
    assert "Please send it back to us." not in customer.reads()

    guard.get_by_role("button", name="Edit").click()
    expect(field).to_have_value("Please send it back to us.")
    expect(guard).to_be_hidden()
    customer.write("Or so it seems.")
    field.press("Control+Enter")
    expect(guard).to_contain_text("Or so it seems.")
    guard.get_by_role("button", name="Send anyway").click()
    expect(guard).to_be_hidden()
    all_sent(page)
    expect(log.get_by_role("article").last).to_contain_text("Please send it back to us.")
    assert customer.reads()[-1] == "Please send it back to us."


def test_a_new_message_moves_its_row_up_and_counts_follow(page: Page, demo: Demo, admin: Staff, customer: Customer) -> None:
    other = Customer(demo, admin, "Do you ship to Iceland?")
    page.goto(f"{demo.url}/app/inbox?view=mine")
    first = page.locator("[data-list] [data-conversation]").first
    expect(first).to_have_attribute("data-conversation", str(other.id))
    mine = page.get_by_role("navigation", name="Views").get_by_role("button", name="Assigned to me")
    expect(mine).to_have_text(re.compile(r"\d$"))
    before = int(re.sub(r"\D", "", mine.inner_text()))
    customer.write("It hums louder now.")
    expect(first).to_have_attribute("data-conversation", str(customer.id))
    expect(first).to_contain_text("It hums louder now.")
    expect(first).to_contain_text("Unread")
    expect(page).to_have_title(re.compile(r"^\(\d+\) Inbox"))

    admin.post(f"/api/conversations/{other.id}/resolve")
    expect(row_of(page, other.id)).to_be_hidden()
    expect(mine).to_contain_text(str(before - 1))
    admin.post(f"/api/conversations/{other.id}/reopen")
    expect(row_of(page, other.id)).to_be_visible()
    expect(mine).to_contain_text(str(before))


def test_a_snoozed_conversation_leaves_the_list_and_undo_brings_it_back(page: Page, demo: Demo, customer: Customer) -> None:
    log = open_conversation(page, demo, customer.id)
    page.keyboard.press("h")
    page.get_by_role("option", name="In 4 hours").click()
    expect(row_of(page, customer.id)).to_be_hidden()
    expect(log.get_by_text("snoozed this until")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(row_of(page, customer.id)).to_be_visible()

    page.keyboard.press("h")
    page.get_by_role("option", name="Choose date and time").click()
    page.get_by_role("textbox", name="Until").fill("2020-01-01T09:00")
    page.get_by_role("dialog").get_by_role("button", name="Snooze").click()
    expect(page.get_by_text("Choose a time from now on, within 90 days.")).to_be_visible()


def test_a_phone_shows_one_pane_at_a_time(chromium: Browser, demo: Demo, admin: Staff, customer: Customer) -> None:
    context = chromium.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    page = signed_in(context, admin, demo)
    page.goto(f"{demo.url}/app/inbox")
    row, log = row_of(page, customer.id), page.get_by_role("log")
    expect(row).to_be_visible()
    expect(log).to_be_hidden()
    row.tap()
    expect(log).to_be_visible()
    expect(row).to_be_hidden()
    box = page.locator("[data-pane=thread]").bounding_box()
    assert box is not None
    assert (box["x"], box["width"]) == (0, PHONE["width"])
    field = page.get_by_role("textbox", name="Reply to the customer").bounding_box()
    assert field is not None
    assert field["y"] + field["height"] < PHONE["height"]
    assert violations(page) == []
    page.get_by_role("button", name="Details").tap()
    expect(page.get_by_role("dialog", name="Details").get_by_text("Assignee", exact=True)).to_be_visible()
    page.get_by_role("button", name="Close", exact=True).tap()
    page.get_by_role("button", name="Back to the list").tap()
    expect(row).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    context.close()


def test_older_messages_come_in_above_without_moving_what_is_read(page: Page, demo: Demo, admin: Staff, customer: Customer) -> None:
    for number in range(1, 121):
        admin.write(customer.id, "note", f"Note number {number}")
    log = open_conversation(page, demo, customer.id)
    expect(log.get_by_text("Note number 120", exact=True)).to_be_in_viewport()
    expect(log.get_by_text("Note number 60", exact=True)).to_have_count(0)
    tops = """async (log) => {
      const find = (text) => [...log.querySelectorAll("article")].find((each) => each.textContent.includes(text));
      const anchor = find("Note number 90");
      anchor.scrollIntoView({ block: "start" });
      const before = anchor.getBoundingClientRect().top;
      log.scrollTop -= 1;
      for (let i = 0; i < 100 && !find("Note number 60"); i++) await new Promise((resolve) => setTimeout(resolve, 50));
      await new Promise((resolve) => setTimeout(resolve, 200));
      return [before, find("Note number 90").getBoundingClientRect().top, find("Note number 60") !== undefined];
    }"""
    before, after, loaded = log.evaluate(tops)
    assert loaded
    assert abs(after - before) <= 2

    customer.write("Are you still there?")
    pill = page.get_by_role("button", name="1 new message")
    expect(pill).to_be_visible()
    pill.click()
    expect(log.get_by_text("Are you still there?")).to_be_in_viewport()
    expect(pill).to_be_hidden()


def test_colleagues_see_each_other_look_and_write(
    page: Page, colleague: Page, demo: Demo, agent: Staff, customer: Customer
) -> None:
    open_conversation(page, demo, customer.id)
    log = open_conversation(colleague, demo, customer.id)
    expect(page.locator("[data-viewers]")).to_contain_text(agent.me["name"])
    colleague.get_by_role("textbox", name="Reply to the customer").press_sequentially("One moment")
    expect(page.get_by_text(f"{agent.me['name']} is writing a reply")).to_be_visible()
    page.keyboard.press("a")
    page.get_by_role("option", name=agent.me["name"]).click()
    expect(log.get_by_text(re.compile("assigned this to"))).to_be_visible()


def test_what_was_written_offline_is_sent_when_the_network_is_back(page: Page, demo: Demo, customer: Customer) -> None:
    log = open_conversation(page, demo, customer.id)
    page.context.set_offline(True)
    expect(page.get_by_text("You are offline")).to_be_visible()
    field = page.get_by_role("textbox", name="Reply to the customer")
    field.fill("I am on a train, but here is my answer.")
    field.press("Control+Enter")
    expect(log.get_by_text("Kept; sent when you are back online")).to_be_visible()
    page.context.set_offline(False)
    expect(log.get_by_text("Kept; sent when you are back online")).to_be_hidden()
    expect(page.get_by_text("You are offline")).to_be_hidden()
    all_sent(page)
    assert customer.reads().count("I am on a train, but here is my answer.") == 1


def test_drafts_stay_with_their_conversation_and_kind(page: Page, demo: Demo, admin: Staff, customer: Customer) -> None:
    other = Customer(demo, admin, "Can I change my address?")
    open_conversation(page, demo, customer.id)
    reply, note = page.get_by_role("textbox", name="Reply to the customer"), page.get_by_role("textbox", name="Internal note")
    reply.fill("A reply that is not finished")
    page.get_by_role("tab", name="Note").click()
    note.fill("A note that is not finished")
    row_of(page, other.id).click()
    expect(reply).to_have_value("")
    page.reload()
    row_of(page, customer.id).click()
    expect(reply).to_have_value("A reply that is not finished")
    page.get_by_role("tab", name="Note").click()
    expect(note).to_have_value("A note that is not finished")


def test_files_go_with_a_message(page: Page, demo: Demo, customer: Customer) -> None:
    log = open_conversation(page, demo, customer.id)
    page.locator('input[type="file"]').set_input_files({"name": "label.txt", "mimeType": "text/plain", "buffer": b"Tear here"})
    expect(page.get_by_role("list", name="Files").get_by_text("label.txt")).to_be_visible()
    page.get_by_role("button", name="Send").click()
    all_sent(page)
    with page.expect_download() as download:
        log.get_by_role("link", name="label.txt").click()
    assert download.value.suggested_filename == "label.txt"


def test_the_ai_agents_conversation_can_be_taken_over_and_shows_its_receipt(page: Page, demo: Demo, admin: Staff) -> None:
    http = visitor(demo)
    page.goto(f"{demo.url}/app/inbox?view=ai")
    expect(page.get_by_role("heading", name="With the AI agent")).to_be_visible()
    http.post("/messages", json={"client_id": uuid4().hex, "content": "How long is the warranty?"}).raise_for_status()
    page.locator("[data-list] [data-conversation]").first.click()
    log = page.get_by_role("log")
    expect(log.get_by_role("list", name="Sources")).to_be_visible()
    expect(page.get_by_text("The AI agent is answering")).to_be_visible()
    log.get_by_role("button", name="Why this answer?").click()
    receipt = page.get_by_role("dialog", name="Why the AI agent did this")
    expect(receipt.get_by_role("meter", name="Confidence")).to_be_visible()
    expect(receipt.get_by_text("How long is the warranty?")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("t")
    expect(log.get_by_text("took over from the AI agent")).to_be_visible()
    expect(page.get_by_text("The AI agent is answering")).to_be_hidden()


def test_the_palette_finds_conversations_contacts_and_articles(page: Page, demo: Demo, customer: Customer, admin: Staff) -> None:
    page.goto(f"{demo.url}/app/inbox")
    expect(row_of(page, customer.id)).to_be_visible()
    page.keyboard.press("Control+k")
    page.get_by_placeholder("Type a command or search").fill(f"#{customer.number}")
    page.get_by_role("option", name=f"#{customer.number}").click()
    expect(page).to_have_url(re.compile(rf"/inbox/{customer.id}\b"))
    page.keyboard.press("Control+k")
    page.get_by_placeholder("Type a command or search").fill("Claire")
    page.get_by_role("option", name="Claire Dumont").click()
    expect(page.get_by_role("dialog", name="Claire Dumont")).to_be_visible()
    admin.post(f"/api/conversations/{customer.id}/note", content="The courier left it at the wharf.", client_id=uuid4().hex)
    page.goto(f"{demo.url}/app/inbox")
    expect(row_of(page, customer.id)).to_be_visible()
    page.keyboard.press("Control+k")
    page.get_by_placeholder("Type a command or search").fill("wharf couri")
    page.get_by_role("option", name=f"#{customer.number}").click()
    expect(page).to_have_url(re.compile(rf"/inbox/{customer.id}\b"))
    page.keyboard.press("Control+k")
    page.get_by_placeholder("Type a command or search").fill("warranty")
    expect(page.get_by_text("Nothing found")).to_be_hidden()
    page.get_by_role("group", name="Articles").get_by_role("option").first.click()
    expect(page).to_have_url(re.compile(r"/knowledge\?article="))
    page.keyboard.press("Control+k")
    page.get_by_placeholder("Type a command or search").fill("xyzzy")
    expect(page.get_by_text("Nothing found for “xyzzy”")).to_be_visible()
