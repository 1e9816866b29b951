"""Who is in a segment, by plain Python over plain rows: written from the words of the README, not from the SQL."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

OPPOSITES = {
    "is_not": "is", "is_none_of": "is_one_of", "not_contains": "contains", "is_not_set": "is_set", "not_in_last_days": "in_last_days",
    "has_not": "has", "has_none": "has_any", "did_not": "did",
}  # fmt: skip
KINDS = {
    "email": "text", "first_name": "text", "last_name": "text", "phone": "text", "source": "text", "external_id": "text", "tags": "tags",
    "custom": "custom", "subscription_status": "choice", "created_at": "moment", "last_order_date": "moment", "order_count": "number",
    "total_order_value": "number",
}  # fmt: skip
DID = ("came", "wrote", "went")


@dataclass
class Known:
    """A contact as its row says, and what it did: kind, when, and how."""

    row: dict[str, Any]
    did: list[tuple[str, datetime, dict[str, Any]]] = field(default_factory=list)

    @property
    def id(self) -> int:
        return int(self.row["id"])


@dataclass
class Village:
    """All there is: contacts, segments by id (a tree, or the ids on a list), and what time it is."""

    contacts: list[Known]
    segments: dict[int, dict[str, Any] | set[int]]
    now: datetime

    def chosen(self, tree: dict[str, Any]) -> set[int]:
        return {contact.id for contact in self.contacts if self.holds(tree, contact)}

    def holds(self, tree: dict[str, Any], contact: Known) -> bool:
        if "all" in tree:
            return all(self.holds(part, contact) for part in tree["all"])
        if "any" in tree:
            return any(self.holds(part, contact) for part in tree["any"])
        if "not" in tree:
            return not self.holds(tree["not"], contact)
        if "segment" in tree:
            named = self.segments[tree["segment"]]
            return contact.id in named if isinstance(named, set) else self.holds(named, contact)
        if tree["op"] in OPPOSITES:
            return not self.holds(tree | {"op": OPPOSITES[tree["op"]]}, contact)
        owner, _, name = tree["field"].partition(".")
        if owner == "village":
            return self.often(tree, contact, name) >= tree.get("times", 1)
        value = contact.row["custom_fields"].get(tree["key"]) if name == "custom" else contact.row[name]
        return self.compares(KINDS[name], value, tree["op"], tree.get("value"))

    def often(self, tree: dict[str, Any], contact: Known, kind: str) -> int:
        since = datetime.min.replace(tzinfo=UTC) if tree.get("days") is None else self.now - timedelta(days=tree["days"])
        return sum(
            each == kind and since < at <= self.now and all(self.fits(part, how) for part in tree.get("where", []))
            for each, at, how in contact.did
        )

    def fits(self, part: dict[str, Any], how: dict[str, Any]) -> bool:
        op = OPPOSITES.get(part["op"], part["op"])
        return self.compares("choice", how.get(part["field"]), op, part.get("value")) is (op == part["op"])

    def compares(self, kind: str, x: Any, op: str, value: Any) -> bool:
        if op == "is_set":
            return x not in (None, "", [])
        if x is None:
            return False
        if kind == "custom":
            kind = "text" if isinstance(value, str | list) else "boolean" if isinstance(value, bool) else "number"
            held = "boolean" if isinstance(x, bool) else "text" if isinstance(x, str) else "number"
            if kind != held:
                return False
        if kind == "moment":
            return self.is_at(x, op, value)
        if kind == "tags":
            return {
                "has": lambda: value in x,
                "has_any": lambda: bool(set(value) & set(x)),
                "has_all": lambda: set(value) <= set(x),
            }[op]()
        if kind == "number":
            x, v = Decimal(repr(x)) if isinstance(x, float) else Decimal(x), Decimal(repr(value))
            return {"is": x == v, "lt": x < v, "lte": x <= v, "gt": x > v, "gte": x >= v}[op]
        if kind == "text":
            x, value = x.lower(), [each.lower() for each in value] if isinstance(value, list) else value.lower()
        return {
            "is": lambda: x == value, "is_one_of": lambda: x in value, "contains": lambda: value in x,
            "starts_with": lambda: x.startswith(value), "ends_with": lambda: x.endswith(value),
        }[op]()  # fmt: skip

    def is_at(self, x: datetime, op: str, value: Any) -> bool:
        if op == "in_last_days":
            return self.now - timedelta(days=value) < x <= self.now
        then = datetime.fromisoformat(value.replace("Z", "+00:00"))
        then = then if then.tzinfo else then.replace(tzinfo=UTC)
        return x < then if op == "before" else x > then
