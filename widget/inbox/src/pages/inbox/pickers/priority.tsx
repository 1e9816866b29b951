import { Command, CommandInput, CommandItem, CommandList } from "#ui/command.tsx";
import { prioritize } from "../changes.ts";
import { priorities, PriorityIcon } from "../priority.tsx";
import { texts } from "../texts.ts";
import { Label, type PickerProps } from "./assign.tsx";

export function PriorityPicker({ conversation, done }: PickerProps) {
  const t = texts.use();
  return (
    <Command label={t("picker.priority")}>
      <CommandInput placeholder={t("picker.priority")} />
      <CommandList label={t("picker.priority")}>
        {priorities.map((priority) => (
          <CommandItem
            key={priority}
            value={priority}
            keywords={[t(`priority.${priority}`)]}
            icon={<PriorityIcon priority={priority} />}
            onSelect={() => {
              done();
              if (priority !== conversation.priority) void prioritize(conversation.id, priority);
            }}
          >
            <Label text={t(`priority.${priority}`)} on={priority === conversation.priority} />
          </CommandItem>
        ))}
      </CommandList>
    </Command>
  );
}
