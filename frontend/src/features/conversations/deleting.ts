/** `offered`: it can be had back. `sent`: the server was told; it is gone from the list when that is done. */
export type Leaving = "offered" | "sent";

/** Conversations that this tab shows no more though the server may still have them. */
export type LeavingState = ReadonlyMap<number, Leaving>;

export const noneLeaving: LeavingState = new Map();

export function offered(state: LeavingState, id: number): LeavingState {
  return state.has(id) ? state : new Map(state).set(id, "offered");
}

/** The same state where it was sent already, or had back. */
export function sent(state: LeavingState, id: number): LeavingState {
  return state.get(id) === "offered" ? new Map(state).set(id, "sent") : state;
}

/** Had back, or gone for good. */
export function settled(state: LeavingState, id: number): LeavingState {
  if (!state.has(id)) return state;
  const next = new Map(state);
  next.delete(id);
  return next;
}

export function stillOffered(state: LeavingState): number[] {
  return [...state].flatMap(([id, how]) => (how === "offered" ? [id] : []));
}

export function visible<T extends { id: number }>(items: readonly T[], state: LeavingState): T[] {
  return items.filter(({ id }) => !state.has(id));
}
