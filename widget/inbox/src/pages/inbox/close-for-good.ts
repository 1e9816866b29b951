import { confirm } from "#ui/confirm.ts";
import { close } from "./changes.ts";
import { texts } from "./texts.ts";

/** Closing cannot be undone: asks first. */
export async function closeForGood(id: number): Promise<void> {
  const { t } = texts;
  if (await confirm({ title: t("close.title"), text: t("close.text"), action: t("action.close"), danger: true })) await close(id);
}
