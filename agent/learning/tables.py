"""Rows of what the AI agent is to learn."""

from piccolo.columns import BigInt, Boolean, Bytea, DoublePrecision, Integer, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import OrganizationTable


class Gap(OrganizationTable, tablename="ai_gaps"):
    """Questions that mean about the same, which the AI agent could not answer. Holds none of their words: these stay with the decisions.

    `status`: `open`; `written`: an article was begun for it, `article_id`; `assigned`: that article is said to answer it; `dismissed`: nothing
    for the AI agent. `decided_by` is who said so at `decided_at`.
    """

    status = Varchar(length=10, null=False, default="open")
    article_id = BigInt(null=True, default=None)
    decided_by = Varchar(length=200, null=False, default="")
    decided_at = Timestamptz(null=True, default=None)
    created_at = Timestamptz(null=False, default=TimestamptzNow())


class Unanswered(OrganizationTable, tablename="ai_unanswered"):
    """A decision whose question stays unanswered, and the gap that it belongs to.

    `vector` is what the question means by `model`: 32-bit floats, little end first; empty where only its words can be compared.
    """

    gap_id = BigInt(null=False)
    decision_id = BigInt(null=False)
    asked_at = Timestamptz(null=False, default=TimestamptzNow())
    model = Varchar(length=200, null=False, default="")
    vector = Bytea(null=False, default=b"")


class Proposal(OrganizationTable, tablename="ai_proposals"):
    """A review with a better text, as a change of the article that was quoted. What changes is made of the article as it is when somebody looks.

    `heading` names the section; `version` is the article's that came of it.
    """

    review_id = BigInt(null=False)
    article_id = BigInt(null=False)
    heading = Varchar(length=300, null=False, default="")
    status = Varchar(length=10, null=False, default="open")
    version = Integer(null=True, default=None)
    decided_by = Varchar(length=200, null=False, default="")
    decided_at = Timestamptz(null=True, default=None)
    created_at = Timestamptz(null=False, default=TimestamptzNow())


class Check(OrganizationTable, tablename="ai_checks"):
    """A question that must go on being answered from an article (`expects` answer; without `article_id` from any), or handed over (handover)."""

    question = Varchar(length=500, null=False)
    expects = Varchar(length=8, null=False)
    article_id = BigInt(null=True, default=None)
    source = Varchar(length=8, null=False)
    created_by = Varchar(length=200, null=False, default="")
    created_at = Timestamptz(null=False, default=TimestamptzNow())


class Evaluation(OrganizationTable, tablename="ai_evaluations"):
    """One run of all checks: `done` of `total`.

    Counts stand once it has ended; `recall` and `confidence` are null where there is nothing to measure. `trouble` says why it failed.
    """

    status = Varchar(length=8, null=False, default="running")
    total = Integer(null=False, default=0)
    done = Integer(null=False, default=0)
    held = Integer(null=False, default=0)
    answered_right = Integer(null=False, default=0)
    wrong_article = Integer(null=False, default=0)
    handed_over = Integer(null=False, default=0)
    broken = Integer(null=False, default=0)
    mended = Integer(null=False, default=0)
    recall = DoublePrecision(null=True, default=None)
    confidence = DoublePrecision(null=True, default=None)
    started_by = Varchar(length=200, null=False, default="")
    started_at = Timestamptz(null=False, default=TimestamptzNow())
    finished_at = Timestamptz(null=True, default=None)
    trouble = Varchar(length=8, null=False, default="")


class CheckResult(OrganizationTable, tablename="ai_check_results"):
    """What one run made of one check. `found`: its article was among the first five passages; `changed`: broken or mended since the run before."""

    evaluation_id = BigInt(null=False)
    check_id = BigInt(null=False)
    outcome = Varchar(length=12, null=False)
    article_id = BigInt(null=True, default=None)
    title = Varchar(length=200, null=False, default="")
    confidence = DoublePrecision(null=True, default=None)
    held = Boolean(null=False)
    found = Boolean(null=True, default=None)
    changed = Varchar(length=8, null=False, default="")


class Pin(OrganizationTable, tablename="ai_pins"):
    """Which calibrator is in use for one way of answering, whatever is learned since; `calibrator_id` null: the shipped weights."""

    mode = Varchar(length=12, null=False)
    model = Varchar(length=80, null=False)
    prompt_version = Varchar(length=40, null=False)
    head = Varchar(length=120, null=False)
    calibrator_id = BigInt(null=True, default=None)
    pinned_by = Varchar(length=200, null=False, default="")
    created_at = Timestamptz(null=False, default=TimestamptzNow())
