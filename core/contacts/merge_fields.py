"""What a mail can say of the contact that it goes to."""

from collections.abc import Sequence
from typing import Any

from core.access import Actor
from core.database import read
from core.extend.merging import MergeField, Recipient, Values

COLUMNS = (
    "email",
    "first_name",
    "last_name",
    "phone",
    "tags",
    "custom_fields",
    "last_order_date",
    "total_order_value",
    "order_count",
)
NAMES = ("first_name", "last_name")
LOAD = f"SELECT id, declared, {', '.join(COLUMNS)} FROM contacts WHERE organization_id = $1 AND id = ANY ($2::bigint[])"


async def load(actor: Actor, recipients: Sequence[Recipient]) -> list[Values]:
    async with read(actor) as db:
        rows = await db.fetch_rows(LOAD, actor.organization_id, [one.contact_id for one in recipients])
    known = {row["id"]: _values(row) for row in rows}
    return [known.get(one.contact_id, {}) for one in recipients]


def _values(row: Any) -> Values:
    """A name that a visitor typed beside an address that he typed too is a stranger's words to whoever reads mail there: it is missing."""
    found = {f"contact.{name}": row[name] for name in COLUMNS}
    if "email" in row["declared"]:
        found |= {f"contact.{name}": "" for name in NAMES if name in row["declared"]}
    return found | {"contact.name": " ".join(found[f"contact.{name}"] for name in NAMES).strip()}


FIELDS = (
    MergeField(name="contact.first_name", title="First name", sample="Ida", load=load),
    MergeField(name="contact.last_name", title="Last name", sample="Moreno", load=load),
    MergeField(name="contact.name", title="Name", sample="Ida Moreno", load=load),
    MergeField(name="contact.email", title="E-mail address", sample="ida@example.com", load=load),
    MergeField(name="contact.phone", title="Telephone", sample="+1 555 0100", load=load),
    MergeField(name="contact.tags", title="Tags", sample=["vip"], load=load),
    MergeField(name="contact.order_count", title="Number of orders", kind="number", sample=3, load=load),
    MergeField(name="contact.total_order_value", title="Value of all orders", kind="money", sample="120.00", load=load),
    MergeField(name="contact.last_order_date", title="Date of the last order", kind="date", sample="2026-11-02", load=load),
    MergeField(name="contact.custom_fields", title="Own fields", kind="map", sample={}, load=load),
)
