"use client";

import { useLayoutEffect, useMemo, useState, type RefObject } from "react";
import { EndKeeper } from "./end-keeper";

/** What scrolling to the end, away from it and back again does; `isAway`: the end is far enough for a way back to it. */
export interface Stick extends Pick<EndKeeper, "toEnd" | "release" | "isStuck" | "resized"> {
  isAway: boolean;
}

export function useStick(scroller: RefObject<HTMLElement | null>): Stick {
  const [keeper] = useState(() => new EndKeeper());
  const [isAway, setAway] = useState(false);
  useLayoutEffect(
    () => (scroller.current ? keeper.attach(scroller.current, setAway) : undefined),
    [scroller, keeper],
  );
  return useMemo(() => {
    const { toEnd, release, isStuck, resized } = keeper;
    return { toEnd, release, isStuck, resized, isAway };
  }, [keeper, isAway]);
}
