"use client";

import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Row } from "@/components/ui/section";
import { useExport } from "./export-store";
import { ProgressLine } from "./progress-line";

/** Everything as one file. */
export function ExportRow() {
  const t = useTranslations("transfer");
  const { progress, problem, start } = useExport();
  const running = progress?.state === "running";
  return (
    <div data-testid="export-row">
      <Row label={t("downloadAll")} hint={t("downloadAllHint")}>
        <Button data-testid="download-all" aria-disabled={running} onClick={() => void start()}>
          <Download className="size-4 text-soft" aria-hidden />
          {t("download")}
        </Button>
      </Row>
      <div role="status" className="pb-3 text-xs text-soft empty:hidden">
        {running && (
          <ProgressLine
            label={
              progress.total > 0
                ? t("exporting", { done: progress.done, total: progress.total })
                : t("preparing")
            }
            value={progress.total > 0 ? progress.done / progress.total : undefined}
          />
        )}
        {progress?.state === "done" && t("exported")}
        {(progress?.state === "failed" || progress?.state === "refused" || problem) && (
          <span className="text-danger">
            {problem ?? t(progress?.state === "refused" ? "exportRefused" : "exportFailed")}
          </span>
        )}
      </div>
    </div>
  );
}
