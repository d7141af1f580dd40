"use client";

import { useEffect, useSyncExternalStore } from "react";
import { whenIdle } from "./when-idle";

/** A script of its own, which the page does not wait for: fetched when there is nothing better to do, or when it is wanted. */
export interface LazyPart<T> {
  get: () => T | undefined;
  /** Fetches it once; one that could not be fetched is tried again by the next call. */
  load: () => Promise<T>;
  subscribe: (listener: () => void) => () => void;
}

const parts: LazyPart<unknown>[] = [];

export function lazyPart<T>(fetchIt: () => Promise<T>): LazyPart<T> {
  const listeners = new Set<() => void>();
  let value: T | undefined;
  let loading: Promise<T> | undefined;
  const part: LazyPart<T> = {
    get: () => value,
    load: () =>
      (loading ??= fetchIt().then(
        (fetched) => {
          value = fetched;
          for (const listener of listeners) listener();
          return fetched;
        },
        (error: unknown) => {
          loading = undefined;
          throw error;
        },
      )),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  parts.push(part);
  return part;
}

/** Fetches what is not there yet, one after the other; what fails is left to whoever wants it. */
export function loadPartsWhenIdle(): void {
  const next = ([part, ...others]: LazyPart<unknown>[]) => {
    if (!part) return;
    whenIdle(() => {
      part
        .load()
        .catch(() => undefined)
        .finally(() => next(others));
    });
  };
  next(parts.filter((part) => part.get() === undefined));
}

/** The part, as soon as it is there. `onFail`: it was wanted and could not be fetched; where it stays wanted, nothing more happens. */
export function useLazyPart<T>(part: LazyPart<T>, wanted: boolean, onFail: () => void): T | undefined {
  const value = useSyncExternalStore(part.subscribe, part.get, () => undefined);
  const missing = wanted && value === undefined;
  useEffect(() => {
    if (!missing) return;
    let current = true;
    part.load().catch(() => current && onFail());
    return () => {
      current = false;
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- Told once per wish, and not again for another callback.
  }, [missing, part]);
  return value;
}
