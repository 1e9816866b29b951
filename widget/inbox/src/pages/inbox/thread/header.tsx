import type { ConversationView } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from "#ui/menu.tsx";
import { plainLine } from "#ui/plain-line.ts";
import { toast } from "#ui/toast.tsx";
import { AlarmClock, AlarmClockOff, Archive, ArrowLeft, Check, Ellipsis, Link2, PanelRight, Printer, RotateCcw, Sparkles, UserRoundPlus } from "lucide-react";
import { isSnoozed } from "../../../data/filters.ts";
import { app } from "../../../i18n/app.ts";
import { handBack, reopen, resolve, wake } from "../changes.ts";
import { ChannelIcon } from "../channel.tsx";
import { closeForGood } from "../close-for-good.ts";
import { picker } from "../pickers/picker.ts";
import { StatusBadge } from "../status-badge.tsx";
import { texts } from "../texts.ts";
import { useFinish } from "../use-finish.ts";
import { useInbox } from "../use-inbox.ts";
import { print } from "./print.ts";
import { Viewers } from "./typing.tsx";

export function ThreadHeader({ conversation, showDetails }: { conversation: ConversationView; showDetails: () => void }) {
  const t = texts.use();
  const shell = app.use();
  const { close } = useInbox();
  const finish = useFinish();
  const { id, status } = conversation;
  const isOver = status === "resolved" || status === "closed";

  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(`${location.origin}/app/inbox/${id}`);
    toast({ tone: "success", title: shell("copied") });
  };

  return (
    <header data-thread-header="" className="flex h-14 shrink-0 items-center gap-1.5 border-b border-line ps-4 pe-2 max-md:gap-1 max-md:ps-1">
      <IconButton label={t("thread.back")} onClick={close} className="md:hidden">
        <ArrowLeft className="size-5! rtl:-scale-x-100" aria-hidden />
      </IconButton>
      <div className="min-w-0 flex-1">
        <div className="flex min-w-0 items-center gap-2">
          <h2 className="truncate text-base font-semibold">{conversation.contact_name || shell("visitor")}</h2>
          <StatusBadge conversation={conversation} />
        </div>
        <p className="flex min-w-0 items-center gap-1.5 text-xs text-muted">
          <span className="shrink-0 tabular-nums">#{conversation.number}</span>
          <ChannelIcon channel={conversation.channel} className="size-3.5 shrink-0" />
          <span dir="auto" className="truncate">
            {plainLine(conversation.subject)}
          </span>
        </p>
      </div>
      <Viewers conversation={id} />
      <IconButton label={t("action.assign")} shortcut="a" onClick={() => picker.set("assign")} className="max-md:hidden">
        <UserRoundPlus aria-hidden />
      </IconButton>
      {!isOver &&
        (isSnoozed(conversation) ? (
          <IconButton label={t("action.wake")} onClick={() => void wake(id)}>
            <AlarmClockOff aria-hidden />
          </IconButton>
        ) : (
          <IconButton label={t("action.snooze")} shortcut="h" onClick={() => picker.set("snooze")} className="max-sm:hidden">
            <AlarmClock aria-hidden />
          </IconButton>
        ))}
      {isOver ? (
        status === "resolved" && (
          <Button onClick={() => void reopen(id)} aria-label={t("action.reopen")} className="max-sm:w-10 max-sm:p-0">
            <RotateCcw aria-hidden />
            <span className="max-sm:hidden">{t("action.reopen")}</span>
          </Button>
        )
      ) : (
        <Button onClick={() => void finish(id, resolve)} aria-label={t("action.resolve")} className="max-sm:w-10 max-sm:p-0">
          <Check aria-hidden />
          <span className="max-sm:hidden">{t("action.resolve")}</span>
        </Button>
      )}
      <Menu>
        <MenuTrigger asChild>
          <IconButton label={t("thread.more")}>
            <Ellipsis aria-hidden />
          </IconButton>
        </MenuTrigger>
        <MenuContent align="end" className="w-56">
          <MenuItem icon={<UserRoundPlus aria-hidden />} shortcut="a" onSelect={() => picker.set("assign")}>
            {t("action.assign")}
          </MenuItem>
          {!isOver && (
            <MenuItem icon={<AlarmClock aria-hidden />} shortcut="h" onSelect={() => picker.set("snooze")}>
              {t("action.snooze")}
            </MenuItem>
          )}
          {conversation.handler === "human" && status !== "closed" && (
            <MenuItem icon={<Sparkles aria-hidden />} onSelect={() => void handBack(id)}>
              {t("action.hand-back")}
            </MenuItem>
          )}
          <MenuItem icon={<Printer aria-hidden />} onSelect={() => void print.get()()}>
            {t("print")}
          </MenuItem>
          <MenuItem icon={<Link2 aria-hidden />} onSelect={() => void copy()}>
            {t("action.copy-link")}
          </MenuItem>
          {status !== "closed" && (
            <>
              <MenuSeparator />
              <MenuItem icon={<Archive aria-hidden />} danger onSelect={() => void finish(id, closeForGood)}>
                {t("action.close")}
              </MenuItem>
            </>
          )}
        </MenuContent>
      </Menu>
      <IconButton label={t("details")} onClick={showDetails} className="xl:hidden">
        <PanelRight className="rtl:-scale-x-100" aria-hidden />
      </IconButton>
    </header>
  );
}
