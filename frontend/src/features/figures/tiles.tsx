import { useTranslations } from "next-intl";
import { useFormats, type Formats } from "@/i18n/formats";
import type { Costs, Figures, TotalFigures } from "@/lib/protocol/figures";
import { replyCount } from "./buckets";

type T = ReturnType<typeof useTranslations<"figures.tiles">>;

interface Tile {
  key: string;
  label: string;
  /** Undefined where it is not known. */
  value?: string;
  /** What else is to be said of it. */
  detail?: string;
  /** Against as many days before. */
  change?: string;
}

const tokenCount = ({ tokens }: TotalFigures) => tokens.prompt + tokens.completion;
const failureCount = ({ replies }: TotalFigures) => replies.failed + replies.interrupted;

function costTile(cost: Costs, before: Costs, t: T, { usd, change }: Formats): Tile {
  const { spent, simulated } = cost;
  const tile = { key: "cost", label: t("cost") };
  if (spent !== undefined) {
    const detail = simulated === undefined ? undefined : t("simulatedToo", { cost: usd(simulated) });
    return { ...tile, value: usd(spent), detail, change: change(spent, before.spent ?? 0) };
  }
  if (simulated !== undefined)
    return { ...tile, value: usd(0), detail: t("wouldCost", { cost: usd(simulated) }) };
  return { ...tile, detail: t("noPrice") };
}

function tilesOf({ totals, before }: Figures, t: T, formats: Formats): Tile[] {
  const { count, compact, share, change, seconds } = formats;
  const replies = replyCount(totals.replies);
  const failures = failureCount(totals);
  const speed = totals.tokens_per_second;
  const wait = totals.time_to_first_token;
  const [speedBefore, waitBefore] = [before.tokens_per_second, before.time_to_first_token];
  return [
    {
      key: "replies",
      label: t("replies"),
      value: count(replies),
      change: change(replies, replyCount(before.replies)),
    },
    {
      key: "tokens",
      label: t("tokens"),
      value: compact(tokenCount(totals)),
      detail: t("tokensOut", { tokens: compact(totals.tokens.completion) }),
      change: change(tokenCount(totals), tokenCount(before)),
    },
    {
      key: "speed",
      label: t("speed"),
      value: speed && formats.speed(speed.median),
      change: speed && speedBefore && change(speed.median, speedBefore.median),
    },
    {
      key: "first-token",
      label: t("firstToken"),
      value: wait && seconds(wait.median),
      detail: wait && t("within", { time: seconds(wait.p95) }),
      change: wait && waitBefore && change(wait.median, waitBefore.median),
    },
    {
      key: "failures",
      label: t("failures"),
      value: count(failures),
      detail: replies > 0 ? t("ofReplies", { share: share(failures / replies) }) : undefined,
      change: change(failures, failureCount(before)),
    },
    costTile(totals.cost, before.cost, t, formats),
  ];
}

/** The figures that a person looks for first. */
export function Tiles({ figures }: { figures: Figures }) {
  const t = useTranslations("figures.tiles");
  const all = useTranslations("figures");
  const formats = useFormats();
  const days = figures.days.length;
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-2xl border border-line bg-line sm:grid-cols-3">
      {tilesOf(figures, t, formats).map(({ key, label, value, detail, change }) => (
        <div key={key} data-testid={`tile-${key}`} className="flex min-w-0 flex-col bg-page p-4">
          <dt className="text-xs text-soft">{label}</dt>
          <dd className="mt-1 flex flex-1 flex-col">
            <span className="text-lg font-semibold tracking-tight break-words tabular-nums sm:text-xl">
              {value ?? all("none")}
            </span>
            <span className="mt-1 text-xs text-soft">{detail}</span>
            {change && (
              <span className="text-xs text-soft">
                {t.rich("change", {
                  change,
                  days,
                  b: (text) => (
                    <span dir="ltr" className="font-medium text-ink tabular-nums">
                      {text}
                    </span>
                  ),
                })}
              </span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
