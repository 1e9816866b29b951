"""All that workflows add to Lacasa."""

from core.extend.module import Module
from modules.workflows import events, jobs, letters, naming, routes, segments, steps, subscribers, triggers
from modules.workflows.tables import (
    Workflow,
    WorkflowEffect,
    WorkflowEnrollment,
    WorkflowRefusal,
    WorkflowTally,
    WorkflowUse,
    WorkflowVersion,
    WorkflowWait,
    WorkflowWatch,
    WorkflowWatchMember,
)

TABLES = (
    Workflow, WorkflowVersion, WorkflowEnrollment, WorkflowEffect, WorkflowWait, WorkflowRefusal, WorkflowTally, WorkflowUse, WorkflowWatch,
    WorkflowWatchMember,
)  # fmt: skip

module = Module(
    name="workflows",
    tables=TABLES,
    migrations="migrations.workflows.piccolo_app",
    routes=[routes.router],
    events=events.EVENTS,
    subscribers=subscribers.ALL,
    follows=subscribers.follows,
    jobs=(jobs.advance, jobs.look),
    steps=steps.ALL,
    triggers=triggers.ALL,
    segment_users=(segments.user,),
    mail_sources=(letters.source,),
    names=(naming.NAMES,),
)
