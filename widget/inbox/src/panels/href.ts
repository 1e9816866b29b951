import { safeHref } from "#shared/markdown.ts";

/**
 * Where a panel's link leads, or `undefined` for what is not safe to follow. A link within this site starts with a slash; whether it stays
 * here is told by the address that the browser makes of it, which drops tabs and takes `\\` for `/`.
 */
export function hrefOf(href: string, origin = location.origin): string | undefined {
  if (!href.startsWith("/")) return safeHref(href);
  const url = URL.canParse(href, origin) ? new URL(href, origin) : undefined;
  return url?.origin === origin && !url.pathname.startsWith("//") ? url.pathname + url.search + url.hash : undefined;
}
