import { defineTexts } from "../../i18n/texts.ts";
import en from "./texts/en.json";

export const texts = defineTexts(en, import.meta.glob(["./texts/*.json", "!./texts/en.json"]));
await texts.ready;
