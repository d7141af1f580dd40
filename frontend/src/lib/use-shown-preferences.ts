"use client";

import { useEffect } from "react";
import { motionKey, motionOf, showPreferences, textSizeKey, textSizeOf } from "./preferences";
import { useStoredText } from "./use-stored-text";

/** Keeps the page as large and as still as this browser remembers, in all its tabs. */
export function useShownPreferences(): void {
  const [size] = useStoredText(textSizeKey);
  const [motion] = useStoredText(motionKey);
  useEffect(() => showPreferences(textSizeOf(size), motionOf(motion)), [size, motion]);
}
