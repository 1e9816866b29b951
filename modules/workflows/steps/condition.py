"""Two ways on, by what is known of the contact and of what started the run."""

from core.extend.steps import Go, Visit, WorkflowStep
from modules.workflows.definition.conditions import Condition, check, judge


async def run(visit: Visit, config: Condition) -> Go:
    verdict = judge(config, visit.values)
    return Go("true" if verdict.holds else "false", verdict.said)


step = WorkflowStep(name="condition", title="Condition", config=Condition, check=check, run=run, branches=("true", "false"))
