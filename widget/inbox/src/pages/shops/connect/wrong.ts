import { isProblem } from "../../../api/problem.ts";
import { problemText } from "../../../i18n/problem-text.ts";
import { texts } from "../texts.ts";

/** What the server does not take, said at the field that it is about. */
export interface Wrong {
  shop?: string;
  key?: string;
  secret?: string;
  other?: string;
}

const PLACES = {
  not_a_shop: "shop",
  already_connected: "shop",
  shop_unreachable: "shop",
  bad_key: "key",
  secret_needed: "secret",
  key_incomplete: "secret",
  limit_reached: "other",
  disconnected: "other",
  no_app: "other",
} as const;

const isKnown = (code: string): code is keyof typeof PLACES => code in PLACES;

export function wrongOf(error: unknown): Wrong {
  if (!isProblem(error) || !isKnown(error.code)) return { other: problemText(error) };
  return { [PLACES[error.code]]: texts.t(`wrong.${error.code}`, { why: error.message }) };
}
