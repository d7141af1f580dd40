"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";

export interface RenameFieldProps {
  title: string;
  /** The new title, or null where nothing is to change. */
  onDone: (title: string | null) => void;
}

/** Enter or leaving the field saves, Escape does not. */
export function RenameField({ title, onDone }: RenameFieldProps) {
  const t = useTranslations("conversations");
  const input = useRef<HTMLInputElement>(null);
  const done = useRef(false);

  useEffect(() => {
    // A frame later: the menu that led here gives its focus back first.
    const frame = requestAnimationFrame(() => input.current?.select());
    return () => cancelAnimationFrame(frame);
  }, []);

  const finish = (save: boolean) => {
    if (done.current) return;
    done.current = true;
    const next = input.current?.value.trim() ?? "";
    onDone(save && next !== "" ? next : null);
  };

  return (
    <input
      ref={input}
      defaultValue={title}
      maxLength={255}
      aria-label={t("titleField")}
      data-testid="rename-input"
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === "Enter") finish(true);
        if (event.key === "Escape") {
          event.stopPropagation();
          finish(false);
        }
      }}
      onBlur={() => finish(true)}
      className="h-9 w-full rounded-lg border border-accent bg-page px-3 text-sm outline-none"
    />
  );
}
