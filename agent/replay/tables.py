"""Rows of changes that were tried on questions of the past."""

from piccolo.columns import JSONB, BigInt, Integer, Text, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import OrganizationTable


class Replay(OrganizationTable, tablename="ai_replays"):
    """An article as it would be, tried on `total` questions, of which `done` are asked by now.

    `title`, `body` and `language` are what is tried, whatever becomes of the article meanwhile. `turn` counts how often it was begun or taken up
    again: a job of an earlier turn does nothing any more.
    """

    status = Varchar(length=8, null=False, default="running")
    turn = Integer(null=False, default=1)
    article_id = BigInt(null=False)
    title = Varchar(length=200, null=False, default="")
    body = Text(null=False, default="")
    language = Varchar(length=3, null=False, default="")
    total = Integer(null=False, default=0)
    done = Integer(null=False, default=0)
    answers_gained = Integer(null=False, default=0)
    answers_lost = Integer(null=False, default=0)
    answers_changed = Integer(null=False, default=0)
    escalations_gained = Integer(null=False, default=0)
    escalations_lost = Integer(null=False, default=0)
    started_by = Varchar(length=200, null=False, default="")
    started_at = Timestamptz(null=False, default=TimestamptzNow())
    finished_at = Timestamptz(null=True, default=None)


class ReplayCase(OrganizationTable, tablename="ai_replay_cases"):
    """One question of a replay: that of the decision. Its words stay there, and the case goes with it.

    `before` and `after` are `learning.dry.Would`: what would come of it now, and with the change; null while it waits. `answer` is the difference:
    gained, lost, changed, or empty; `escalation`: gained or lost, or empty.
    """

    replay_id = BigInt(null=False)
    decision_id = BigInt(null=False)
    answer = Varchar(length=8, null=False, default="")
    escalation = Varchar(length=8, null=False, default="")
    before = JSONB(null=True, default=None)
    after = JSONB(null=True, default=None)
