import { Dialog, DialogContent } from "#ui/dialog.tsx";
import { useRouter } from "@tanstack/react-router";
import { isProblem } from "../../api/problem.ts";
import { texts } from "./texts.ts";

interface Use {
  kind: string;
  id: number;
  name: string;
  /** Of its page, below `/app`. */
  path: string;
}

export interface Uses {
  uses: readonly Use[];
  /** How many there are besides. */
  others: number;
}

const kinds = ["segment", "campaign", "workflow"] as const;
const isUse = (one: unknown): one is Use => typeof one === "object" && one !== null && "kind" in one && "name" in one && "path" in one && typeof one.path === "string" && one.path.startsWith("/");

/** By what a segment is kept from being deleted; undefined: by nothing that has a name. */
export function usesOf(error: unknown): Uses | undefined {
  if (!isProblem(error, "segment_in_use")) return undefined;
  const { uses, others } = error.extra;
  if (!Array.isArray(uses)) return undefined;
  const named = uses.filter(isUse);
  return named.length > 0 ? { uses: named, others: typeof others === "number" ? others : 0 } : undefined;
}

/** What has to let go of a segment before it can be deleted, each with the way there. */
export function InUse({ name, uses: { uses, others }, close }: { name: string; uses: Uses; close: () => void }) {
  const t = texts.use();
  const router = useRouter();
  return (
    <Dialog open onOpenChange={close}>
      <DialogContent title={t("in-use.title", { name })} text={t("in-use.text")}>
        <ul className="-mx-2 flex flex-col">
          {uses.map(({ kind, id, name: called, path }) => {
            const known = kinds.find((each) => each === kind);
            return (
              <li key={`${kind}:${id}`}>
                <a
                  href={`/app${path}`}
                  onClick={(event) => {
                    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
                    event.preventDefault();
                    close();
                    router.history.push(`/app${path}`);
                  }}
                  className="flex items-baseline gap-3 rounded-sm px-2 py-2 text-sm transition-colors hover:bg-hover"
                >
                  <bdi className="min-w-0 flex-1 truncate font-medium">{called}</bdi>
                  <span className="shrink-0 text-xs text-muted">{known ? t(`in-use.kind.${known}`) : kind}</span>
                </a>
              </li>
            );
          })}
        </ul>
        {others > 0 && <p className="mt-2 text-sm text-muted">{t("in-use.others", { count: others })}</p>}
      </DialogContent>
    </Dialog>
  );
}
