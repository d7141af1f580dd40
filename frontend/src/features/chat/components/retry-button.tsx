"use client";

import { RotateCcw } from "lucide-react";
import { Button } from "@/components/ui/button";
import { useSecondsUntil } from "@/lib/use-seconds-until";

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
