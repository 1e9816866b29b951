"""Stripe: charges and the events about them, the newest first; an endpoint's secret is told once."""

from copy import deepcopy
from datetime import timedelta
from decimal import Decimal
from typing import Any

from tests.commerce.fakes.serving import Asked, Reply, Server, now

KEY = "sk_test_1"


class Stripe(Server):
    def __init__(self, breaks_every: int = 0) -> None:
        super().__init__(breaks_every)
        self.charges: dict[str, dict[str, Any]] = {}
        self.events: list[dict[str, Any]] = []
        self.endpoints: list[dict[str, Any]] = []
        self.limits_every = 0
        self.keys: set[str] = set()

    def begin(self, count: int) -> None:
        for number in range(count):
            self._charge(int((now() - timedelta(days=60) + timedelta(minutes=7 * number)).timestamp()))
        for charge in self.charges.values():
            charge |= {"status": "succeeded", "captured": True}

    def _charge(self, at: int) -> dict[str, Any]:
        number = len(self.charges)
        charge = {
            "id": f"ch_{number:05}", "object": "charge", "amount": 1000 + number, "amount_refunded": 0, "currency": "eur", "created": at,
            "status": "pending", "captured": False, "billing_details": {"email": f"buyer{number % 17}@example.org", "name": "Ida Ash"},
        }  # fmt: skip
        self.charges[charge["id"]] = charge
        return charge

    def ids(self) -> list[str]:
        return list(self.charges)

    def _event(self, topic: str, charge: dict[str, Any]) -> tuple[str, Any]:
        event = {
            "id": f"evt_{len(self.events):05}", "object": "event", "type": topic, "created": int(now().timestamp()),
            "data": {"object": deepcopy(charge)},
        }  # fmt: skip
        self.events.append(event)
        return topic, event

    def buy(self) -> tuple[str, Any]:
        return self._event("charge.pending", self._charge(int(now().timestamp())))

    def go_on(self, order_id: str) -> tuple[str, Any] | None:
        charge = self.charges[order_id]
        if charge["status"] == "pending":
            charge |= {"status": "succeeded", "captured": True}
            return self._event("charge.succeeded", charge)
        if charge["amount_refunded"] < charge["amount"]:
            charge["amount_refunded"] = charge["amount"] if charge["amount_refunded"] else 100
            return self._event("charge.refunded", charge)
        return None

    def answer(self, asked: Asked) -> Reply:
        if asked.headers.get("authorization") != f"Bearer {KEY}":
            return Reply({"error": {"type": "invalid_request_error"}}, 401)
        if self.limits_every and len(self.asked) % self.limits_every == 0:
            return Reply({"error": {"code": "rate_limit"}}, 429)
        match asked.method, asked.path.removeprefix("/v1"):
            case "GET", "/charges":
                return self._page(list(self.charges.values()), asked)
            case "GET", "/events":
                topics = asked.many.get("types[]", [])
                return self._page([event for event in self.events if not topics or event["type"] in topics], asked)
            case "GET", path if path.startswith("/charges/"):
                return Reply(self.charges[path.rpartition("/")[2]])
            case "POST", "/refunds":
                return self._refund(asked)
        return self._endpoints(asked)

    def _endpoints(self, asked: Asked) -> Reply:
        match asked.method, asked.path.removeprefix("/v1"):
            case "GET", "/webhook_endpoints":
                return Reply(
                    {
                        "object": "list",
                        "data": [{k: v for k, v in one.items() if k != "secret"} for one in self.endpoints],
                        "has_more": False,
                    }
                )
            case "POST", "/webhook_endpoints":
                made = {
                    "id": f"we_{len(self.asked)}",
                    "url": asked.form["url"][0],
                    "status": "enabled",
                    "secret": f"whsec_{len(self.asked)}",
                }
                self.endpoints.append(made)
                return Reply(made)
            case "POST", path if path.startswith("/webhook_endpoints/"):
                next(one for one in self.endpoints if one["id"] == path.rpartition("/")[2])["status"] = "enabled"
                return Reply({})
            case "DELETE", path:
                self.endpoints = [one for one in self.endpoints if one["id"] != path.rpartition("/")[2]]
                return Reply({})
        return Reply({"error": {}}, 404)

    def _refund(self, asked: Asked) -> Reply:
        """Once per key, whatever became of the answer."""
        key, coins = asked.headers["idempotency-key"], int(asked.form["amount"][0])
        made = Reply({"id": f"re_{key}", "object": "refund"})
        if key in self.keys:
            return made

        def give_back() -> None:
            self.keys.add(key)
            self.charges[asked.form["charge"][0]]["amount_refunded"] += coins

        return self.done(Decimal(coins) / 100, made, give_back)

    def _page(self, rows: list[dict[str, Any]], asked: Asked) -> Reply:
        low, high = int(asked.query.get("created[gte]", "0")), int(asked.query.get("created[lte]", "99999999999"))
        found = [row for row in reversed(rows) if low <= row["created"] <= high]
        after = asked.query.get("starting_after")
        if after:
            ids = [row["id"] for row in found]
            found = found[ids.index(after) + 1 :]
        limit = int(asked.query.get("limit", "10"))
        return Reply({"object": "list", "data": found[:limit], "has_more": len(found) > limit})
