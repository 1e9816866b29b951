import type { IntegrationView } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { CopyButton } from "#ui/copy-button.tsx";
import { Dialog, DialogContent } from "#ui/dialog.tsx";
import { useId } from "react";
import { texts } from "../texts.ts";

export interface MadeShop {
  shop: IntegrationView;
  /** What its webhooks are signed with; shown this once. */
  secret: string;
  isNew: boolean;
}

/** A delivery as a shell writes it: signed over the time and the very bytes that are sent. */
const example = (address: string, secret: string): string => `SECRET='${secret}'
BODY='{"type":"order.updated","order":{"id":"1001","number":"#1001","total":"49.00","currency":"EUR","financial_status":"paid","updated_at":"'$(date -u +%Y-%m-%dT%H:%M:%SZ)'","buyer":{"email":"ida@example.com","first_name":"Ida"},"items":[{"id":"1","title":"Lamp","quantity":1,"price":"49.00"}]}}'
TIME=$(date +%s)
SIGNATURE=$(printf 'lacasa webhook 1\\n%s\\n%s' "$TIME" "$BODY" | openssl dgst -sha256 -hmac "$SECRET" -r | cut -d' ' -f1)
curl '${address}' --data-binary "$BODY" \\
  -H 'Content-Type: application/json' -H "X-Lacasa-Time: $TIME" -H "X-Lacasa-Signature: $SIGNATURE"`;

/** A secret that was just made, with where and how it is used. */
export function Made({ made: { shop, secret, isNew }, close }: { made: MadeShop; close: () => void }) {
  const t = texts.use();
  const address = shop.webhook_url.replace("{event}", "orders");
  return (
    <Dialog open onOpenChange={close}>
      <DialogContent
        size="lg"
        title={t(isNew ? "made.title" : "made.rotated", { name: shop.name })}
        text={t(isNew ? "made.text" : "made.rotated.text")}
        onInteractOutside={(event) => event.preventDefault()}
        footer={
          <Button variant="primary" onClick={close}>
            {t("made.close")}
          </Button>
        }
      >
        <div className="flex flex-col gap-4">
          <Copied label={t("made.address")} text={address} />
          <Copied label={t("made.secret")} text={secret} />
          {shop.platform === "custom" && (
            <div className="flex flex-col gap-1.5">
              <p className="text-sm font-medium">{t("made.example")}</p>
              <p className="text-xs text-muted">{t("made.example.text")}</p>
              {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrollable region must be reachable by keyboard */}
              <pre dir="ltr" tabIndex={0} aria-label={t("made.example")} role="region" className="max-h-56 overflow-auto rounded-sm border border-line bg-sunken p-3 text-start font-mono text-xs">
                {example(address, secret)}
              </pre>
              <span className="flex">
                <CopyButton text={example(address, secret)} label={t("made.example.copy")} />
              </span>
            </div>
          )}
        </div>
      </DialogContent>
    </Dialog>
  );
}

function Copied({ label, text }: { label: string; text: string }) {
  const id = useId();
  return (
    <div className="flex flex-col gap-1.5">
      <p id={id} className="text-sm font-medium">
        {label}
      </p>
      <div className="flex flex-wrap items-center gap-2">
        <code aria-labelledby={id} dir="ltr" className="min-w-0 flex-1 basis-60 rounded-sm border border-line bg-sunken px-2.5 py-1.5 text-start text-xs wrap-anywhere">
          {text}
        </code>
        <CopyButton text={text} />
      </div>
    </div>
  );
}
