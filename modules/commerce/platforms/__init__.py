"""The shops that are known, each in a file of its own."""

from modules.commerce.platforms import custom, shopify, stripe, woocommerce
from modules.commerce.platforms.contract import Platform

PLATFORMS: dict[str, Platform] = {
    one.name: one for one in (shopify.PLATFORM, woocommerce.PLATFORM, stripe.PLATFORM, custom.PLATFORM)
}
