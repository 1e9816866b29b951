import { useQuery } from "@tanstack/react-query";
import { api } from "../../api/client.ts";

const LAST_MS = 12 * 3600 * 1000;
const MOST = 100;
const WEB = /^https?:\/\//i;

/**
 * A drawn mail as a document for a sandboxed frame. It runs nothing, and loads nothing but pictures that our own server fetched: theirs are never told
 * who looks. `scroll`: whether it has bars of its own.
 */
const framed = (html: string, scroll: boolean): string =>
  html.replace(
    "</head>",
    () =>
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data: ${location.origin}/mail-images/; style-src 'unsafe-inline'"><base target="_blank"><style>${scroll ? "" : "html{overflow:hidden}"}</style></head>`,
  );

const remoteOf = (page: Document): HTMLImageElement[] => [...page.querySelectorAll<HTMLImageElement>("img[src]")].filter((image) => WEB.test(image.getAttribute("src") ?? "")).slice(0, MOST);

/** The same with its pictures where our server has them. It stands at once, and gets them when their addresses are known. */
export function useFramed(html: string, scroll = true): string {
  const page = new DOMParser().parseFromString(html, "text/html");
  const images = remoteOf(page);
  const addresses = [...new Set(images.map((image) => image.getAttribute("src") ?? ""))];
  const { data } = useQuery({
    queryKey: ["draft-images", addresses] as const,
    queryFn: async ({ signal }) => {
      const signed = await api.post("/api/email/images", { body: { addresses }, signal });
      return new Map(addresses.map((address, place) => [address, signed.addresses[place] ?? null]));
    },
    enabled: addresses.length > 0,
    staleTime: LAST_MS,
  });
  if (!data) return framed(html, scroll);
  for (const image of images) {
    const signed = data.get(image.getAttribute("src") ?? "");
    if (signed) image.setAttribute("src", location.origin + signed);
  }
  return framed(`<!doctype html>${page.documentElement.outerHTML}`, scroll);
}
