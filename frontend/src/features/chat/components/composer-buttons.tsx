"use client";

import { ArrowUp, Square } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "@/lib/cn";

export function StopButton({ stopping, onStop }: { stopping: boolean; onStop: () => void }) {
  const t = useTranslations("composer");
  return (
    <button
      type="button"
      data-testid="stop"
      aria-label={t("stop")}
      title={t("stop")}
      aria-pressed={stopping}
      onClick={onStop}
      className="flex size-9 shrink-0 items-center justify-center rounded-xl border border-line text-ink transition-colors hover:bg-hover aria-pressed:bg-hover aria-pressed:text-soft"
    >
      <Square className={cn("size-3.5 fill-current", stopping && "breathe")} aria-hidden />
    </button>
  );
}

export function SendButton({ growing, disabled }: { growing: boolean; disabled: boolean }) {
  const t = useTranslations("composer");
  const label = growing ? t("sendAfter") : t("send");
  return (
    <button
      type="submit"
      data-testid="send"
      aria-label={label}
      title={label}
      disabled={disabled}
      className="flex size-9 shrink-0 items-center justify-center rounded-xl bg-accent text-on-accent transition-colors hover:bg-accent-strong disabled:bg-hover disabled:text-soft"
    >
      <ArrowUp className="size-4.5" aria-hidden />
    </button>
  );
}
