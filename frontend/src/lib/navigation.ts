import { useSyncExternalStore, type MouseEvent } from "react";

/** Where a conversation lives; null: a new chat. */
export function conversationHref(id: number | null): string {
  return id === null ? "/" : `/?c=${id}`;
}

/** The same at one of its messages, whichever branch that is on. */
export function messageHref(id: number, messageId: number): string {
  return `${conversationHref(id)}&m=${messageId}`;
}

export function parseConversationId(value: string | null): number | null {
  return value !== null && /^[1-9]\d{0,15}$/.test(value) ? Number(value) : null;
}

/** The conversation in the address; null: a new chat. */
export function shownConversation(): number | null {
  return parseConversationId(new URLSearchParams(window.location.search).get("c"));
}

/** The message in the address; null: the conversation's end. */
export function shownMessage(): number | null {
  return parseConversationId(new URLSearchParams(window.location.search).get("m"));
}

const listeners = new Set<() => void>();
let leftAt = conversationHref(null);

/** Back to the conversation that was shown before the figures, the settings or what is said about the app. */
export const chatHref = (): string => leftAt;

/** Changes the address without asking the server for anything, so that it works while the server is away. */
export function goTo(href: string, how: "push" | "replace" = "push"): void {
  if (shownPage() === "chat") leftAt = conversationHref(shownConversation());
  if (how === "push") window.history.pushState(null, "", href);
  else window.history.replaceState(null, "", href);
  for (const listener of listeners) listener();
}

/** For links: a plain click stays in the page, any other one is the browser's. */
export function followInPage(event: MouseEvent<HTMLAnchorElement>): void {
  if (event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  goTo(event.currentTarget.getAttribute("href") ?? "/");
}

/**
 * The conversation in the address as it is now; undefined before the page runs in a browser. The router's own hook follows in a
 * transition, which a reply that grows fast puts off: what is typed meanwhile would go into the conversation that was left.
 */
export function useShownConversation(): number | null | undefined {
  return useFromAddress(shownConversation);
}

/** Something that the address says, as it is now; `read` has to answer the same while the address does. */
export function useFromAddress<T extends string | number | boolean | null>(read: () => T): T | undefined {
  return useSyncExternalStore(subscribe, read, () => undefined);
}

/** What lives beside the chat in the same page, so that going there and back loses nothing. */
export const figuresHref = "/figures/";
export const settingsHref = "/settings/";
export const aboutHref = "/about/";
/** Not what the API calls it: there it is the API's. */
export const trashHref = "/deleted/";

export type ShownPage = "chat" | "figures" | "settings" | "about" | "deleted";

/** The page in the address. */
export function shownPage(): ShownPage {
  const name = /^\/(figures|settings|about|deleted)\/?$/.exec(window.location.pathname)?.[1];
  return (name as ShownPage | undefined) ?? "chat";
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("popstate", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("popstate", listener);
  };
}
