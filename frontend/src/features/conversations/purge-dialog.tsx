"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { Trashed } from "@/lib/protocol/kept";

export type Purge = { what: "all" } | { what: "one"; item: Trashed };

export interface PurgeDialogProps {
  asked: Purge | null;
  onPurge: () => void;
  onClose: () => void;
}

/** Asks before what cannot be had back. */
export function PurgeDialog({ asked, onPurge, onClose }: PurgeDialogProps) {
  const t = useTranslations("conversations.trash");
  const cancel = useTranslations("common")("cancel");
  const [last, setLast] = useState(asked);
  // What closes is still seen for a moment.
  if (asked !== null && asked !== last) setLast(asked);
  const all = last?.what === "all";
  return (
    <Dialog
      open={asked !== null}
      onClose={onClose}
      title={t(all ? "askEmpty" : "askPurge")}
      width="sm"
      testId="purge-dialog"
      footer={
        <>
          <Button onClick={onClose}>{cancel}</Button>
          <Button variant="danger" data-testid="purge-confirm" onClick={onPurge}>
            {t(all ? "empty" : "purge")}
          </Button>
        </>
      }
    >
      {last?.what === "one" && (
        <p dir="auto" className="pb-2 text-match text-sm font-medium">
          {last.item.title}
        </p>
      )}
      <p className="text-sm text-soft">{t("askHint")}</p>
    </Dialog>
  );
}
