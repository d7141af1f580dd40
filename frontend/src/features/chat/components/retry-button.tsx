"use client";

import { RotateCcw } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";

/** Whole seconds until `at` (epoch ms), counted down. */
function useSecondsUntil(at: number | undefined): number {
  const [now, setNow] = useState(() => Date.now());
  const waiting = at !== undefined && now < at;
  useEffect(() => {
    if (!waiting) return;
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, [waiting]);
  return waiting ? Math.ceil((at - now) / 1000) : 0;
}

export interface RetryButtonProps {
  onRetry: () => void;
  retryAt?: number;
  disabled?: boolean;
}

export function RetryButton({ onRetry, retryAt, disabled = false }: RetryButtonProps) {
  const seconds = useSecondsUntil(retryAt);
  return (
    <Button
      data-testid="try-again"
      onClick={onRetry}
      disabled={disabled || seconds > 0}
      className="tabular-nums"
    >
      <RotateCcw className="size-3.5" aria-hidden />
      {seconds > 0 ? `Try again in ${seconds} s` : "Try again"}
    </Button>
  );
}
