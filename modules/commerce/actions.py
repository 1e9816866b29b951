"""Connecting shops and letting go of them."""

import secrets
import string

import asyncpg

from core.access import ADMINS, Actor
from core.audit import log as audit
from core.auth.tokens import STORED_MAX, random_token, seal, unseal
from core.database import transaction
from core.errors import Conflict, LimitReached, NotFound
from modules.commerce import queries
from modules.commerce.structs import Connected, ConnectInput, IntegrationView
from modules.commerce.webhooks import SEALED, Credentials

SHOPS_MAX = 50
ALPHABET = string.ascii_letters + string.digits
"""WooCommerce reads entities in a secret, and signs with what it made of them."""
SECRET_LENGTH = 40
INSERT = """
INSERT INTO integrations (organization_id, platform, shop, name, key, credentials, created_by, created_at)
SELECT $1, $2, $3, $4, $5, $6, $7, now() WHERE (SELECT count(*) FROM integrations WHERE organization_id = $1) < $8 RETURNING id
"""
SEALED_OF = "SELECT credentials FROM integrations WHERE organization_id = $1 AND id = $2 FOR UPDATE"
KEEP = "UPDATE integrations SET credentials = $3, status = 'active', error_message = '' WHERE organization_id = $1 AND id = $2"
WIPE = """
UPDATE integrations SET credentials = '', domain = NULL, status = $3, error_message = $4 WHERE organization_id = $1 AND id = $2 RETURNING id
"""
UNKNOWN = "this shop is not connected"


async def connect(actor: Actor, data: ConnectInput) -> Connected:
    """Connect a shop by hand: its webhooks go to the address that is told, signed with the secret.

    Raises:
        Conflict: `already_connected`.
        LimitReached: an organization has at most 50 shops.
    """
    actor.require(*ADMINS)
    secret = data.secret or made_secret()
    sealed = seal(SEALED, Credentials([secret]))
    async with transaction(actor) as db:
        try:
            values = (data.platform, data.shop.strip().lower(), data.name.strip(), random_token(), sealed, actor.user_id, SHOPS_MAX)
            integration_id = await db.fetch_value(INSERT, actor.organization_id, *values)
        except asyncpg.UniqueViolationError:
            raise Conflict("this shop is connected already", code="already_connected") from None
        if integration_id is None:
            raise LimitReached(f"an organization has at most {SHOPS_MAX} shops", limit="integrations")
        await audit.note(actor, "integration.connected", subject=str(integration_id), platform=data.platform)
        return Connected(await queries.shop(actor, integration_id), secret)


def made_secret() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(SECRET_LENGTH))


async def rotate(actor: Actor, integration_id: int) -> Connected:
    """A new secret; the last one is taken as well until the next rotation, for a shop may go on signing with it.

    Raises:
        NotFound: the shop is unknown to the actor's organization.
        Conflict: `disconnected`.
    """
    actor.require(*ADMINS)
    async with transaction(actor) as db:
        sealed: str | None = await db.fetch_value(SEALED_OF, actor.organization_id, integration_id)
        if sealed is None:
            raise NotFound(UNKNOWN)
        if not sealed:
            raise Conflict("it was disconnected: connect it anew", code="disconnected")
        before = unseal(SEALED, sealed, Credentials, longest=STORED_MAX)
        secret = made_secret()
        after = Credentials([secret, *before.secrets[:1]], before.access)
        await db.execute(KEEP, actor.organization_id, integration_id, seal(SEALED, after))
        await audit.note(actor, "integration.rotated", subject=str(integration_id))
        return Connected(await queries.shop(actor, integration_id), secret)


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
