"use client";

import { SearchX } from "lucide-react";
import { useTranslations } from "next-intl";
import { ButtonLink } from "@/components/ui/button-link";
import { StateMessage } from "@/components/ui/state-message";

export default function NotFound() {
  const t = useTranslations("shell");
  return (
    <main className="flex h-dvh flex-col">
      {/* A full load on purpose: this page may have been reached from outside the app. */}
      <StateMessage
        icon={SearchX}
        title={t("noSuchPage")}
        actions={<ButtonLink href="/">{t("toChat")}</ButtonLink>}
      >
        {t("noSuchPageHint")}
      </StateMessage>
    </main>
  );
}
