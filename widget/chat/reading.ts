/** All screens but the first: fetched while the visitor looks at that one. */

import css from "./reading.css?inline";
import texts from "./reading.en.json";
import { english } from "./texts.ts";

Object.assign(english, texts);

export { Article } from "./article.tsx";
export { Help, Messages } from "./tabs.tsx";
export { Thread } from "./thread.tsx";
export { css };
