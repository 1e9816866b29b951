"""The shops that are known, each in a file of its own; how its API is read in another, and what can be done by it in a third."""

from modules.commerce.platforms import (
    custom,
    shopify,
    shopify_doer,
    shopify_reader,
    stripe,
    stripe_doer,
    stripe_reader,
    woocommerce,
    woocommerce_doer,
    woocommerce_reader,
)
from modules.commerce.platforms.contract import Platform
from modules.commerce.platforms.doer import Doer
from modules.commerce.platforms.reader import Reader

PLATFORMS: dict[str, Platform] = {
    one.name: one for one in (shopify.PLATFORM, woocommerce.PLATFORM, stripe.PLATFORM, custom.PLATFORM)
}
READERS: dict[str, Reader] = {
    "shopify": shopify_reader.READER, "woocommerce": woocommerce_reader.READER, "stripe": stripe_reader.READER,
}  # fmt: skip
DOERS: dict[str, Doer] = {"shopify": shopify_doer.DOER, "woocommerce": woocommerce_doer.DOER, "stripe": stripe_doer.DOER}
