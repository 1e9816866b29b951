import { defineTexts } from "../../i18n/texts.ts";
import en from "./texts/en.json";

export const texts = defineTexts(en, import.meta.glob(["./texts/*.json", "!./texts/en.json"]));
await texts.ready;

/** A word for what modules name, such as a type of steps: ours where we have one, else `otherwise`. */
export const word = (group: string, name: string, otherwise: string): string => {
  const key = `${group}.${name}`;
  return Object.hasOwn(en, key) ? texts.t(key as keyof typeof en & `${string}`  as Parameters<typeof texts.t>[0]) : otherwise;
};
