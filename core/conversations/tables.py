"""Rows of conversations, of their subjects, of what happened to them, of how many there are, and of how far each agent has read."""

from piccolo.columns import JSONB, Array, BigInt, Boolean, Integer, Text, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import OrganizationTable


class Conversation(OrganizationTable, tablename="conversations"):
    """A ticket. `version` grows with every change, `token` is its name outside.

    `last_seq` numbers its messages, notes included; `public_seq` is the last one that is no note.

    `handler_epoch` grows at each takeover, assignment or human message: what the AI agent began before is void.
    `waiting_since`: the customer's first message that no human or AI has answered yet. `contact_name` is kept in step
    with the contact by triggers, so that lists and events need no second row. `handler` ai means nobody is assigned.
    """

    number = BigInt(null=False)
    token = Varchar(length=40, null=False, unique=True)
    client_id = Varchar(length=64, null=True, default=None)
    inbox_id = BigInt(null=False)
    contact_id = BigInt(null=True, default=None)
    contact_name = Text(null=False, default="")
    channel = Varchar(length=10, null=False, default="chat")
    subject = Varchar(length=300, null=False, default="")
    status = Varchar(length=10, null=False, default="open")
    priority = Varchar(length=10, null=False, default="medium")
    category = Varchar(length=80, null=True, default=None)
    tags = Array(base_column=Text(), null=False, default=list)
    assignee_id = BigInt(null=True, default=None)
    team_id = BigInt(null=True, default=None)
    handler = Varchar(length=6, null=False, default="human")
    handler_epoch = Integer(null=False, default=0)
    snoozed_until = Timestamptz(null=True, default=None)
    waiting_since = Timestamptz(null=True, default=None)
    preview = Varchar(length=200, null=False, default="")
    last_seq = BigInt(null=False, default=0)
    public_seq = BigInt(null=False, default=0)
    last_activity_at = Timestamptz(null=False, default=TimestamptzNow())
    contact_read_seq = BigInt(null=False, default=0)
    first_response_at = Timestamptz(null=True, default=None)
    resolved_at = Timestamptz(null=True, default=None)
    closed_at = Timestamptz(null=True, default=None)
    version = BigInt(null=False, default=0)
    created_at = Timestamptz(null=False, default=TimestamptzNow())


class TimelineEntry(OrganizationTable, tablename="timeline_entries"):
    """One quiet line of a thread: assigned, snoozed, resolved … It stands after message `after_seq`."""

    conversation_id = BigInt(null=False)
    after_seq = BigInt(null=False)
    kind = Varchar(length=30, null=False)
    by = JSONB(null=False)
    data = JSONB(null=False, default="{}")
    created_at = Timestamptz(null=False, default=TimestamptzNow())


class ReadMark(OrganizationTable, tablename="read_marks"):
    """How far an agent has read a conversation; it only grows.

    `active` holds for every mark on an active conversation (a trigger sees to it), and may for others: those few lie together in the index.
    """

    conversation_id = BigInt(null=False)
    user_id = BigInt(null=False)
    seq = BigInt(null=False, default=0)
    active = Boolean(null=False, default=True)


class ConversationSubject(OrganizationTable, tablename="conversation_subjects"):
    """A conversation's subject once more, kept by a trigger, with an index of its words."""

    conversation_id = BigInt(null=False)
    subject = Varchar(length=300, null=False, default="")


class ConversationCount(OrganizationTable, tablename="conversation_counts"):
    """How many active conversations (open or pending, not snoozed) have these values: the sum of `n` over rows that are only ever added.

    A conversation stands in the sum of all (`assignee_id` null) and, once it has an assignee, in theirs too. `holder`: user, ai, nobody.
    A trigger adds rows when a conversation's values change; `core.conversations.counters` folds them (`folded`).
    """

    inbox_id = BigInt(null=False)
    team_id = BigInt(null=True, default=None)
    assignee_id = BigInt(null=True, default=None)
    holder = Varchar(length=6, null=False)
    n = Integer(null=False)
    folded = Boolean(null=False, default=False)
