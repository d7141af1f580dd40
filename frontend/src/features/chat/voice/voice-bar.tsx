"use client";

import { LoaderCircle, RotateCcw } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { clock, largestRecording, longestMs } from "./recording";
import type { Voice } from "./use-voice";

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}

/** What becomes of a spoken message, above the text that it will be part of. */
export function VoiceBar({ voice }: { voice: Voice }) {
  const t = useTranslations("voice");
  const common = useTranslations("common");
  const { now, cancel, finish, retry } = voice;
  switch (now.state) {
    case "idle":
      return null;
    case "asking":
      return (
        <Bar said={t("allow")} onCancel={cancel}>
          <p className="min-w-0 flex-1">{t("allow")}</p>
        </Bar>
      );
    case "recording":
      return (
        <Bar
          said={t("recording", { minutes: longestMs / 60_000, megabytes: largestRecording / 1_000_000 })}
          onCancel={cancel}
          action={
            <Button variant="primary" data-testid="voice-done" onClick={finish}>
              {t("write")}
            </Button>
          }
        >
          <span className="breathe size-2.5 shrink-0 rounded-full bg-danger" aria-hidden />
          <p className="min-w-0 flex-1 tabular-nums">
            <span data-testid="voice-time" className="font-medium">
              {clock(now.ms)}
            </span>{" "}
            <span className="text-xs text-soft">
              {t("progress", {
                time: clock(longestMs),
                size: megabytes(now.bytes),
                most: largestRecording / 1_000_000,
              })}
            </span>
          </p>
        </Bar>
      );
    case "transcribing":
      return (
        <Bar said={t("writing")} onCancel={cancel}>
          <LoaderCircle className="size-4 shrink-0 animate-spin text-soft" aria-hidden />
          <p className="min-w-0 flex-1">
            {now.full && `${t("full")} `}
            {t("writing")}
          </p>
        </Bar>
      );
    case "failed":
      return (
        <Bar
          said={now.error}
          onCancel={cancel}
          cancelWord={t("dismiss")}
          action={
            now.canRetry && (
              <Button onClick={retry}>
                <RotateCcw className="size-3.5" aria-hidden />
                {common("tryAgain")}
              </Button>
            )
          }
        >
          <p className="min-w-0 flex-1 basis-48 text-danger">{now.error}</p>
        </Bar>
      );
  }
}

interface BarProps {
  /** Once, to a screen reader: the clock would be read out each second. */
  said: string;
  onCancel: () => void;
  cancelWord?: string;
  action?: ReactNode;
  children: ReactNode;
}

function Bar({ said, onCancel, cancelWord, action, children }: BarProps) {
  const t = useTranslations("voice");
  const common = useTranslations("common");
  return (
    <div
      role="group"
      aria-label={t("spoken")}
      data-testid="voice-bar"
      className="rise mb-2 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-xl bg-sunken px-3 py-2 text-sm"
      onKeyDown={(event) => {
        if (event.key === "Escape") onCancel();
      }}
    >
      <p role="status" className="sr-only">
        {said}
      </p>
      {children}
      <div className="ms-auto flex gap-1">
        <Button variant="ghost" data-testid="voice-cancel" onClick={onCancel}>
          {cancelWord ?? common("cancel")}
        </Button>
        {action}
      </div>
    </div>
  );
}
