import { CircleCheck, CircleDashed } from "lucide-react";
import type { ReactNode } from "react";

interface StepProps {
  id: string;
  number: number;
  title: string;
  text: string;
  isDone: boolean;
  children: ReactNode;
}

/** One step of a campaign on its way to being sent. */
export function Step({ id, number, title, text, isDone, children }: StepProps) {
  const Icon = isDone ? CircleCheck : CircleDashed;
  return (
    <section id={id} aria-labelledby={`${id}-title`} className="scroll-mt-4 rounded-md border border-line bg-pane">
      <header className="flex items-start gap-3 border-b border-line px-4 py-3">
        <Icon className={isDone ? "mt-0.5 size-5 shrink-0 text-success" : "mt-0.5 size-5 shrink-0 text-faint"} strokeWidth={1.75} aria-hidden />
        <div>
          <h2 id={`${id}-title`} className="text-base font-semibold">
            {number}. {title}
          </h2>
          <p className="text-sm text-muted">{text}</p>
        </div>
      </header>
      <div className="flex flex-col gap-4 p-4">{children}</div>
    </section>
  );
}
