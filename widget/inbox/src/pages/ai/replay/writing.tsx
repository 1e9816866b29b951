import { cn } from "#ui/cn.ts";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useId } from "react";
import { queries } from "../../../data/queries.ts";
import { useIsRole } from "../../../session/session.ts";
import { replaysQuery } from "./data.ts";
import { Runs } from "./runs.tsx";
import { texts } from "./texts.ts";

/** Language models and instructions that were tried on questions of the past. In the settings, where they are tried, only once one was. */
export default function TriedWriting({ inSettings = false }: { inSettings?: boolean }) {
  const t = texts.use();
  const title = useId();
  const isAdmin = useIsRole("admin");
  const { data } = useQuery(replaysQuery);
  const isRunning = data?.[0]?.status === "running";
  // Once it has ended, the usage is another one, and the month's tokens may be used up.
  useEffect(() => (isRunning ? () => void queries.invalidateQueries({ queryKey: ["ai"] }) : undefined), [isRunning]);
  if (inSettings && !data?.some(({ kind }) => kind === "writing")) return null;
  return (
    <section aria-labelledby={title} className={cn("flex flex-col gap-4 rounded-md border border-line p-4", inSettings ? "mb-6 md:px-5" : "bg-pane")}>
      <header>
        <h2 id={title} className="text-base font-semibold">
          {t("writing")}
        </h2>
        <p className="max-w-140 text-sm text-muted">
          {t("writing.text")}{" "}
          {isAdmin && !inSettings && (
            <Link to="/settings/$section" params={{ section: "ai" }} className="text-accent-text hover:underline">
              {t("writing.settings")}
            </Link>
          )}
        </p>
      </header>
      <Runs kind="writing" />
    </section>
  );
}
