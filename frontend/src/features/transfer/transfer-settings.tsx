"use client";

import { useTranslations } from "next-intl";
import { Section } from "@/components/ui/section";
import { ExportRow } from "./export-row";
import { ImportRow } from "./import-row";

/** What a person has here: to take along, and to bring. */
export function TransferSettings() {
  const t = useTranslations("transfer");
  return (
    <Section title={t("title")}>
      <ExportRow />
      <ImportRow />
    </Section>
  );
}
