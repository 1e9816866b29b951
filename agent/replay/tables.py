"""Rows of changes that were tried on questions of the past."""

from decimal import Decimal

from piccolo.columns import JSONB, BigInt, Boolean, DoublePrecision, Integer, Numeric, Text, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import OrganizationTable


class Replay(OrganizationTable, tablename="ai_replays"):
    """A change, tried on `total` questions, of which `done` are asked by now. `kind`: `article`, an article as it would be, or `writing`.

    `title`, `body` and `language` are of the article, whatever becomes of it meanwhile. Of `writing` it is a language model by `name` (empty:
    the installation's), `base_url`, `instructions` and prices, whatever the organization chooses meanwhile; `title` is the model's name. `keyed`: a
    key was given for it; `sealed_key` is that one, and stands there only while it runs. `failures`: how often in a row the model failed.
    `reason` and `trouble` say why it failed. `turn` goes up with every piece and whenever it is taken up again: a job of an earlier turn
    does nothing any more.
    """

    status = Varchar(length=8, null=False, default="running")
    turn = Integer(null=False, default=1)
    article_id = BigInt(null=True, default=None)
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
    kind = Varchar(length=8, null=False, default="article")
    name = Varchar(length=121, null=False, default="")
    base_url = Varchar(length=320, null=False, default="")
    instructions = Text(null=False, default="")
    price_in = DoublePrecision(null=False, default=0.0)
    price_out = DoublePrecision(null=False, default=0.0)
    keyed = Boolean(null=False, default=False)
    sealed_key = Text(null=False, default="")
    tokens_in = BigInt(null=False, default=0)
    tokens_out = BigInt(null=False, default=0)
    cost = Numeric(digits=(14, 6), null=False, default=Decimal(0))
    failures = Integer(null=False, default=0)
    reason = Varchar(length=16, null=False, default="")
    trouble = Varchar(length=200, null=False, default="")
    same = Integer(null=False, default=0)


class ReplayCase(OrganizationTable, tablename="ai_replay_cases"):
    """One question of a replay: that of the decision. Its words stay there, and the case goes with it.

    `before` and `after` are `learning.dry.Would`: what would come of it now (of `writing`: what did), and with the change; null while it waits.
    `answer` is the difference: gained, lost, changed, or empty; `escalation`: gained or lost, or empty.
    """

    replay_id = BigInt(null=False)
    decision_id = BigInt(null=False)
    answer = Varchar(length=8, null=False, default="")
    escalation = Varchar(length=8, null=False, default="")
    before = JSONB(null=True, default=None)
    after = JSONB(null=True, default=None)
