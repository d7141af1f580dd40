"use client";

import { Mic } from "lucide-react";
import { useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { cn } from "@/lib/cn";
import type { Voice } from "./use-voice";
import { whyNot } from "./recording";

function abilityOfBrowser(): string | undefined {
  return whyNot({
    isSecureContext: window.isSecureContext,
    // Missing in an insecure context, whatever its type says.
    hasMicrophone: typeof (navigator.mediaDevices as MediaDevices | undefined)?.getUserMedia === "function",
    hasRecorder: typeof MediaRecorder !== "undefined",
  });
}

const never = () => () => undefined;

/** Begins a spoken message, and ends it. Where the browser cannot record it says why. */
export function VoiceButton({ voice }: { voice: Voice }) {
  const problem = useSyncExternalStore(never, abilityOfBrowser, () => undefined);
  const t = useTranslations("voice");
  const { state } = voice.now;
  const recording = state === "recording";
  const label = problem ?? (recording ? t("end") : t("speak"));
  const press = () => {
    if (problem || state === "asking" || state === "transcribing") return;
    if (recording) voice.finish();
    else voice.start();
  };
  return (
    <IconButton
      label={label}
      side="top"
      data-testid="voice"
      data-state={state}
      aria-pressed={recording}
      aria-disabled={problem !== undefined}
      onClick={press}
      onKeyDown={({ key }) => {
        if (key === "Escape" && state !== "idle") voice.cancel();
      }}
      className={cn("rounded-xl aria-disabled:opacity-40", recording && "bg-danger-wash text-danger")}
    >
      <Mic className={cn("size-4.5", recording && "breathe")} aria-hidden />
    </IconButton>
  );
}
