"""Who is there in the tests of the inbox."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import Demo
from tests.browser.inbox.pages import CLIENTS, DESKTOP, Customer, Staff, signed_in


@pytest.fixture(scope="module", autouse=True)
def _closed_clients() -> Iterator[None]:
    yield
    for client in CLIENTS:
        client.close()


@pytest.fixture(scope="module")
def admin(demo: Demo) -> Staff:
    """Their mail leaves at once in each file, whatever the file before it set."""
    admin = Staff(demo)
    admin.http.put("/api/profile/mail", json={"undo_s": 0}).raise_for_status()
    return admin


@pytest.fixture(scope="module")
def agent(demo: Demo) -> Staff:
    return Staff(demo, "agent")


@pytest.fixture
def customer(demo: Demo, admin: Staff) -> Customer:
    return Customer(demo, admin, f"My lamp hums, order {uuid4().hex[:6]}")


@pytest.fixture
def page(context: BrowserContext, admin: Staff, demo: Demo) -> Page:
    """The admin's browser."""
    return signed_in(context, admin, demo)


@pytest.fixture
def colleague(chromium: Browser, agent: Staff, demo: Demo) -> Iterator[Page]:
    """Another agent's browser."""
    context = chromium.new_context(viewport=DESKTOP)
    yield signed_in(context, agent, demo)
    context.close()
