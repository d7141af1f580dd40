"use client";

import { useSyncExternalStore } from "react";
import type { ListFilter } from "@/lib/order-api";
import type { Keepable } from "./use-keep";

/** The list as it is without a choice. */
export const everything: ListFilter = { archived: false, tag: null };

export interface Tagged extends Keepable {
  tags: readonly string[];
}

/** `tagged`: the conversation whose tags are being changed. */
interface View {
  filter: ListFilter;
  tagged: Tagged | null;
}

const atFirst: View = { filter: everything, tagged: null };
let view = atFirst;
const listeners = new Set<() => void>();

function set(next: View): void {
  view = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function useView(): View {
  return useSyncExternalStore(
    subscribe,
    () => view,
    () => atFirst,
  );
}

/** Which conversations the sidebar shows. */
export function useListFilter(): ListFilter {
  return useView().filter;
}

export function showArchive(archived: boolean): void {
  set({ ...view, filter: { archived, tag: null } });
}

export function showTag(tag: string | null): void {
  set({ ...view, filter: { ...view.filter, tag } });
}

export function useTagged(): Tagged | null {
  return useView().tagged;
}

export function changeTags(tagged: Tagged | null): void {
  set({ ...view, tagged });
}
