import { ChartColumn, CloudOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { Skeleton } from "@/components/ui/skeleton";
import { StateMessage } from "@/components/ui/state-message";
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
    <StateMessage
      role="alert"
      level={2}
      icon={CloudOff}
      title={t("failed")}
      actions={<Button onClick={onRetry}>{common("tryAgain")}</Button>}
    >
      {error.message}
    </StateMessage>
  );
}

export function FiguresEmpty({ days }: { days: number }) {
  const t = useTranslations("figures");
  return (
    <StateMessage
      testId="figures-empty"
      level={2}
      icon={ChartColumn}
      title={t("empty", { days })}
      actions={
        <ButtonLink href={chatHref()} onClick={followInPage}>
          {t("goToChat")}
        </ButtonLink>
      }
    >
      {t("emptyHint")}
    </StateMessage>
  );
}
