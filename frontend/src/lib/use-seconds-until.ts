"use client";

import { useEffect, useState } from "react";

/** Whole seconds until `at` (epoch ms), counted down. */
export function useSecondsUntil(at: number | undefined): number {
  const [now, setNow] = useState(() => Date.now());
  const waiting = at !== undefined && now < at;
  useEffect(() => {
    if (!waiting) return;
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, [waiting]);
  return waiting ? Math.ceil((at - now) / 1000) : 0;
}
