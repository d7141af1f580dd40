"use client";

import { useCallback } from "react";
import { useStoredText } from "@/lib/use-stored-text";

/** What sends a message: Enter, or Enter with Ctrl or Command; the other one starts a new line. */
export type SendKey = "enter" | "mod-enter";

export const sendKeyName = "tahochat.sendKey";

export function useSendKey(): [SendKey, (key: SendKey) => void] {
  const [stored, store] = useStoredText(sendKeyName);
  const set = useCallback((key: SendKey) => store(key), [store]);
  return [stored === "mod-enter" ? "mod-enter" : "enter", set];
}

export interface EnterPress {
  shiftKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

/** Whether an Enter that was pressed like this sends. */
export function sends(key: SendKey, { shiftKey, ctrlKey, metaKey, altKey }: EnterPress): boolean {
  if (shiftKey || altKey) return false;
  return key === "enter" || ctrlKey || metaKey;
}
