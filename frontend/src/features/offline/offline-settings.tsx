"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Row, Section } from "@/components/ui/section";
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
  return (
    <Section title={t("settingsTitle")}>
      <div data-testid="offline-settings">
        <Row label={t("copies")} hint={count === null ? t("copiesHint") : t("kept", { count })}>
          <Button disabled={!count} onClick={() => void offlineCopies.clear().then(() => setCount(0))}>
            {t("clear")}
          </Button>
        </Row>
      </div>
    </Section>
  );
}
