import { LogOut } from "lucide-react";
import { app } from "../i18n/app.ts";
import { signOut } from "../session/session.ts";
import type { Action } from "./registry.ts";

export const signOutAction = (after: () => unknown): Action => ({
  name: "app.sign-out",
  label: () => app.t("action.sign-out"),
  group: "app",
  icon: LogOut,
  perform: async () => {
    await signOut();
    await after();
  },
});
