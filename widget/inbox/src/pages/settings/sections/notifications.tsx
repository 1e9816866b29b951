import { Button } from "#ui/button.tsx";
import { Choice, Segmented, Switch } from "#ui/choice.tsx";
import { isApple } from "#ui/kbd.tsx";
import { Keyboard } from "lucide-react";
import { useState } from "react";
import { setSingleKeys, singleKeys } from "../../../actions/registry.ts";
import { app } from "../../../i18n/app.ts";
import { locales, setLocale, useLocale, type Locale } from "../../../i18n/locale.ts";
import { canNotify, desktop, isBlocked, setDesktop, setSound, sound } from "../../../live/notify.ts";
import { overlay } from "../../../shell/overlays.ts";
import { setTheme, themes, useTheme } from "../../../theme/theme.ts";
import { useStore } from "../../../use-store.ts";
import { Part } from "../parts.tsx";
import { texts } from "../texts.ts";

export default function Notifications() {
  const t = texts.use();
  const shell = app.use();
  const theme = useTheme();
  const locale = useLocale();
  const hasSound = useStore(sound);
  const hasDesktop = useStore(desktop);
  const hasKeys = useStore(singleKeys);
  const [blocked, setBlocked] = useState(isBlocked);
  return (
    <>
      <Part title={t("notify")} text={t("notify.text")}>
        <Choice label={t("notify.desktop")} hint={blocked ? t("notify.blocked") : t("notify.desktop.hint")}>
          {(ids) => <Switch {...ids} checked={hasDesktop} disabled={!canNotify() || blocked} onCheckedChange={(on) => void setDesktop(on).then(() => setBlocked(isBlocked()))} />}
        </Choice>
        <Choice label={t("notify.sound")} hint={t("notify.sound.hint")}>
          {(ids) => <Switch {...ids} checked={hasSound} onCheckedChange={setSound} />}
        </Choice>
      </Part>
      <Part title={t("keyboard")}>
        <Choice label={shell("shortcuts.single")} hint={shell("shortcuts.single.text", { key: isApple ? "⌘" : "Ctrl" })}>
          {(ids) => <Switch {...ids} checked={hasKeys} onCheckedChange={setSingleKeys} />}
        </Choice>
        <div>
          <Button onClick={() => overlay.set("shortcuts")}>
            <Keyboard aria-hidden />
            {shell("action.shortcuts")}
          </Button>
        </div>
      </Part>
      <Part title={t("look")}>
        <div className="flex flex-wrap items-center justify-between gap-3">
          <span className="text-sm font-medium">{shell("menu.theme")}</span>
          <Segmented aria-label={shell("menu.theme")} value={theme} onChange={setTheme} options={themes.map((each) => ({ value: each, label: shell(`theme.${each}`) }))} />
        </div>
        <div className="flex flex-wrap items-center justify-between gap-3">
          <span className="text-sm font-medium">{shell("menu.language")}</span>
          <Segmented
            aria-label={shell("menu.language")}
            value={locale}
            onChange={(next) => void setLocale(next)}
            options={(Object.keys(locales) as Locale[]).map((each) => ({ value: each, label: locales[each] }))}
          />
        </div>
      </Part>
    </>
  );
}
