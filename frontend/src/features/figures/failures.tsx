import { CircleCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { useFormats } from "@/i18n/formats";
import type { FailureFigures } from "@/lib/protocol/figures";
import { PlotCard } from "./plot-card";
import { failuresSummary } from "./summaries";

/** Why replies failed or broke off. `words` tells a code in a sentence. */
export function Failures({
  failures,
  words,
}: {
  failures: FailureFigures[];
  words: (code: string) => string;
}) {
  const t = useTranslations("figures.failures");
  const formats = useFormats();
  return (
    <PlotCard
      testId="plot-failures"
      title={t("title")}
      summary={failuresSummary(failures, words, { t, formats })}
      table={
        failures.length === 0
          ? undefined
          : {
              caption: t("title"),
              head: [t("reason"), t("code"), t("count"), t("share"), t("last")],
              rows: failures.map(({ code, count, share, last_at: last }) => [
                words(code),
                code,
                formats.count(count),
                formats.share(share),
                formats.moment(last),
              ]),
            }
      }
    >
      {failures.length === 0 && (
        <p className="flex flex-1 items-center justify-center gap-2 py-8 text-sm text-soft">
          <CircleCheck className="size-4 text-accent" aria-hidden />
          {t("allWell")}
        </p>
      )}
      <ul className="flex flex-col gap-3">
        {failures.map(({ code, count, share, last_at: last }) => (
          <li key={code} data-code={code} className="flex flex-col gap-1">
            <p className="flex items-baseline justify-between gap-3 text-sm">
              <span className="min-w-0">{words(code)}</span>
              <span className="shrink-0 tabular-nums">
                {formats.count(count)} <span className="text-xs text-soft">{formats.share(share)}</span>
              </span>
            </p>
            <div aria-hidden="true" className="h-2 rounded bg-sunken">
              <div className="h-2 min-w-1 rounded bg-danger" style={{ width: `${share * 100}%` }} />
            </div>
            <p className="flex flex-wrap justify-between gap-x-3 text-xs text-soft">
              <code className="font-mono break-all">{code}</code>
              <span>{t("lastAt", { when: formats.moment(last) })}</span>
            </p>
          </li>
        ))}
      </ul>
    </PlotCard>
  );
}
