import { clientId } from "#shared/ids.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { confirm } from "#ui/confirm.ts";
import { Input } from "#ui/field.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Menu, MenuContent, MenuItem, MenuTrigger } from "#ui/menu.tsx";
import { toast } from "#ui/toast.tsx";
import { ArrowLeft, Copy, Ellipsis, Send, Trash2 } from "lucide-react";
import { useRef, type ReactNode } from "react";
import { app } from "../../i18n/app.ts";
import { deleteCampaign, duplicateCampaign, type Campaign } from "./data.ts";
import { texts } from "./texts.ts";
import { useCampaigns } from "./use-campaigns.ts";
import { failureWords, tones } from "./words.ts";

interface HeadProps {
  campaign: Campaign;
  rename?: ((name: string) => void) | undefined;
  isSaving?: boolean;
  test?: () => void;
  /** Buttons for what can be done with it now. */
  children?: ReactNode;
}

/** Above a campaign: its name, how it stands, and what can be done with it. */
export function Head({ campaign, rename, isSaving = false, test, children }: HeadProps) {
  const t = texts.use();
  const shell = app.use();
  const { go } = useCampaigns();
  const copying = useRef(clientId());
  const isUnbegun = campaign.started_at === null;

  const double = async (): Promise<void> => {
    try {
      const made = await duplicateCampaign(campaign.id, copying.current);
      copying.current = clientId();
      toast({ tone: "success", title: t("copied"), key: "campaign" });
      await go({ campaign: made.id, tab: undefined });
    } catch (error) {
      toast({ tone: "error", title: t("failed.create"), text: failureWords(error), key: "campaign" });
    }
  };
  const remove = async (): Promise<void> => {
    if (!(await confirm({ title: t("delete.title", { name: campaign.name }), text: t("delete.text"), action: shell("delete"), danger: true }))) return;
    try {
      await deleteCampaign(campaign.id);
      await go({ campaign: undefined, tab: undefined });
    } catch (error) {
      toast({ tone: "error", title: t("delete.failed"), text: failureWords(error), key: "campaign" });
    }
  };

  return (
    <div className="flex min-h-12 shrink-0 flex-wrap items-center gap-2 border-b border-line px-2 py-1.5">
      <IconButton label={t("back")} onClick={() => void go({ campaign: undefined, tab: undefined })}>
        <ArrowLeft className="rtl:-scale-x-100" aria-hidden />
      </IconButton>
      {rename ? (
        <Input
          key={campaign.name}
          aria-label={t("name.of")}
          defaultValue={campaign.name}
          maxLength={120}
          onKeyDown={(event) => event.key === "Enter" && event.currentTarget.blur()}
          onBlur={(event) => {
            const name = event.target.value.trim();
            if (!name) event.target.value = campaign.name;
            else if (name !== campaign.name) rename(name);
          }}
          className="min-w-32 flex-1 border-transparent font-medium md:max-w-96"
        />
      ) : (
        <h2 className="min-w-0 truncate px-1 font-medium">
          <bdi>{campaign.name}</bdi>
        </h2>
      )}
      <Badge tone={tones[campaign.status]}>{t(`status.${campaign.status}`)}</Badge>
      <span role="status" className="text-xs text-faint max-sm:hidden">
        {rename && t(isSaving ? "saving" : "kept")}
      </span>
      <div className="ms-auto flex items-center gap-1.5">
        {test && (
          <Button onClick={test} aria-label={t("test")}>
            <Send className="rtl:-scale-x-100" aria-hidden />
            <span className="max-sm:hidden">{t("test")}</span>
          </Button>
        )}
        {children}
        <Menu>
          <MenuTrigger asChild>
            <IconButton label={t("more")}>
              <Ellipsis aria-hidden />
            </IconButton>
          </MenuTrigger>
          <MenuContent align="end">
            <MenuItem icon={<Copy aria-hidden />} onSelect={() => void double()}>
              {t("copy")}
            </MenuItem>
            {isUnbegun && (
              <MenuItem icon={<Trash2 aria-hidden />} danger onSelect={() => void remove()}>
                {shell("delete")}
              </MenuItem>
            )}
          </MenuContent>
        </Menu>
      </div>
    </div>
  );
}
