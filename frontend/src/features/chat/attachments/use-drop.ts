"use client";

import { useEffect, useRef, useState } from "react";
import { bringsFiles, filesIn } from "./accept";

/**
 * Files that are dropped anywhere on the page: beside the chat the browser would leave the page to show them. Returns whether
 * some are over it now.
 */
export function useDrop(onFiles: (files: File[]) => void, disabled: boolean): boolean {
  const [over, setOver] = useState(false);
  const take = useRef(onFiles);
  useEffect(() => {
    take.current = onFiles;
  });

  useEffect(() => {
    if (disabled) return;
    // Entering an element is told before leaving the one around it.
    let depth = 0;
    const handle = (event: DragEvent) => {
      if (!bringsFiles(event.dataTransfer)) return;
      event.preventDefault();
      if (event.type === "dragenter") depth += 1;
      if (event.type === "dragleave") depth = Math.max(0, depth - 1);
      if (event.type === "drop") {
        depth = 0;
        take.current(filesIn(event.dataTransfer));
      }
      setOver(depth > 0);
    };
    const types = ["dragenter", "dragover", "dragleave", "drop"] as const;
    for (const type of types) window.addEventListener(type, handle);
    return () => {
      for (const type of types) window.removeEventListener(type, handle);
      setOver(false);
    };
  }, [disabled]);

  return over;
}
