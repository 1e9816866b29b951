import type { LoginInput, Me, SignUpInput } from "#shared/wire.ts";
import { store } from "#shared/store.ts";
import { api } from "../api/client.ts";
import { queries } from "../data/queries.ts";
import { setAccent } from "../theme/theme.ts";
import { useStore } from "../use-store.ts";

export type Role = Me["role"];

interface Session {
  me: Me;
  /** The place in the log that everything fetched from now on is newer than: where the socket starts. */
  cursor: string;
}

const session = store<Session | undefined>(undefined);

/** Who is signed in. Everything inside the shell may rely on it. */
export function me(): Me {
  const now = session.get();
  if (!now) throw new Error("nobody is signed in");
  return now.me;
}

const nobody: Me = { user_id: 0, name: "", email: "", role: "agent", organization_id: 0, organization_name: "", accent_color: "", memberships: [] };

/** While a sign-out is under way components are drawn once more: for nobody. */
export const useMe = (): Me => useStore(session)?.me ?? nobody;
export const useSession = (): Session | undefined => useStore(session);
export const currentSession = session.get;
export const isRole = (...roles: Role[]): boolean => roles.includes(session.get()?.me.role ?? "agent");
export const useIsRole = (...roles: Role[]): boolean => roles.includes(useMe().role);

async function begin(me: Me): Promise<void> {
  // Before anything else is fetched: what happens after this cursor is replayed, whatever a page loads meanwhile.
  const { live_cursor: cursor } = await api.get("/api/conversations", { query: { limit: 1 } });
  queries.clear();
  setAccent(me.accent_color);
  session.set({ me, cursor });
}

/** Resolves once it is known who is signed in; rejects with `unauthenticated` where nobody is. */
export async function openSession(): Promise<void> {
  if (!session.get()) await begin(await api.get("/api/auth/me"));
}

/** Asks anew who is signed in: events that told of it may have been missed. */
export const refreshMe = async (): Promise<void> => updateMe(await api.get("/api/auth/me"));

export const signIn = async (input: LoginInput): Promise<void> => begin(await api.post("/api/auth/login", { body: input }));
export const signUp = async (input: SignUpInput): Promise<void> => begin(await api.post("/api/auth/signup", { body: input }));

/** Enters another organization: nothing of the former stays in memory. */
export async function switchOrganization(organization_id: number): Promise<void> {
  const entered = await api.post("/api/auth/switch", { body: { organization_id } });
  session.set(undefined);
  try {
    await begin(entered);
  } catch {
    location.reload(); // the cookie is the other organization's already
  }
}

export async function signOut(): Promise<void> {
  await api.post("/api/auth/logout");
  endSession();
}

/** Forgets who was signed in and all they saw. */
export function endSession(): void {
  session.set(undefined);
  queries.clear();
}

const expired = new Set<() => void>();

/** Calls `listener` when a session has ended that nobody here asked to end. */
export function whenExpired(listener: () => void): () => void {
  expired.add(listener);
  return () => expired.delete(listener);
}

/** The server says that nobody is signed in any more. */
export function expireSession(): void {
  if (!session.get()) return;
  endSession();
  for (const listener of expired) listener();
}

/** The profile or the organization changed. */
export function updateMe(changes: Partial<Me>): void {
  const now = session.get();
  if (!now) return;
  if (changes.accent_color) setAccent(changes.accent_color);
  const me = { ...now.me, ...changes };
  const memberships = me.memberships.map((each) =>
    each.organization_id === me.organization_id ? { ...each, organization_name: me.organization_name, role: me.role } : each,
  );
  session.set({ ...now, me: { ...me, memberships } });
}
