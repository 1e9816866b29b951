import type { CampaignProblem } from "#shared/wire.ts";
import { Choice, Switch } from "#ui/choice.tsx";
import { Field } from "#ui/field.tsx";
import { Select } from "#ui/select.tsx";
import { useQuery } from "@tanstack/react-query";
import { Suspense, useState } from "react";
import { useInboxes } from "../../../data/people.ts";
import { later } from "../../../later.tsx";
import { topicsQuery } from "../../../data/consent.ts";
import { everySegmentQuery } from "../../../data/segments.ts";
import { sendersQuery, type Campaign } from "../data.ts";
import { Head } from "../head.tsx";
import { texts } from "../texts.ts";
import { localOf, ownZone } from "../zone.ts";
import { Reach } from "./reach.tsx";
import { Review } from "./review.tsx";
import { Segments } from "./segments.tsx";
import { Standing } from "./standing.tsx";
import { Step } from "./step.tsx";
import { Variants } from "./templates.tsx";
import { useDraft } from "./use-draft.ts";
import { WhenFields, type When } from "./when.tsx";

const TestSend = later(() => import("./test-send.tsx"));

const HOLDS = [0, 1, 3, 7, 14] as const;
const TOMORROW_MS = 24 * 3_600_000;

/** What of `problems` is about one of these fields. */
const lacks = (problems: readonly CampaignProblem[], ...fields: string[]): boolean => problems.some(({ path }) => fields.some((field) => path === field || path.startsWith(`${field}[`)));

function whenOf({ scheduled_at, time_zone, max_lateness_s }: Campaign): When {
  const zone = time_zone && scheduled_at ? time_zone : ownZone();
  const at = scheduled_at ? new Date(scheduled_at) : new Date(Math.ceil((Date.now() + TOMORROW_MS) / 3_600_000) * 3_600_000);
  return { isLater: scheduled_at !== null, local: localOf(at, zone), zone, lateness_s: max_lateness_s };
}

/** A campaign before it begins, step by step on one page. Everything is kept as it is chosen. */
export default function DraftEditor({ campaign }: { campaign: Campaign }) {
  const t = texts.use();
  const { chosen, change, isSaving, settled } = useDraft(campaign);
  const [when, setWhen] = useState(() => whenOf(campaign));
  const [isTesting, setTesting] = useState(false);
  const segments = useQuery(everySegmentQuery).data ?? [];
  const topics = useQuery(topicsQuery).data?.filter(({ kind, archived_at }) => kind === "marketing" && archived_at === null) ?? [];
  const senders = useQuery(sendersQuery).data ?? [];
  const inboxes = useInboxes();
  const isFixed = campaign.status !== "draft";
  const { problems } = campaign;
  const audience = { include: chosen.include, exclude: chosen.exclude, topic_id: chosen.topic_id };
  const topic = topics.find(({ id }) => id === chosen.topic_id);
  const sender = senders.find(({ inbox_id }) => inbox_id === chosen.inbox_id);

  return (
    <>
      <Head campaign={campaign} rename={isFixed ? undefined : (name) => change({ name })} isSaving={isSaving} test={() => setTesting(true)} />
      <div className="min-h-0 flex-1 overflow-y-auto bg-sunken">
        <div className="mx-auto grid max-w-300 items-start gap-4 p-4 md:p-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
            <div className="flex min-w-0 flex-col gap-4">
              <Standing campaign={campaign} />
              <div inert={isFixed} className={isFixed ? "flex flex-col gap-4 opacity-60" : "flex flex-col gap-4"}>
                <Step id="audience" number={1} title={t("step.audience")} text={t("step.audience.text")} isDone={!lacks(problems, "include", "exclude")}>
                  <Segments label={t("audience.include")} none={t("audience.everybody")} chosen={chosen.include} others={chosen.exclude} all={segments} onChange={(include) => change({ include })} />
                  <Segments label={t("audience.exclude")} none={t("audience.nobody")} chosen={chosen.exclude} others={chosen.include} all={segments} onChange={(exclude) => change({ exclude })} />
                </Step>
                <Step id="variants" number={2} title={t("step.content")} text={t("step.content.text")} isDone={!lacks(problems, "variants")}>
                  <Variants campaign={campaign} chosen={chosen.variants} onChange={(variants) => change({ variants })} />
                </Step>
                <Step id="sender" number={3} title={t("step.sender")} text={t("step.sender.text")} isDone={!lacks(problems, "topic_id", "inbox_id")}>
                  <div className="grid gap-4 sm:grid-cols-2">
                    <Field label={t("topic")} hint={topic?.description || t("topic.hint")}>
                      {(ids) => (
                        <Select
                          {...ids}
                          value={chosen.topic_id === null ? undefined : String(chosen.topic_id)}
                          placeholder={t("topic.choose")}
                          onChange={(value) => change({ topic_id: Number(value) })}
                          options={topics.map(({ id, name }) => ({ value: String(id), label: name }))}
                        />
                      )}
                    </Field>
                    <Field label={t("sender")} hint={sender ? sender.address : t("sender.hint")} error={sender && !sender.can_send ? t("lack.no_mail_server") : undefined}>
                      {(ids) => (
                        <Select
                          {...ids}
                          value={chosen.inbox_id === null ? undefined : String(chosen.inbox_id)}
                          placeholder={t("sender.choose")}
                          onChange={(value) => change({ inbox_id: Number(value) })}
                          options={senders.map(({ inbox_id, address }) => ({ value: String(inbox_id), label: inboxes.find(({ id }) => id === inbox_id)?.name ?? address }))}
                        />
                      )}
                    </Field>
                  </div>
                  <Field label={t("hold")} hint={t("hold.hint")} className="max-w-80">
                    {(ids) => (
                      <Select
                        {...ids}
                        value={String(chosen.hold_days)}
                        onChange={(value) => change({ hold_days: Number(value) })}
                        options={[...new Set([...HOLDS, chosen.hold_days])].sort((one, other) => one - other).map((days) => ({ value: String(days), label: days === 0 ? t("hold.none") : t("hold.days", { count: days }) }))}
                      />
                    )}
                  </Field>
                  <Choice label={t("tracked")} hint={t("tracked.hint")}>
                    {(ids) => <Switch {...ids} checked={chosen.is_tracked} onCheckedChange={(is_tracked) => change({ is_tracked })} />}
                  </Choice>
                </Step>
                <Step id="when" number={4} title={t("step.when")} text={t("step.when.text")} isDone>
                  <WhenFields when={when} setWhen={setWhen} />
                </Step>
              </div>
            </div>
          <aside className="flex flex-col gap-4 lg:sticky lg:top-6">
            <section aria-label={t("reach")} className="rounded-md border border-line bg-pane p-4">
              <h2 className="mb-2 text-sm font-medium text-muted">{t("reach")}</h2>
              <Reach audience={audience} />
            </section>
            <Review campaign={campaign} audience={audience} when={when} isSaving={isSaving} settled={settled} test={() => setTesting(true)} />
          </aside>
        </div>
      </div>
      <Suspense>{isTesting && <TestSend campaign={campaign} close={() => setTesting(false)} />}</Suspense>
    </>
  );
}
