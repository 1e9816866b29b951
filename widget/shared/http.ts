/** JSON over HTTP, typed by the server's own description of it. Failures are `Problem`s; a lost network is one of status 0. */

import { Problem, problemFrom } from "./problem.ts";
import type { paths } from "./wire.ts";

export { Problem, problemFrom } from "./problem.ts";

type Operation = { parameters: { path?: unknown; query?: unknown }; responses: object };
type Method<P extends keyof paths> = { [M in keyof paths[P]]: paths[P][M] extends Operation ? M : never }[keyof paths[P]] & string;
type Body<O> = O extends { requestBody: { content: { "application/json": infer B } } } ? { body: B } : { body?: never };
type In<O, K extends "path" | "query"> =
  O extends { parameters: { [name in K]: infer V } } ? { [name in K]: V }
  : O extends { parameters: { [name in K]?: infer V } } ? { [name in K]?: NonNullable<V> }
  : unknown;
type Success<R> = R[keyof R & (200 | 201 | 202)];
export type Answer<O> =
  O extends { responses: infer R } ?
    [Success<R>] extends [never] ? undefined
    : Success<R> extends { content: { "application/json": infer A } } ? A
    : undefined
  : never;
export type Given<O> = Body<O> & In<O, "path"> & In<O, "query"> & { signal?: AbortSignal };

const TIMEOUT_MS = 30_000;

export interface Http {
  /** `call("get", "/api/x/{id}", { path: { id: 1 } })`. */
  <P extends keyof paths, M extends Method<P>>(method: M, path: P, given: Given<paths[P][M]>): Promise<Answer<paths[P][M]>>;
}

/** `headers` are asked for at each call. `base` is the server's origin; empty for the page's own. */
export function http(base: string, headers: () => Record<string, string> = () => ({})): Http {
  const call = async (method: string, path: string, given: { path?: object; query?: object; body?: unknown; signal?: AbortSignal }): Promise<unknown> => {
    const values = given.path as Record<string, string> | undefined;
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(given.query ?? {})) if (value != null) query.append(name, String(value));
    const url = base + path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values![name]!)) + (query.size ? `?${query}` : "");
    const json = given.body === undefined ? {} : { "Content-Type": "application/json" };
    const patience = AbortSignal.timeout(TIMEOUT_MS);
    let answer: Response, text: string;
    try {
      answer = await fetch(url, {
        method: method.toUpperCase(),
        headers: { ...json, ...headers() },
        body: given.body === undefined ? null : JSON.stringify(given.body),
        signal: given.signal ? AbortSignal.any([given.signal, patience]) : patience,
      });
      text = await answer.text();
      if (answer.ok) return text && (JSON.parse(text) as unknown); // no JSON: somebody in between has answered
    } catch (error) {
      if (given.signal?.aborted) throw error;
      throw new Problem(0, "unreachable");
    }
    throw problemFrom(answer.status, text);
  };
  return call as Http;
}
