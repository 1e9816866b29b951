import type { ConversationView } from "#shared/wire.ts";
import { IconButton } from "#ui/icon-button.tsx";
import { Menu, MenuContent, MenuItem, MenuLabel, MenuSeparator, MenuTrigger } from "#ui/menu.tsx";
import { useQuery } from "@tanstack/react-query";
import { BookOpen, PenLine, ScrollText, Sparkles, Tag, WandSparkles } from "lucide-react";
import { useState } from "react";
import { useActions, type Action } from "../../../actions/registry.ts";
import { texts } from "../texts.ts";
import { ask, copilotQuery, find, styles, type Style } from "./copilot.ts";
import { draftOf } from "./drafts.ts";

const tasks = [
  ["draft", PenLine],
  ["summary", ScrollText],
  ["tags", Tag],
] as const;

/** The one way to the copilot: at the composer, by a key, and in the palette. */
export function CopilotMenu({ conversation: { id } }: { conversation: ConversationView }) {
  const t = texts.use();
  const [isOpen, setOpen] = useState(false);
  const { data } = useQuery(copilotQuery);
  const reason = data?.reason ?? "";
  const rewrite = (style: Style): void => void ask(id, { kind: "rewrite", text: draftOf(id, "reply").get().text, style });
  const isEmpty = (): boolean => draftOf(id, "reply").get().text.trim() === "";

  useActions(() => {
    const group = "conversation" as const;
    const keywords = (): string => texts.t("copilot");
    const all: Action[] = [
      { name: "copilot.open", label: () => texts.t("copilot"), group, icon: Sparkles, shortcut: "mod+j", perform: () => setOpen(true) },
      ...tasks.map(([kind, icon]) => ({ name: `copilot.${kind}`, label: () => texts.t(`copilot.${kind}`), keywords, group, icon, perform: () => void ask(id, { kind, text: "" }) })),
      { name: "copilot.find", label: () => texts.t("copilot.find"), keywords, group, icon: BookOpen, perform: () => find(id) },
      ...styles.map((style) => ({
        name: `copilot.${style}`,
        label: () => `${texts.t("copilot.rewrite")}: ${texts.t(`copilot.${style}`)}`,
        keywords,
        group,
        icon: WandSparkles,
        when: () => reason === "" && !isEmpty(),
        perform: () => rewrite(style),
      })),
    ];
    return all;
  }, [id, reason]);

  return (
    <Menu open={isOpen} onOpenChange={setOpen}>
      <MenuTrigger asChild>
        <IconButton label={t("copilot")}>
          <Sparkles className="text-ai" aria-hidden />
        </IconButton>
      </MenuTrigger>
      <MenuContent side="top" className="max-w-72">
        {tasks.map(([kind, Icon]) => (
          <MenuItem key={kind} icon={<Icon aria-hidden />} onSelect={() => void ask(id, { kind, text: "" })}>
            {t(`copilot.${kind}`)}
          </MenuItem>
        ))}
        <MenuItem icon={<BookOpen aria-hidden />} onSelect={() => find(id)}>
          {t("copilot.find")}
        </MenuItem>
        <MenuSeparator />
        <MenuLabel>{reason ? t(`copilot.${reason}`) : isEmpty() ? t("copilot.rewrite.empty") : t("copilot.rewrite")}</MenuLabel>
        {styles.map((style) => (
          <MenuItem key={style} icon={<WandSparkles aria-hidden />} disabled={reason !== "" || isEmpty()} onSelect={() => rewrite(style)}>
            {t(`copilot.${style}`)}
          </MenuItem>
        ))}
      </MenuContent>
    </Menu>
  );
}
