"""Rows of the AI agent's decisions: the receipt of every answer and every handoff, what people said of them, and what was learned from that."""

from decimal import Decimal

from piccolo.columns import JSONB, BigInt, Date, DoublePrecision, Integer, Numeric, Real, Text, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import OrganizationTable


class Decision(OrganizationTable, tablename="ai_decisions"):
    """Why the AI agent did what it did for the customer's messages up to `trigger_seq`.

    `reason` is a `HandoffReason`, or `covered`, `looked_up`, `small_talk`, `superseded`, `article_changed`; `detail` is the words that set off
    a hard rule, a tool's title or the kind of small talk, `trouble` what a language model did wrong, or what was changed meanwhile. `passages`
    holds what was retrieved with its scores, `signals` what the confidence was computed from; `mode`, `model`, `prompt_version` and `head`
    say what made it. The message that went out refers here by `messages.decision_id`. Two generated columns stand in the migration:
    `distance`, how far the confidence lay from the threshold, and `audited`, whether the decision belongs to the random tenth that people
    are asked to look at.
    """

    conversation_id = BigInt(null=False)
    trigger_seq = BigInt(null=False)
    outcome = Varchar(length=12, null=False)
    reason = Varchar(length=30, null=False)
    detail = Varchar(length=200, null=False, default="")
    trouble = Varchar(length=200, null=False, default="")
    confidence = Real(null=True, default=None)
    threshold = Real(null=False)
    question = Text(null=False, default="")
    draft = Text(null=False, default="")
    signals = JSONB(null=False, default="{}")
    passages = JSONB(null=False, default="[]")
    model = Varchar(length=80, null=False, default="extractive")
    latency_ms = Integer(null=False, default=0)
    tokens_in = Integer(null=False, default=0)
    tokens_out = Integer(null=False, default=0)
    cost = Numeric(digits=(14, 6), null=False, default=Decimal(0))
    created_at = Timestamptz(null=False, default=TimestamptzNow())
    mode = Varchar(length=12, null=False, default="")
    prompt_version = Varchar(length=40, null=False, default="")
    head = Varchar(length=120, null=False, default="")


class Review(OrganizationTable, tablename="ai_reviews"):
    """What a member of staff said of a decision's draft; one each, the last counts.

    `label`: 1 if it could go out as it was, or nearly so. `propensity`: how likely the decision was to be put before people (1: it was
    unsure; 0.1: the random tenth); null where somebody looked at it unasked. `message_id`: the reply that said it, where one did.
    `former`: what its writer had said of it before that, by hand; so much holds again if the reply is taken back.
    """

    decision_id = BigInt(null=False)
    user_id = BigInt(null=False)
    user_name = Varchar(length=200, null=False, default="")
    verdict = Varchar(length=10, null=False)
    reason = Varchar(length=20, null=True, default=None)
    content = Text(null=False, default="")
    label = Real(null=False)
    propensity = Real(null=True, default=None)
    message_id = BigInt(null=True, default=None)
    former = JSONB(null=True, default=None)
    created_at = Timestamptz(null=False, default=TimestamptzNow())
    updated_at = Timestamptz(null=False, default=TimestamptzNow())


class Calibrator(OrganizationTable, tablename="ai_calibrators"):
    """What an organization's reviews made of the shipped weights, for one way of answering; the newest of each way is in use.

    `n` decisions were reviewed; `ece`, `brier`, `auroc` and `bins` are of weights that had not seen the reviews they are measured on. `asked` is
    the organization's threshold at that time, `threshold` the one in force, `why` a `calibration.Why`; `lower` bounds `accuracy` from below.
    """

    mode = Varchar(length=12, null=False)
    model = Varchar(length=80, null=False)
    prompt_version = Varchar(length=40, null=False)
    head = Varchar(length=120, null=False)
    weights = JSONB(null=False)
    n = Integer(null=False)
    ece = DoublePrecision(null=False)
    brier = DoublePrecision(null=False)
    auroc = DoublePrecision(null=False)
    bins = JSONB(null=False)
    asked = DoublePrecision(null=False)
    threshold = DoublePrecision(null=False)
    why = Varchar(length=10, null=False)
    accuracy = DoublePrecision(null=True, default=None)
    lower = DoublePrecision(null=True, default=None)
    created_at = Timestamptz(null=False, default=TimestamptzNow())


class CopilotRequest(OrganizationTable, tablename="ai_copilot"):
    """What an agent asked of the copilot; kept for an hour. `asked` and `result` are the structs of `copilot/structs.py`.

    `status`: `working`, `done`, or `failed` with `trouble` as a sentence.
    """

    user_id = BigInt(null=False)
    conversation_id = BigInt(null=False)
    kind = Varchar(length=10, null=False)
    asked = JSONB(null=False, default="{}")
    status = Varchar(length=10, null=False, default="working")
    result = JSONB(null=False, default="{}")
    trouble = Varchar(length=200, null=False, default="")
    created_at = Timestamptz(null=False, default=TimestamptzNow())


class LanguageModel(OrganizationTable, tablename="ai_models"):
    """The language model that an organization chose, one row at most. `sealed_key` can be opened by this installation alone.

    `name`: `provider:model`, empty for none of its own. `monthly_tokens` null: no bound. Prices are per million tokens.
    """

    name = Varchar(length=121, null=False, default="")
    base_url = Varchar(length=320, null=False, default="")
    sealed_key = Text(null=False, default="")
    instructions = Text(null=False, default="")
    monthly_tokens = BigInt(null=True, default=None)
    price_in = DoublePrecision(null=False, default=0.0)
    price_out = DoublePrecision(null=False, default=0.0)
    tried_at = Timestamptz(null=True, default=None)
    trouble = Varchar(length=200, null=False, default="")


class Usage(OrganizationTable, tablename="ai_usage"):
    """What one model used on one day (UTC), also for answers that were never sent."""

    day = Date(null=False)
    model = Varchar(length=121, null=False)
    calls = Integer(null=False, default=0)
    tokens_in = BigInt(null=False, default=0)
    tokens_out = BigInt(null=False, default=0)
    cost = Numeric(digits=(14, 6), null=False, default=Decimal(0))
