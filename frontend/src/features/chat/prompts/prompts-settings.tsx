"use client";

import { BookMarked } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Row } from "@/components/ui/section";
import { PromptsDialog } from "./prompts-dialog";

/** A row of the settings: all presets behind one button. */
export function PromptsSettings() {
  const t = useTranslations("prompts");
  const [open, setOpen] = useState(false);
  return (
    <Row label={t("title")} hint={t("description")}>
      <Button data-testid="manage-presets" onClick={() => setOpen(true)}>
        <BookMarked className="size-4 text-soft" aria-hidden />
        {t("manage")}
      </Button>
      <PromptsDialog open={open} onClose={() => setOpen(false)} />
    </Row>
  );
}
