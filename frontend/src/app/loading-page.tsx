"use client";

import { useTranslations } from "next-intl";
import { Logo } from "@/components/ui/logo";

export function LoadingPage() {
  const t = useTranslations("shell");
  return (
    <div role="status" className="flex h-dvh items-center justify-center">
      <Logo className="breathe size-10" />
      <span className="sr-only">{t("loading")}</span>
    </div>
  );
}
