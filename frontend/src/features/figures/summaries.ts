import type { useTranslations } from "next-intl";
import type { Formats } from "@/i18n/formats";
import type { FailureFigures, ModelFigures } from "@/lib/protocol/figures";
import { bucketUnit, replyCount, type Bucket } from "./buckets";

interface Speech<N extends "plots" | "speed" | "failures"> {
  t: ReturnType<typeof useTranslations<`figures.${N}`>>;
  formats: Formats;
}

function busiest(buckets: Bucket[], of: (bucket: Bucket) => number): Bucket | undefined {
  return buckets.reduce<Bucket | undefined>(
    (most, bucket) => (most && of(most) >= of(bucket) ? most : bucket),
    undefined,
  );
}

/** What the plot of replies shows, in a sentence or two. */
export function repliesSummary(buckets: Bucket[], { t, formats }: Speech<"plots">): string {
  const total = buckets.reduce((sum, { replies }) => sum + replyCount(replies), 0);
  const most = busiest(buckets, ({ replies }) => replyCount(replies));
  if (!most || total === 0) return t("noReplies");
  const broken = buckets.reduce((sum, { replies }) => sum + replies.failed + replies.interrupted, 0);
  const told = {
    average: formats.compact(total / buckets.length),
    when: formats.days(most),
    most: formats.count(replyCount(most.replies)),
  };
  const first = bucketUnit(buckets) === "day" ? t("perDay", told) : t("perWeek", told);
  return `${first} ${t("broken", { share: formats.share(broken / total) })}`;
}

export function tokensSummary(buckets: Bucket[], { t, formats }: Speech<"plots">): string {
  const of = ({ tokens }: Bucket) => tokens.prompt + tokens.completion;
  const most = busiest(buckets, of);
  if (!most || of(most) === 0) return t("noTokens");
  const sum = (key: "prompt" | "completion" | "cached") =>
    buckets.reduce((total, { tokens }) => total + tokens[key], 0);
  const told = t("tokens", {
    output: formats.compact(sum("completion")),
    input: formats.compact(sum("prompt")),
  });
  if (sum("prompt") === 0) return told;
  return `${told} ${t("cached", { share: formats.share(sum("cached") / sum("prompt")) })}`;
}

/** The fastest first; models whose speed is unknown are left out. */
export function bySpeed(models: ModelFigures[]): ModelFigures[] {
  return models
    .filter((model) => model.tokens_per_second)
    .sort((a, b) => (b.tokens_per_second?.median ?? 0) - (a.tokens_per_second?.median ?? 0));
}

export function speedSummary(
  models: ModelFigures[],
  { t, formats, name }: Speech<"speed"> & { name: (model: string) => string },
): string {
  const [fastest, ...others] = bySpeed(models);
  if (!fastest?.tokens_per_second) return t("noSpeed");
  const told = { model: name(fastest.model), speed: formats.speed(fastest.tokens_per_second.median) };
  return others.length > 0 ? t("fastest", { ...told, count: others.length + 1 }) : t("only", told);
}

export function failuresSummary(
  failures: FailureFigures[],
  words: (code: string) => string,
  { t, formats }: Speech<"failures">,
): string {
  const [most] = failures;
  if (!most) return t("nothing");
  return t("mostly", { share: formats.share(most.share), reason: words(most.code) });
}
