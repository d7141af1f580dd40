import type { FailureFigures, ModelFigures } from "@/lib/protocol/figures";
import { bucketUnit, replyCount, type Bucket } from "./buckets";
import { formatBucket, formatCompact, formatCount, formatShare, formatSpeed } from "./format";

export const modelName = (model: string) => model || "unknown model";

function busiest(buckets: Bucket[], of: (bucket: Bucket) => number): Bucket | undefined {
  return buckets.reduce<Bucket | undefined>(
    (most, bucket) => (most && of(most) >= of(bucket) ? most : bucket),
    undefined,
  );
}

/** What the plot of replies shows, in a sentence or two. */
export function repliesSummary(buckets: Bucket[]): string {
  const total = buckets.reduce((sum, { replies }) => sum + replyCount(replies), 0);
  const most = busiest(buckets, ({ replies }) => replyCount(replies));
  if (!most || total === 0) return "No replies.";
  const broken = buckets.reduce((sum, { replies }) => sum + replies.failed + replies.interrupted, 0);
  const average = formatCompact(total / buckets.length);
  return `${average} a ${bucketUnit(buckets)} on average, most on ${formatBucket(most)}: ${formatCount(replyCount(most.replies))}. ${formatShare(broken / total)} failed or broke off.`;
}

export function tokensSummary(buckets: Bucket[]): string {
  const of = ({ tokens }: Bucket) => tokens.prompt + tokens.completion;
  const most = busiest(buckets, of);
  if (!most || of(most) === 0) return "No tokens counted.";
  const sum = (key: "prompt" | "completion" | "cached") =>
    buckets.reduce((total, { tokens }) => total + tokens[key], 0);
  const cached =
    sum("prompt") > 0 ? ` ${formatShare(sum("cached") / sum("prompt"))} of those came from the cache.` : "";
  return `${formatCompact(sum("completion"))} out and ${formatCompact(sum("prompt"))} in.${cached}`;
}

/** The fastest first; models whose speed is unknown are left out. */
export function bySpeed(models: ModelFigures[]): ModelFigures[] {
  return models
    .filter((model) => model.tokens_per_second)
    .sort((a, b) => (b.tokens_per_second?.median ?? 0) - (a.tokens_per_second?.median ?? 0));
}

export function speedSummary(models: ModelFigures[]): string {
  const [fastest, ...others] = bySpeed(models);
  if (!fastest?.tokens_per_second) return "No reply told its speed.";
  const which = `${modelName(fastest.model)} writes ${formatSpeed(fastest.tokens_per_second.median)} in the median`;
  return others.length > 0 ? `${which}, the fastest of ${others.length + 1}.` : `${which}.`;
}

export function failuresSummary(failures: FailureFigures[], words: (code: string) => string): string {
  const [most] = failures;
  if (!most) return "Nothing failed.";
  return `${formatShare(most.share)} of them: ${words(most.code)}`;
}
