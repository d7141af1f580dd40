"use client";

import { RotateCcw } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { useSecondsUntil } from "@/lib/use-seconds-until";
import { formatWhen, isLong } from "../when";

export interface RetryButtonProps {
  onRetry: () => void;
  retryAt?: number;
  disabled?: boolean;
}

/** Before its time the same model would say the same: until then it counts down. */
export function RetryButton({ onRetry, retryAt, disabled = false }: RetryButtonProps) {
  const t = useTranslations("turns");
  const common = useTranslations("common");
  const seconds = useSecondsUntil(retryAt);
  const wait = seconds * 1000;
  const when =
    retryAt !== undefined && isLong(wait) ? formatWhen(retryAt, retryAt - wait) : t("inSeconds", { seconds });
  return (
    <Button
      data-testid="try-again"
      onClick={onRetry}
      disabled={disabled || seconds > 0}
      className="tabular-nums"
    >
      <RotateCcw className="size-3.5" aria-hidden />
      {seconds > 0 ? t("tryAgainWhen", { when }) : common("tryAgain")}
    </Button>
  );
}
