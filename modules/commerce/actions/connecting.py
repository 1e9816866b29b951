"""Shops whose owner gives us a key: Shopify by OAuth, WooCommerce by its own way. Each begins with an invitation, that is used once."""

import time
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from urllib.parse import urlencode

import msgspec

from core.access import ADMINS, Actor, system
from core.audit import log as audit
from core.auth.tokens import digest, random_token
from core.database import by_token, transaction
from core.errors import Conflict, Invalid, NotFound
from core.settings import settings as house
from modules.commerce import queries
from modules.commerce.actions import shops
from modules.commerce.credentials import Credentials
from modules.commerce.platforms import shopify_oauth
from modules.commerce.platforms.asking import ShopError
from modules.commerce.settings import settings
from modules.commerce.structs import BeginInput, Begun, IntegrationView
from modules.commerce.webhooks import whole

LASTS = timedelta(minutes=30)
OPEN_MAX = 20
BODY_MAX = 16 * 1024
PURPOSE = "shop invitation"
BACK = "/app/settings/integrations"
INVITE = """
WITH old AS (DELETE FROM shop_invitations WHERE organization_id = $1 AND (expires_at < now() OR id <= (
    SELECT id FROM shop_invitations WHERE organization_id = $1 ORDER BY id DESC OFFSET $8 LIMIT 1)))
INSERT INTO shop_invitations (organization_id, digest, platform, shop, name, created_by, expires_at)
VALUES ($1, $2, $3, $4, $5, $6, now() + $7::interval)
"""
ACCEPT = """
DELETE FROM shop_invitations WHERE organization_id = $1 AND digest = $2 AND platform = $3 AND created_by = coalesce($4, created_by)
  AND expires_at > now() RETURNING shop, name, created_by
"""
WHOSE = "SELECT organization_id FROM shop_invitations WHERE digest = $1 AND expires_at > now()"
UNKNOWN = "this way to connect a shop is over: begin again"


class _Invitation(msgspec.Struct, frozen=True):
    shop: str
    name: str
    created_by: int


class _Keys(msgspec.Struct, frozen=True):
    """What a WooCommerce shop sends; `user_id` is our invitation."""

    user_id: str
    consumer_key: str
    consumer_secret: str
    key_permissions: str = ""


async def begin(actor: Actor, data: BeginInput) -> Begun:
    """
    Raises:
        Invalid: `not_a_shop`.
        Conflict: `no_app`: the operator named no app of his at Shopify.
    """
    actor.require(*ADMINS)
    shops.check_address(data.platform, data.shop)
    if data.platform == "shopify" and not (settings().shopify_client_id and settings().shopify_client_secret):
        raise Conflict("there is no app at Shopify by which shops could be connected; paste an access token instead", code="no_app")
    token = random_token()
    async with transaction(actor) as db:
        values = (digest(PURPOSE, token), data.platform, data.shop, data.name, actor.user_id, LASTS, OPEN_MAX - 1)
        await db.execute(INVITE, actor.organization_id, *values)
    if data.platform == "shopify":
        return Begun(shopify_oauth.address(data.shop, token, f"{house().origin}/api/integrations/shopify/callback"))
    asked = {
        "app_name": "Lacasa", "scope": "read_write", "user_id": token, "return_url": house().origin + BACK,
        "callback_url": f"{house().origin}/connect/woocommerce",
    }  # fmt: skip
    return Begun(f"{data.shop.rstrip('/')}/wc-auth/v1/authorize?{urlencode(asked)}")


async def finish_shopify(actor: Actor, query: Sequence[tuple[str, str]]) -> IntegrationView:
    """Its owner said yes, in the browser of the admin who began.

    Raises:
        Invalid: `declined` (whoever was asked said no), `bad_signature` (not Shopify's, or a day old), `not_a_shop`, `bad_key`.
        NotFound: nobody began this, it was half an hour ago, or it was done already.
        Conflict: `already_connected`, also to another organization.
    """
    actor.require(*ADMINS)
    if any(name == "error" for name, _ in query):
        raise Invalid("the shop gave no key: somebody said no there", code="declined")
    if not shopify_oauth.is_signed(query, time.time()):
        raise Invalid("Shopify did not write this", code="bad_signature")
    told = dict(query)
    shop = told.get("shop", "")
    shops.check_address("shopify", shop)
    invitation = await _accepted(actor, told.get("state", ""), "shopify", by=actor.user_id)
    if invitation.shop != shop:
        raise Invalid("this is another shop than the one that was begun with", code="not_a_shop")
    try:
        access = await shopify_oauth.granted(shop, told.get("code", ""))
    except ShopError as error:
        raise Invalid(str(error), code="bad_key") from error
    await shops.verified("shopify", shop, access)
    return await queries.shop(actor, await _connected(actor, "shopify", invitation, access, domain=shop))


async def finish_woocommerce(length: int | None, chunks: AsyncIterator[bytes]) -> None:
    """The shop itself brings keys, unsigned: so they are tried at the shop that we asked.

    Raises:
        NotFound: nobody began this, it was half an hour ago, or it was done already.
        Invalid: `malformed`; `bad_key`: they do not open that shop.
        Conflict: `already_connected`.
        TooLarge: it has over 16 KB.
    """
    raw = await whole(length, chunks, BODY_MAX)
    try:
        keys = msgspec.json.decode(raw, type=_Keys, strict=False)
    except msgspec.MsgspecError:
        raise Invalid("these are no keys", code="malformed") from None
    row = await by_token(WHOSE, digest(PURPOSE, keys.user_id[:64]))
    if row is None:
        raise NotFound(UNKNOWN)
    actor = system(row[0])
    invitation = await _accepted(actor, keys.user_id, "woocommerce", by=None)
    wanted = {"key": keys.consumer_key[:200], "secret": keys.consumer_secret[:200]}
    await _connected(actor, "woocommerce", invitation, await shops.verified("woocommerce", invitation.shop, wanted))


async def _accepted(actor: Actor, token: str, platform: str, *, by: int | None) -> _Invitation:
    async with transaction(actor) as db:
        found = await db.fetch_one(_Invitation, ACCEPT, actor.organization_id, digest(PURPOSE, token[:64]), platform, by)
    if found is None:
        raise NotFound(UNKNOWN)
    return found


async def _connected(
    actor: Actor, platform: str, invitation: _Invitation, access: dict[str, str], *, domain: str | None = None
) -> int:
    credentials = Credentials([shops.made_secret()], access)
    async with transaction(actor):
        kept = shops.Kept(platform, invitation.shop, invitation.name, credentials, invitation.created_by, domain)
        integration_id = await shops.keep(actor, kept)
        await audit.note(actor, "integration.connected", subject=str(integration_id), platform=platform)
        return integration_id
