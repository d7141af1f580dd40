"use client";

import { useTranslations } from "next-intl";
import { Kbd } from "./ui/kbd";
import { isMac, keysOf, type Keys } from "@/lib/shortcuts";

const macSigns = { ctrl: "⌃", alt: "⌥", shift: "⇧", mod: "⌘" } as const;
const named = ["Escape", "Backspace", "Home", "End"] as const;
const arrows: Readonly<Record<string, string>> = { ArrowUp: "↑", ArrowDown: "↓" };

/** What is written on the keys of this keyboard. */
export function useKeyNames(): (keys: Keys) => string[] {
  const t = useTranslations("shortcuts.keys");
  return (keys) => {
    const mac = isMac();
    const held = mac
      ? (["ctrl", "alt", "shift", "mod"] as const).filter((key) => keys[key]).map((key) => macSigns[key])
      : [
          ...(keys.mod || keys.ctrl ? [t("ctrl")] : []),
          ...(keys.alt ? [t("alt")] : []),
          ...(keys.shift ? [t("shift")] : []),
        ];
    const name = named.find((key) => key === keys.key);
    return [...held, arrows[keys.key] ?? (name ? t(name) : keys.key)];
  };
}

/** The first keys of a command, for those who have a keyboard; nothing where it has none. */
export function ShortcutKeys({ id }: { id: string }) {
  const names = useKeyNames();
  const keys = keysOf(id)[0];
  if (!keys) return null;
  return (
    <span className="ms-auto ps-3 pointer-coarse:hidden">
      <Kbd keys={names(keys)} />
    </span>
  );
}
