import { CircleCheck } from "lucide-react";
import type { FailureFigures } from "@/lib/protocol/figures";
import { formatCount, formatMoment, formatShare } from "./format";
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
  return (
    <PlotCard
      testId="plot-failures"
      title="Failures by reason"
      summary={failuresSummary(failures, words)}
      table={
        failures.length === 0
          ? undefined
          : {
              caption: "Failures by reason",
              head: ["Reason", "Code", "Count", "Share", "Last"],
              rows: failures.map(({ code, count, share, last_at: last }) => [
                words(code),
                code,
                formatCount(count),
                formatShare(share),
                formatMoment(last),
              ]),
            }
      }
    >
      {failures.length === 0 && (
        <p className="flex flex-1 items-center justify-center gap-2 py-8 text-sm text-soft">
          <CircleCheck className="size-4 text-accent" aria-hidden />
          Every reply came through.
        </p>
      )}
      <ul className="flex flex-col gap-3">
        {failures.map(({ code, count, share, last_at: last }) => (
          <li key={code} data-code={code} className="flex flex-col gap-1">
            <p className="flex items-baseline justify-between gap-3 text-sm">
              <span className="min-w-0">{words(code)}</span>
              <span className="shrink-0 tabular-nums">
                {formatCount(count)} <span className="text-xs text-soft">{formatShare(share)}</span>
              </span>
            </p>
            <div aria-hidden="true" className="h-2 rounded bg-sunken">
              <div className="h-2 min-w-1 rounded bg-danger" style={{ width: `${share * 100}%` }} />
            </div>
            <p className="flex flex-wrap justify-between gap-x-3 text-xs text-soft">
              <code className="font-mono break-all">{code}</code>
              <span>last {formatMoment(last)}</span>
            </p>
          </li>
        ))}
      </ul>
    </PlotCard>
  );
}
