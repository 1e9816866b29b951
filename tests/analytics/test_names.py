"""What mailings and workflows are called in reports: for each reader what he may see, though figures are kept for all."""

from collections.abc import Sequence
from typing import Any

import pytest

from core.access import Actor
from core.database import system_transaction
from core.errors import Invalid
from core.extend import registry
from core.extend.mailing import MailSource
from core.extend.naming import Names
from modules.analytics import actions
from modules.analytics.counting import mails, rollups
from modules.analytics.reports import queries as reports
from modules.analytics.reports.structs import ReportQuestion
from tests.analytics.test_reports import at
from tests.factories import a_member, an_organization

pytestmark = pytest.mark.usefixtures("stack")


async def test_names_are_those_that_this_reader_may_see_and_a_mailing_narrows_its_report(monkeypatch: pytest.MonkeyPatch) -> None:
    admin = await an_organization()
    user = await a_member(admin, "user")

    async def called(actor: Actor, ids: Sequence[int]) -> dict[int, str]:
        return {number: f"Lamps {number}" for number in ids if actor.role == "admin"}

    async def letters(*_: Any) -> list[Any]:
        return []

    sources = {"campaign": MailSource(kind="campaign", title="Campaign", letters=letters, called=called)}
    monkeypatch.setattr(registry, "mail_sources", lambda: sources)
    monkeypatch.setattr(registry, "names", lambda: {"workflow": Names(kind="workflow", called=called)})
    async with system_transaction("a test writes a ledger") as db:
        made = "INSERT INTO mailings (organization_id, kind, source_id, mail_kind) VALUES ($1, 'campaign', $2, 'marketing') RETURNING id"
        first, second = [await db.fetch_value(made, admin.organization_id, number) for number in (3, 4)]
        for number, mailing in enumerate((first, first, second)):
            await db.execute(
                "INSERT INTO mailing_sends (organization_id, mailing_id, contact_id, state, settled_at) VALUES ($1, $2, $3, 'sent', $4)",
                admin.organization_id, mailing, number + 1, at(8),
            )  # fmt: skip
    held = {"workflow_id": 7, "reason": ""}
    await actions.write(admin, "workflow_enrolled", "enrollment", 1, at=at(9), contact_id=None, user_id=None, metadata=held)
    await mails.count(admin)
    await rollups.count(admin)
    day = at(8).date()
    whole = ReportQuestion(day, day)
    for actor, names in ((admin, ["Lamps 3", "Lamps 4"]), (user, ["", ""]), (admin, ["Lamps 3", "Lamps 4"])):
        [table] = (await reports.report(actor, "email", whole)).tables
        assert [row.label for row in table.rows] == names
        assert [row.label for row in (await reports.report(actor, "workflows", whole)).tables[0].rows] == [names[0] and "Lamps 7"]
    narrowed = await reports.report(admin, "email", ReportQuestion(day, day, "mailing", str(second)))
    assert (narrowed.key_label, narrowed.numbers[0].value, narrowed.tables) == ("Lamps 4", 1, [])
    with pytest.raises(Invalid):
        await reports.report(admin, "helpdesk", ReportQuestion(day, day, "mailing", str(second)))
