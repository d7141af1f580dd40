"use client";

import { DirectionProvider } from "@base-ui/react/direction-provider";
import { useSyncExternalStore, type ReactNode } from "react";
import { directionOf } from "@/i18n/locales";
import { english, getSpoken, subscribeSpoken } from "@/i18n/spoken";

const direction = () => directionOf((getSpoken() ?? english).locale);

/** What opens within it opens to the side, and goes with the arrow keys, as the page's language is read. */
export function Directed({ children }: { children: ReactNode }) {
  return (
    <DirectionProvider direction={useSyncExternalStore(subscribeSpoken, direction, direction)}>
      {children}
    </DirectionProvider>
  );
}
