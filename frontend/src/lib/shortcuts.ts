"use client";

import { useEffect } from "react";
import { allCommands } from "./commands";

/** `mod`: Command on a Mac, Ctrl elsewhere. `key`: as `KeyboardEvent.key` says it, letters in upper case. */
export interface Keys {
  key: string;
  mod?: true;
  ctrl?: true;
  alt?: true;
  shift?: true;
}

interface Shortcut {
  keys: readonly Keys[];
  /** Where Alt and a letter write something else, and where the system has the keys itself. */
  mac?: readonly Keys[];
}

/** Alt and Shift; Control and Shift on a Mac, where Alt writes letters. */
function extra(key: string): Shortcut {
  return { keys: [{ key, alt: true, shift: true }], mac: [{ key, ctrl: true, shift: true }] };
}

/** The keys of commands, by the command's id. The order is that of the overview. */
export const shortcuts = {
  palette: { keys: [{ key: "K", mod: true }] },
  shortcuts: { keys: [{ key: "?" }] },
  "new-chat": { keys: [{ key: "O", mod: true, shift: true }] },
  "toggle-sidebar": {
    keys: [
      { key: "B", mod: true },
      { key: "S", mod: true, shift: true },
    ],
  },
  settings: { keys: [{ key: ",", mod: true }] },
  figures: extra("G"),
  theme: extra("T"),
  "previous-conversation": {
    keys: [{ key: "ArrowUp", alt: true, shift: true }],
    mac: [{ key: "ArrowUp", mod: true, alt: true }],
  },
  "next-conversation": {
    keys: [{ key: "ArrowDown", alt: true, shift: true }],
    mac: [{ key: "ArrowDown", mod: true, alt: true }],
  },
  rename: { keys: [{ key: "F2" }] },
  pin: extra("I"),
  tags: extra("L"),
  archive: extra("A"),
  delete: { keys: [{ key: "Backspace", mod: true, shift: true }] },
  search: extra("F"),
  find: { keys: [{ key: "F", mod: true, shift: true }] },
  "to-beginning": extra("Home"),
  "to-end": extra("End"),
  "copy-last-reply": extra("C"),
  regenerate: extra("R"),
  "edit-last": extra("E"),
  stop: { keys: [{ key: "Escape" }] },
  "focus-composer": { keys: [{ key: "/" }, { key: "Escape", shift: true }] },
  prompts: extra("P"),
  system: extra("S"),
} satisfies Record<string, Shortcut>;

export type ShortcutId = keyof typeof shortcuts;

const table: Readonly<Record<string, Shortcut>> = shortcuts;

export function isMac(platform = navigator.platform): boolean {
  return /mac|iphone|ipad/i.test(platform);
}

export function keysOf(id: string, mac = isMac()): readonly Keys[] {
  const shortcut = table[id];
  return (mac ? shortcut?.mac : undefined) ?? shortcut?.keys ?? [];
}

export type Pressed = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

/** What keys with a sign on them are called: the same on every layout, however the sign is reached there. */
const signs: Readonly<Record<string, string>> = { "؟": "?", "？": "?", "،": ",", "、": "," };

/** Whether these keys were pressed and no others. A letter is where it is on a Latin keyboard, where the layout has none. */
export function matches(keys: Keys, pressed: Pressed, mac: boolean): boolean {
  const mod = keys.mod === true;
  if (pressed.metaKey !== (mod && mac) || pressed.ctrlKey !== ((mod && !mac) || keys.ctrl === true))
    return false;
  if (pressed.altKey !== (keys.alt === true)) return false;
  const key = signs[pressed.key] ?? pressed.key;
  if (isSign(keys.key)) return key === keys.key;
  if (pressed.shiftKey !== (keys.shift === true)) return false;
  return isLetter(keys.key) ? letterOf(key, pressed.code) === keys.key : key === keys.key;
}

function isLetter(key: string): boolean {
  return /^[A-Z]$/.test(key);
}

function isSign(key: string): boolean {
  return key.length === 1 && !isLetter(key);
}

function letterOf(key: string, code: string): string {
  const upper = key.toUpperCase();
  return isLetter(upper) ? upper : code.replace(/^Key/, "");
}

/** The command that these keys mean, or null. */
export function shortcutFor(pressed: Pressed, mac = isMac()): { id: string; keys: Keys } | null {
  for (const id of Object.keys(table)) {
    const keys = keysOf(id, mac).find((each) => matches(each, pressed, mac));
    if (keys) return { id, keys };
  }
  return null;
}

/** Escape writes nothing, and where it closes something that something takes it. */
function worksWhileTyping({ key, mod, ctrl, alt }: Keys): boolean {
  return mod === true || ctrl === true || alt === true || key === "Escape" || key === "F2";
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (
    target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  )
    return true;
  return (
    target instanceof HTMLInputElement && !["checkbox", "radio", "range", "button"].includes(target.type)
  );
}

const overlays = "[role=dialog], [role=alertdialog], [role=menu], [role=listbox]";
/** These also work from within a dialog or a menu. */
const fromAnywhere: ReadonlySet<string> = new Set(["palette", "toggle-sidebar"]);

/** Runs the commands that are there by their keys, wherever the focus is. */
export function useShortcuts(): void {
  useEffect(() => {
    let covered = false;
    // Before anything closes by this very key.
    const look = () => {
      covered = document.querySelector(overlays) !== null;
    };
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.keyCode === 229 || event.repeat) return;
      if (event.getModifierState("AltGraph")) return;
      const found = shortcutFor(event);
      if (!found || (covered && !fromAnywhere.has(found.id))) return;
      if (isTyping(event.target) && !worksWhileTyping(found.keys)) return;
      const command = allCommands().findLast(({ id }) => id === found.id);
      if (!command) return;
      event.preventDefault();
      command.run();
    };
    window.addEventListener("keydown", look, true);
    window.addEventListener("keydown", press);
    return () => {
      window.removeEventListener("keydown", look, true);
      window.removeEventListener("keydown", press);
    };
  }, []);
}
