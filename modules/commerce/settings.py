"""What commerce may be told from outside: `LACASA_COMMERCE_*`."""

import os
from functools import lru_cache

import msgspec

from core.settings import read


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    shopify_client_id: str = ""
    """Of your app at Shopify; unset: shops are connected with an access token that their owner pastes."""
    shopify_client_secret: str = ""
    shopify_former_secret: str = ""
    """The secret before the present one, for the hour in which Shopify may still sign with it."""
    shopify_scopes: str = "read_orders write_orders read_customers read_fulfillments"
    """What the app asks a shop for; with `read_all_orders`, once Shopify has granted it, orders older than 60 days are read too."""
    shopify_address: str = "https://{shop}"
    """Where a shop's API is, for tests against a server of your own."""
    stripe_address: str = "https://api.stripe.com"

    @property
    def app_secrets(self) -> list[str]:
        """What Shopify signs with for the app."""
        return [secret for secret in (self.shopify_client_secret, self.shopify_former_secret) if secret]


@lru_cache(maxsize=1)
def settings() -> Settings:
    return read(Settings, "LACASA_COMMERCE_", os.environ)
