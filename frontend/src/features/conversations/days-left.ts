const day = 86_400_000;

/** Whole days until then, the one that has begun included; undefined where nothing is decided by time. */
export function daysLeft(goneAt: string | undefined, now: Date): number | undefined {
  if (goneAt === undefined) return undefined;
  return Math.max(0, Math.ceil((Date.parse(goneAt) - now.getTime()) / day));
}
