import { defineTexts } from "../../i18n/texts.ts";
import en from "./name/en.json";

/** What this part of the settings is called, and other words that the palette finds it by: known before it is loaded. */
export const name = defineTexts(en, import.meta.glob(["./name/*.json", "!./name/en.json"]));
await name.ready;
