import { Store } from "lucide-react";
import { later } from "../../later.tsx";
import type { ModuleSection } from "../settings/sections.ts";
import { name } from "./name.ts";

export const section: ModuleSection = {
  name: "integrations",
  module: "commerce",
  group: "organization",
  icon: Store,
  roles: ["admin", "user"],
  label: () => name.t("integrations"),
  text: () => name.t("integrations.text"),
  words: () => name.t("integrations.words"),
  Content: later(() => import("./section.tsx")),
};
