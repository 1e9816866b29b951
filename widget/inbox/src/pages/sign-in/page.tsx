import { Button } from "#ui/button.tsx";
import { Field, Input } from "#ui/field.tsx";
import { focusOnMount } from "#ui/focus.ts";
import { Link, useRouter, useSearch } from "@tanstack/react-router";
import { useEffect, useState, type FormEvent, type ReactNode } from "react";
import { isProblem } from "../../api/problem.ts";
import { app } from "../../i18n/app.ts";
import { locales, setLocale, useLocale, type Locale } from "../../i18n/locale.ts";
import { problemText } from "../../i18n/problem-text.ts";
import { signIn, signUp } from "../../session/session.ts";
import { texts } from "./texts.ts";

const PASSWORD_MIN = 10;

export function SignIn() {
  const t = texts.use();
  const form = useForm(async (values) => signIn({ email: values.email.trim(), password: values.password }));
  const { ended } = useSearch({ strict: false });
  return (
    <Frame
      title={t("in.title")}
      text={ended ? t("in.again") : t("in.text")}
      below={
        <>
          {t("in.new")}{" "}
          <Link to="/sign-up" className="font-medium text-accent-text underline-offset-2 hover:underline">
            {t("in.found")}
          </Link>
        </>
      }
    >
      <form onSubmit={form.submit} className="flex flex-col gap-4" noValidate>
        <Field label={t("email")} error={form.errorOf("email")}>
          {(ids) => <Input {...ids} {...form.bind("email")} ref={focusOnMount} type="email" autoComplete="username" required dir="ltr" className="h-10" />}
        </Field>
        <Field label={t("password")} error={form.errorOf("password")}>
          {(ids) => <Input {...ids} {...form.bind("password")} type="password" autoComplete="current-password" required dir="ltr" className="h-10" />}
        </Field>
        <Failure text={form.failure} />
        <Button type="submit" variant="primary" size="lg" busy={form.busy}>
          {t("in.action")}
        </Button>
      </form>
    </Frame>
  );
}

export function SignUp() {
  const t = texts.use();
  const form = useForm(
    async ({ organization, name, email, password }) => signUp({ organization_name: organization.trim(), name: name.trim(), email: email.trim(), password }),
    ["organization", "name"],
    PASSWORD_MIN,
  );
  return (
    <Frame
      title={t("up.title")}
      text={t("up.text")}
      below={
        <>
          {t("up.known")}{" "}
          <Link to="/sign-in" className="font-medium text-accent-text underline-offset-2 hover:underline">
            {t("in.action")}
          </Link>
        </>
      }
    >
      <form onSubmit={form.submit} className="flex flex-col gap-4" noValidate>
        <Field label={t("organization")} hint={t("organization.hint")} error={form.errorOf("organization")}>
          {(ids) => <Input {...ids} {...form.bind("organization")} ref={focusOnMount} autoComplete="organization" required maxLength={120} className="h-10" />}
        </Field>
        <Field label={t("name")} error={form.errorOf("name")}>
          {(ids) => <Input {...ids} {...form.bind("name")} autoComplete="name" required maxLength={120} className="h-10" />}
        </Field>
        <Field label={t("email")} error={form.errorOf("email")}>
          {(ids) => <Input {...ids} {...form.bind("email")} type="email" autoComplete="username" required dir="ltr" className="h-10" />}
        </Field>
        <Field label={t("password")} hint={t("password.hint", { count: PASSWORD_MIN })} error={form.errorOf("password")}>
          {(ids) => <Input {...ids} {...form.bind("password")} type="password" autoComplete="new-password" required dir="ltr" className="h-10" />}
        </Field>
        <Failure text={form.failure} />
        <Button type="submit" variant="primary" size="lg" busy={form.busy}>
          {t("up.action")}
        </Button>
      </form>
    </Frame>
  );
}

function Frame({ title, text, below, children }: { title: string; text: string; below: ReactNode; children: ReactNode }) {
  const shell = app.use();
  const locale = useLocale();
  useEffect(() => {
    document.title = `${title} · ${shell("product")}`;
  }, [title, shell]);
  return (
    <div className="flex h-dvh flex-col overflow-y-auto">
      <main className="m-auto w-full max-w-100 px-5 py-10">
        <img src="/app/favicon.svg" alt={shell("product")} className="mb-6 size-10" />
        <h1 className="text-2xl font-semibold">{title}</h1>
        <p className="mt-1 text-muted">{text}</p>
        <div className="mt-6 rounded-lg border border-line bg-pane p-5 sm:p-6">{children}</div>
        <p className="mt-5 text-center text-sm text-muted">{below}</p>
      </main>
      <footer className="flex justify-center gap-4 pb-6 text-sm text-muted">
        {Object.entries(locales).map(([each, language]) => (
          <button
            key={each}
            type="button"
            lang={each}
            aria-pressed={each === locale}
            onClick={() => void setLocale(each as Locale)}
            className="rounded-xs px-1 py-1 hover:text-ink aria-pressed:font-medium aria-pressed:text-ink"
          >
            {language}
          </button>
        ))}
      </footer>
    </div>
  );
}

function Failure({ text }: { text: string | undefined }) {
  return (
    <div role="alert" className="empty:hidden">
      {text && <p className="rounded-sm bg-danger-soft px-3 py-2 text-sm text-danger">{text}</p>}
    </div>
  );
}

type Values = Record<"email" | "password" | "organization" | "name", string>;
const KNOWN = ["wrong_credentials", "no_membership", "email_taken", "sign_up_closed"] as const;

/** Checks what can be known here, sends, and goes to where the person wanted to be. */
function useForm(send: (values: Values) => Promise<void>, more: (keyof Values)[] = [], passwordMin = 1) {
  const t = texts.use();
  const router = useRouter();
  const { to } = useSearch({ strict: false });
  const [values, setValues] = useState<Values>({ email: "", password: "", organization: "", name: "" });
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();

  const wrong = (field: keyof Values): string | undefined => {
    const value = values[field].trim();
    if (field === "email") return /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(value) ? undefined : t("email.wrong");
    if (field === "password") return values.password.length >= passwordMin ? undefined : passwordMin > 1 ? t("password.short", { count: passwordMin }) : t("required");
    return value ? undefined : t("required");
  };
  const fields: (keyof Values)[] = ["email", "password", ...more];

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (busy || fields.some(wrong)) return;
    setBusy(true);
    setFailure(undefined);
    try {
      await send(values);
      if (to) router.history.push(router.options.basepath + to);
      else await router.navigate({ to: "/inbox" });
    } catch (error) {
      const code = KNOWN.find((each) => isProblem(error, each));
      setFailure(code ? t(`error.${code}`) : problemText(error));
      setBusy(false);
    }
  };

  return {
    submit: (event: FormEvent) => void submit(event),
    busy,
    failure,
    errorOf: (field: keyof Values) => (tried ? wrong(field) : undefined),
    bind: (field: keyof Values) => ({
      name: field,
      value: values[field],
      onChange: (event: { target: { value: string } }) => setValues({ ...values, [field]: event.target.value }),
    }),
  };
}
