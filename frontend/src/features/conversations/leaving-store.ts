"use client";

import { useSyncExternalStore } from "react";
import { noneLeaving, type LeavingState } from "./deleting";

let state = noneLeaving;
const listeners = new Set<() => void>();

export function leaving(): LeavingState {
  return state;
}

/** Whether that changed anything. */
export function changeLeaving(
  change: (state: LeavingState, id: number) => LeavingState,
  id: number,
): boolean {
  const next = change(state, id);
  if (next === state) return false;
  state = next;
  for (const listener of listeners) listener();
  return true;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useLeaving(): LeavingState {
  return useSyncExternalStore(subscribe, leaving, () => noneLeaving);
}
