import { Button } from "#ui/button.tsx";
import { Input } from "#ui/field.tsx";
import { UserRoundPlus } from "lucide-react";
import { useState } from "react";
import { useActions } from "../../actions/registry.ts";
import { app } from "../../i18n/app.ts";
import { useIsRole } from "../../session/session.ts";
import { useSearchField } from "../../use-search-field.ts";
import { Page } from "../../shell/page.tsx";
import { AddContact } from "./add.tsx";
import { Drawer } from "./drawer.tsx";
import { SegmentFilter } from "./filter.tsx";
import { Rows } from "./rows.tsx";
import { ContactTabs } from "./tabs.tsx";
import { texts } from "./texts.ts";
import { useContacts } from "./use-contacts.ts";

export default function ContactsPage() {
  const shell = app.use();
  const t = texts.use();
  const maySegment = useIsRole("admin", "user");
  const { search, go } = useContacts();
  const [isAdding, setAdding] = useState(false);
  const [query, setQuery] = useSearchField(search.q, (q) => void go({ q }, { replace: true }));
  useActions(() => [{ name: "contact.add", label: () => texts.t("add"), group: "contact", icon: UserRoundPlus, shortcut: "c", perform: () => setAdding(true) }], []);

  return (
    <Page
      title={shell("page.contacts")}
      actions={
        <Button variant="primary" onClick={() => setAdding(true)} aria-label={t("add")}>
          <UserRoundPlus aria-hidden />
          <span className="max-sm:hidden">{t("add")}</span>
        </Button>
      }
    >
      <ContactTabs current="people" />
      <div role="search" className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line px-4 py-2.5">
        <Input type="search" aria-label={t("search")} placeholder={t("search")} value={query} onChange={(event) => setQuery(event.target.value)} className="max-w-96" />
        {maySegment && <SegmentFilter />}
      </div>
      <Rows key={search.segment} clear={() => setQuery("")} add={() => setAdding(true)} />
      {search.contact !== undefined && <Drawer key={search.contact} id={search.contact} close={() => void go({ contact: undefined })} />}
      <AddContact open={isAdding} close={() => setAdding(false)} added={({ id }) => void go({ contact: id })} />
    </Page>
  );
}
