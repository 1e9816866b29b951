import { Button } from "#ui/button.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { EmptyState, ErrorState } from "#ui/states.tsx";
import { Link, useRouter, type ErrorComponentProps } from "@tanstack/react-router";
import { Compass, Sparkle } from "lucide-react";
import { app } from "../i18n/app.ts";
import { Page } from "./page.tsx";
import { TopBar } from "./top-bar.tsx";

/** A chunk that a deploy has replaced: the words differ by browser. */
const isOutdated = (error: Error): boolean => /dynamically imported module|importing a module script|preload CSS/i.test(error.message);
const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));

/** The error boundary of every page: the frame around it goes on working. */
export function PageError({ error: thrown, reset }: ErrorComponentProps) {
  const error = asError(thrown);
  const t = app.use();
  const router = useRouter();
  if (isOutdated(error)) {
    return (
      <Page title={t("error.update.title")}>
        <EmptyState
          icon={Sparkle}
          title={t("error.update.title")}
          text={t("error.update.text")}
          action={
            <Button variant="primary" onClick={() => location.reload()}>
              {t("reload")}
            </Button>
          }
        />
      </Page>
    );
  }
  const retry = (): void => {
    reset();
    void router.invalidate();
  };
  return (
    <Page title={t("error.title")}>
      <ErrorState title={t("error.page.title")} text={t("error.page.text")} retry={retry} details={error.stack ?? error.message} />
    </Page>
  );
}

export function PageNotFound() {
  const t = app.use();
  return (
    <Page title={t("notfound.title")}>
      <EmptyState
        icon={Compass}
        title={t("notfound.title")}
        text={t("notfound.text")}
        action={
          <Button asChild variant="primary">
            <Link to="/inbox">{t("notfound.action")}</Link>
          </Button>
        }
      />
    </Page>
  );
}

/** While a page is on its way. Whoever goes by headings finds one even then. */
export function PagePending() {
  const t = app.use();
  return (
    <>
      <h1 className="sr-only">{t("loading")}</h1>
      <TopBar />
      <SkeletonRows />
    </>
  );
}
