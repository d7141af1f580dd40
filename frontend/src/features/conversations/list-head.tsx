"use client";

import { ArrowLeft } from "lucide-react";
import { useTranslations } from "next-intl";
import { IconButton } from "@/components/ui/icon-button";
import { cn } from "@/lib/cn";
import { focusWhereLost, mainField } from "@/lib/focus";
import type { ListFilter } from "@/lib/order-api";
import { showArchive, showTag } from "./list-view";
import { useTags } from "./use-tags";

/** What the sidebar shows instead of everything, and the way back; tags to choose from where there are some. */
export function ListHead({ filter }: { filter: ListFilter }) {
  const t = useTranslations("conversations");
  const leave = () => {
    showArchive(false);
    focusWhereLost(() => document.querySelector<HTMLElement>("[data-testid=archive-open]") ?? mainField());
  };
  return (
    <>
      {filter.archived && (
        <div className="flex items-center gap-1 pb-2">
          <IconButton label={t("archiveClose")} size="sm" onClick={leave} data-testid="archive-close">
            <ArrowLeft className="size-4 rtl:-scale-x-100" aria-hidden />
          </IconButton>
          <h2 className="text-sm font-semibold">{t("archiveTitle")}</h2>
        </div>
      )}
      <TagChips filter={filter} />
    </>
  );
}

function TagChips({ filter }: { filter: ListFilter }) {
  const t = useTranslations("conversations");
  const { archived, tag: chosen } = filter;
  const names = useTags()
    .filter((tag) => (archived ? tag.archived : tag.count) > 0)
    .map(({ name }) => name);
  const isChosen = (name: string) => name.toLowerCase() === chosen?.toLowerCase();
  const shown = chosen === null || names.some(isChosen) ? names : [...names, chosen];
  if (shown.length === 0) return null;
  return (
    <div
      role="group"
      aria-label={t("tagFilter")}
      className="mb-4 flex max-h-22 flex-wrap gap-1.5 overflow-y-auto px-1"
    >
      {shown.map((name) => (
        <button
          key={name}
          type="button"
          aria-pressed={isChosen(name)}
          data-testid="tag-chip"
          onClick={() => showTag(isChosen(name) ? null : name)}
          className={cn(
            "h-7 max-w-40 rounded-full border px-2.5 text-xs transition-colors",
            isChosen(name)
              ? "border-accent bg-accent text-on-accent"
              : "border-line bg-page text-soft hover:bg-hover hover:text-ink",
          )}
        >
          <span dir="auto" className="block truncate">
            {name}
          </span>
        </button>
      ))}
    </div>
  );
}
