import type { Phase, Timing } from "@/lib/protocol/receipt";

/** Where a reply's time went, in the order in which it mostly goes there. */
export const rowKeys = [
  "waiting",
  "own",
  "attempts",
  "provider",
  "queue",
  "prompt",
  "way",
  "reasoning",
  "writing",
  "tools",
] as const;

export type RowKey = (typeof rowKeys)[number];

/** A stretch of the axis; both are parts of the whole, 0 to 1. */
export interface Bar {
  start: number;
  length: number;
}

export interface Row {
  key: RowKey;
  seconds: number;
  bars: Bar[];
}

/** `total`: seconds of the whole axis. `firstToken`: where on it the first text came, 0 to 1. */
export interface Waterfall {
  rows: Row[];
  total: number;
  firstToken?: number;
}

/** A piece of a phase. `shown`: the seconds told for it, where they are not those of the bar. */
interface Piece {
  key: RowKey;
  seconds: number;
  shown?: number;
}

/**
 * What the phases of a reply look like on one axis; null where there are none, as in replies of older versions. What is
 * measured by our clock is drawn as it is. A request's queue and prompt times are the provider's: they are drawn from its
 * sending on, cut where they are longer than the request, and told as the provider says.
 */
export function waterfall(timing: Timing | undefined): Waterfall | null {
  const phases = timing?.phases ?? [];
  const total = phases.reduce((sum, { seconds }) => sum + seconds, 0);
  if (total <= 0) return null;
  const rows = new Map<RowKey, Row>();
  let at = 0;
  phases.forEach((phase, index) => {
    for (const { key, seconds, shown } of pieces(phase, phases[index + 1])) {
      const row = rows.get(key) ?? { key, seconds: 0, bars: [] };
      row.seconds += shown ?? seconds;
      addBar(row.bars, { start: at / total, length: seconds / total });
      rows.set(key, row);
      at += seconds;
    }
  });
  const first = timing?.time_to_first_token;
  return {
    rows: rowKeys.flatMap((key) => rows.get(key) ?? []),
    total,
    ...(first !== undefined && { firstToken: Math.min(1, first / total) }),
  };
}

function pieces(phase: Phase, next: Phase | undefined): Piece[] {
  const { kind, seconds } = phase;
  switch (kind) {
    case "saving":
    case "preparing":
    case "finishing":
      return [{ key: "own", seconds }];
    case "attempt":
      return [{ key: "attempts", seconds }];
    case "request":
      return requestPieces(phase, next?.kind === "reasoning" || next?.kind === "writing");
    default:
      return [{ key: kind, seconds }];
  }
}

/** An answer without text, a call of tools, is written within its request. */
function requestPieces({ seconds, ...provider }: Phase, hasText: boolean): Piece[] {
  let left = seconds;
  const take = (wanted: number) => {
    const taken = Math.min(left, wanted);
    left -= taken;
    return taken;
  };
  const told: [RowKey, number | undefined][] = [
    ["queue", provider.queue_time],
    ["prompt", provider.prompt_time],
    ["writing", hasText ? undefined : provider.completion_time],
  ];
  const known = told.flatMap(([key, shown]): Piece[] =>
    shown === undefined ? [] : [{ key, seconds: take(shown), shown }],
  );
  const rest = known.length === 0 ? "provider" : "way";
  return left > 0 ? [...known, { key: rest, seconds: left }] : known;
}

function addBar(bars: Bar[], bar: Bar): void {
  if (bar.length <= 0) return;
  const last = bars.at(-1);
  if (last && Math.abs(last.start + last.length - bar.start) < 1e-9) last.length += bar.length;
  else bars.push(bar);
}
