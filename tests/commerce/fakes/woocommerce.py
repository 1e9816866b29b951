"""A WooCommerce shop: numbered pages, its counts in headers, times in UTC only where that is asked for, webhooks that it turns off by itself."""

import base64
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import httpx

from tests.commerce.fakes import consent
from tests.commerce.fakes.serving import Asked, Reply, Server, now

KEY, KEY_SECRET = "ck_1", "cs_1"
STEPS = ("processing", "completed", "refunded")


class WooCommerce(Server):
    """`deletes_at`: at this page an order of the first page is gone. `is_deaf`: the server in front of it drops the header with the keys."""

    def __init__(self, breaks_every: int = 0) -> None:
        super().__init__(breaks_every)
        self.orders: dict[str, dict[str, Any]] = {}
        self.webhooks: list[dict[str, Any]] = []
        self.deletes_at = 0
        self.is_deaf = False
        self.limits_every = 0

    def begin(self, count: int) -> None:
        for number in range(count):
            self._order(now() - timedelta(days=60) + timedelta(minutes=7 * number))["status"] = "completed"

    def _order(self, at: datetime) -> dict[str, Any]:
        number = 700 + len(self.orders)
        plain = at.strftime("%Y-%m-%dT%H:%M:%S")
        order = {
            "id": number, "number": str(number), "status": "pending", "currency": "EUR", "total": f"{10 + len(self.orders)}.00", "customer_id": 0,
            "date_created_gmt": plain, "date_modified_gmt": plain, "billing": {"email": f"buyer{number % 17}@example.org", "first_name": "Ida"},
            "line_items": [{"id": 1, "name": "Lamp", "quantity": 1, "price": 10}], "refunds": [],
        }  # fmt: skip
        self.orders[str(number)] = order
        return order

    def ids(self) -> list[str]:
        return list(self.orders)

    def buy(self) -> tuple[str, Any]:
        return "order.created", deepcopy(self._order(now()))

    def go_on(self, order_id: str) -> tuple[str, Any] | None:
        order = self.orders[order_id]
        following = [step for step in STEPS if order["status"] == "pending" or STEPS.index(step) > STEPS.index(order["status"])]
        if not following:
            return None
        order |= {"status": following[0], "date_modified_gmt": now().strftime("%Y-%m-%dT%H:%M:%S")}
        if following[0] == "refunded":
            order["refunds"] = [{"id": order["id"] * 10, "reason": "broken", "total": f"-{order['total']}"}]
        return "order.updated", deepcopy(order)

    async def before(self, asked: Asked) -> None:
        """Whoever said yes: the shop brings the keys itself."""
        if asked.path == "/wc-auth/v1/access_granted":
            keys = {"key_id": 1, "user_id": asked.query["user_id"], "consumer_key": KEY, "consumer_secret": KEY_SECRET}
            async with httpx.AsyncClient() as http:
                brought = await http.post(asked.query["callback_url"], json=keys | {"key_permissions": "read_write"})
            assert brought.status_code == 200, brought.text

    def _consent(self, path: str, query: dict[str, str]) -> Reply:
        """Its owner's browser asks for it."""
        if path == "access_granted":
            return consent.sent_to(consent.back(query["return_url"], success="1", user_id=query["user_id"]))
        asks = f"{query['app_name']} asks for {query['scope']}"
        yes = consent.back(f"{self.url}/wc-auth/v1/access_granted", **query)
        no = consent.back(query["return_url"], success="0", user_id=query["user_id"])
        return consent.page("Connect Lacasa", asks, ("Approve", yes), ("Deny", no))

    def answer(self, asked: Asked) -> Reply:
        if asked.path.startswith("/wc-auth/v1/"):
            return self._consent(asked.path.removeprefix("/wc-auth/v1/"), asked.query)
        by_header = (
            asked.headers.get("authorization") == f"Basic {base64.b64encode(f'{KEY}:{KEY_SECRET}'.encode()).decode()}"
            and not self.is_deaf
        )
        if not by_header and (asked.query.get("consumer_key"), asked.query.get("consumer_secret")) != (KEY, KEY_SECRET):
            return Reply({"code": "woocommerce_rest_cannot_view", "message": "Sorry, you cannot list resources."}, 401)
        if self.limits_every and len(self.asked) % self.limits_every == 0:
            return Reply({"code": "too_many"}, 429, {"Retry-After": "0"})
        match asked.method, asked.path.removeprefix("/wp-json/wc/v3"):
            case "GET", "/orders":
                return self._page(asked.query)
            case "GET", "/webhooks":
                shown = [{name: value for name, value in one.items() if name != "secret"} for one in self.webhooks]
                return Reply(shown)
            case "POST", "/webhooks":
                self.webhooks.append(asked.json | {"id": len(self.webhooks) + 1})
                return Reply(self.webhooks[-1], 201)
            case "PUT", path if path.startswith("/webhooks/"):
                self.webhooks[int(path.rpartition("/")[2]) - 1] |= asked.json
                return Reply({})
        return self._order_asked(asked.method, asked.path.removeprefix("/wp-json/wc/v3/orders/").split("/"), asked)

    def _order_asked(self, method: str, path: list[str], asked: Asked) -> Reply:
        order = self.orders.get(path[0])
        if order is None:
            return Reply({"code": "rest_no_route"}, 404)
        at = now().strftime("%Y-%m-%dT%H:%M:%S")
        match method, path[1:]:
            case "GET", []:
                return Reply(order)
            case "PUT", []:
                order |= asked.json | {"date_modified_gmt": at}
                return Reply(order)
            case "GET", ["refunds"]:
                return Reply(order["refunds"])
            case "POST", ["refunds"]:
                wanted = asked.json
                refund = {
                    "id": order["id"] * 10 + len(order["refunds"]),
                    "reason": wanted["reason"],
                    "total": f"-{wanted['amount']}",
                }

                def give_back() -> None:
                    order["refunds"].append(refund)
                    order.update(date_modified_gmt=at)

                return self.done(Decimal(wanted["amount"]), Reply(refund, 201), give_back)
            case "POST", ["actions", "send_order_details"]:
                return Reply({"message": "sent"})
        return Reply({"code": "rest_no_route"}, 404)

    def _page(self, query: dict[str, str]) -> Reply:
        number, per_page = int(query.get("page", "1")), int(query.get("per_page", "10"))
        if self.deletes_at == number:
            self.orders.pop(min(self.orders))
            self.deletes_at = 0
        found = [order for _, order in sorted(self.orders.items(), key=lambda pair: int(pair[0])) if _within(order, query)]
        pages = -(-len(found) // per_page)
        page = found[(number - 1) * per_page : number * per_page]
        return Reply(page, 200, {"X-WP-Total": str(len(found)), "X-WP-TotalPages": str(pages)})


def _within(order: dict[str, Any], query: dict[str, str]) -> bool:
    """Without `dates_are_gmt` the shop takes times for its own, which here is five hours behind."""
    shift = timedelta(0) if query.get("dates_are_gmt") == "true" else timedelta(hours=5)
    at = datetime.fromisoformat(order["date_modified_gmt"]).replace(tzinfo=UTC)
    after, before = query.get("modified_after"), query.get("modified_before")
    return (after is None or at > datetime.fromisoformat(after).replace(tzinfo=UTC) + shift) and (
        before is None or at < datetime.fromisoformat(before).replace(tzinfo=UTC) + shift
    )
