import { accent, type Accent } from "#shared/color.ts";
import { isOneOf, load, save, watch } from "#shared/storage.ts";
import { store } from "#shared/store.ts";
import { useStore } from "../use-store.ts";

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

const panes = { light: "#ffffff", dark: "#141417" }; // --pane of app.css
type Accents = Record<keyof typeof panes, Record<string, string>>;

const root = document.documentElement;
const system = matchMedia("(prefers-color-scheme: dark)");
const isTheme = isOneOf(...themes);
const isAccents = (value: unknown): value is Accents | undefined => typeof value === "object" && value !== null && "light" in value && "dark" in value;

const theme = store<Theme>(load("theme", "system", isTheme));
const wantsDark = (): boolean => theme.get() === "dark" || (theme.get() === "system" && system.matches);
const dark = store(wantsDark());
let accents = load("accent", undefined, isAccents);

function apply(): void {
  dark.set(wantsDark());
  root.classList.toggle("dark", dark.get());
  for (const [name, value] of Object.entries(accents?.[dark.get() ? "dark" : "light"] ?? {})) root.style.setProperty(name, value);
}

export function setTheme(next: Theme): void {
  theme.set(next);
  save("theme", next);
  apply();
}

/** Paints the organization's colour; `null` returns to ours. An unreadable colour is shifted until it reads. */
export function setAccent(brand: string | null): void {
  const variables = ({ fill, hover, on, text, soft }: Accent): Record<string, string> => ({
    "--accent": fill,
    "--accent-hover": hover,
    "--accent-on": on,
    "--accent-text": text,
    "--accent-soft": soft,
  });
  if (brand === null) for (const name of Object.keys(accents?.light ?? {})) root.style.removeProperty(name);
  accents = brand === null ? undefined : { light: variables(accent(brand, panes.light)), dark: variables(accent(brand, panes.dark)) };
  save("accent", accents);
  apply();
}

export const isDark = dark.get;
export const useDark = (): boolean => useStore(dark);
export const useTheme = (): Theme => useStore(theme);

system.addEventListener("change", apply);
watch("theme", () => {
  theme.set(load("theme", "system", isTheme));
  apply();
});
