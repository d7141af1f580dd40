import type { ExternalToast } from "sonner";
import { lazyPart } from "./lazy-part";

/** Messages at the edge of the page, in a script of their own; those told before it is there are shown when it is. */
export const toaster = lazyPart(() => import("sonner"));

type Sonner = Awaited<ReturnType<typeof toaster.load>>["toast"];

/** How long words stand that are shown without the script. */
const plainForMs = 6000;
const listeners = new Set<() => void>();
let plain: string | null = null;

/** What there is to say while the script cannot be had. */
export const plainWords = {
  get: () => plain,
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

function showPlain(words: string | null): void {
  plain = words;
  for (const listener of listeners) listener();
}

/** Without the script nothing can be taken back: what waits for the end of a message goes on after its time. */
function tell(words: string, how: (toast: Sonner) => unknown, options?: ExternalToast): void {
  toaster.load().then(
    (sonner) => how(sonner.toast),
    () => {
      showPlain(words);
      setTimeout(() => {
        if (plain === words) showPlain(null);
        options?.onAutoClose?.({ id: "" });
      }, options?.duration ?? plainForMs);
    },
  );
}

export const toast = Object.assign(
  (words: string, options?: ExternalToast) => tell(words, (sonner) => sonner(words, options), options),
  {
    success: (words: string, options?: ExternalToast) =>
      tell(words, (sonner) => sonner.success(words, options), options),
    error: (words: string, options?: ExternalToast) =>
      tell(words, (sonner) => sonner.error(words, options), options),
    /** All that are shown; without the script there are none. */
    dismiss: () => void toaster.get()?.toast.dismiss(),
  },
);
