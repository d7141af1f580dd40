"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useSyncExternalStore } from "react";
import { cn } from "@/lib/cn";
import { getTheme, setTheme, subscribeTheme, type Theme } from "@/lib/theme";

const choices = [
  { theme: "light", label: "Light", Icon: Sun },
  { theme: "system", label: "Like the system", Icon: Monitor },
  { theme: "dark", label: "Dark", Icon: Moon },
] as const;

export function ThemeToggle() {
  const theme = useSyncExternalStore(subscribeTheme, getTheme, (): Theme => "system");
  return (
    <div role="group" aria-label="Theme" className="flex rounded-lg bg-sunken p-0.5">
      {choices.map(({ theme: choice, label, Icon }) => (
        <button
          key={choice}
          type="button"
          aria-label={label}
          title={label}
          aria-pressed={theme === choice}
          onClick={() => setTheme(choice)}
          className={cn(
            "flex h-7 w-8 items-center justify-center rounded-md transition-colors",
            theme === choice ? "bg-page text-ink shadow-xs" : "text-soft hover:text-ink",
          )}
        >
          <Icon className="size-3.5" aria-hidden="true" />
        </button>
      ))}
    </div>
  );
}
