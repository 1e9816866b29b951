"""Rows of what the AI agent proposes to do."""

from piccolo.columns import JSONB, BigInt, Text, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import OrganizationTable


class ToolCall(OrganizationTable, tablename="ai_tool_calls"):
    """A change that needs a person's approval: `tool` with `arguments`, for `contact_id` as he was when it was proposed.

    `digest` is of the arguments: the same call is proposed once at a time in a conversation. `status` is a `structs.Status`.
    """

    conversation_id = BigInt(null=False)
    contact_id = BigInt(null=False)
    decision_id = BigInt(null=True, default=None)
    tool = Varchar(length=60, null=False)
    title = Varchar(length=200, null=False)
    language = Varchar(length=3, null=False, default="")
    arguments = JSONB(null=False, default="{}")
    digest = Varchar(length=64, null=False)
    preview = JSONB(null=False, default="[]")
    status = Varchar(length=9, null=False, default="proposed")
    text = Text(null=False, default="")
    facts = JSONB(null=False, default="[]")
    trouble = Varchar(length=200, null=False, default="")
    proposed_at = Timestamptz(null=False, default=TimestamptzNow())
    decided_by = Varchar(length=200, null=False, default="")
    decided_at = Timestamptz(null=True, default=None)
    ended_at = Timestamptz(null=True, default=None)
