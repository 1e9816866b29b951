/** What the server (or the way to it) said no with: RFC 9457. `code` is stable; `extra` are the further members. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(status: number, code: string, detail = "", extra: Readonly<Record<string, unknown>> = {}) {
    super(detail || code);
    this.name = "Problem";
    this.status = status;
    this.code = code;
    this.extra = extra;
  }

  /** Whether the same request may pass later. */
  get passing(): boolean {
    return this.status === 0 || this.status >= 500 || this.status === 408 || this.status === 429 || this.code === "contention";
  }
}

/** A problem from an answer's text, which may come from some proxy and be no JSON. */
export function problemFrom(status: number, text: string): Problem {
  try {
    const { code, detail, ...extra } = JSON.parse(text) as Record<string, unknown>;
    if (typeof code === "string") return new Problem(status, code, typeof detail === "string" ? detail : "", extra);
  } catch {
    // not ours
  }
  return new Problem(status, `http_${status}`);
}
