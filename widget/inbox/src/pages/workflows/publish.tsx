import type { StepHeads, WorkflowParts, WorkflowView } from "#shared/wire.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { Dialog, DialogContent } from "#ui/dialog.tsx";
import { Select } from "#ui/select.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { ErrorState } from "#ui/states.tsx";
import { toast } from "#ui/toast.tsx";
import { useQuery } from "@tanstack/react-query";
import { ArrowRight, Users } from "lucide-react";
import { useMemo, useState } from "react";
import { isProblem } from "../../api/problem.ts";
import { app } from "../../i18n/app.ts";
import { problemText } from "../../i18n/problem-text.ts";
import { headsQuery, publish, type Choice } from "./data.ts";
import { StepIcon } from "./look.tsx";
import { flat, itemsOf, tidy } from "./model/definition.ts";
import { texts } from "./texts.ts";
import { useSummary } from "./use-summary.ts";

type Kind = Choice["choice"];
interface Chosen {
  choice: Kind;
  to: string | null;
}
const keyOf = ({ version, step_id }: StepHeads): string => `${version}:${step_id}`;

/** Before a draft becomes a version: what happens to each who is inside, counted, and chosen for every step. */
export default function Publish({ workflow, parts, close }: { workflow: WorkflowView; parts: WorkflowParts; close: () => void }) {
  const t = texts.use();
  const shell = app.use();
  const { ofItem, stepTitle } = useSummary(parts);
  const { data, error, isFetching, refetch } = useQuery(headsQuery(workflow.id));
  const [chosen, setChosen] = useState<ReadonlyMap<string, Chosen>>(new Map());
  const [busy, setBusy] = useState(false);
  const steps = useMemo(() => flat(itemsOf(tidy(workflow.definition), (type) => parts.steps.find(({ name }) => name === type)?.branches)), [workflow.definition, parts]);
  const heads = (data?.heads ?? []).filter(({ active }) => active > 0);
  const of = (group: StepHeads): Chosen | undefined => chosen.get(keyOf(group)) ?? (group.suggested ? { choice: group.suggested, to: null } : undefined);
  const isChosen = heads.every((group) => {
    const wish = of(group);
    return wish && (wish.choice !== "map" || wish.to !== null);
  });
  const isMissing = (data?.problems.length ?? 0) > 0;
  const people = heads.reduce((sum, { active }) => sum + active, 0);
  const titleOf = (id: string): string => {
    const item = steps.find((each) => each.id === id);
    return item ? ofItem(item).title : id;
  };
  const put = (group: StepHeads, wish: Chosen): void => setChosen(new Map([...chosen, [keyOf(group), wish]]));

  const go = async (): Promise<void> => {
    if (!data) return;
    setBusy(true);
    try {
      const plan = heads.map((group): Choice => ({ version: group.version, step_id: group.step_id, ...of(group)! }));
      const { version } = await publish(workflow.id, data.revision, plan);
      toast({ tone: "success", title: t("published", { version }), key: "workflow" });
      close();
    } catch (error) {
      // Somebody came to a step meanwhile: they are counted anew, and chosen for.
      if (isProblem(error, "choose_for_steps")) void refetch();
      toast({ tone: "error", title: t("publish.failed"), text: isProblem(error, "choose_for_steps") ? t("publish.moved") : problemText(error), key: "workflow" });
    }
    setBusy(false);
  };

  return (
    <Dialog open onOpenChange={close}>
      <DialogContent
        size="lg"
        title={t("publish.title", { version: workflow.version + 1 })}
        text={data && (people > 0 ? t("publish.text", { count: people }) : t("publish.nobody"))}
        footer={
          <>
            <Button onClick={close}>{shell("cancel")}</Button>
            <Button variant="primary" disabled={!data || !isChosen || isMissing} busy={busy} onClick={() => void go()}>
              {t("publish")}
            </Button>
          </>
        }
      >
        {!data ? (
          error ? <ErrorState title={t("publish.failed")} text={problemText(error)} retry={() => void refetch()} busy={isFetching} /> : <SkeletonRows rows={3} />
        ) : (
          <>
            {isMissing && (
              <ul className="mb-3 flex flex-col gap-1 rounded-sm bg-danger-soft px-3 py-2 text-sm text-danger">
                {data.problems.map(({ path, message }) => (
                  <li key={path + message} dir="auto">
                    {message}
                  </li>
                ))}
              </ul>
            )}
            <ul className="flex flex-col gap-2">
              {heads.map((group) => {
                const wish = of(group);
                const kinds: Kind[] = group.exists ? ["follow", "pin", "map", "exit"] : ["pin", "map", "exit"];
                // The server calls a step without a name by its type, in English.
                const isNamed = group.title !== "" && group.title !== parts.steps.find(({ name }) => name === group.type)?.title;
                const title = isNamed ? group.title : group.exists ? titleOf(group.step_id) : stepTitle(group.type);
                return (
                  <li key={keyOf(group)} className="rounded-md border border-line p-3" data-heads={group.step_id}>
                    <div className="flex items-center gap-3">
                      <StepIcon type={group.type} />
                      <div className="min-w-0 flex-1">
                        <p className="truncate text-sm font-semibold">{title}</p>
                        <p className="text-xs text-muted">
                          {t("publish.of-version", { version: group.version })}
                          {!group.exists && ` · ${t("publish.gone")}`}
                        </p>
                      </div>
                      <Badge tone={group.exists ? "accent" : "warning"}>
                        <Users aria-hidden />
                        {t("here", { count: group.active })}
                      </Badge>
                    </div>
                    <div className="mt-3 flex flex-wrap items-center gap-2">
                      <Select
                        aria-label={t("publish.choose", { name: title })}
                        className="w-auto min-w-64 flex-1"
                        value={wish?.choice}
                        placeholder={t("publish.placeholder")}
                        onChange={(choice) => put(group, { choice, to: null })}
                        options={kinds.map((kind) => ({ value: kind, label: t(`plan.${kind}`) }))}
                      />
                      {wish?.choice === "map" && (
                        <>
                          <ArrowRight className="size-4 text-faint rtl:-scale-x-100" aria-hidden />
                          <Select
                            aria-label={t("publish.map", { name: title })}
                            className="w-auto min-w-48 flex-1"
                            value={wish.to ?? undefined}
                            placeholder={t("publish.map.placeholder")}
                            onChange={(to) => put(group, { choice: "map", to })}
                            options={data.steps.map((id) => ({ value: id, label: titleOf(id) }))}
                          />
                        </>
                      )}
                    </div>
                    {wish && <p className="mt-2 text-xs text-faint">{t(`plan.${wish.choice}.text`)}</p>}
                  </li>
                );
              })}
            </ul>
          </>
        )}
      </DialogContent>
    </Dialog>
  );
}
