import { isProblem } from "../api/problem.ts";
import { app } from "./app.ts";
import { currentLocale } from "./locale.ts";
import en from "./problems/en.json";
import { sizeText } from "./size.ts";
import { defineTexts } from "./texts.ts";

const words = defineTexts(en, import.meta.glob(["./problems/*.json", "!./problems/en.json"]));
await words.ready;
const ours = ["unsupported_type", "empty_file", "not_found", "contention", "last_admin", "conversation_closed", "duplicate_contact"] as const;

/** What to tell a person about a failed request: our own words where we have them, else the server's. */
export function problemText(error: unknown): string {
  if (!isProblem(error)) return error instanceof Error ? error.message : String(error);
  if (error.status === 0) return app.t("error.offline");
  if (error.code === "forbidden") return app.t("error.forbidden");
  if (error.status === 429) return app.t("error.busy");
  if (error.status >= 500) return app.t("error.server");
  if (error.code === "too_large" && typeof error.extra["limit_bytes"] === "number") return words.t("too_large", { size: sizeText(error.extra["limit_bytes"], currentLocale()) });
  const known = ours.find((code) => code === error.code);
  return known ? words.t(known) : error.message;
}
