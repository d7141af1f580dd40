"use client";

import { createContext, useCallback, useContext, useEffect, useState } from "react";

/** Says that a row must not go while it is out of sight. */
type Keep = (key: string) => () => void;

const KeepContext = createContext<Keep>(() => () => undefined);

export const KeepProvider = KeepContext.Provider;

/** Stays where it is, however far away it is scrolled: what is typed in it, say. */
export function useKept(key: string, isKept: boolean): void {
  const keep = useContext(KeepContext);
  useEffect(() => (isKept ? keep(key) : undefined), [keep, key, isKept]);
}

/** The keys of the rows that have to stay, and what takes new ones. */
export function useKeeping(): [ReadonlySet<string>, Keep] {
  const [kept, setKept] = useState<ReadonlySet<string>>(new Set());
  const keep = useCallback<Keep>((key) => {
    setKept((before) => new Set([...before, key]));
    return () => setKept((before) => new Set([...before].filter((other) => other !== key)));
  }, []);
  return [kept, keep];
}
