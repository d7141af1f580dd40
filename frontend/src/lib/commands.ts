"use client";

import { useEffect, useRef, useSyncExternalStore } from "react";

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

/** There while what offers them is shown. Those who list them hear of it only where the words change. */
export function useCommands(commands: readonly Command[]): void {
  const latest = useRef(commands);
  useEffect(() => {
    latest.current = commands;
  });
  const words = commands.map(({ id, title, keywords, group }) => [id, title, keywords, group].join("\n"));
  const said = words.join("\n\n");
  useEffect(() => {
    const run = (id: string) => latest.current.find((command) => command.id === id)?.run();
    const offered = latest.current.map((command) => ({ ...command, run: () => run(command.id) }));
    set([...registered, offered]);
    return () => set(registered.filter((other) => other !== offered));
  }, [said]);
}

/** All that can be done now; of two with one id the later one holds. */
export function useAllCommands(): readonly Command[] {
  return useSyncExternalStore(subscribe, allCommands, () => none);
}

/** Runs the command of that id, where it is there now. */
export function runCommand(id: string): void {
  allCommands()
    .findLast((command) => command.id === id)
    ?.run();
}

export function allCommands(): readonly Command[] {
  return all;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
