"""Contacts of all kinds, with what they did; the same dice for every run."""

import random
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from core.access import Actor
from core.database import pool
from core.extend.segments import Facts, SegmentField
from migrations.support import tenant
from tests.segments.oracle import DID, Known

TEXTS = ["Ida", "ida ash", "IDA@Example.com", "ö", "Öde", "100%", "a_b", "\\", "x'--", "%"]
WORDS = ["i", "DA", "e", "ö", "_", "\\", "'"]
NUMBERS = [0, 1, -1, 3, 0.1, 0.30000000000000004, 2.5, 10**15, 1e-7]
TAGS = ["vip", "VIP", "late", "a b"]
STATUSES = ["subscribed", "unsubscribed", "bounced"]
CHANNELS = ["chat", "email"]
KEYS = ["city", "points", "is club", "'\"\\"]
ADD = """
INSERT INTO contacts (organization_id, email, first_name, last_name, phone, tags, custom_fields, subscription_status, source, external_id,
                      last_order_date, total_order_value, order_count, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) RETURNING *
"""
TABLE = f"""
CREATE TABLE village_facts (organization_id bigint NOT NULL, kind text NOT NULL, who bigint, how jsonb NOT NULL, happened timestamptz NOT NULL);
CREATE INDEX village_facts_who ON village_facts (organization_id, who);
{tenant("village_facts")}
"""
DROP = "DROP TABLE village_facts"
DO = "INSERT INTO village_facts (organization_id, kind, who, how, happened) VALUES ($1, $2, $3, $4, $5)"
CHANNEL = SegmentField(
    name="channel", label="Channel", kind="choice", sql="e.how ->> 'channel'", choices={"chat": "Chat", "email": "E-mail"}
)
FIELDS = tuple(
    SegmentField(
        name=f"village.{kind}", label=kind, kind="facts", properties=(CHANNEL,),
        facts=Facts(table="village_facts", contact="who", at="happened", where=f"e.kind = '{kind}'"),
    )
    for kind in DID
)  # fmt: skip


async def people(actor: Actor, now: datetime, *, count: int = 80, seed: int = 1) -> list[Known]:
    """So many contacts of the actor's organization. What they did lies half a day off every number of days."""
    dice = random.Random(seed)
    found = []
    for number in range(count):
        row = dict(await pool().fetchrow(ADD, actor.organization_id, *_contact(dice, now, number)))
        known = Known(row)
        for _ in range(dice.choice([0, 0, 1, 2, 5])):
            known.did.append((dice.choice(DID), _when(dice, now), _how(dice)))
        for kind, at, how in known.did:
            await pool().execute(DO, actor.organization_id, kind, known.id, how, at)
        found.append(known)
    return found


def _contact(dice: random.Random, now: datetime, number: int) -> tuple[Any, ...]:
    def maybe(value: Any) -> Any:
        return value if dice.random() < 0.7 else None

    custom = {key: dice.choice([*TEXTS, *NUMBERS, True, False, None, ""]) for key in KEYS if dice.random() < 0.6}
    return (
        maybe(dice.choice(TEXTS)), maybe(dice.choice(TEXTS)) or "", maybe(dice.choice(TEXTS)) or "", maybe(dice.choice(TEXTS)),
        dice.sample(TAGS, dice.choice([0, 0, 1, 2, 3])), custom, dice.choice(STATUSES), maybe(dice.choice(TEXTS)) or "",
        maybe(f"id-{number}"), maybe(_when(dice, now)), dice.choice([Decimal(0), Decimal("0.10"), Decimal("2.5"), Decimal(1000)]),
        dice.choice([0, 0, 1, 3, 7]), _when(dice, now),
    )  # fmt: skip


def _when(dice: random.Random, now: datetime) -> datetime:
    days = dice.choice([0.5, 3.5, 6.5, 7.5, 29.5, 30.5, 200.5, 400.5, -5.5])
    return (now - timedelta(days=days)).astimezone(UTC)


def _how(dice: random.Random) -> dict[str, Any]:
    return {"channel": dice.choice(CHANNELS)} if dice.random() < 0.8 else {}
