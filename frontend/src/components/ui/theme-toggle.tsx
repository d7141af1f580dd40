"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import { cn } from "@/lib/cn";
import { getTheme, setTheme, subscribeTheme, type Theme } from "@/lib/theme";

const choices = [
  { theme: "light", Icon: Sun },
  { theme: "system", Icon: Monitor },
  { theme: "dark", Icon: Moon },
] as const;

/** `words`: each is named, where there is room. */
export function ThemeToggle({ words = false }: { words?: boolean }) {
  const t = useTranslations("common.theme");
  const theme = useSyncExternalStore(subscribeTheme, getTheme, (): Theme => "system");
  return (
    <div role="group" aria-label={t("label")} className="flex shrink-0 rounded-lg bg-hover p-0.5">
      {choices.map(({ theme: choice, Icon }) => (
        <button
          key={choice}
          type="button"
          aria-label={t(choice)}
          title={words ? undefined : t(choice)}
          aria-pressed={theme === choice}
          onClick={() => setTheme(choice)}
          className={cn(
            "flex h-8 min-w-8 items-center justify-center gap-1.5 rounded-md transition-colors",
            words && "px-2.5 text-xs",
            theme === choice ? "bg-page text-ink shadow-xs" : "text-soft hover:text-ink",
          )}
        >
          <Icon className="size-3.5 shrink-0" aria-hidden="true" />
          {words && <span>{t(choice)}</span>}
        </button>
      ))}
    </div>
  );
}
