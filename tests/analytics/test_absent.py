"""Without analytics among the chosen modules, nothing of it is there."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.analytics.support import a_client
from tests.factories import an_organization
from tests.stack import running_stack

LISTS = """
from core.extend import registry
for things in (registry.handlers(), registry.jobs(), registry.schedules(), [panel.name for panel in registry.panels()]):
    print(*things)
"""


@pytest.mark.usefixtures("connected")
async def test_its_routes_and_panels_are_gone(tmp_path: Path) -> None:
    admin = await an_organization()
    environment = os.environ | {"LACASA_MODULES": "none", "LACASA_DATA": str(tmp_path)}
    async with running_stack(["web"], environment) as stack, a_client(stack.url, admin) as client:
        gone = (
            "/api/analytics/overview",
            "/api/analytics/report?name=overview",
            "/api/dashboard/stats",
            "/api/dashboard/recent-activity",
            "/api/analytics/panels/contact",
        )
        answers = {path: (await client.get(path)).status_code for path in gone}
        assert answers == dict.fromkeys(gone, 404)
        assert not [panel for panel in (await client.get("/api/panels")).json() if panel["name"].startswith("analytics.")]
        assert (await client.get("/api/conversations")).status_code == 200
        schema = (await client.get("/schema/openapi.json")).json()
        assert not [path for path in schema["paths"] if "analytics" in path or "dashboard" in path]


@pytest.mark.usefixtures("connected")
@pytest.mark.parametrize(("chosen", "there"), [("none", False), ("analytics", True), ("", True)])
def test_its_handlers_are_there_only_if_it_is_chosen(monkeypatch: pytest.MonkeyPatch, chosen: str, there: bool) -> None:
    monkeypatch.setenv("LACASA_MODULES", chosen)
    listed = subprocess.run([sys.executable, "-c", LISTS], capture_output=True, text=True, check=True).stdout
    assert ("analytics" in listed) is there
