"use client";

import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { StateMessage } from "@/components/ui/state-message";

export default function ErrorPage({ reset }: { error: Error; reset: () => void }) {
  const t = useTranslations("shell");
  return (
    <main className="flex h-dvh flex-col">
      <StateMessage
        role="alert"
        icon={TriangleAlert}
        title={t("wentWrong")}
        actions={
          <>
            <Button variant="primary" onClick={reset}>
              {t("showAgain")}
            </Button>
            <Button onClick={() => window.location.reload()}>{t("reload")}</Button>
          </>
        }
      >
        {t("wentWrongHint")}
      </StateMessage>
    </main>
  );
}
