import type { MouseEvent } from "react";

/** Where a conversation lives; null: a new chat. */
export function conversationHref(id: number | null): string {
  return id === null ? "/" : `/?c=${id}`;
}

export function parseConversationId(value: string | null): number | null {
  return value !== null && /^[1-9]\d{0,15}$/.test(value) ? Number(value) : null;
}

/** Changes the address without asking the server for anything, so that it works while the server is away. */
export function goTo(href: string, how: "push" | "replace" = "push"): void {
  if (how === "push") window.history.pushState(null, "", href);
  else window.history.replaceState(null, "", href);
}

/** For links: a plain click stays in the page, any other one is the browser's. */
export function followInPage(event: MouseEvent<HTMLAnchorElement>): void {
  if (event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  goTo(event.currentTarget.getAttribute("href") ?? "/");
}
