import { later } from "../../later.tsx";
import type { Opens } from "../../panels/opens.ts";

export const opens: Opens = { path: "/app/orders", Content: later(() => import("./beside.tsx")) };
