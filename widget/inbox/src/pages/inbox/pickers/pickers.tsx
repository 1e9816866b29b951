import { Dialog, DialogContent } from "#ui/dialog.tsx";
import { useQuery } from "@tanstack/react-query";
import { conversationQuery } from "../../../data/conversations.ts";
import { useStore } from "../../../use-store.ts";
import { texts } from "../texts.ts";
import { AssignPicker } from "./assign.tsx";
import { picker } from "./picker.ts";
import { PriorityPicker } from "./priority.tsx";
import { SnoozePicker } from "./snooze.tsx";
import { TagsPicker } from "./tags.tsx";

const pickers = { assign: AssignPicker, tags: TagsPicker, priority: PriorityPicker, snooze: SnoozePicker };

/** The picker that a key opened: in the middle, like the palette. */
export default function Pickers({ id }: { id: number }) {
  const t = texts.use();
  const open = useStore(picker);
  const { data } = useQuery(conversationQuery(id));
  if (!open || !data) return null;
  const Picker = pickers[open];
  const close = (): void => picker.set(undefined);
  return (
    <Dialog open onOpenChange={close}>
      <DialogContent bare title={t(`picker.${open}`)} className="overflow-hidden sm:max-w-md">
        <Picker conversation={data.conversation} done={close} />
      </DialogContent>
    </Dialog>
  );
}
