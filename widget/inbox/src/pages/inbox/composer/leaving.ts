import { confirm } from "#ui/confirm.ts";
import { queries } from "../../../data/queries.ts";
import { recipientsQuery } from "../mails.ts";
import { texts } from "../texts.ts";
import type { Draft } from "./drafts.ts";
import { saysAttached } from "./whom.ts";

/** Whether a reply may leave as a mail: its writer is asked where something seems to be forgotten. */
export async function mayLeave(conversation: number, { text, files }: Draft): Promise<boolean> {
  const { t } = texts;
  if (files.length === 0 && saysAttached(text) && !(await confirm({ title: t("forgotten.file"), text: t("forgotten.file.text"), action: t("forgotten.send") }))) return false;
  const known = queries.getQueryData(recipientsQuery(conversation).queryKey);
  if (!known?.is_first || known.subject.trim()) return true;
  return confirm({ title: t("forgotten.subject"), text: t("forgotten.subject.text"), action: t("forgotten.send") });
}
