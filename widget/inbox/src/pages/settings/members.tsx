import { Avatar } from "#ui/avatar.tsx";
import { Checkbox } from "#ui/choice.tsx";
import { useId } from "react";
import { useColleagues } from "../../data/people.ts";

interface MembersProps {
  label: string;
  value: readonly number[];
  onChange: (ids: number[]) => void;
  disabled?: boolean;
}

/** Chooses members of staff. */
export function Members({ label, value, onChange, disabled = false }: MembersProps) {
  const users = useColleagues();
  const id = useId();
  return (
    <fieldset disabled={disabled}>
      <legend className="mb-1.5 text-sm font-medium">{label}</legend>
      <ul className="max-h-64 overflow-y-auto rounded-sm border border-line">
        {users.map((user) => (
          <li key={user.id} className="flex items-center gap-2.5 border-b border-line px-3 py-1.5 last:border-b-0 touch:py-2.5">
            <Checkbox
              id={`${id}-${user.id}`}
              disabled={disabled}
              checked={value.includes(user.id)}
              onCheckedChange={(on) => onChange(on === true ? [...value, user.id] : value.filter((each) => each !== user.id))}
            />
            <label htmlFor={`${id}-${user.id}`} className="flex min-w-0 flex-1 items-center gap-2 text-sm">
              <Avatar name={user.name} seed={user.id} size="xs" />
              <bdi className="truncate">{user.name}</bdi>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
