import { AlertDialog as Radix } from "radix-ui";
import { app } from "../i18n/app.ts";
import { useStore } from "../use-store.ts";
import { Button } from "./button.tsx";
import { answer, question } from "./confirm.ts";
import { useFocusReturn } from "./focus.ts";

/** Draws the question of `confirm`; stands once, in the frame. */
export default function ConfirmHost() {
  const t = app.use();
  const { open, asked } = useStore(question);
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && answer(false)}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-50 bg-overlay data-[state=open]:animate-fade" />
        <Radix.Content
          className="fixed inset-x-4 top-[22dvh] z-50 mx-auto max-w-sm rounded-lg border border-line bg-raised p-5 text-ink shadow-raised outline-none data-[state=open]:animate-pop"
          {...useFocusReturn()}
          {...(asked?.text ? {} : { "aria-describedby": undefined })}
        >
          <Radix.Title className="text-lg font-semibold">{asked?.title}</Radix.Title>
          {asked?.text && <Radix.Description className="mt-1 text-sm text-muted">{asked.text}</Radix.Description>}
          <div className="mt-5 flex justify-end gap-2">
            <Radix.Cancel asChild>
              <Button>{t("cancel")}</Button>
            </Radix.Cancel>
            <Button variant={asked?.danger ? "danger" : "primary"} onClick={() => answer(true)}>
              {asked?.action}
            </Button>
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
