import { confirm } from "#ui/confirm.ts";
import { close } from "./changes.ts";
import { texts } from "./texts.ts";

/** Closing cannot be undone: asks first; resolves to whether it is closed. */
export async function closeForGood(id: number): Promise<boolean> {
  const { t } = texts;
  return (await confirm({ title: t("close.title"), text: t("close.text"), action: t("action.close"), danger: true })) && close(id);
}
