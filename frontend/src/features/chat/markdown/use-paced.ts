"use client";

import { useEffect, useLayoutEffect, useState } from "react";

/** At most this part of the page's time goes into showing a text that grows. */
const share = 1 / 4;

const longestWaitMs = 1_000;

/** What one change should cost at most; so much text of a heap that came at once is shown with it. */
const changeMs = 12;
const leastStep = 500;
const mostStep = 8_000;

/** Measures what showing a text costs, from the change to the frame that it is on. */
class Pace {
  private cost = 0;
  private begun = 0;
  private measuring = false;
  private perCharacter = changeMs / 2_000;
  private added = 0;

  /** Milliseconds until the text may change again. */
  wait(): number {
    if (this.measuring) return Math.max(0, this.begun + longestWaitMs - performance.now());
    return this.begun + Math.min(longestWaitMs, this.cost / share) - performance.now();
  }

  /** How many characters more can be shown in one change. */
  step(): number {
    return Math.round(Math.min(mostStep, Math.max(leastStep, changeMs / this.perCharacter)));
  }

  begin(added: number): void {
    this.added = added;
    this.begun = performance.now();
    this.measuring = true;
  }

  committed(): void {
    if (!this.measuring) return;
    const drawn = performance.now() - this.begun;
    // What little text costs says nothing about much of it.
    if (this.added >= leastStep) this.perCharacter = (this.perCharacter + drawn / this.added) / 2;
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

/**
 * The text as it is shown while it grows: as often as the page can without holding up anything else, and never so much
 * at once that it would. A reply that has ended is shown to its end in the same steps.
 */
export function usePaced(text: string, growing: boolean): { shown: string; growing: boolean } {
  const [shown, setShown] = useState(text);
  const [pace] = useState(() => new Pace());
  const goesOn = text.startsWith(shown);
  const left = text.length - shown.length;
  const isBehind = goesOn && left > (growing ? 0 : pace.step());
  useEffect(() => {
    if (!isBehind) return;
    const change = () => {
      const step = pace.step();
      const end = left > step ? text.lastIndexOf("\n", shown.length + step) : text.length;
      const next = text.slice(0, end > shown.length ? end : shown.length + step);
      pace.begin(next.length - shown.length);
      setShown(next);
    };
    const timer = setTimeout(change, Math.max(0, pace.wait()));
    return () => clearTimeout(timer);
  }, [isBehind, left, text, shown, pace]);
  useLayoutEffect(() => pace.committed(), [shown, pace]);
  return isBehind ? { shown, growing: true } : { shown: text, growing };
}
