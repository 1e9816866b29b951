"""A module that somebody else wrote: a package of its own, installed, found by its entry point, and as much at home as ours."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest

from core.embedded.servers import Urls
from tests.conftest import database_at, surroundings
from tests.factories import PASSWORD, an_address, client_id
from tests.stack import Stack, running_stack

PACKAGE = Path(__file__).parent / "package"
WAIT_S = 30.0
SEEN = "SELECT count(*) FROM loyalty_points"


def installed(folder: Path) -> Path:
    """The package as `pip install` puts it, in a folder of its own beside our environment. Nothing is fetched."""
    site = folder / "site"
    command = [
        Path(sys.prefix) / "bin" / "uv",
        "pip",
        "install",
        "--quiet",
        "--offline",
        "--no-deps",
        "--no-build-isolation",
        "--target",
        site,
    ]
    built = folder / "package"  # the build leaves nothing in our tree
    built.mkdir()
    for file in PACKAGE.rglob("*"):
        if file.is_file() and "__pycache__" not in file.parts:
            (built / file.relative_to(PACKAGE)).parent.mkdir(parents=True, exist_ok=True)
            (built / file.relative_to(PACKAGE)).write_bytes(file.read_bytes())
    subprocess.run([*command, "--python", sys.executable, built], check=True)
    return site


@pytest.fixture
async def place(servers: Urls, tmp_path: Path) -> AsyncIterator[Stack]:
    """Lacasa with the package, on a database of its own."""
    site = await asyncio.to_thread(installed, tmp_path)
    async with database_at(servers.database) as url:
        variables = surroundings(Urls(url, servers.nats), tmp_path / "data") | {"PYTHONPATH": str(site)}
        async with running_stack(environment=os.environ | variables, before=lambda stack: stack.command("migrate")) as running:
            yield running


async def _until(ask: Callable[[], Any], wanted: Callable[[Any], bool]) -> Any:
    for _ in range(int(WAIT_S * 10)):
        found = (await ask()).json()
        if wanted(found):
            return found
        await asyncio.sleep(0.1)
    raise AssertionError(found)


async def test_its_step_tool_panel_and_table_are_at_home(place: Stack) -> None:
    async with httpx.AsyncClient(base_url=place.url, headers={"Origin": place.url}, timeout=20) as admin:
        body = {"organization_name": "Harbour", "name": "Ada", "email": an_address(), "password": PASSWORD}
        assert (await admin.post("/api/auth/signup", json=body)).status_code == 201
        assert "loyalty.award" in [step["name"] for step in (await admin.get("/api/workflows/parts")).json()["steps"]]
        key = (await admin.post("/api/inboxes", json={"name": "Website", "ai_enabled": True})).json()["widget_key"]
        session = (await admin.post(f"/api/widget/{key}/session", json={})).json()
        visitor = {"Authorization": f"Bearer {session['token']}"}

        async def say(text: str, token: str | None = None) -> Any:
            message = {"client_id": client_id(), "content": text, "conversation": token}
            written = await admin.post(f"/api/widget/{key}/messages", json=message, headers=visitor)
            assert written.status_code == 201, written.text
            return written.json()

        await say("Hello")
        listed = (await admin.get("/api/conversations", params={"view": "all"})).json()
        contact = listed["items"][0]["conversation"]["contact_id"]

        steps = [{"id": "award", "type": "loyalty.award", "config": {"points": 25}}]
        made = (await admin.post("/api/workflows", json={"name": "Thanks", "definition": {"steps": steps}})).json()
        here = f"/api/workflows/{made['id']}"
        assert (await admin.post(f"{here}/activate")).status_code == 200
        entered = await admin.post(f"{here}/enroll", json={"contact_id": contact, "client_id": client_id()})
        run = f"/api/workflows/enrollments/{entered.json()['enrollment']['id']}"
        history = await _until(lambda: admin.get(run), lambda found: found["status"] == "completed")
        assert [(step["step_id"], step["status"], step["detail"]) for step in history["steps"]] == [("award", "done", "25 points")]

        assert "loyalty.contact" in [panel["name"] for panel in (await admin.get("/api/panels")).json()]
        panel = (await admin.get("/api/loyalty/panels/contact", params={"contact_id": contact})).json()
        assert [(fact["label"], fact["value"]) for fact in panel["blocks"][0]["facts"]] == [("Points", "25")]

        token = (await say("How many points do I have?"))["conversation"]["token"]
        thread = f"/api/widget/{key}/conversations/{token}/messages"
        told = await _until(
            lambda: admin.get(thread, headers=visitor),
            lambda found: any("25 points" in one["content"] for one in found["messages"]),
        )
        assert any(one["sender_type"] == "ai" and "25 points" in one["content"] for one in told["messages"])

    connection = await asyncpg.connect(place.environment["LACASA_DATABASE_URL"])
    try:
        organization = await connection.fetchval("SELECT organization_id FROM loyalty_points")
        for seen_by, count in ((organization, 1), (organization + 1, 0)):
            async with connection.transaction():
                await connection.execute(f"SET LOCAL ROLE lacasa_app; SET LOCAL app.organization_id = {seen_by}")
                assert await connection.fetchval(SEEN) == count
    finally:
        await connection.close()
