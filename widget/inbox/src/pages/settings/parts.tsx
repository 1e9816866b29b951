import { toast } from "#ui/toast.tsx";
import { Button } from "#ui/button.tsx";
import { cn } from "#ui/cn.ts";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#ui/states.tsx";
import { Hourglass } from "lucide-react";
import { useEffect, useState, type FormEvent, type ReactNode } from "react";
import { app } from "../../i18n/app.ts";
import { problemText } from "../../i18n/problem-text.ts";
import { texts } from "./texts.ts";

interface PartProps {
  title: string;
  text?: string;
  /** Buttons at the end of the title. */
  actions?: ReactNode;
  children: ReactNode;
  className?: string;
}

/** One box of settings that belong together. */
export function Part({ title, text, actions, children, className }: PartProps) {
  return (
    <section className="mb-6 rounded-md border border-line">
      <header className="flex flex-wrap items-center gap-3 px-5 pt-4 max-md:px-4">
        <div className="min-w-0 flex-1 basis-48">
          <h3 className="text-base font-semibold">{title}</h3>
          {text && (
            <p className="text-sm text-muted">
              <bdi>{text}</bdi>
            </p>
          )}
        </div>
        {actions}
      </header>
      <div className={cn("flex flex-col gap-4 px-5 py-4 max-md:px-4", className)}>{children}</div>
    </section>
  );
}

interface FormPartProps extends Omit<PartProps, "actions"> {
  isDirty: boolean;
  save: () => Promise<unknown>;
  /** On the button; "Save" when missing. */
  action?: string;
  /** Said when it is done. */
  done?: string;
  /** Before the button that keeps it. */
  beside?: ReactNode;
}

/** A box with fields that are kept together by one button. */
export function FormPart({ isDirty, save, action, done, beside, children, ...part }: FormPartProps) {
  const shell = app.use();
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy || !isDirty) return;
    setBusy(true);
    const kept = await attempt(save);
    setBusy(false);
    if (kept) toast({ tone: "success", title: done ?? shell("saved"), key: "settings" });
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Part {...part}>
        {children}
        <div className="flex flex-wrap justify-end gap-2">
          {beside}
          <Button type="submit" variant="primary" busy={busy} disabled={!isDirty}>
            {action ?? shell("save")}
          </Button>
        </div>
      </Part>
    </form>
  );
}

/** Does something, and says so when it does not work. Resolves to whether it did. */
export async function attempt(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    toast({ tone: "error", title: texts.t("failed"), text: problemText(error), key: "settings" });
    return false;
  }
}

interface LoadedProps<T> {
  query: { data: T | undefined; error: unknown; isFetching: boolean; refetch: () => unknown };
  children: (data: T) => ReactNode;
}

/** What a section shows of its data: its skeleton, its failure, or itself. */
export function Loaded<T>({ query: { data, error, isFetching, refetch }, children }: LoadedProps<T>) {
  const t = texts.use();
  if (data !== undefined) return children(data);
  if (error) return <ErrorState title={t("error")} text={problemText(error)} retry={() => void refetch()} busy={isFetching} />;
  return <Waiting />;
}

const PATIENCE_MS = 8000;

/** A skeleton alone would say nothing for as long as a request may take and be tried again: a minute and a half. */
function Waiting() {
  const t = texts.use();
  const shell = app.use();
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!isLate) return <SkeletonRows avatar={false} rows={4} className="px-0" />;
  return <EmptyState icon={Hourglass} title={t("slow.title")} text={t("slow.text")} action={<Button onClick={() => location.reload()}>{shell("reload")}</Button>} />;
}
