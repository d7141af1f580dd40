import type { ModelFigures, Spread } from "@/lib/protocol/figures";
import { replyCount } from "./buckets";
import { formatCompact, formatCount, formatSeconds, formatSpeed } from "./format";
import { PlotCard } from "./plot-card";
import { bySpeed, modelName, speedSummary } from "./summaries";

/** A bar to the median, and over it a line from the tenth to the ninetieth of a hundred. */
function SpeedBar({ speed, most }: { speed: Spread; most: number }) {
  const at = (value: number) => `${(value / most) * 100}%`;
  return (
    <div aria-hidden="true" className="relative h-4 rounded bg-sunken">
      <div className="absolute inset-y-0 left-0 rounded bg-accent" style={{ width: at(speed.median) }} />
      <div
        className="absolute top-1/2 h-2 -translate-y-1/2 border-x-2 border-plot-line"
        style={{ left: at(speed.p10), width: at(speed.p90 - speed.p10) }}
      >
        <div className="mt-[3px] h-0.5 bg-plot-line" />
      </div>
    </div>
  );
}

function waits(wait: Spread | undefined): string {
  return wait ? `, first token ${formatSeconds(wait.median)}, 95% within ${formatSeconds(wait.p95)}` : "";
}

/** How fast each model writes. */
export function ModelSpeeds({ models }: { models: ModelFigures[] }) {
  const ranked = bySpeed(models);
  const most = Math.max(...ranked.map(({ tokens_per_second: speed }) => speed?.p90 ?? 0), 1);
  const number = (value: number | undefined) => (value === undefined ? "–" : formatCount(value));
  const time = (value: number | undefined) => (value === undefined ? "–" : formatSeconds(value));
  return (
    <PlotCard
      testId="plot-speed"
      title="Speed by model"
      summary={`${speedSummary(models)} The line spans eight of ten replies.`}
      table={{
        caption: "Models: tokens a second, and the time to the first token",
        head: ["Model", "Replies", "Median", "Slowest tenth", "Fastest tenth", "First token", "95% within"],
        rows: models.map(({ model, replies, tokens_per_second: speed, time_to_first_token: wait }) => [
          modelName(model),
          formatCount(replyCount(replies)),
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
                  <span className="min-w-0 font-medium break-words">{modelName(model)}</span>
                  <span className="tabular-nums">{formatSpeed(speed.median)}</span>
                </p>
                <SpeedBar speed={speed} most={most} />
                <p className="text-xs text-soft">
                  {formatCount(speed.p10)} to {formatCount(speed.p90)} over{" "}
                  {formatCompact(replyCount(replies))} replies{waits(wait)}
                </p>
              </li>
            ),
        )}
      </ul>
    </PlotCard>
  );
}
