import type { ExternalToast } from "sonner";
import { lazyPart } from "./lazy-part";

/** Messages at the edge of the page, in a script of their own; those told before it is there are shown when it is. */
export const toaster = lazyPart(() => import("sonner"));

type Sonner = Awaited<ReturnType<typeof toaster.load>>["toast"];

/** Without the script nothing can be taken back: what waits for the end of a message goes on after its time. */
function tell(how: (toast: Sonner) => unknown, options?: ExternalToast): void {
  toaster.load().then(
    (sonner) => how(sonner.toast),
    () => {
      const { onAutoClose, duration } = options ?? {};
      if (onAutoClose) setTimeout(() => onAutoClose({ id: "" }), duration ?? 0);
    },
  );
}

export const toast = Object.assign(
  (words: string, options?: ExternalToast) => tell((sonner) => sonner(words, options), options),
  {
    success: (words: string, options?: ExternalToast) =>
      tell((sonner) => sonner.success(words, options), options),
    error: (words: string, options?: ExternalToast) =>
      tell((sonner) => sonner.error(words, options), options),
    dismiss: () => tell((sonner) => sonner.dismiss()),
  },
);
