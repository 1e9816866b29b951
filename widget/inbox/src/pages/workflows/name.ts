import { defineTexts } from "../../i18n/texts.ts";
import en from "./name/en.json";

/** The page's name, which the frame shows before the page is loaded. */
export const name = defineTexts(en, import.meta.glob(["./name/*.json", "!./name/en.json"]));
await name.ready;
