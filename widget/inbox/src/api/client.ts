import { http, type Answer, type Given } from "#shared/http.ts";
import type { paths } from "#shared/wire.ts";
import { isProblem } from "./problem.ts";

/** Requests to the server, typed by its own description: `api.get("/api/contacts/{contact_id}", { path: { contact_id: 4 } })`. */

type Method = "get" | "post" | "patch" | "put" | "delete";
type Operation<P extends keyof paths, M extends Method> = paths[P] extends Record<M, infer O> ? O : never;
type PathsWith<M extends Method> = { [P in keyof paths]: [Operation<P, M>] extends [never] ? never : P }[keyof paths];
type Rest<I> = object extends I ? [input?: I] : [input: I];
type Call<M extends Method> = <P extends PathsWith<M>>(path: P, ...rest: Rest<Given<Operation<P, M>>>) => Promise<Answer<Operation<P, M>>>;

const signedOut = new Set<() => void>();

/** Calls `listener` whenever the server says that nobody is signed in (any more). */
export function whenSignedOut(listener: () => void): () => void {
  signedOut.add(listener);
  return () => signedOut.delete(listener);
}

/** Told once for every request, so that no page has to. A wrong password is another code. */
export function heard(error: unknown): unknown {
  if (isProblem(error, "unauthenticated")) for (const listener of signedOut) listener();
  return error;
}

const send = http("") as unknown as (method: string, path: string, given: object) => Promise<unknown>;

const bound = <M extends Method>(method: M): Call<M> =>
  (async (path: string, input: object = {}) => {
    try {
      return await send(method, path, input);
    } catch (error) {
      throw heard(error);
    }
  }) as Call<M>;

export const api = { get: bound("get"), post: bound("post"), patch: bound("patch"), put: bound("put"), delete: bound("delete") };

/** What a module's own route answers: its path is known only from the server's list. */
export const getPanel = async <T>(path: string, query: Record<string, number>, signal: AbortSignal): Promise<T> => {
  try {
    return (await send("get", path, { query, signal })) as T;
  } catch (error) {
    throw heard(error);
  }
};
