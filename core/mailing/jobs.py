"""What is told of mailings later than it happens."""

from core.access import system
from core.jobs.define import job
from core.mailing.actions import telling


@job(job_class="bulk", timeout_s=30)
async def tell_touch(organization_id: int, touch_id: int) -> None:
    await telling.tell(system(organization_id), touch_id)
