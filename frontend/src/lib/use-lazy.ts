"use client";

import { useEffect, useRef, useState } from "react";

/** A part of the page that is fetched when it is wanted first. `onFail`: it could not be, and may be wanted again. */
export function useLazy<T>(wanted: boolean, load: () => Promise<T>, onFail: () => void): T | undefined {
  const [part, setPart] = useState<{ value: T }>();
  const failed = useRef(onFail);
  useEffect(() => {
    failed.current = onFail;
  }, [onFail]);
  useEffect(() => {
    if (!wanted || part) return;
    let current = true;
    load().then(
      (value) => current && setPart({ value }),
      () => current && failed.current(),
    );
    return () => {
      current = false;
    };
  }, [wanted, part, load]);
  return part?.value;
}
