"""The run ends here."""

from typing import Annotated

import msgspec

from core.extend.steps import Leave, Visit, WorkflowStep


class ExitConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=40, pattern=r"^[a-z][a-z0-9_]*\Z")] = "exit_step"


async def run(visit: Visit, config: ExitConfig) -> Leave:
    del visit
    return Leave(config.reason)


step = WorkflowStep(name="exit", title="Exit", config=ExitConfig, run=run)
