import { ChartColumn, CloudOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { chatHref, followInPage } from "@/lib/navigation";

export function FiguresLoading() {
  const t = useTranslations("figures");
  return (
    <div role="status" className="flex flex-col gap-4">
      <span className="sr-only">{t("loading")}</span>
      <Skeleton className="h-52 rounded-2xl opacity-50" />
      <div className="grid gap-4 lg:grid-cols-2">
        <Skeleton className="h-80 rounded-2xl opacity-50" />
        <Skeleton className="h-80 rounded-2xl opacity-50" />
      </div>
    </div>
  );
}

export function FiguresError({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const t = useTranslations("figures");
  const common = useTranslations("common");
  return (
    <div
      role="alert"
      className="flex flex-col items-center gap-3 rounded-2xl border border-line px-4 py-16 text-center"
    >
      <CloudOff className="size-6 text-soft" aria-hidden />
      <p className="font-medium">{t("failed")}</p>
      <p className="max-w-sm text-sm text-soft">{error.message}</p>
      <Button onClick={onRetry}>{common("tryAgain")}</Button>
    </div>
  );
}

export function FiguresEmpty({ days }: { days: number }) {
  const t = useTranslations("figures");
  return (
    <div
      data-testid="figures-empty"
      className="flex flex-col items-center gap-3 rounded-2xl border border-line px-4 py-16 text-center"
    >
      <ChartColumn className="size-6 text-soft" aria-hidden />
      <p className="font-medium">{t("empty", { days })}</p>
      <p className="max-w-sm text-sm text-soft">{t("emptyHint")}</p>
      <a
        href={chatHref()}
        onClick={followInPage}
        className="text-sm text-accent underline underline-offset-4"
      >
        {t("goToChat")}
      </a>
    </div>
  );
}
