"use client";

import { useEffect, useEffectEvent, type RefObject } from "react";
import type { MessageListHandle } from "./message-list";
import type { ThreadItem } from "./thread-items";

/** A row that was far away is drawn, and measured, in a frame or two. */
const framesToWait = 30;

/** Calls back with a row's message once it is drawn. */
export function whenDrawn(
  scroller: HTMLElement,
  key: string,
  then: (message: HTMLElement) => void,
  frames = framesToWait,
): void {
  const row = scroller.querySelector<HTMLElement>(`[data-row="${CSS.escape(key)}"]`);
  const drawn = row?.firstElementChild;
  if (drawn instanceof HTMLElement && getComputedStyle(drawn).visibility === "visible") then(drawn);
  else if (frames > 0) requestAnimationFrame(() => whenDrawn(scroller, key, then, frames - 1));
}

/** Gives a message the focus without moving anything; its buttons are the next stops of the Tab key. */
export function focusMessage(message: HTMLElement): void {
  message.tabIndex = -1;
  message.focus({ preventScroll: true });
}

interface ThreadKeys {
  scroller: RefObject<HTMLElement | null>;
  list: RefObject<MessageListHandle | null>;
  items: readonly ThreadItem[];
  /** What follows the last message. */
  onPastEnd: () => void;
  onMove: () => void;
}

/** Alt and an arrow go from message to message; from elsewhere, up to the last one. */
export function useThreadKeys({ scroller, list, items, onPastEnd, onMove }: ThreadKeys): void {
  const pressed = useEffectEvent((event: KeyboardEvent) => {
    const by = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
    const element = scroller.current;
    if (by === 0 || !element || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.defaultPrevented || !isFree(event.target)) return;
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-row]") : null;
    const at = items.findIndex(({ key }) => key === target?.dataset.row);
    if (at < 0 && by > 0) return;
    event.preventDefault();
    const index = (at < 0 ? items.length : at) + by;
    const item = items[index];
    if (index >= items.length) onPastEnd();
    if (!item) return;
    onMove();
    list.current?.show(index, "nearest");
    whenDrawn(element, item.key, focusMessage);
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => pressed(event);
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, []);
}

/** Dialogs and menus have their own keys, and on a Mac the caret goes from paragraph to paragraph with these. */
function isFree(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return true;
  if (target.closest("[role=dialog], [role=menu], [role=listbox], [role=alertdialog]")) return false;
  const writes = target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement;
  return !(writes && target.value !== "" && /mac|iphone|ipad/i.test(navigator.platform));
}
