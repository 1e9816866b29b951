import type { MailboxTest } from "#shared/wire.ts";
import { texts } from "./texts.ts";

/** What is wrong, in our words, and what the server said of it. */
export function Trouble({ code, words }: { code: Exclude<MailboxTest["error_code"], "">; words: string }) {
  const t = texts.use();
  return (
    <div className="text-sm text-danger">
      <p>{t(`error.${code}`)}</p>
      {words && (
        <p className="text-xs break-words">
          {t("said")} <bdi>{words}</bdi>
        </p>
      )}
    </div>
  );
}

/** How trying it went. */
export function Answer({ test }: { test: MailboxTest }) {
  const t = texts.use();
  if (test.error_code !== "") return <Trouble code={test.error_code} words={test.error} />;
  return <p className="text-sm text-success">{t(test.is_instant ? "well.instant" : "well.minute", { count: test.mails })}</p>;
}
