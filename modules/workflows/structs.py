"""What workflows take and show."""

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec

from core import texts
from core.messages.structs import ClientId
from modules.workflows.definition.problems import Problem
from modules.workflows.definition.shape import EventName
from modules.workflows.saying import Explained, told

Status = Literal["draft", "active", "paused"]
EnrollmentStatus = Literal["active", "completed", "exited"]
StepStatus = Literal["passed", "begun", "again", "done", "skipped", "failed", "uncertain"]
Overdue = Literal["shift", "skip", "send"]
"""For whom the time came during a pause: all waits are moved by its length; what is overdue is left out; or it is done now."""
Choice = Literal["pin", "follow", "map", "exit"]
"""Whoever is at a step: goes on by his own version; by the new one, at the same step; by the new one, at another; or not at all."""
FACTS_MAX = 16 * 1024
"""Bytes of JSON."""
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=120, pattern=texts.NAME)]
Description = Annotated[str, msgspec.Meta(max_length=2000, pattern=texts.TEXT)]
Key = Annotated[str, msgspec.Meta(max_length=200, pattern=texts.LINE)]
StepId = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
FactName = Annotated[str, msgspec.Meta(min_length=1, max_length=60, pattern=r"^(?!contact\Z|trigger\Z)[a-z][a-z0-9_]*\Z")]
Facts = Annotated[dict[FactName, Any], msgspec.Meta(max_length=50, extra={"limited_by": "actions.enrolling.check_size"})]
READ = msgspec.Meta(extra={"limited_by": "definition.reading.read"})
Json = Annotated[dict[str, Any] | list[Any], READ]


class DefinitionInput(msgspec.Struct, forbid_unknown_fields=True):
    """`definition` is JSON as the handbook of workflows says."""

    definition: Json


class WorkflowInput(msgspec.Struct, forbid_unknown_fields=True):
    """The same `client_id` again returns what was made then."""

    name: Name
    definition: Json
    description: Description = ""
    is_template: bool = False
    client_id: ClientId | None = None


class WorkflowChanges(msgspec.Struct, forbid_unknown_fields=True):
    """Absent: unchanged. `revision` is that of the draft that was changed; another one by now is a conflict."""

    revision: int
    name: Name | msgspec.UnsetType = msgspec.UNSET
    description: Description | msgspec.UnsetType = msgspec.UNSET
    is_template: bool | msgspec.UnsetType = msgspec.UNSET
    definition: Annotated[dict[str, Any] | list[Any] | msgspec.UnsetType, READ] = msgspec.UNSET


class CheckedDefinition(msgspec.Struct):
    """`problems` that are `missing` let a definition be saved, but not be published."""

    problems: list[Problem]
    definition: dict[str, Any]


class WorkflowSummary(msgspec.Struct):
    """`version` 0: none was published yet.

    `trouble`: why its mail had to stop (a code, as `password_refused`), until it is activated or resumed; empty: it did not.
    """

    id: int
    name: str
    description: str
    trigger_type: str
    status: Status
    is_template: bool
    version: int
    revision: int
    enrolled_count: int
    completed_count: int
    exited_count: int
    created_at: datetime
    updated_at: datetime
    paused_at: datetime | None
    trouble: str


class WorkflowView(WorkflowSummary):
    """`definition` is the draft. `trouble_detail`: what a server said when its mail had to stop, where one did."""

    definition: dict[str, Any]
    problems: list[Problem] = []
    trouble_detail: str = ""


class WorkflowPage(msgspec.Struct):
    items: list[WorkflowSummary]
    next: str | None


class WorkflowVersionView(msgspec.Struct):
    version: int
    definition: dict[str, Any]
    plan: list[dict[str, Any]]
    published_by: int | None
    published_at: datetime


class StepHeads(msgspec.Struct):
    """How many stand at a step of a version, and how that step fares by what is to be published."""

    version: int
    step_id: str
    title: str
    type: str
    active: int
    exists: bool
    same_type: bool
    suggested: Choice | None = None
    """Null: nothing goes without saying."""


class PublishPreview(msgspec.Struct):
    revision: int
    problems: list[Problem]
    heads: list[StepHeads]
    steps: list[str]
    """The ids of the steps to which people can be mapped."""


class StepChoice(msgspec.Struct, forbid_unknown_fields=True):
    """For whoever is at `step_id` of `version`; `to` is for `map` alone."""

    version: int
    step_id: StepId
    choice: Choice
    to: StepId | None = None


class PublishInput(msgspec.Struct, forbid_unknown_fields=True):
    """`default` is for those steps that are not in `plan` and exist in the new version too."""

    revision: int
    default: Literal["pin", "follow"] | None = None
    plan: Annotated[list[StepChoice], msgspec.Meta(max_length=1000)] = []


class StepOverdue(msgspec.Struct):
    version: int
    step_id: str
    title: str
    active: int
    overdue: int


class ResumePreview(msgspec.Struct):
    """`overdue` of those `active` would go on at once if nothing were moved; `shift_s`: by how much waits would be moved."""

    paused_at: datetime
    active: int
    overdue: int
    shift_s: float
    steps: list[StepOverdue]


class ResumeInput(msgspec.Struct, forbid_unknown_fields=True):
    overdue: Overdue


class EnrollInput(msgspec.Struct, forbid_unknown_fields=True):
    """`entry_key` tells runs of one contact apart; `facts` may be read by conditions. The same `client_id` again is the same run."""

    contact_id: int
    client_id: ClientId
    entry_key: Key = ""
    facts: Facts = {}


class SignalInput(msgspec.Struct, forbid_unknown_fields=True):
    """Something happened to a contact. `name` is a word of your own; those of built-in events are refused."""

    contact_id: int
    name: EventName
    key: Key = ""
    facts: Facts = {}


class EnrollmentView(msgspec.Struct):
    """A contact's run. `step_id` is where; `due_at` when it goes on, null: when something happens, or it has ended.

    `said`: why it ended, `held`: why it waits longer; `detail` and `note` are the same in words of others. Where that tells of a conversation that
    the reader may not see, it is the code `conversation_not_visible`, and `entry_key` is empty.
    `contact_name`: what the contact is called, else its address; empty for a visitor who told neither.
    """

    id: int
    workflow_id: int
    version: int
    contact_id: int | None
    entry_key: str
    rotation: int
    status: EnrollmentStatus
    reason: str
    detail: str
    step_id: str
    due_at: datetime | None
    note: str
    enrolled_at: datetime
    ended_at: datetime | None
    contact_name: str = ""
    said: Explained | None = None
    held: Explained | None = None

    def __post_init__(self) -> None:
        if self.said is None:
            self.detail, self.said = told(self.detail)
        if self.held is None:
            self.note, self.held = told(self.note)


class SegmentWatch(msgspec.Struct):
    """How a segment is watched whose newcomers start a workflow, and what that costs: the last look took `took_ms` for `contact_count` contacts.

    `is_first`: it is looked through for the first time, which starts nobody. `entered_count`: newcomers so far.
    """

    segment_id: int
    is_on: bool
    is_first: bool
    looked_at: datetime | None
    took_ms: int
    contact_count: int
    member_count: int
    entered_count: int
    trouble: str


class EnrollmentPage(msgspec.Struct):
    items: list[EnrollmentView]
    next: str | None


class StepMail(msgspec.Struct):
    """What became of a mail: `state` and `reason` as in the ledger (`bounced` is sent, and came back). `opens` and `clicks`: how often, and those of
    them that seem to be a person's."""

    id: int
    state: str
    reason: str
    settled_at: datetime | None
    opens: int
    opens_by_people: int
    clicks: int
    clicks_by_people: int


class StepTaken(msgspec.Struct):
    """What became of a step. `said` says why, `detail` the same in words of others; `mail`: of a step that sent one."""

    step_id: str
    kind: str
    status: StepStatus
    branch: str
    detail: str
    attempt: int
    at: datetime
    mail: StepMail | None = None
    said: Explained | None = None

    def __post_init__(self) -> None:
        if self.said is None:
            self.detail, self.said = told(self.detail)


class EnrollmentHistory(EnrollmentView):
    steps: list[StepTaken] = []


class Enrolled(msgspec.Struct):
    """`enrollment` is null where the contact did not come in: `reason` and `said` say why."""

    enrollment: EnrollmentView | None
    reason: str = ""
    detail: str = ""
    said: Explained | None = None

    def __post_init__(self) -> None:
        if self.said is None:
            self.detail, self.said = told(self.detail)


class EntryRefusal(msgspec.Struct):
    """Why somebody was kept out. What the reader may not see is said by the code `conversation_not_visible`, and `entry_key` is empty."""

    reason: str
    detail: str
    entry_key: str
    times: int
    at: datetime
    said: Explained | None = None

    def __post_init__(self) -> None:
        if self.said is None:
            self.detail, self.said = told(self.detail)


class ContactWorkflow(msgspec.Struct):
    """A workflow as one contact knows it: his runs, newest first, and why he is in it or not. `refusal`: when its trigger last came in vain.

    `reason`: a word for it. More of it says the run that is `inside` or ended last, or the refusal, where that is the reason.
    """

    workflow_id: int
    name: str
    status: Status
    enrollments: list[EnrollmentView]
    refusal: EntryRefusal | None
    reason: str


class WorkflowTemplate(msgspec.Struct):
    """A definition ready to adapt. `problems`: what is still to be chosen here, before it can be published."""

    key: str
    name: str
    description: str
    trigger_type: str
    definition: dict[str, Any]
    problems: list[Problem]


class WorkflowFigures(msgspec.Struct):
    """Of a workflow's runs that began within some days: how many, and how many of those finished or left.

    `is_least`: there are more than are counted, which are the newest.
    """

    workflow_id: int
    entered: int
    completed: int
    exited: int
    is_least: bool


class StepInfo(msgspec.Struct):
    """`config`: what may be set, as a JSON Schema."""

    name: str
    title: str
    branches: list[str]
    acts: bool
    reaches: bool
    config: dict[str, Any] = {}


class TriggerInfo(msgspec.Struct):
    """`config`: what may be chosen, as a JSON Schema."""

    name: str
    title: str
    event: str
    config: dict[str, Any] = {}


class ReadableField(msgspec.Struct):
    """What conditions may read, besides what the trigger tells. `kind` is JSON's word for its values."""

    name: str
    kind: Literal["str", "float", "array", "object"]


class WorkflowParts(msgspec.Struct):
    """All that definitions here may be made of."""

    steps: list[StepInfo]
    triggers: list[TriggerInfo]
    fields: list[ReadableField] = []
    operators: list[str] = []
