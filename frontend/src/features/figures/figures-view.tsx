"use client";

import { ArrowLeft } from "lucide-react";
import { useTranslations } from "next-intl";
import { useFormats } from "@/i18n/formats";
import { cn } from "@/lib/cn";
import { chatHref, followInPage } from "@/lib/navigation";
import type { Figures } from "@/lib/protocol/figures";
import { replyCount } from "./buckets";
import { Failures } from "./failures";
import { ModelSpeeds } from "./model-speeds";
import { periods, usePeriod } from "./period";
import { Plots } from "./plots";
import { Segments } from "./segments";
import { PlotPatterns } from "./series";
import { Slowest } from "./slowest";
import { FiguresEmpty, FiguresError, FiguresLoading } from "./states";
import { Tiles } from "./tiles";
import { useFigures } from "./use-figures";

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
  const t = useTranslations("figures");
  const formats = useFormats();
  const options = periods.map((days) => ({
    value: days,
    label: days === 365 ? t("year") : t("days", { days }),
  }));
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
              <ArrowLeft className="size-4 rtl:-scale-x-100" aria-hidden />
              {t("back")}
            </a>
            <h1 className="mt-1 text-xl font-semibold tracking-tight">{t("title")}</h1>
            <p className="text-sm text-soft">
              {data ? `${formats.days(data)} · ${data.time_zone}` : t("subtitle")}
            </p>
          </div>
          <Segments label={t("period")} options={options} value={period} onChange={setPeriod} />
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
