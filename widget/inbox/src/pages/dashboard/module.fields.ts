import { defineTexts } from "../../i18n/texts.ts";
import en from "./fields/en.json";

/** The names of what this module lets contacts be chosen by, which the server writes in English. */
export const words = defineTexts(en, import.meta.glob(["./fields/*.json", "!./fields/en.json"]));
