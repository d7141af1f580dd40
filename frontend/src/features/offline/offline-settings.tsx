"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { offlineCopies } from "@/lib/offline/copies";

/** What this browser keeps for reading offline, and how to be rid of it. */
export function OfflineSettings() {
  const t = useTranslations("offline");
  const [count, setCount] = useState<number | null>(null);
  useEffect(() => {
    let current = true;
    void offlineCopies.count().then((kept) => current && setCount(kept));
    return () => {
      current = false;
    };
  }, []);
  const clear = () => void offlineCopies.clear().then(() => setCount(0));
  return (
    <div
      className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 text-sm"
      data-testid="offline-settings"
    >
      <p className="min-w-0 flex-1 basis-56">
        <span className="font-medium">{t("settingsTitle")}</span>
        <span className="block text-soft" role="status">
          {count === null ? "" : t("kept", { count })}
        </span>
      </p>
      <Button disabled={!count} onClick={clear}>
        {t("clear")}
      </Button>
    </div>
  );
}
