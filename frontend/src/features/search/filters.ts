/** `dates`: between two days, either of which may be missing. */
export type When = "any" | "week" | "month" | "year" | "dates";

export interface SearchFilters {
  who: "anyone" | "user" | "assistant";
  /** Empty: any. */
  model: string;
  when: When;
  /** Days as a date field has them, 2026-11-23; empty: open. Both count. */
  from: string;
  to: string;
  where: "all" | "pinned" | "unarchived" | "archived";
}

export const noFilters: SearchFilters = {
  who: "anyone",
  model: "",
  when: "any",
  from: "",
  to: "",
  where: "all",
};

const days: Partial<Record<When, number>> = { week: 7, month: 30, year: 365 };

/** The parameters of `GET /search`. Days are those of the person's own clock. */
export function queryOf(
  words: string,
  filters: SearchFilters,
  { now, limit, before }: { now: Date; limit: number; before?: string },
): URLSearchParams {
  const query = new URLSearchParams({ q: words, limit: String(limit) });
  const { who, model, where } = filters;
  if (who !== "anyone") query.set("role", who);
  if (model !== "") query.set("model", model);
  if (where === "pinned") query.set("pinned", "true");
  if (where === "archived" || where === "unarchived") query.set("archived", String(where === "archived"));
  const { from, until } = spanOf(filters, now);
  if (from) query.set("from", from.toISOString());
  if (until) query.set("to", until.toISOString());
  if (before !== undefined) query.set("before", before);
  return query;
}

export function isFiltered({ who, model, when, from, to, where }: SearchFilters): boolean {
  const anyTime = when === "any" || (when === "dates" && from === "" && to === "");
  return !anyTime || who !== noFilters.who || model !== noFilters.model || where !== noFilters.where;
}

/** `until` is the first moment that is too late. */
function spanOf({ when, from, to }: SearchFilters, now: Date): { from?: Date; until?: Date } {
  if (when === "dates") return { from: dayOf(from, 0), until: dayOf(to, 1) };
  const back = days[when];
  if (back === undefined) return {};
  return { from: new Date(now.getFullYear(), now.getMonth(), now.getDate() - back) };
}

function dayOf(text: string, later: number): Date | undefined {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  if (year === undefined) return undefined;
  return new Date(Number(year), Number(month) - 1, Number(day) + later);
}
