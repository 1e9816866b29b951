"""Connecting shops and letting go of them."""

import secrets
import string

import asyncpg
import msgspec

from core.access import ADMINS, Actor
from core.audit import log as audit
from core.auth.tokens import random_token
from core.database import transaction
from core.errors import Conflict, Invalid, LimitReached, NotFound
from modules.commerce import queries
from modules.commerce.credentials import Credentials, opened, sealed
from modules.commerce.platforms import READERS, shopify_oauth
from modules.commerce.platforms.asking import DeniedError, ShopError
from modules.commerce.platforms.reading import MalformedError
from modules.commerce.structs import Connected, ConnectInput, IntegrationView, KeyInput

SHOPS_MAX = 50
ALPHABET = string.ascii_letters + string.digits
"""WooCommerce reads entities in a secret, and signs with what it made of them."""
SECRET_LENGTH = 40
CHOOSES = frozenset({"shopify", "stripe"})
"""Platforms that choose what they sign with, once we set their webhooks up."""
INSERT = """
INSERT INTO integrations (organization_id, platform, shop, name, key, credentials, created_by, domain, next_read_at, sync_status, created_at,
    connected_at)
SELECT $1, $2, $3, $4, $5, $6, $7, $8, CASE WHEN $9 THEN now() END, CASE WHEN $9 THEN 'first' ELSE 'none' END, now(), date_trunc('second', now())
WHERE (SELECT count(*) FROM integrations WHERE organization_id = $1) < $10 RETURNING id
"""
AGAIN = """
UPDATE integrations SET name = $4, key = $5, credentials = $6, created_by = $7, domain = $8, next_read_at = CASE WHEN $9 THEN now() END,
    sync_status = CASE WHEN $9 THEN 'first' ELSE 'none' END, connected_at = date_trunc('second', now()), status = 'active', error_message = '',
    webhook_trouble = '',
    failures = 0, paused_at = NULL
WHERE organization_id = $1 AND id = (SELECT id FROM integrations WHERE organization_id = $1 AND platform = $2 AND shop = $3 AND credentials = ''
    ORDER BY id DESC LIMIT 1 FOR UPDATE) RETURNING id
"""
"""A shop that was disconnected is the one that it was: its orders are here already."""
SEALED_OF = "SELECT credentials, platform FROM integrations WHERE organization_id = $1 AND id = $2 FOR UPDATE"
KEEP = "UPDATE integrations SET credentials = $3 WHERE organization_id = $1 AND id = $2"
WIPE = """
UPDATE integrations SET credentials = '', status = $3, error_message = $4, next_read_at = NULL, sync_status = 'none', webhook_trouble = '',
    paused_at = NULL
WHERE organization_id = $1 AND id = $2 RETURNING id
"""
REKEY = """
UPDATE integrations SET credentials = $3, next_read_at = now(), status = 'active', error_message = '', failures = 0,
    sync_status = CASE WHEN last_sync_at IS NULL THEN 'first' ELSE 'ready' END
WHERE organization_id = $1 AND id = $2
"""
UNKNOWN = "this shop is not connected"


class Kept(msgspec.Struct, frozen=True):
    """A shop that is to be connected. `domain`: Shopify's own word for it, where its app is installed there."""

    platform: str
    shop: str
    name: str
    credentials: Credentials
    created_by: int | None
    domain: str | None = None


async def connect(actor: Actor, data: ConnectInput) -> Connected:
    """Connect a shop by hand, or with a key to its API, which is tried first. Its webhooks are signed with the secret.

    Raises:
        Conflict: `already_connected`.
        Invalid: `not_a_shop`; `no_api`, `key_incomplete`, `secret_needed`: that platform takes other keys; `bad_key`: the shop does not take it.
        LimitReached: an organization has at most 50 shops.
    """
    actor.require(*ADMINS)
    access = _access(data)
    if access:
        access = await verified(data.platform, data.shop, access)
    secret = data.secret or made_secret()
    async with transaction(actor):
        kept = Kept(data.platform, data.shop, data.name, Credentials([secret], access), actor.user_id)
        integration_id = await keep(actor, kept)
        await audit.note(actor, "integration.connected", subject=str(integration_id), platform=data.platform)
        return Connected(await queries.shop(actor, integration_id), "" if access else secret)


def check_address(platform: str, shop: str) -> None:
    """
    Raises:
        Invalid: `not_a_shop`.
    """
    if platform == "shopify" and not shopify_oauth.is_shop(shop):
        raise Invalid("a shop at Shopify is named like name.myshopify.com", code="not_a_shop")
    if platform == "woocommerce" and not shop.startswith(("https://", "http://")):
        raise Invalid("a shop's address begins with https://", code="not_a_shop")


def _access(data: ConnectInput) -> dict[str, str]:
    if not data.key:
        return {}
    check_address(data.platform, data.shop)
    match data.platform:
        case "shopify":
            if not data.secret:
                raise Invalid("the secret is needed that its app signs with", code="secret_needed")
            return {"token": data.key}
        case "woocommerce":
            if not data.key_secret:
                raise Invalid("a consumer key has a secret", code="key_incomplete")
            return {"key": data.key, "secret": data.key_secret}
        case "stripe":
            return {"key": data.key}
        case "custom":
            raise Invalid("a shop of one's own has no API that we know", code="no_api")


async def verified(platform: str, shop: str, access: dict[str, str]) -> dict[str, str]:
    """The key, once it was seen to open the shop.

    Raises:
        Invalid: `bad_key`, `shop_unreachable`.
    """
    ways = [access]
    if platform == "woocommerce" and shop.startswith("https://"):
        ways.append(access | {"by": "query"})
    for way in ways:
        try:
            async with READERS[platform].ask(shop, way) as asking:
                await READERS[platform].verify(asking)
            return way
        except DeniedError as denied:
            if way is ways[-1]:
                raise Invalid("the shop does not take this key", code="bad_key") from denied
        except (ShopError, MalformedError) as error:
            raise Invalid(str(error), code="shop_unreachable") from error
    raise RuntimeError("there is always a way")


async def keep(actor: Actor, kept: Kept) -> int:
    """In the open unit of work.

    Raises:
        Conflict: `already_connected`.
        LimitReached: an organization has at most 50 shops.
    """
    has_key = bool(kept.credentials.access)
    values = (kept.platform, kept.shop, kept.name, random_token(), sealed(kept.credentials), kept.created_by, kept.domain, has_key)
    try:
        async with transaction(actor) as db:
            found: int | None = await db.fetch_value(AGAIN, actor.organization_id, *values)
            found = found or await db.fetch_value(INSERT, actor.organization_id, *values, SHOPS_MAX)
    except asyncpg.UniqueViolationError:
        raise Conflict("this shop is connected already", code="already_connected") from None
    if found is None:
        raise LimitReached(f"an organization has at most {SHOPS_MAX} shops", limit="integrations")
    return found


def made_secret() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(SECRET_LENGTH))


async def rotate(actor: Actor, integration_id: int) -> Connected:
    """A new secret; the last one is taken as well until the next rotation, for a shop may go on signing with it.

    Raises:
        NotFound: the shop is unknown to the actor's organization.
        Conflict: `disconnected`; `kept_by_shop`: Shopify's app and Stripe have secrets that we do not choose.
    """
    actor.require(*ADMINS)
    async with transaction(actor) as db:
        rows = await db.fetch_rows(SEALED_OF, actor.organization_id, integration_id)
        if not rows:
            raise NotFound(UNKNOWN)
        found, platform = rows[0]
        if not found:
            raise Conflict("it was disconnected: connect it anew", code="disconnected")
        before, secret = opened(found), made_secret()
        if before.access and platform in CHOOSES:
            raise Conflict("this shop itself chooses what it signs with", code="kept_by_shop")
        after = Credentials([secret, *before.secrets[:1]], before.access)
        await db.execute(KEEP, actor.organization_id, integration_id, sealed(after))
        await audit.note(actor, "integration.rotated", subject=str(integration_id))
        return Connected(await queries.shop(actor, integration_id), secret)


async def rekey(actor: Actor, integration_id: int, data: KeyInput) -> IntegrationView:
    """Another key to a shop's API, which is tried first; its secret stays.

    Raises:
        NotFound: the shop is unknown to the actor's organization.
        Conflict: `disconnected`; `no_api`: a shop of one's own has none.
        Invalid: as `connect`.
    """
    actor.require(*ADMINS)
    async with transaction(actor):
        shop = await queries.shop(actor, integration_id)
    if shop.platform == "custom":
        raise Conflict("a shop of one's own has no API that we know", code="no_api")
    access = _access(ConnectInput(shop.platform, shop.shop, shop.name, "kept as it is", data.key, data.key_secret))
    access = await verified(shop.platform, shop.shop, access)
    async with transaction(actor) as db:
        [(found, _)] = await db.fetch_rows(SEALED_OF, actor.organization_id, integration_id)
        if not found:
            raise Conflict("it was disconnected: connect it anew", code="disconnected")
        await db.execute(REKEY, actor.organization_id, integration_id, sealed(Credentials(opened(found).secrets, access)))
        await audit.note(actor, "integration.rekeyed", subject=str(integration_id))
        return await queries.shop(actor, integration_id)


async def disconnect(actor: Actor, integration_id: int) -> IntegrationView:
    """Wipe what opens a shop. Its orders stay; nothing that it sends is taken any more.

    Raises:
        NotFound: the shop is unknown to the actor's organization.
    """
    actor.require(*ADMINS)
    async with transaction(actor):
        await _wipe(actor, integration_id, "inactive", "")
        await audit.note(actor, "integration.disconnected", subject=str(integration_id))
        return await queries.shop(actor, integration_id)


async def lost(actor: Actor, integration_id: int) -> None:
    """The shop threw us out."""
    async with transaction(actor):
        await _wipe(actor, integration_id, "error", "the app was uninstalled in the shop")
        await audit.note(actor, "integration.lost", subject=str(integration_id))


async def _wipe(actor: Actor, integration_id: int, status: str, words: str) -> None:
    async with transaction(actor) as db:
        if await db.fetch_value(WIPE, actor.organization_id, integration_id, status, words) is None:
            raise NotFound(UNKNOWN)
