"""What campaigns hear of the ledger of mail to many: that nothing of a mailing is left, or that it cannot go on."""

from core.access import system
from core.events.contract import on
from core.mailing.events import MailingFinished, MailingProgressed
from modules.campaigns import keys
from modules.campaigns.actions import running, watching


@on(MailingFinished, job_class="bulk")
async def finish(event: MailingFinished) -> None:
    if event.kind == keys.KIND:
        await watching.watch(system(event.organization_id), event.source_id)


@on(MailingProgressed, job_class="bulk")
async def hold_up(event: MailingProgressed) -> None:
    if event.kind == keys.KIND and event.state == "paused" and event.reason:
        await running.hold_up(system(event.organization_id), event.source_id, event.reason)


ALL = (finish, hold_up)
