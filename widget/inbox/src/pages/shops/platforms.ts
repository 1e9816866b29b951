import type { IntegrationView } from "#shared/wire.ts";

export type Platform = IntegrationView["platform"];

export const PLATFORMS: readonly Platform[] = ["shopify", "woocommerce", "stripe", "custom"];
/** Names of their owners' own, which no language translates. */
export const OWN_NAMES: Record<Exclude<Platform, "custom">, string> = { shopify: "Shopify", woocommerce: "WooCommerce", stripe: "Stripe" };
