import { useNavigate } from "@tanstack/react-router";
import { app } from "../i18n/app.ts";
import { names, sectionsFor } from "../pages/settings/sections.ts";
import { useMe } from "../session/session.ts";
import { useActions } from "./registry.ts";

/** One action for each part of the settings that this role may open. A component, so that it is loaded after the page. */
export default function GoToSettings() {
  const { role } = useMe();
  const navigate = useNavigate();
  useActions(
    () =>
      sectionsFor(role).map(({ name, icon }) => ({
        name: `go.settings.${name}`,
        label: () => app.t("action.go", { page: names.t(name) }),
        group: "go",
        icon,
        keywords: () => `${app.t("page.settings")} ${names.t(`${name}.words`)}`,
        perform: () => navigate({ to: "/settings/$section", params: { section: name } }),
      })),
    [role, navigate],
  );
  return null;
}
