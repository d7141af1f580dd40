import type { Costs, Figures, TotalFigures } from "@/lib/protocol/figures";
import { replyCount } from "./buckets";
import {
  formatChange,
  formatCompact,
  formatCount,
  formatSeconds,
  formatShare,
  formatSpeed,
  formatUsd,
} from "./format";

interface Tile {
  key: string;
  label: string;
  value: string;
  /** What else is to be said of it. */
  detail?: string;
  /** Against as many days before. */
  change?: string;
}

const tokenCount = ({ tokens }: TotalFigures) => tokens.prompt + tokens.completion;
const failureCount = ({ replies }: TotalFigures) => replies.failed + replies.interrupted;

function costTile(cost: Costs, before: Costs): Tile {
  const { spent, simulated } = cost;
  const tile = { key: "cost", label: "Cost" };
  if (spent !== undefined) {
    const detail =
      simulated === undefined ? undefined : `and ${formatUsd(simulated)} by the emulator, not charged`;
    return { ...tile, value: formatUsd(spent), detail, change: formatChange(spent, before.spent ?? 0) };
  }
  if (simulated !== undefined)
    return { ...tile, value: formatUsd(0), detail: `Groq would have charged ${formatUsd(simulated)}` };
  return { ...tile, value: "–", detail: "No price is known" };
}

function tilesOf({ totals, before }: Figures): Tile[] {
  const replies = replyCount(totals.replies);
  const failures = failureCount(totals);
  const speed = totals.tokens_per_second;
  const wait = totals.time_to_first_token;
  const [speedBefore, waitBefore] = [before.tokens_per_second, before.time_to_first_token];
  return [
    {
      key: "replies",
      label: "Replies",
      value: formatCount(replies),
      change: formatChange(replies, replyCount(before.replies)),
    },
    {
      key: "tokens",
      label: "Tokens",
      value: formatCompact(tokenCount(totals)),
      detail: `${formatCompact(totals.tokens.completion)} out`,
      change: formatChange(tokenCount(totals), tokenCount(before)),
    },
    {
      key: "speed",
      label: "Median speed",
      value: speed ? formatSpeed(speed.median) : "–",
      change: speed && speedBefore && formatChange(speed.median, speedBefore.median),
    },
    {
      key: "first-token",
      label: "Median first token",
      value: wait ? formatSeconds(wait.median) : "–",
      detail: wait && `95% within ${formatSeconds(wait.p95)}`,
      change: wait && waitBefore && formatChange(wait.median, waitBefore.median),
    },
    {
      key: "failures",
      label: "Failures",
      value: formatCount(failures),
      detail: replies > 0 ? `${formatShare(failures / replies)} of replies` : undefined,
      change: formatChange(failures, failureCount(before)),
    },
    costTile(totals.cost, before.cost),
  ];
}

/** The figures that a person looks for first. */
export function Tiles({ figures }: { figures: Figures }) {
  const days = figures.days.length;
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-2xl border border-line bg-line sm:grid-cols-3">
      {tilesOf(figures).map(({ key, label, value, detail, change }) => (
        <div key={key} data-testid={`tile-${key}`} className="flex min-w-0 flex-col bg-page p-4">
          <dt className="text-xs text-soft">{label}</dt>
          <dd className="mt-1 flex flex-1 flex-col">
            <span className="text-lg font-semibold tracking-tight break-words tabular-nums sm:text-xl">
              {value}
            </span>
            <span className="mt-1 text-xs text-soft">{detail}</span>
            {change && (
              <span className="text-xs text-soft">
                <span className="font-medium text-ink tabular-nums">{change}</span> to the{" "}
                {days === 1 ? "day" : `${days} days`} before
              </span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
