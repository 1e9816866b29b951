"""A shop at Shopify: cursors that end, a bucket that overflows, tokens of an hour (shorter here), subscriptions that get lost."""

import asyncio
import base64
import hmac
import json
import threading
import time
from copy import deepcopy
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from tests.commerce.fakes import consent
from tests.commerce.fakes.serving import Asked, Reply, Server, now

TOKEN, SECRET, CLIENT = "shpat_the_first", "the app's secret", "client-1"
SIZE = 40
STEPS: list[dict[str, Any]] = [
    {"financial_status": "paid"},
    {"fulfillment_status": "fulfilled", "fulfillments": "one"},
    {"financial_status": "partially_refunded", "refunds": "one"},
    {"closed_at": "now"},
]


class Shopify(Server):
    """`tokens`: those that open it. `leaks_per_s`: how fast its bucket empties. `gate`: pages after the first wait at it."""

    def __init__(self, breaks_every: int = 0, leaks_per_s: float = 400.0) -> None:
        super().__init__(breaks_every)
        self.orders: dict[str, dict[str, Any]] = {}
        self.checkouts: list[dict[str, Any]] = []
        self.tokens = {TOKEN}
        self.webhooks: list[dict[str, Any]] = []
        self.codes: set[str] = set()
        self.refreshing = ""
        self.forgets_cursors = False
        self.hides_checkouts = False
        self.leaks_per_s = leaks_per_s
        self.in_bucket, self.at = 0.0, time.monotonic()
        self.refused = 0
        self.gate = threading.Event()
        self.gate.set()
        self.domain = ""

    # what happens ------------------------------------------------------------------------------------------------

    def begin(self, count: int) -> None:
        """Orders of the last months."""
        for number in range(count):
            at = now() - timedelta(days=60) + timedelta(minutes=7 * number)
            self._order(at)["financial_status"] = "paid"

    def _order(self, at: datetime) -> dict[str, Any]:
        name = str(1000 + len(self.orders))
        order = {
            "id": int(name), "name": f"#{name}", "created_at": at.isoformat(), "processed_at": at.isoformat(), "updated_at": at.isoformat(),
            "currency": "EUR", "total_price": f"{10 + len(self.orders)}.00", "financial_status": "pending", "fulfillment_status": None,
            "email": f"buyer{len(self.orders) % 17}@example.org", "line_items": [{"id": 1, "title": "Lamp", "quantity": 1, "price": "10.00"}],
            "fulfillments": [], "refunds": [], "step": 0,
        }  # fmt: skip
        self.orders[name] = order
        return order

    def ids(self) -> list[str]:
        return list(self.orders)

    def buy(self) -> tuple[str, Any]:
        return "orders/create", deepcopy(self._order(now()))

    def go_on(self, order_id: str) -> tuple[str, Any] | None:
        order = self.orders[order_id]
        if order["step"] == len(STEPS):
            return None
        at = now().isoformat()
        for field, value in STEPS[order["step"]].items():
            match field:
                case "fulfillments":
                    order[field] = [
                        {"id": order["id"] * 10, "status": "success", "tracking_number": "1Z", "updated_at": at, "created_at": at}
                    ]
                case "refunds":
                    paid = {"kind": "refund", "status": "success", "amount": "1.00"}
                    order[field] = [{"id": order["id"] * 10, "created_at": at, "transactions": [paid]}]
                case _:
                    order[field] = at if value == "now" else value
        order |= {"step": order["step"] + 1, "updated_at": at}
        return "orders/updated", deepcopy(order)

    # what is asked -----------------------------------------------------------------------------------------------

    async def before(self, asked: Asked) -> None:
        if "page_info" in asked.query:
            await asyncio.to_thread(self.gate.wait)

    def answer(self, asked: Asked) -> Reply:
        if asked.path == "/admin/oauth/authorize":
            return self._consent(asked.query)
        if asked.path == "/admin/oauth/access_token":
            return self._token(asked.json)
        if asked.headers.get("x-shopify-access-token") not in self.tokens:
            return Reply({"errors": "[API] Invalid API key or access token"}, 401)
        elapsed, self.at = time.monotonic() - self.at, time.monotonic()
        self.in_bucket = max(0.0, self.in_bucket - elapsed * self.leaks_per_s)
        if self.in_bucket + 1 > SIZE:
            self.refused += 1
            return Reply({"errors": "Exceeded 2 calls per second for api client."}, 429, {"Retry-After": "0.1"})
        self.in_bucket += 1
        reply = self._asked(asked.method, asked.path.partition("/admin/api/")[2].partition("/")[2], asked)
        return reply._replace(headers=reply.headers | {"X-Shopify-Shop-Api-Call-Limit": f"{round(self.in_bucket)}/{SIZE}"})

    def _consent(self, query: dict[str, str]) -> Reply:
        """Its owner's browser asks for it."""
        if query["client_id"] != CLIENT:
            return Reply({"error": "invalid_client"}, 400)
        code = f"code-{len(self.asked)}"
        self.codes.add(code)
        said = {"code": code, "host": "YWRtaW4", "shop": self.domain, "state": query["state"], "timestamp": str(int(time.time()))}
        statement = "&".join(f"{name}={value}" for name, value in sorted(said.items()))
        signature = hmac.digest(SECRET.encode(), statement.encode(), "sha256").hex()
        yes = consent.back(query["redirect_uri"], **said, hmac=signature)
        no = consent.back(query["redirect_uri"], error="access_denied", state=query["state"], shop=self.domain)
        return consent.page("Install Lacasa", f"It asks for {query['scope']}", ("Install app", yes), ("Cancel", no))

    def _token(self, given: dict[str, Any]) -> Reply:
        if (given["client_id"], given["client_secret"]) != (CLIENT, SECRET):
            return Reply({"error": "invalid_client"}, 400)
        is_right = given.get("code") in self.codes if "code" in given else given["refresh_token"] == self.refreshing
        if not is_right:
            return Reply({"error": "invalid_request"}, 400)
        self.codes.discard(given.get("code"))
        number = len(self.paths("access_token"))
        self.tokens, self.refreshing = {f"shpat_{number}"}, f"shprt_{number}"
        return Reply(
            {"access_token": f"shpat_{number}", "scope": "read_orders", "expires_in": 3600, "refresh_token": self.refreshing}
        )

    def _asked(self, method: str, path: str, asked: Asked) -> Reply:
        match method, path:
            case "GET", "shop.json":
                return Reply({"shop": {"name": "Harbour Lights"}})
            case "GET", "orders.json":
                return self._page("orders", list(self.orders.values()), asked)
            case "GET", "checkouts.json" if self.hides_checkouts:
                return Reply({"errors": "[API] This action requires merchant approval for read_checkouts scope."}, 403)
            case "GET", "checkouts.json":
                return self._page("checkouts", self.checkouts, asked)
            case "GET", "orders/count.json":
                return Reply({"count": len(_within(list(self.orders.values()), asked.query))})
            case "GET", "webhooks.json":
                return Reply({"webhooks": self.webhooks})
            case "POST", "webhooks.json":
                made = asked.json["webhook"] | {"id": len(self.webhooks) + 1}
                self.webhooks.append(made)
                return Reply({"webhook": made}, 201)
        return self._order_asked(method, path.removesuffix(".json").split("/")[1:], asked)

    def _order_asked(self, method: str, path: list[str], asked: Asked) -> Reply:
        order = self.orders.get(path[0] if path else "")
        if order is None:
            return Reply({"errors": "Not Found"}, 404)
        match method, path[1:]:
            case "GET", []:
                return Reply({"order": order})
            case "GET", ["transactions"]:
                paid = {
                    "id": order["id"] * 100,
                    "kind": "sale",
                    "status": "success",
                    "amount": order["total_price"],
                    "gateway": "bogus",
                }
                back = [one | {"parent_id": paid["id"]} for refund in order["refunds"] for one in refund["transactions"]]
                return Reply({"transactions": [paid, *back]})
            case "GET", ["refunds"]:
                return Reply({"refunds": order["refunds"]})
            case "POST", ["refunds"]:
                wanted, at = asked.json["refund"], now().isoformat()
                paid_back = [one | {"status": "success"} for one in wanted["transactions"]]
                refund = {
                    "id": order["id"] * 10 + len(order["refunds"]),
                    "note": wanted["note"],
                    "created_at": at,
                    "transactions": paid_back,
                }

                def give_back() -> None:
                    order["refunds"].append(refund)
                    order.update(financial_status="partially_refunded", updated_at=at)

                return self.done(
                    sum((Decimal(one["amount"]) for one in paid_back), Decimal(0)), Reply({"refund": refund}, 201), give_back
                )
            case "POST", ["cancel"]:
                at = now().isoformat()
                order |= {"cancelled_at": at, "financial_status": "voided", "updated_at": at}
                return Reply({"order": order})
        return Reply({"errors": "Not Found"}, 404)

    def _page(self, name: str, rows: list[dict[str, Any]], asked: Asked) -> Reply:
        limit = int(asked.query.get("limit", "50"))
        given = dict(asked.query)
        if "page_info" in given:
            if self.forgets_cursors or set(given) - {"limit", "page_info"}:
                self.forgets_cursors = False
                return Reply({"errors": {"page_info": "Invalid value."}}, 400)
            given = json.loads(base64.urlsafe_b64decode(given["page_info"]))
        found = sorted(_within(rows, given), key=_place)
        if "after" in given:
            found = [row for row in found if list(_place(row)) > given["after"]]
        page = found[:limit]
        headers = {}
        if len(found) > limit:
            span = {key: value for key, value in given.items() if key.startswith("updated_at")}
            cursor = base64.urlsafe_b64encode(json.dumps(span | {"after": list(_place(page[-1]))}).encode()).decode()
            address = f"{self.url}{asked.path}?{urlencode({'limit': limit, 'page_info': cursor})}"
            headers = {"Link": f'<{self.url}/previous>; rel="previous", <{address}>; rel="next"'}
        return Reply({name: page}, 200, headers)


def _place(row: dict[str, Any]) -> tuple[str, str]:
    return row["updated_at"], str(row.get("id"))


def _within(rows: list[dict[str, Any]], query: dict[str, str]) -> list[dict[str, Any]]:
    low, high = (query.get(f"updated_at_{side}") for side in ("min", "max"))
    times = [(row, datetime.fromisoformat(row["updated_at"])) for row in rows]
    return [
        row for row, at in times
        if (low is None or at >= datetime.fromisoformat(low)) and (high is None or at <= datetime.fromisoformat(high))
    ]  # fmt: skip
