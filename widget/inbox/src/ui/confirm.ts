import { store } from "#shared/store.ts";

interface Question {
  title: string;
  /** What will happen, and whether it can be undone. */
  text?: string;
  /** The verb on the button: "Delete", not "OK". */
  action: string;
  danger?: boolean;
}

type Asked = Question & { answer: (yes: boolean) => void };

/** The question stays while the dialog closes, so that its text does not vanish first. */
export const question = store<{ open: boolean; asked?: Asked }>({ open: false });

/** Asks before something that cannot be undone; for all else offer Undo instead. */
export function confirm(next: Question): Promise<boolean> {
  question.get().asked?.answer(false);
  return new Promise((answer) => question.set({ open: true, asked: { ...next, answer } }));
}

export function answer(yes: boolean): void {
  const { asked } = question.get();
  asked?.answer(yes);
  question.set({ ...question.get(), open: false });
}
