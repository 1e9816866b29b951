"""Rows of the AI agent's decisions: the receipt of every answer and every handoff."""

from piccolo.columns import JSONB, BigInt, Integer, Real, Text, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import OrganizationTable


class Decision(OrganizationTable, tablename="ai_decisions"):
    """Why the AI agent did what it did for the customer's messages up to `trigger_seq`.

    `reason` is a `HandoffReason`, or `covered`, `small_talk`, `superseded`; `detail` names the hard rule and the
    words that set it off. `passages` holds what was retrieved with its scores, `signals` what the confidence was
    computed from. The message that went out refers here by `messages.decision_id`.
    """

    conversation_id = BigInt(null=False)
    trigger_seq = BigInt(null=False)
    outcome = Varchar(length=12, null=False)
    reason = Varchar(length=30, null=False)
    detail = Varchar(length=200, null=False, default="")
    confidence = Real(null=True, default=None)
    threshold = Real(null=False)
    question = Text(null=False, default="")
    draft = Text(null=False, default="")
    signals = JSONB(null=False, default="{}")
    passages = JSONB(null=False, default="[]")
    model = Varchar(length=80, null=False, default="extractive")
    latency_ms = Integer(null=False, default=0)
    created_at = Timestamptz(null=False, default=TimestamptzNow())
