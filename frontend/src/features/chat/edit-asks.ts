"use client";

import { useEffect, useEffectEvent } from "react";

const editors = new Map<number, () => void>();

/** Opens a message's editor, where the message is drawn. */
export function askToEdit(messageId: number): void {
  editors.get(messageId)?.();
}

/** Opens when somebody else than the message's own button asks for it. */
export function useEditAsked(messageId: number, open: () => void): void {
  const opens = useEffectEvent(open);
  useEffect(() => {
    const editor = () => opens();
    editors.set(messageId, editor);
    return () => {
      if (editors.get(messageId) === editor) editors.delete(messageId);
    };
  }, [messageId]);
}
