"use client";

import { ArrowLeft } from "lucide-react";
import { cn } from "@/lib/cn";
import { chatHref, followInPage } from "@/lib/navigation";
import type { Figures } from "@/lib/protocol/figures";
import { replyCount } from "./buckets";
import { Failures } from "./failures";
import { formatBucket } from "./format";
import { ModelSpeeds } from "./model-speeds";
import { periods, usePeriod } from "./period";
import { Plots } from "./plots";
import { Segments } from "./segments";
import { PlotPatterns } from "./series";
import { Slowest } from "./slowest";
import { FiguresEmpty, FiguresError, FiguresLoading } from "./states";
import { Tiles } from "./tiles";
import { useFigures } from "./use-figures";

const options = periods.map((days) => ({ value: days, label: days === 365 ? "1 year" : `${days} days` }));

/** `failureWords` tells a failure's code in a sentence. */
export interface FiguresViewProps {
  failureWords: (code: string) => string;
}

function Shown({ figures, failureWords }: FiguresViewProps & { figures: Figures }) {
  if (replyCount(figures.totals.replies) === 0) return <FiguresEmpty days={figures.days.length} />;
  return (
    <>
      <Tiles figures={figures} />
      <div className="grid grid-cols-1 gap-4 lg:grid-cols-2">
        <Plots figures={figures} />
        <ModelSpeeds models={figures.models} />
        <Failures failures={figures.failures} words={failureWords} />
      </div>
      <Slowest slowest={figures.slowest} />
    </>
  );
}

/** How the replies did. */
export function FiguresView({ failureWords }: FiguresViewProps) {
  const [period, setPeriod] = usePeriod();
  const { data, error, isPending, isPlaceholderData, refetch } = useFigures(period);
  return (
    <div
      id="figures"
      tabIndex={-1}
      data-testid="figures"
      className="min-h-0 flex-1 overflow-y-auto outline-none"
    >
      <PlotPatterns />
      <div className="mx-auto flex max-w-5xl flex-col gap-4 px-4 pt-2 pb-10">
        <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
          <div>
            <a
              href={chatHref()}
              onClick={followInPage}
              className="inline-flex items-center gap-1.5 rounded text-sm text-soft transition-colors hover:text-ink"
            >
              <ArrowLeft className="size-4" aria-hidden />
              Back to the chat
            </a>
            <h1 className="mt-1 text-xl font-semibold tracking-tight">Figures</h1>
            <p className="text-sm text-soft">
              {data ? `${formatBucket(data)} · ${data.time_zone}` : "How your replies did"}
            </p>
          </div>
          <Segments label="Period" options={options} value={period} onChange={setPeriod} />
        </div>
        {isPending && <FiguresLoading />}
        {error && !data && <FiguresError error={error} onRetry={() => void refetch()} />}
        {data && (
          <div
            aria-busy={isPlaceholderData}
            className={cn("flex flex-col gap-4 transition-opacity", isPlaceholderData && "opacity-50")}
          >
            <Shown figures={data} failureWords={failureWords} />
          </div>
        )}
      </div>
    </div>
  );
}
