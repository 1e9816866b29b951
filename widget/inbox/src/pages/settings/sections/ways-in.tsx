import { CopyButton } from "#ui/copy-button.tsx";
import { texts } from "../texts.ts";

const HANDBOOK = "core/channels/email/README.md";

/** How mail for an address can reach us, each with the line that it begins with. */
export function WaysIn({ address, isOpen }: { address: string; isOpen: boolean }) {
  const t = texts.use();
  const ways = [
    { name: "lmtp", line: `${address} lmtp:inet:127.0.0.1:8625` },
    { name: "pipe", line: "lacasa mail-in --setup /etc/lacasa --user nobody" },
    { name: "post", line: `${location.origin}/inbound/email` },
    { name: "imap", line: undefined },
  ] as const;
  return (
    <details open={isOpen} className="border-t border-line pt-5">
      <summary className="cursor-pointer touch:py-1.5">
        <h3 className="inline font-medium">{t("inboxes.ways")}</h3>
      </summary>
      <p className="text-sm text-muted">{t("inboxes.ways.text")}</p>
      <ul className="mt-3 flex flex-col gap-3">
        {ways.map(({ name, line }) => (
          <li key={name} className="text-sm">
            <h4 className="font-medium">{t(`inboxes.ways.${name}`)}</h4>
            <p className="text-muted">{t(`inboxes.ways.${name}.text`)}</p>
            {line !== undefined && (
              <div className="mt-1.5 flex flex-wrap items-center gap-2 rounded-sm border border-line bg-sunken p-2 ps-3">
                <p dir="ltr" className="min-w-0 flex-1 basis-60 font-mono text-xs break-all">
                  {line}
                </p>
                <CopyButton text={line} label={t("inboxes.ways.copy", { way: t(`inboxes.ways.${name}`) })} />
              </div>
            )}
          </li>
        ))}
      </ul>
      <p className="mt-3 text-xs text-faint">{t("inboxes.ways.handbook", { file: `\u2068${HANDBOOK}\u2069` })}</p>
    </details>
  );
}
