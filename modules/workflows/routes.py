"""Workflows over HTTP."""

from typing import Annotated

from litestar import Router, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from core.access import Actor
from core.pages import After, Limit
from modules.workflows import previews, queries, templates
from modules.workflows.actions import drafts, enrolling, publishing, removing, running, signalling, watching
from modules.workflows.simulator import queries as simulator
from modules.workflows.simulator.structs import SimulateInput, Simulation
from modules.workflows.structs import (
    CheckedDefinition,
    ContactWorkflow,
    DefinitionInput,
    Enrolled,
    EnrollInput,
    EnrollmentHistory,
    EnrollmentPage,
    EnrollmentStatus,
    EnrollmentView,
    PublishInput,
    PublishPreview,
    ResumeInput,
    ResumePreview,
    SegmentWatch,
    SignalInput,
    Status,
    WorkflowChanges,
    WorkflowFigures,
    WorkflowInput,
    WorkflowPage,
    WorkflowParts,
    WorkflowTemplate,
    WorkflowVersionView,
    WorkflowView,
)

Days = Annotated[int, QueryParameter(ge=1, le=90, description="How many days back.")]
AtStep = Annotated[str | None, QueryParameter(max_length=60)]


@get("/", summary="Workflows, newest first", operation_id="list_workflows")
async def list_workflows(
    actor: NamedDependency[Actor], status: FromQuery[Status | None] = None, cursor: After = None, limit: Limit = 25
) -> WorkflowPage:
    return await queries.page(actor, status, cursor, limit)


@post("/", summary="Make a workflow, as a draft", operation_id="create_workflow")
async def create_workflow(actor: NamedDependency[Actor], data: JSONBody[WorkflowInput]) -> WorkflowView:
    return await drafts.create(actor, data)


@get("/figures", summary="How each workflow fared with who came in lately", operation_id="list_workflow_figures")
async def list_figures(actor: NamedDependency[Actor], days: Days = 7) -> list[WorkflowFigures]:
    return await queries.figures(actor, days)


@get("/parts", summary="The steps and triggers that definitions may be made of", operation_id="list_workflow_parts")
async def list_parts(actor: NamedDependency[Actor]) -> WorkflowParts:
    return queries.parts(actor)


@get("/templates", summary="Definitions ready to adapt, one for each common trigger", operation_id="list_workflow_templates")
async def list_templates(actor: NamedDependency[Actor]) -> list[WorkflowTemplate]:
    return await templates.all_of(actor)


@post("/validate", status_code=200, summary="What is wrong with a definition, and where", operation_id="validate_workflow")
async def validate(actor: NamedDependency[Actor], data: JSONBody[DefinitionInput]) -> CheckedDefinition:
    return await drafts.checked(actor, data.definition)


@post("/signals", status_code=204, summary="Say that something happened to a contact", operation_id="signal_contact")
async def signal(actor: NamedDependency[Actor], data: JSONBody[SignalInput]) -> None:
    await signalling.signal(actor, data)


@get("/contacts/{contact_id:int}", summary="Why a contact is in each workflow, or not", operation_id="list_contact_workflows")
async def of_contact(actor: NamedDependency[Actor], contact_id: FromPath[int]) -> list[ContactWorkflow]:
    return await queries.of_contact(actor, contact_id)


@get("/enrollments/{enrollment_id:int}", summary="A run, step by step", operation_id="get_enrollment")
async def get_enrollment(actor: NamedDependency[Actor], enrollment_id: FromPath[int]) -> EnrollmentHistory:
    return await queries.history(actor, enrollment_id)


@post("/enrollments/{enrollment_id:int}/exit", status_code=200, summary="Take a contact out", operation_id="exit_enrollment")
async def exit_enrollment(actor: NamedDependency[Actor], enrollment_id: FromPath[int]) -> EnrollmentView:
    return await removing.remove(actor, enrollment_id)


@get("/{workflow_id:int}", summary="One workflow, with its draft", operation_id="get_workflow")
async def get_workflow(actor: NamedDependency[Actor], workflow_id: FromPath[int]) -> WorkflowView:
    return await queries.get(actor, workflow_id)


@patch("/{workflow_id:int}", summary="Change a workflow's draft", operation_id="update_workflow")
async def update_workflow(
    actor: NamedDependency[Actor], workflow_id: FromPath[int], data: JSONBody[WorkflowChanges]
) -> WorkflowView:
    return await drafts.update(actor, workflow_id, data)


@get("/{workflow_id:int}/versions/{number:int}", summary="A version as it was published", operation_id="get_workflow_version")
async def get_version(actor: NamedDependency[Actor], workflow_id: FromPath[int], number: FromPath[int]) -> WorkflowVersionView:
    return await queries.version(actor, workflow_id, number)


@get("/{workflow_id:int}/publish", summary="What publishing asks: who is where", operation_id="preview_publish_workflow")
async def preview_publish(actor: NamedDependency[Actor], workflow_id: FromPath[int]) -> PublishPreview:
    return await previews.publish(actor, workflow_id)


@post("/{workflow_id:int}/publish", status_code=200, summary="Make the draft a version", operation_id="publish_workflow")
async def publish(actor: NamedDependency[Actor], workflow_id: FromPath[int], data: JSONBody[PublishInput]) -> WorkflowView:
    return await publishing.publish(actor, workflow_id, data)


@post("/{workflow_id:int}/activate", status_code=200, summary="Let contacts in", operation_id="activate_workflow")
async def activate(actor: NamedDependency[Actor], workflow_id: FromPath[int]) -> WorkflowView:
    return await running.activate(actor, workflow_id)


@post("/{workflow_id:int}/pause", status_code=200, summary="Stop everybody where he is", operation_id="pause_workflow")
async def pause(actor: NamedDependency[Actor], workflow_id: FromPath[int]) -> WorkflowView:
    return await running.pause(actor, workflow_id)


@get("/{workflow_id:int}/resume", summary="What each way to resume would do", operation_id="preview_resume_workflow")
async def preview_resume(actor: NamedDependency[Actor], workflow_id: FromPath[int]) -> ResumePreview:
    return await previews.resume(actor, workflow_id)


@post("/{workflow_id:int}/resume", status_code=200, summary="Go on", operation_id="resume_workflow")
async def resume(actor: NamedDependency[Actor], workflow_id: FromPath[int], data: JSONBody[ResumeInput]) -> WorkflowView:
    return await running.resume(actor, workflow_id, data)


@post("/{workflow_id:int}/simulate", status_code=200, summary="What would have happened", operation_id="simulate_workflow")
async def simulate(actor: NamedDependency[Actor], workflow_id: FromPath[int], data: JSONBody[SimulateInput]) -> Simulation:
    return await simulator.simulate(actor, workflow_id, data)


@post("/{workflow_id:int}/enroll", status_code=200, summary="Let a contact in", operation_id="enroll_contact")
async def enroll(actor: NamedDependency[Actor], workflow_id: FromPath[int], data: JSONBody[EnrollInput]) -> Enrolled:
    return await enrolling.request(actor, workflow_id, data)


@get("/{workflow_id:int}/watch", summary="How the segment that starts it is watched", operation_id="get_workflow_watch")
async def watch(actor: NamedDependency[Actor], workflow_id: FromPath[int]) -> list[SegmentWatch]:
    return await watching.told(actor, workflow_id)


@get("/{workflow_id:int}/enrollments", summary="Who is or was in it, newest first", operation_id="list_enrollments")
async def list_enrollments(
    actor: NamedDependency[Actor],
    workflow_id: FromPath[int],
    status: FromQuery[EnrollmentStatus | None] = None,
    step_id: AtStep = None,
    cursor: After = None,
    limit: Limit = 25,
) -> EnrollmentPage:
    return await queries.runs(actor, workflow_id, status, step_id, cursor, limit)


router = Router(
    "/api/workflows",
    route_handlers=[
        list_figures,
        list_workflows, create_workflow, list_parts, validate, signal, of_contact, get_enrollment, exit_enrollment, get_workflow,
        update_workflow, get_version, preview_publish, publish, activate, pause, preview_resume, resume, enroll, list_enrollments, watch,
        list_templates, simulate,
    ],
    tags=["workflows"],
)  # fmt: skip
