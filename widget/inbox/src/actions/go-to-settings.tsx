import { useNavigate } from "@tanstack/react-router";
import { app } from "../i18n/app.ts";
import { labelOf, useSections, wordsOf } from "../pages/settings/sections.ts";
import { useActions } from "./registry.ts";

/** One action for each part of the settings that this role may open. A component, so that it is loaded after the page. */
export default function GoToSettings() {
  const { sections } = useSections();
  const navigate = useNavigate();
  useActions(
    () =>
      sections.map((section) => ({
        name: `go.settings.${section.name}`,
        label: () => app.t("action.go", { page: labelOf(section) }),
        group: "go",
        icon: section.icon,
        keywords: () => `${app.t("page.settings")} ${wordsOf(section)}`,
        perform: () => navigate({ to: "/settings/$section", params: { section: section.name } }),
      })),
    [sections, navigate],
  );
  return null;
}
