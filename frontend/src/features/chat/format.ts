/** A tenth of a second is the least that says something. */
export function formatThinking(seconds: number): string {
  if (seconds < 0.1) return "a moment";
  return seconds < 10 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds)} s`;
}
