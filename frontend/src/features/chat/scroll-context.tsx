"use client";

import { createContext, useContext } from "react";

/** Remembers where an element is on the screen; the answer scrolls so that it is there again. */
export type HoldScroll = (element: HTMLElement) => () => void;

const ScrollContext = createContext<HoldScroll>(() => () => undefined);

export const ScrollProvider = ScrollContext.Provider;

export function useHoldScroll(): HoldScroll {
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
