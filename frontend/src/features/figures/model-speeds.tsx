import { useTranslations } from "next-intl";
import { useFormats } from "@/i18n/formats";
import type { ModelFigures, Spread } from "@/lib/protocol/figures";
import { replyCount } from "./buckets";
import { PlotCard } from "./plot-card";
import { bySpeed, speedSummary } from "./summaries";

/** A bar to the median, and over it a line from the tenth to the ninetieth of a hundred. */
function SpeedBar({ speed, most }: { speed: Spread; most: number }) {
  const at = (value: number) => `${(value / most) * 100}%`;
  return (
    <div aria-hidden="true" className="relative h-4 rounded bg-sunken">
      <div className="absolute inset-y-0 start-0 rounded bg-accent" style={{ width: at(speed.median) }} />
      <div
        className="absolute top-1/2 h-2 -translate-y-1/2 border-x-2 border-plot-line"
        style={{ insetInlineStart: at(speed.p10), width: at(speed.p90 - speed.p10) }}
      >
        <div className="mt-[3px] h-0.5 bg-plot-line" />
      </div>
    </div>
  );
}

/** How fast each model writes. */
export function ModelSpeeds({ models }: { models: ModelFigures[] }) {
  const t = useTranslations("figures.speed");
  const all = useTranslations("figures");
  const formats = useFormats();
  const name = (model: string) => model || all("unknownModel");
  const ranked = bySpeed(models);
  const most = Math.max(...ranked.map(({ tokens_per_second: speed }) => speed?.p90 ?? 0), 1);
  const number = (value: number | undefined) => (value === undefined ? all("none") : formats.count(value));
  const time = (value: number | undefined) => (value === undefined ? all("none") : formats.seconds(value));
  const range = (speed: Spread, count: number, wait: Spread | undefined) => {
    const [low, high] = [formats.count(speed.p10), formats.count(speed.p90)];
    const over = { low, high, count, shown: formats.compact(count) };
    if (!wait) return t("range", over);
    const [median, most] = [formats.seconds(wait.median), formats.seconds(wait.p95)];
    return t("rangeAndWait", { ...over, median, most });
  };
  return (
    <PlotCard
      testId="plot-speed"
      title={t("title")}
      summary={`${speedSummary(models, { t, formats, name })} ${t("line")}`}
      table={{
        caption: t("caption"),
        head: [
          t("model"),
          t("replies"),
          t("median"),
          t("slowestTenth"),
          t("fastestTenth"),
          t("firstToken"),
          t("within"),
        ],
        rows: models.map(({ model, replies, tokens_per_second: speed, time_to_first_token: wait }) => [
          name(model),
          formats.count(replyCount(replies)),
          number(speed?.median),
          number(speed?.p10),
          number(speed?.p90),
          time(wait?.median),
          time(wait?.p95),
        ]),
      }}
    >
      <ul className="flex flex-col gap-4">
        {ranked.map(
          ({ model, replies, tokens_per_second: speed, time_to_first_token: wait }) =>
            speed && (
              <li key={model} className="flex flex-col gap-1.5">
                <p className="flex flex-wrap items-baseline justify-between gap-x-3 text-sm">
                  <span className="min-w-0 font-medium break-words">{name(model)}</span>
                  <span className="tabular-nums">{formats.speed(speed.median)}</span>
                </p>
                <SpeedBar speed={speed} most={most} />
                <p className="text-xs text-soft">{range(speed, replyCount(replies), wait)}</p>
              </li>
            ),
        )}
      </ul>
    </PlotCard>
  );
}
