import { defineTexts } from "../../i18n/texts.ts";
import en from "./panels/en.json";

/** The words of this module's panels, which the server writes in English. */
export const words = defineTexts(en, import.meta.glob(["./panels/*.json", "!./panels/en.json"]));
