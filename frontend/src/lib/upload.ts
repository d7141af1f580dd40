import { ApiError, leaveToSignIn } from "./api-client";
import { env, restBase } from "./env";
import { problemDetail, problemWords, unreachableWords } from "./problem-words";

export interface UploadOptions {
  /** Told as it goes, 0 to 1. */
  onProgress?: (done: number) => void;
  signal?: AbortSignal;
}

/** Sends one file as a form; `fetch` cannot tell how far it is. Throws an `ApiError`, or an `AbortError` where it was given up. */
export function upload<T>(path: string, file: Blob, name: string, options: UploadOptions = {}): Promise<T> {
  const { onProgress, signal } = options;
  return new Promise<T>((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    const end = () => signal?.removeEventListener("abort", abort);
    request.upload.onprogress = ({ loaded, total }) => total > 0 && onProgress?.(loaded / total);
    request.onload = () => {
      end();
      if (request.status === 401) leaveToSignIn();
      const body = parse(request.responseText);
      if (request.status >= 200 && request.status < 300 && body !== undefined) resolve(body as T);
      else reject(new ApiError(request.status, problemWords(request.status, body), problemDetail(body)));
    };
    request.onerror = () => {
      end();
      reject(new ApiError(0, unreachableWords()));
    };
    request.onabort = () => {
      end();
      reject(new DOMException("Given up.", "AbortError"));
    };
    if (signal?.aborted) return reject(new DOMException("Given up.", "AbortError"));
    signal?.addEventListener("abort", abort);
    request.open("POST", `${restBase(env)}${path}`);
    const form = new FormData();
    form.append("file", file, name);
    request.send(form);
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
