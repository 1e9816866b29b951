import { Problem, problemFrom } from "./problem.ts";

/** Uploads bytes with progress from 0 to 1, which `fetch` cannot tell. */
export function upload<A>(url: string, file: Blob, headers: Record<string, string>, progress: (share: number) => void, signal?: AbortSignal): Promise<A> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => progress(total ? loaded / total : 0);
    request.onload = () =>
      request.status < 300 ? resolve(JSON.parse(request.responseText) as A) : reject(problemFrom(request.status, request.responseText));
    request.onerror = () => reject(new Problem(0, "unreachable"));
    request.onabort = () => reject(new DOMException("", "AbortError"));
    signal?.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}
