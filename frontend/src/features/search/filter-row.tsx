"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import { getModels } from "@/lib/api-client";
import { isFiltered, noFilters, type SearchFilters } from "./filters";

interface FilterRowProps {
  filters: SearchFilters;
  onChange: (filters: SearchFilters) => void;
}

const anyModel = "*";

/** What a hit has to be. */
export function FilterRow({ filters, onChange }: FilterRowProps) {
  const t = useTranslations("search");
  const { data } = useQuery({ queryKey: ["models"], queryFn: ({ signal }) => getModels({ signal }) });
  const models = (data?.models ?? []).map(({ id }) => ({ value: id, label: id }));
  const choose = (change: Partial<SearchFilters>) => onChange({ ...filters, ...change });
  const choices = <T extends string>(name: "who" | "when" | "where", values: readonly T[]) =>
    values.map((value) => ({ value, label: t(`${name}.${value}` as Parameters<typeof t>[0]) }));
  return (
    <div
      role="group"
      aria-label={t("filters")}
      data-testid="search-filters"
      className="grid shrink-0 grid-cols-2 items-center gap-2 border-b border-line px-4 py-2 sm:flex sm:flex-wrap"
    >
      <Select
        label={t("who.label")}
        value={filters.who}
        choices={choices("who", ["anyone", "user", "assistant"] as const)}
        onChange={(who) => choose({ who })}
      />
      <Select
        label={t("when.label")}
        value={filters.when}
        choices={choices("when", ["any", "week", "month", "year", "dates"] as const)}
        onChange={(when) => choose({ when })}
      />
      <Select
        label={t("where.label")}
        value={filters.where}
        choices={choices("where", ["all", "unarchived", "archived", "pinned"] as const)}
        onChange={(where) => choose({ where })}
      />
      <Select
        label={t("model")}
        value={filters.model || anyModel}
        choices={[{ value: anyModel, label: t("anyModel") }, ...models]}
        onChange={(model) => choose({ model: model === anyModel ? "" : model })}
      />
      {filters.when === "dates" && (
        <>
          <DateField label={t("from")} value={filters.from} onChange={(from) => choose({ from })} />
          <DateField label={t("to")} value={filters.to} onChange={(to) => choose({ to })} />
        </>
      )}
      {isFiltered(filters) && (
        <Button variant="ghost" className="justify-self-start" onClick={() => onChange(noFilters)}>
          {t("clear")}
        </Button>
      )}
    </div>
  );
}

function DateField(props: { label: string; value: string; onChange: (value: string) => void }) {
  return (
    <label className="flex min-w-0 flex-col gap-1 text-sm text-soft sm:flex-row sm:items-center sm:gap-2">
      {props.label}
      <input
        type="date"
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
        className="h-9 w-full min-w-0 rounded-lg border border-line bg-page px-2 text-sm text-ink"
      />
    </label>
  );
}
