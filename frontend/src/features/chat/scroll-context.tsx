"use client";

import { createContext, useContext } from "react";

/** Remembers where an element is on the screen; the answer scrolls so that it is there again. */
export type HoldScroll = (element: HTMLElement) => () => void;

export interface Scrolling {
  hold: HoldScroll;
  /** Keeps to the end from now on. */
  toEnd: () => void;
}

const ScrollContext = createContext<Scrolling>({ hold: () => () => undefined, toEnd: () => undefined });

export const ScrollProvider = ScrollContext.Provider;

export function useScrolling(): Scrolling {
  return useContext(ScrollContext);
}

/** `stop` ends whatever else would scroll. */
export function holdIn(scroller: HTMLElement, stop: () => void): HoldScroll {
  return (element) => {
    const before = element.getBoundingClientRect().top;
    return () => {
      stop();
      scroller.scrollTop += element.getBoundingClientRect().top - before;
    };
  };
}
