import { useSyncExternalStore } from "react";

/** Conversations by their ids, and the list. */
export type CopyKey = number | "list";

let shown: ReadonlyMap<CopyKey, number> = new Map();
const listeners = new Set<() => void>();

function set(next: ReadonlyMap<CopyKey, number>): void {
  shown = next;
  for (const listener of listeners) listener();
}

/** What the page shows from its copies, and of when (epoch ms) they are. */
export const shownCopies = {
  shows: (key: CopyKey, savedAt: number) => set(new Map(shown).set(key, savedAt)),
  replaced: (key: CopyKey) => {
    if (shown.has(key)) set(new Map([...shown].filter(([other]) => other !== key)));
  },
  /** Conversations that the server has not been asked for since. */
  conversations: (): number[] => [...shown.keys()].filter((key) => key !== "list"),
  savedAt: (key: CopyKey): number | undefined => shown.get(key),
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
};

/** When the copy that is shown is of, epoch ms; undefined: what is shown is the server's. */
export function useShownCopy(key: CopyKey): number | undefined {
  return useSyncExternalStore(
    shownCopies.subscribe,
    () => shownCopies.savedAt(key),
    () => undefined,
  );
}
