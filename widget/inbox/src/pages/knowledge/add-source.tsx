import type { SourceView } from "#shared/wire.ts";
import { Button } from "#ui/button.tsx";
import { cn } from "#ui/cn.ts";
import { Field, Input } from "#ui/field.tsx";
import { Progress } from "#ui/progress.tsx";
import { Select } from "#ui/select.tsx";
import { toast } from "#ui/toast.tsx";
import { FileUp } from "lucide-react";
import { useId, useRef, useState } from "react";
import { problemText } from "../../i18n/problem-text.ts";
import { addFile, addWebsite } from "./data.ts";
import { texts } from "./texts.ts";

const ENDINGS = ".md,.markdown,.html,.htm,.txt,.pdf";

/** Where files are dropped and websites named. */
export function AddSource() {
  const t = texts.use();
  const [audience, setAudience] = useState<SourceView["audience"]>("internal");
  return (
    <section aria-label={t("sources.add")} className="flex flex-col gap-4">
      <Field label={t("audience")} hint={t(`audience.${audience}.hint`)}>
        {(ids) => (
          <Select
            {...ids}
            value={audience}
            onChange={setAudience}
            options={[
              { value: "public", label: t("audience.public") },
              { value: "internal", label: t("audience.internal") },
            ]}
          />
        )}
      </Field>
      <Website audience={audience} />
      <Files audience={audience} />
    </section>
  );
}

function Website({ audience }: { audience: SourceView["audience"] }) {
  const t = texts.use();
  const [address, setAddress] = useState("");
  const [refresh, setRefresh] = useState<"0" | "24" | "168">("168");
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const whole = /^https?:\/\//i.test(address.trim()) ? address.trim() : `https://${address.trim()}`;
  const isAddress = URL.canParse(whole) && address.includes(".");

  const add = async (): Promise<void> => {
    setTried(true);
    if (!isAddress || busy) return;
    setBusy(true);
    try {
      await addWebsite({ address: new URL(whole).href, audience, language: "", category: "", refresh_hours: Number(refresh) });
      setAddress("");
      setTried(false);
    } catch (error) {
      toast({ tone: "error", title: t("sources.failed"), text: problemText(error), key: "source" });
    } finally {
      setBusy(false);
    }
  };

  return (
    <form
      className="grid gap-4 sm:grid-cols-[1fr_10rem]"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <Field label={t("website")} hint={t("website.hint")} error={tried && !isAddress ? t("website.invalid") : undefined}>
        {(ids) => <Input {...ids} dir="ltr" inputMode="url" placeholder="https://example.com/help" value={address} maxLength={1000} onChange={(event) => setAddress(event.target.value)} />}
      </Field>
      <Field label={t("refresh")}>
        {(ids) => (
          <Select
            {...ids}
            value={refresh}
            onChange={setRefresh}
            options={[
              { value: "24", label: t("refresh.day") },
              { value: "168", label: t("refresh.week") },
              { value: "0", label: t("refresh.never") },
            ]}
          />
        )}
      </Field>
      <div>
        <Button type="submit" variant="primary" busy={busy}>
          {t("website.add")}
        </Button>
      </div>
    </form>
  );
}

function Files({ audience }: { audience: SourceView["audience"] }) {
  const t = texts.use();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [sending, setSending] = useState<Record<string, number>>({});

  const send = async (file: File): Promise<void> => {
    try {
      await addFile(file, audience, (share) => setSending((known) => ({ ...known, [file.name]: share })));
    } catch (error) {
      toast({ tone: "error", title: t("file.failed", { name: file.name }), text: problemText(error), key: `file ${file.name}` });
    } finally {
      setSending((known) => Object.fromEntries(Object.entries(known).filter(([name]) => name !== file.name)));
    }
  };
  const take = async (files: readonly File[]): Promise<void> => {
    await Promise.all(files.map(send));
  };

  return (
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void take([...event.dataTransfer.files]);
      }}
      className={cn("flex flex-col gap-3 rounded-md border border-dashed border-line-strong px-4 py-4", over && "bg-accent-soft")}
    >
      <div className="flex flex-wrap items-center gap-3">
        <Button onClick={() => input.current?.click()}>
          <FileUp aria-hidden />
          {t("file.choose")}
        </Button>
        <p id={id} className="min-w-40 flex-1 text-sm text-muted">
          {t("file.hint")}
        </p>
      </div>
      <input
        ref={input}
        type="file"
        multiple
        accept={ENDINGS}
        aria-label={t("file.choose")}
        aria-describedby={id}
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          const chosen = [...(event.target.files ?? [])];
          event.target.value = "";
          void take(chosen);
        }}
      />
      {Object.entries(sending).map(([name, share]) => (
        <Progress key={name} value={share} label={t("file.sending", { name })} />
      ))}
    </div>
  );
}
