import { Problem, problemFrom } from "./problem.ts";

/** Uploads bytes with progress from 0 to 1, which `fetch` cannot tell. */
export function upload<A>(url: string, file: Blob, headers: Record<string, string>, progress: (share: number) => void, signal?: AbortSignal): Promise<A> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => progress(total ? loaded / total : 0);
    request.onload = () => {
      if (request.status >= 300) return reject(problemFrom(request.status, request.responseText));
      try {
        resolve(JSON.parse(request.responseText) as A);
      } catch {
        reject(new Problem(0, "unreachable")); // somebody in between has answered
      }
    };
    request.onerror = () => reject(new Problem(0, "unreachable"));
    request.onabort = () => reject(new DOMException("", "AbortError"));
    if (signal?.aborted) return reject(new DOMException("", "AbortError"));
    signal?.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}
