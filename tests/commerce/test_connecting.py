"""Connecting shops: by OAuth, by WooCommerce's own way, by keys that are tried first; and letting go of them."""

import asyncio
import hmac
import secrets
import time
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx
import pytest

from core.auth import sessions
from core.database import pool
from core.errors import Conflict, Invalid, NotFound
from modules.commerce.actions import connecting, shops
from modules.commerce.credentials import opened
from modules.commerce.platforms import shopify_oauth
from modules.commerce.settings import Settings
from modules.commerce.structs import BeginInput, ConnectInput
from tests.commerce.conftest import Opens
from tests.commerce.fakes import shopify, woocommerce
from tests.commerce.reading import a_readable, a_server, here, polled, run, there, view
from tests.commerce.shops import Shop, app, delivered, understood
from tests.factories import a_member, an_organization

CREDENTIALS = "SELECT credentials FROM integrations WHERE id = $1"


async def asked(actor: Any, method: str, path: str, **more: Any) -> httpx.Response:
    headers = {"Origin": "http://lacasa"}
    cookies = {} if actor is None else {sessions.COOKIE: sessions.cookie_for(actor.session_id)}
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app()), base_url="http://lacasa", headers=headers, cookies=cookies
    ) as client:
        return await client.request(method, path, **more)


def signed(query: dict[str, str], secret: str = shopify.SECRET) -> dict[str, str]:
    """As Shopify writes it: nothing here needs escaping."""
    statement = "&".join(f"{name}={value}" for name, value in sorted(query.items()))
    return query | {"hmac": hmac.digest(secret.encode(), statement.encode(), "sha256").hex()}


def returning(state: str, shop: str, **changes: str) -> dict[str, str]:
    return {"code": "a-code", "shop": shop, "state": state, "timestamp": str(int(time.time())), "host": "YWRtaW4"} | changes


async def begun(admin: Any, shop: str) -> str:
    answer = await asked(admin, "POST", "/api/integrations/begin", json={"platform": "shopify", "shop": shop, "name": "Harbour"})
    assert answer.status_code == 200, answer.text
    query = dict(parse_qsl(urlsplit(answer.json()["url"]).query))
    assert query["redirect_uri"].endswith("/api/integrations/shopify/callback")
    return query["state"]


def a_domain() -> str:
    return f"{secrets.token_hex(6)}.myshopify.com"


async def by_oauth(server: Any, admin: Any, domain: str) -> Shop:
    server.codes.add("a-code")
    answer = await asked(
        admin, "GET", "/api/integrations/shopify/callback", params=signed(returning(await begun(admin, domain), domain))
    )
    assert answer.status_code == 302, answer.text
    number = int(answer.headers["location"].rpartition("=")[2])
    row = await pool().fetchrow("SELECT key FROM integrations WHERE id = $1", number)
    return Shop(admin, "shopify", number, row["key"], shopify.SECRET)


def test_the_signature_that_shopify_published_is_right(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shopify_oauth, "settings", lambda: Settings(shopify_client_secret="other", shopify_former_secret="hush"))
    query = [
        ("code", "0907a61c0c8d55e99db179b68161bc00"), ("shop", "some-shop.myshopify.com"), ("state", "0.6784241404160823"),
        ("timestamp", "1337178173"), ("hmac", "700e2dadb827fcc8609e9d5ce208b2e9cdaab9df07390d2cbca10d7c328fc4bf"),
    ]  # fmt: skip
    assert shopify_oauth.is_signed(query, 1337178173 + 60)
    assert shopify_oauth.is_signed(query[::-1], 1337178173 + 60)
    assert not shopify_oauth.is_signed(query, 1337178173 + 90_000), "a day old"
    assert not shopify_oauth.is_signed([*query, ("code", "another")], 1337178173 + 60), "a name twice"
    assert not shopify_oauth.is_signed(
        [("shop", "other.myshopify.com") if name == "shop" else (name, value) for name, value in query], 1337178173
    )
    assert not shopify_oauth.is_signed(query[:-1], 1337178173)


@pytest.mark.parametrize("name", ["shop.myshopify.com.evil.example", "evil.example/.myshopify.com", "a.b.myshopify.com", "-a.myshopify.com",
                                  "A.myshopify.com", "x.myshopify.com\n", "myshopify.com", ""])  # fmt: skip
def test_what_only_looks_like_a_shop_is_none(name: str) -> None:
    assert not shopify_oauth.is_shop(name)


async def test_a_shop_is_connected_by_oauth_and_read(opens: Opens) -> None:
    async with opens(server := a_server("shopify")):
        server.begin(120)
        admin, domain = await an_organization(), a_domain()
        shop = await by_oauth(server, admin, domain)
        assert (await polled(shop)).sync_status == "ready"
        assert await here(shop) == there(server)
        credentials = opened(await pool().fetchval(CREDENTIALS, shop.integration_id))
        assert {"token", "refresh_token", "until"} <= set(credentials.access)
        shown = (await asked(admin, "GET", "/api/integrations")).text
        assert not any(
            secret in shown for secret in (credentials.access["token"], credentials.access["refresh_token"], shopify.SECRET)
        )
        topic, body = server.buy()
        headers, raw = shop.delivery(topic, body)
        assert (await delivered(shop, headers | {"X-Shopify-Shop-Domain": domain}, raw, key="")).json() == {"result": "stored"}


async def test_whoever_did_not_begin_connects_nothing(opens: Opens) -> None:
    async with opens(server := a_server("shopify")):
        server.codes |= {"a-code"}
        admin, domain = await an_organization(), a_domain()
        state = await begun(admin, domain)
        right = returning(state, domain)
        other_admin = await a_member(admin, "admin")
        wrong: list[tuple[Any, dict[str, str], int, str]] = [
            (admin, {"error": "access_denied", "state": state, "shop": domain}, 400, "declined"),
            (admin, right | {"hmac": "0" * 64}, 400, "bad_signature"),
            (admin, signed(right, "another secret"), 400, "bad_signature"),
            (admin, signed(right | {"timestamp": str(int(time.time()) - 90_000)}), 400, "bad_signature"),
            (admin, signed(right | {"shop": "evil.example"}), 400, "not_a_shop"),
            (admin, signed(right | {"state": "x" * 22}), 404, "not_found"),
            (other_admin, signed(right), 404, "not_found"),
            (await an_organization(), signed(right), 404, "not_found"),
            (await a_member(admin, "user"), signed(right), 403, "forbidden"),
            (None, signed(right), 401, "unauthenticated"),
        ]
        for actor, query, status, code in wrong:
            answer = await asked(actor, "GET", "/api/integrations/shopify/callback", params=query)
            assert (answer.status_code, answer.json()["code"]) == (status, code), query
        assert server.paths("access_token") == []
        answer = await asked(admin, "GET", "/api/integrations/shopify/callback", params=signed(right))
        assert answer.status_code == 302
        server.codes |= {"a-code"}
        again = await asked(admin, "GET", "/api/integrations/shopify/callback", params=signed(right))
        assert again.status_code == 404, "an invitation is used once"


async def test_a_shop_is_in_one_organization_until_it_throws_it_out_and_may_still_ask_to_be_forgotten(opens: Opens) -> None:
    async with opens(server := a_server("shopify")):
        server.begin(3)
        domain, admin = a_domain(), await an_organization()
        shop = await by_oauth(server, admin, domain)
        await polled(shop)
        other = await an_organization()
        server.codes.add("a-code")
        taken = await asked(
            other, "GET", "/api/integrations/shopify/callback", params=signed(returning(await begun(other, domain), domain))
        )
        assert (taken.status_code, taken.json()["code"]) == (409, "already_connected")
        headers, raw = shop.delivery("app/uninstalled", {"id": 1})
        named = {"X-Shopify-Shop-Domain": domain}
        await delivered(shop, headers | named, raw)
        await understood(shop)
        assert ((await view(shop)).status, await pool().fetchval(CREDENTIALS, shop.integration_id)) == ("error", "")
        headers, raw = shop.delivery("orders/updated", {"id": 1})
        assert (await delivered(shop, headers | named, raw, key="")).status_code == 404
        headers, raw = shop.delivery("shop/redact", {"shop_id": 1})
        assert (await delivered(shop, headers | named, raw + b" ", key="")).status_code == 401
        assert (await delivered(shop, headers | named, raw, key="")).json() == {"result": "stored"}
        await understood(shop)
        assert await here(shop) == {}
        await by_oauth(server, other, domain)


async def test_a_token_that_ended_is_renewed_once_however_many_need_it(opens: Opens) -> None:
    async with opens(server := a_server("shopify")):
        server.begin(20)
        shop = await by_oauth(server, await an_organization(), a_domain())
        granted = len(server.paths("access_token"))
        server.tokens = {"none of ours"}
        await asyncio.gather(*(run(shop) for _ in range(4)))
        assert len(server.paths("access_token")) == granted + 1
        assert (await polled(shop)).sync_status == "ready"
        assert await here(shop) == there(server)
        server.tokens, server.refreshing = {"none of ours"}, "none of ours either"
        await run(shop)
        assert (await view(shop)).status == "error"


async def test_keys_are_tried_at_the_shop_before_they_are_kept(opens: Opens) -> None:
    admin = await an_organization()
    async with opens(server := a_server("woocommerce")):
        for wrong in (
            ConnectInput("woocommerce", server.url, "Shop", key="ck_2", key_secret="cs_1"),
            ConnectInput("woocommerce", server.url, "Shop", key="ck_1"),
            ConnectInput("woocommerce", "ftp://shop.example", "Shop", key="ck_1", key_secret="cs_1"),
            ConnectInput("woocommerce", "http://127.0.0.1:1", "Shop", key="ck_1", key_secret="cs_1"),
            ConnectInput("shopify", a_domain(), "Shop", key="shpat_1"),
            ConnectInput("shopify", "shop.example", "Shop", key="shpat_1", secret="signs-webhooks"),
            ConnectInput("custom", "mine", "Shop", key="1"),
            ConnectInput("stripe", "acct", "Shop", key="sk_2"),
        ):
            with pytest.raises(Invalid) as refused:
                await shops.connect(admin, wrong)
            assert refused.value.reason in {
                "bad_key",
                "key_incomplete",
                "not_a_shop",
                "shop_unreachable",
                "secret_needed",
                "no_api",
            }
        assert (await asked(admin, "GET", "/api/integrations")).json() == []
        shop = await a_readable("woocommerce", server, admin)
        with pytest.raises(Conflict):
            await a_readable("woocommerce", server, admin)
        await shops.disconnect(admin, shop.integration_id)
        assert await pool().fetchval(CREDENTIALS, shop.integration_id) == ""
        asks = len(server.asked)
        await run(shop)
        assert len(server.asked) == asks, "it is not asked any more"
        assert (await a_readable("woocommerce", server, admin)).integration_id == shop.integration_id, "its orders are here already"


async def test_a_woocommerce_shop_brings_its_keys_itself_once(opens: Opens) -> None:
    async with opens(server := a_server("woocommerce")):
        server.begin(3)
        admin = await an_organization()
        begun_ = await connecting.begin(admin, BeginInput("woocommerce", server.url, "Harbour"))
        query = dict(parse_qsl(urlsplit(begun_.url).query))
        assert begun_.url.startswith(f"{server.url}/wc-auth/v1/authorize?")
        keys = {
            "key_id": 1,
            "user_id": query["user_id"],
            "consumer_key": woocommerce.KEY,
            "consumer_secret": woocommerce.KEY_SECRET,
        }
        assert (await asked(None, "POST", "/connect/woocommerce", json=keys | {"user_id": "x" * 22})).status_code == 404
        assert (await asked(None, "POST", "/connect/woocommerce", content=b"{")).json()["code"] == "malformed"
        assert (await asked(None, "POST", "/connect/woocommerce", content=b" " * 20_000)).status_code == 413
        assert (await asked(None, "POST", "/connect/woocommerce", json=keys | {"key_permissions": "read_write"})).status_code == 200
        assert (await asked(None, "POST", "/connect/woocommerce", json=keys)).status_code == 404
        [shown] = (await asked(admin, "GET", "/api/integrations")).json()
        await polled(Shop(admin, "woocommerce", shown["id"], "", ""))
        assert await here(Shop(admin, "woocommerce", shown["id"], "", "")) == there(server)


async def test_keys_that_do_not_open_the_shop_that_was_asked_are_nothing(opens: Opens) -> None:
    async with opens(server := a_server("woocommerce")):
        admin = await an_organization()
        begun_ = await connecting.begin(admin, BeginInput("woocommerce", server.url, "Harbour"))
        token = dict(parse_qsl(urlsplit(begun_.url).query))["user_id"]
        keys = {"user_id": token, "consumer_key": "ck_of_another_shop", "consumer_secret": "cs"}
        answer = await asked(None, "POST", "/connect/woocommerce", json=keys)
        assert (answer.status_code, answer.json()["code"]) == (400, "bad_key")
        assert (await asked(admin, "GET", "/api/integrations")).json() == []


async def test_a_new_secret_goes_to_the_shop_with_the_next_poll(opens: Opens) -> None:
    async with opens(server := a_server("woocommerce")):
        shop = await a_readable("woocommerce", server)
        await polled(shop)
        made = await shops.rotate(shop.admin, shop.integration_id)
        await polled(shop)
        assert {one["secret"] for one in server.webhooks} == {made.secret}
    async with opens(server := a_server("stripe")):
        shop = await a_readable("stripe", server)
        with pytest.raises(Conflict):
            await shops.rotate(shop.admin, shop.integration_id)


async def test_nobody_waits_for_an_invitation_of_others(connected: Any) -> None:
    with pytest.raises(NotFound):
        await connecting._accepted(await an_organization(), urlencode({"a": "b"}), "shopify", by=None)
