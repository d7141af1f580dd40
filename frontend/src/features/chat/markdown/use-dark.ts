import { useSyncExternalStore } from "react";
import { subscribeTheme } from "@/lib/theme";

function isDark(): boolean {
  return document.documentElement.classList.contains("dark");
}

/** Whether the page is dark now, for what has its colours inside. */
export function useDark(): boolean {
  return useSyncExternalStore(subscribeTheme, isDark, () => false);
}
