"use client";

import { useEffect, useSyncExternalStore } from "react";

/** Something that a person can do from the palette, and by its keys where `shortcuts.ts` gives its id some. */
export interface Command {
  id: string;
  title: string;
  /** Other words for it, for those who search. */
  keywords?: string;
  /** Under which heading the palette shows it. */
  group?: string;
  run: () => void;
}

let registered: readonly (readonly Command[])[] = [];
let all: readonly Command[] = [];
const none: readonly Command[] = [];
const listeners = new Set<() => void>();

function set(next: readonly (readonly Command[])[]): void {
  registered = next;
  all = next.flat();
  for (const listener of listeners) listener();
}

/** There while what offers them is shown; `commands` keeps its identity as long as it says the same. */
export function useCommands(commands: readonly Command[]): void {
  useEffect(() => {
    set([...registered, commands]);
    return () => set(registered.filter((other) => other !== commands));
  }, [commands]);
}

/** All that can be done now; of two with one id the later one holds. */
export function useAllCommands(): readonly Command[] {
  return useSyncExternalStore(subscribe, allCommands, () => none);
}

export function allCommands(): readonly Command[] {
  return all;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
