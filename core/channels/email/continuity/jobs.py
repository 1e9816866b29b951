"""Asking, when a reply in a chat has had its time, whether it goes out by mail."""

from core.access import system
from core.channels.email.continuity import deciding
from core.jobs.define import job


@job(job_class="channel-io", max_attempts=10)
async def fall_due(organization_id: int, conversation_id: int, seq: int) -> None:
    await deciding.decide(system(organization_id), conversation_id, seq)
