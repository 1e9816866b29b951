const WINDOW_MS = 20_000;

/** How much was done at a moment. */
export interface Sample {
  at: number;
  done: number;
}

/** The samples that tell of now, with another; none of before somebody began anew. */
export function sampled(samples: readonly Sample[], next: Sample): Sample[] {
  const last = samples.at(-1);
  if (last && (next.done < last.done || next.at <= last.at)) return next.at <= last.at ? [...samples] : [next];
  const kept = samples.filter(({ at }) => next.at - at <= WINDOW_MS);
  return [...kept, next];
}

/** Done per second; undefined: it cannot be told yet. */
export function rateOf(samples: readonly Sample[]): number | undefined {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last || last.at - first.at < 1500) return undefined;
  return ((last.done - first.done) * 1000) / (last.at - first.at);
}

/** Seconds until `left` are done; undefined: nobody knows. */
export const leftOf = (left: number, perSecond: number | undefined): number | undefined => (perSecond && perSecond > 0 ? left / perSecond : undefined);
