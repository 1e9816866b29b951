import { load, save } from "#shared/storage.ts";
import type { InboxAlert } from "#shared/wire.ts";
import { toast } from "#ui/toast.tsx";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { currentLocale } from "../i18n/locale.ts";
import { mailAlertsQuery, said } from "./data.ts";
import { texts } from "./texts.ts";

const TOLD = "mail.told";
const isTold = (value: unknown): value is string[] => Array.isArray(value) && value.every((each) => typeof each === "string");
const keyOf = ({ inbox_id, kind }: InboxAlert): string => `${inbox_id}.${kind}`;

/** Tells an admin once, on this device, when something is wrong with e-mail; again when it was well in between. */
export default function WatchMail() {
  const navigate = useNavigate();
  const { data } = useQuery(mailAlertsQuery);
  useEffect(() => {
    if (!data) return;
    const told = load(TOLD, [], isTold);
    const [first, ...others] = data.filter((alert) => !told.includes(keyOf(alert)));
    save(TOLD, data.map(keyOf));
    if (!first) return;
    const text = said(first, currentLocale());
    toast({
      tone: "warning",
      title: texts.t("title", { inbox: first.inbox }),
      text: others.length > 0 ? texts.t("more", { text }) : text,
      key: "mail.alerts",
      lasts_ms: 0, // nobody may be looking just now
      action: { label: texts.t("open"), perform: () => navigate({ to: "/settings/$section", params: { section: "inboxes" } }) },
    });
  }, [data, navigate]);
  return null;
}
