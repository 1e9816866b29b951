import { Input } from "#ui/field.tsx";
import { useQuery } from "@tanstack/react-query";
import { useId, type ComponentProps } from "react";
import { categoriesQuery } from "./data.ts";

type CategoryInputProps = Omit<ComponentProps<typeof Input>, "value" | "onChange"> & { value: string; onChange: (category: string) => void };

/** A category's name; those in use are offered. */
export function CategoryInput({ value, onChange, ...props }: CategoryInputProps) {
  const known = useId();
  const { data } = useQuery(categoriesQuery);
  return (
    <>
      <Input {...props} value={value} maxLength={80} list={known} autoComplete="off" onChange={(event) => onChange(event.target.value)} />
      <datalist id={known}>
        {data?.map(({ category }) => (
          <option key={category} value={category} aria-label={category} />
        ))}
      </datalist>
    </>
  );
}
