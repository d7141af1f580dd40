"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { cn } from "@/lib/cn";
import { useSendKey } from "../send-key";

export interface ComposerHintProps {
  tooLong: boolean;
  /** Makes a file of a text that is too long. */
  onAsFile?: () => void;
  holdUp?: string;
  growing: boolean;
  stopping: boolean;
  bar?: ReactNode;
}

function modKey(ctrl: string): string {
  return typeof navigator !== "undefined" && /mac|iphone|ipad/i.test(navigator.platform) ? "⌘" : ctrl;
}

/** Below the text: who answers, and what the keys do or why it cannot be sent. */
export function ComposerHint({ tooLong, onAsFile, holdUp, growing, stopping, bar }: ComposerHintProps) {
  const t = useTranslations("composer");
  const [sendKey] = useSendKey();
  const mod = modKey(t("ctrl"));
  const hint = growing && stopping ? t("stopping") : t(`${growing ? "queues" : "hints"}.${sendKey}`, { mod });
  return (
    <div className="mt-1 flex min-h-7 flex-wrap items-center justify-between gap-x-3">
      {bar}
      <div className={cn("flex-1 text-xs", bar ? "text-end" : "text-center", tooLong && "basis-48")}>
        <p id="composer-hint" className={tooLong ? "text-danger" : "text-soft"}>
          {tooLong ? (
            t("tooLong")
          ) : holdUp ? (
            <span role="status">{holdUp}</span>
          ) : (
            <span className={cn(!stopping && "max-sm:sr-only")}>{hint}</span>
          )}
        </p>
        {tooLong && onAsFile && (
          <button
            type="button"
            data-testid="as-file"
            onClick={onAsFile}
            className="rounded py-1 font-medium underline underline-offset-2"
          >
            {t("asFile")}
          </button>
        )}
      </div>
    </div>
  );
}
