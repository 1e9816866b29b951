"""Admins try another language model and other instructions on what customers asked, before they save them."""

import asyncio
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from queue import Queue
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.agent.loopback import Answer, Asked, Loopback, loopback, saying
from tests.browser.conftest import REACHABLE, Demo
from tests.browser.inbox.pages import Customer, Staff, settled, signed_in, violations
from tests.browser.inbox.test_ai_replay import BODY, DECISION, QUESTION
from tests.browser.looks import LOOKS

COSTS = "It costs €90 and takes two weeks."
STYLE = "Short and friendly, like somebody who has gilded all their life."
NAME = re.compile("Another language model, or other instructions|نموذج لغوي آخر، أو تعليمات أخرى")


def says(asked: Asked) -> Answer:
    knows = [source["id"] for source in asked.sources if COSTS in source["text"]]
    return Answer(saying((COSTS, knows[:1])) if knows else saying(answerable=False))


@pytest.fixture
def model(demo: Demo, admin: Staff) -> Iterator[Loopback]:
    """A language model's server, and the demo shop's choice."""
    ready: Queue[Loopback] = Queue()
    over = threading.Event()

    async def serve() -> None:
        async with loopback(REACHABLE) as found:
            found.says = says
            ready.put(found)
            await asyncio.to_thread(over.wait)

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    found = ready.get(timeout=20)
    chosen = {
        "name": "openai:tiny",
        "base_url": found.url,
        "key": "sk-stored",
        "price_in": 2,
        "price_out": 10,
        "monthly_tokens": 10**6,
    }
    admin.http.put("/api/ai/model", json=chosen).raise_for_status()
    yield found
    demo.execute("DELETE FROM ai_replays")
    demo.execute("DELETE FROM ai_models")
    over.set()
    thread.join()


@pytest.fixture
def asked(demo: Demo, admin: Staff, customer: Customer) -> Iterator[None]:
    """A question that nobody could answer then, and an article that answers it now."""
    head = f"tests/{uuid4().hex[:8]}"
    demo.execute("UPDATE ai_decisions SET detail = 'left by another test' WHERE detail = ''")
    demo.execute(DECISION, customer.id, "handed_off", "low_confidence", 0.31, QUESTION, head)
    article = admin.post("/api/articles", title=f"Weather vanes {uuid4().hex[:6]}", body=BODY, audience="public")
    admin.post(f"/api/articles/{article['id']}/publish")
    yield
    demo.execute("DELETE FROM ai_decisions WHERE head = $1", head)
    demo.execute("UPDATE ai_decisions SET detail = '' WHERE detail = 'left by another test'")
    demo.execute("DELETE FROM articles WHERE title LIKE 'Weather vanes %'")


def tried(page: Page) -> Locator:
    """What was tried, once it is done."""
    part = page.get_by_role("region", name=NAME)
    expect(part).to_be_visible()
    expect(part.get_by_role("progressbar")).to_have_count(
        0, timeout=60_000
    )  # the first one waits for its worker to load what asks models
    return part


@pytest.mark.usefixtures("asked")
def test_what_stands_in_the_form_is_tried_and_not_saved(page: Page, demo: Demo, admin: Staff, model: Loopback) -> None:
    page.goto(f"{demo.url}/app/settings/ai")
    page.get_by_label("How it should sound").fill(STYLE)
    page.get_by_label("Key", exact=True).fill("sk-for-this-trial")
    page.get_by_role("button", name="Try it on past conversations").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(re.compile("Conversations1"))
    expect(dialog).to_contain_text(re.compile("Tokens, about2,700"))
    expect(dialog).to_contain_text("A guess: 2,500 tokens read and 150 written for each")
    expect(dialog).to_contain_text("of this month's tokens are left")
    dialog.get_by_role("button", name="Start").click()
    part = tried(page)
    expect(part).to_contain_text(STYLE)
    expect(part).to_contain_text("Tokens used: 150")
    part.get_by_role("button", name=re.compile("Answers gained")).click()
    cases = part.get_by_role("list", name="Answers gained")
    cases.get_by_text(QUESTION, exact=True).click()
    expect(cases.get_by_role("region", name="What was decided")).to_contain_text("Handed over to people · 31% sure")
    expect(cases.get_by_role("region", name="With the change")).to_contain_text(COSTS)
    part.get_by_role("button", name=re.compile("As before")).click()
    expect(part.get_by_text("No question turns out like this.")).to_be_visible()
    expect(page.get_by_label("How it should sound")).to_have_value(STYLE)
    assert admin.get("/api/ai/model")["instructions"] == "", "nothing was saved"
    (one,) = model.asked
    assert (one.headers["authorization"], STYLE in one.text) == ("Bearer sk-for-this-trial", True)


@pytest.mark.usefixtures("asked")
def test_a_model_that_fails_says_why(page: Page, demo: Demo, model: Loopback) -> None:
    model.says = lambda asked: Answer(status=401)
    page.goto(f"{demo.url}/app/settings/ai")
    page.get_by_role("button", name="Try it on past conversations").click()
    page.get_by_role("dialog").get_by_role("button", name="Start").click()
    part = tried(page)
    part.get_by_role("button", name=re.compile("As before")).click()
    part.get_by_text(QUESTION, exact=True).click()
    expect(part.get_by_role("region", name="With the change")).to_contain_text("the key is wrong")


@pytest.mark.usefixtures("asked", "model")
@pytest.mark.parametrize("look", LOOKS)
def test_trying_a_model_is_accessible_in_every_look(
    chromium: Browser, demo: Demo, admin: Staff, screenshots: Path, look: str
) -> None:
    context = chromium.new_context(reduced_motion="reduce", **LOOKS[look])
    page = signed_in(context, admin, demo)
    page.goto(f"{demo.url}/app/settings/ai")
    settled(page)
    page.get_by_role("button", name=re.compile("Try it on past conversations|جرّبه على محادثات سابقة")).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator("dl")).to_be_visible()
    page.screenshot(path=screenshots / f"ai-replay-writing-asks-{look}.png")
    assert violations(page) == []
    dialog.get_by_role("button", name=re.compile("Start|ابدأ")).click()
    part = tried(page)
    part.locator("summary").first.click()
    settled(page)
    part.scroll_into_view_if_needed()
    page.screenshot(path=screenshots / f"ai-replay-writing-{look}.png", full_page=True)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()
