"""What crosses the edge about the language model that an organization writes with."""

from datetime import datetime
from typing import Annotated

import msgspec

from core import texts


class Writing(msgspec.Struct, forbid_unknown_fields=True):
    """`name`: `openai:model`; empty: no model of its own. `base_url`: a server that speaks like OpenAI's; empty: OpenAI's own.

    `key`: absent keeps what is stored, empty removes it. `instructions`: how answers shall sound. Prices are per million tokens, in whatever
    currency the provider bills; they turn into the cost on receipts.
    """

    name: Annotated[str, msgspec.Meta(pattern=r"^(?:[a-z0-9_]{1,40}:[!-~]{1,80})?\Z", max_length=121)]
    base_url: Annotated[str, msgspec.Meta(pattern=r"^(?:https?://[\x21\x22\x24-\x3e\x41-\x7e]{1,300})?\Z", max_length=320)] = ""
    key: Annotated[str, msgspec.Meta(max_length=400, pattern=r"^[\x21-\x7e]*\Z")] | msgspec.UnsetType = msgspec.UNSET
    instructions: Annotated[str, msgspec.Meta(max_length=2000, pattern=texts.TEXT)] = ""
    price_in: Annotated[float, msgspec.Meta(ge=0, le=10**5)] = 0
    price_out: Annotated[float, msgspec.Meta(ge=0, le=10**5)] = 0


class ModelInput(Writing, forbid_unknown_fields=True):
    """What answers are written with from now on. `monthly_tokens` bounds what is read and written a month (UTC); null: no bound."""

    monthly_tokens: Annotated[int, msgspec.Meta(ge=0, le=10**12)] | None = None


class ModelView(msgspec.Struct, frozen=True):
    """How an organization's AI agent writes. The key is never shown: `has_key` says that there is one.

    `in_use`: the model that answers now, the organization's own or the installation's; empty: it quotes articles word for word.
    `paused`: the month's tokens are used up, so it quotes until the next. `tried_at`, `trouble`: when the model was last tried, and what was
    wrong then (empty: nothing).
    """

    name: str
    base_url: str
    has_key: bool
    instructions: str
    monthly_tokens: int | None
    price_in: float
    price_out: float
    in_use: str
    paused: bool
    tried_at: datetime | None
    trouble: str


class UsageDay(msgspec.Struct, frozen=True):
    """What one model read and wrote on one day (UTC), also for answers that were never sent. `cost` is in the provider's currency."""

    day: str
    model: str
    calls: int
    tokens_in: int
    tokens_out: int
    cost: float
