"use client";

import { useEffect, useLayoutEffect, useState } from "react";

/** At most this part of the page's time goes into showing a text that grows. */
const share = 1 / 4;

const longestWaitMs = 1_000;

/** Measures what showing a text costs, from the change to the frame that it is on. */
class Pace {
  private cost = 0;
  private begun = 0;
  private measuring = false;

  /** Milliseconds until the text may change again. */
  wait(): number {
    if (this.measuring) return Math.max(0, this.begun + longestWaitMs - performance.now());
    return this.begun + Math.min(longestWaitMs, this.cost / share) - performance.now();
  }

  begin(): void {
    this.begun = performance.now();
    this.measuring = true;
  }

  committed(): void {
    if (!this.measuring) return;
    const drawn = performance.now() - this.begun;
    let done = false;
    const end = (painted: number) => {
      if (done) return;
      done = true;
      this.cost = (this.cost + drawn + painted) / 2;
      this.measuring = false;
    };
    // Hidden pages have no frames.
    const timer = setTimeout(() => end(0), 100);
    requestAnimationFrame(() => {
      clearTimeout(timer);
      const frame = performance.now();
      setTimeout(() => end(performance.now() - frame), 0);
    });
  }
}

/** The text as it is shown while it grows: as often as the page can without holding up anything else. */
export function usePaced(text: string, growing: boolean): string {
  const [shown, setShown] = useState(text);
  const [pace] = useState(() => new Pace());
  useEffect(() => {
    if (!growing || shown === text) return;
    const change = () => {
      pace.begin();
      setShown(text);
    };
    const timer = setTimeout(change, Math.max(0, pace.wait()));
    return () => clearTimeout(timer);
  }, [text, growing, shown, pace]);
  useLayoutEffect(() => pace.committed(), [shown, pace]);
  return growing && text.startsWith(shown) ? shown : text;
}
