import { defineTexts } from "./texts.ts";
import en from "./en.json";

/** Texts of the shell and of the components in src/ui. Pages have their own: src/pages/<page>/texts. */
export const app = defineTexts(en, import.meta.glob(["./*.json", "!./en.json"]));
await app.ready;
