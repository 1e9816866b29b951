import { isProblem } from "../api/problem.ts";
import { app } from "./app.ts";

/** What to tell a person about a failed request: our own words where we have them, else the server's. */
export function problemText(error: unknown): string {
  if (!isProblem(error)) return error instanceof Error ? error.message : String(error);
  if (error.status === 0) return app.t("error.offline");
  if (error.code === "forbidden") return app.t("error.forbidden");
  if (error.status === 429) return app.t("error.busy");
  if (error.status >= 500) return app.t("error.server");
  return error.message;
}
