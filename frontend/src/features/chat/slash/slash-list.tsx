"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { surface } from "@/components/ui/surface";
import { cn } from "@/lib/cn";
import type { Slash } from "./use-slash";

export const slashListId = "slash-list";

export function slashOptionId(id: string): string {
  return `slash-${id}`;
}

/** Above the composer, which keeps the focus: it says which option is pointed at. */
export function SlashList({ slash }: { slash: Slash }) {
  const t = useTranslations("composer");
  const { open, shown, active } = slash;
  const current = useRef<HTMLLIElement>(null);
  // Newer browsers answer with a promise, which React would take for a clean-up.
  useEffect(() => void current.current?.scrollIntoView({ block: "nearest" }), [active, shown]);
  return (
    <>
      <p role="status" className="sr-only">
        {open ? t("slashCount", { count: shown.length }) : ""}
      </p>
      {open && (
        <ul
          id={slashListId}
          role="listbox"
          aria-label={t("slashList")}
          data-testid="slash-list"
          className={cn(
            "absolute inset-x-0 bottom-full z-20 mb-2 max-h-[min(18rem,40dvh)] overflow-y-auto rounded-xl p-1",
            surface,
          )}
        >
          {shown.map((option, index) => (
            <li
              key={option.id}
              ref={index === active ? current : undefined}
              id={slashOptionId(option.id)}
              role="option"
              aria-selected={index === active}
              data-testid="slash-option"
              onPointerMove={() => index !== active && slash.point(index)}
              // The composer keeps the focus.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => slash.pick(option)}
              className="flex min-h-9 cursor-default items-baseline gap-3 rounded-md px-2.5 py-1.5 text-sm select-none aria-selected:bg-hover"
            >
              <span dir="auto" className="max-w-1/2 shrink-0 truncate font-medium">
                /{option.name}
              </span>
              <span dir="auto" className="min-w-0 flex-1 truncate text-soft">
                {option.title}
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
