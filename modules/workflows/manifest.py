"""All that workflows add to Lacasa."""

from core.extend.module import Module
from modules.workflows import events, jobs, routes, steps, subscribers, triggers
from modules.workflows.tables import (
    Workflow,
    WorkflowEffect,
    WorkflowEnrollment,
    WorkflowRefusal,
    WorkflowTally,
    WorkflowVersion,
    WorkflowWait,
)

TABLES = (Workflow, WorkflowVersion, WorkflowEnrollment, WorkflowEffect, WorkflowWait, WorkflowRefusal, WorkflowTally)

module = Module(
    name="workflows",
    tables=TABLES,
    migrations="migrations.workflows.piccolo_app",
    routes=[routes.router],
    events=events.EVENTS,
    subscribers=subscribers.ALL,
    follows=subscribers.follows,
    jobs=(jobs.advance,),
    steps=steps.ALL,
    triggers=triggers.ALL,
)
