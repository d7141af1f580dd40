"use client";

import { useTranslations } from "next-intl";
import type { ImportJob } from "@/lib/protocol/transfer";

/** What came of an import: how many of each, and what was left alone with the reason. */
export function ImportResult({ job }: { job: ImportJob }) {
  const t = useTranslations("transfer");
  const unnamed = job.changed_since + job.in_trash + job.left_out - job.left_alone.length;
  return (
    <div data-testid="import-result" className="flex flex-col gap-2 text-sm">
      <p>
        {t("imported", { count: job.imported })} {t("from", { format: t(`formats.${job.format}`) })}
      </p>
      <ul className="flex flex-col gap-1 text-xs text-soft empty:hidden">
        {job.unchanged > 0 && <li>{t("unchanged", { count: job.unchanged })}</li>}
        {job.prompts_imported > 0 && <li>{t("presets", { count: job.prompts_imported })}</li>}
        {job.left_alone.length > 0 && <li>{t("leftAlone", { count: job.left_alone.length })}</li>}
      </ul>
      {job.left_alone.length > 0 && (
        <ul
          aria-label={t("leftAlone", { count: job.left_alone.length })}
          className="max-h-48 overflow-y-auto rounded-xl border border-line px-3 py-1 text-xs"
        >
          {job.left_alone.map(({ title, reason }, index) => (
            <li key={index} className="flex flex-wrap justify-between gap-x-3 py-1">
              <span dir="auto" className="min-w-0 truncate">
                {title}
              </span>
              <span className="text-soft">{t(`reasons.${reason}`)}</span>
            </li>
          ))}
          {unnamed > 0 && <li className="py-1 text-soft">{t("more", { count: unnamed })}</li>}
        </ul>
      )}
    </div>
  );
}
