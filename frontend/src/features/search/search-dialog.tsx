"use client";

import { Autocomplete } from "@base-ui/react/autocomplete";
import { Dialog } from "@base-ui/react/dialog";
import { Search as SearchIcon, SlidersHorizontal, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { backdrop, surface } from "@/components/ui/surface";
import { cn } from "@/lib/cn";
import { conversationHref, goTo } from "@/lib/navigation";
import { openMessage } from "@/lib/opened-hit";
import type { SearchHit } from "@/lib/protocol/search";
import { markedTexts } from "@/lib/snippet";
import { FilterRow } from "./filter-row";
import { isFiltered, noFilters, type SearchFilters } from "./filters";
import { HitLine, keyOf } from "./hit-line";
import { SearchEnd, SearchStates } from "./search-states";
import { useSearch } from "./use-search";

export interface SearchDialogProps {
  open: boolean;
  onClose: () => void;
  /** What is typed already. */
  words?: string;
}

const longest = 1000;

/** What was searched for last is there again. */
const last: { words: string; filters: SearchFilters } = { words: "", filters: noFilters };

function remember(words: string, filters: SearchFilters): void {
  Object.assign(last, { words, filters });
}

/** Searches all messages, with filters. */
export function SearchDialog(props: SearchDialogProps) {
  const { open, onClose } = props;
  const t = useTranslations("search");
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={backdrop} />
        <Dialog.Popup
          data-testid="search"
          className={cn(
            "fixed z-50 flex flex-col overflow-hidden",
            "max-sm:inset-0 sm:inset-x-0 sm:top-[6dvh] sm:mx-auto sm:h-[min(46rem,88dvh)] sm:w-[min(50rem,calc(100vw-3rem))] sm:popup sm:rounded-2xl",
            surface,
          )}
        >
          <Dialog.Title className="sr-only">{t("title")}</Dialog.Title>
          <SearchBody {...props} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function SearchBody({ onClose, words }: SearchDialogProps) {
  const t = useTranslations("search");
  const [typed, setTyped] = useState(words ?? last.words);
  const [filters, setFilters] = useState(last.filters);
  const [filtering, setFiltering] = useState(isFiltered(last.filters));
  const search = useSearch(typed, filters);
  const type = (next: string) => {
    remember(next, filters);
    setTyped(next);
  };
  const filter = (next: SearchFilters) => {
    remember(typed, next);
    setFilters(next);
  };
  const choose = (hit: SearchHit) => {
    remember(typed, filters);
    onClose();
    if (hit.message_id === undefined) goTo(conversationHref(hit.conversation_id));
    else openMessage(hit.conversation_id, hit.message_id, markedTexts(hit));
  };
  const shown = typed.trim() !== "" && search.hits.length > 0;

  return (
    <Autocomplete.Root
      inline
      open
      mode="none"
      items={search.hits}
      value={typed}
      onValueChange={(value, { reason }) => reason !== "item-press" && type(value.slice(0, longest))}
      itemToStringValue={keyOf}
      autoHighlight="always"
      keepHighlight
    >
      <div className="flex h-14 shrink-0 items-center gap-2 border-b border-line ps-4 pe-2">
        <SearchIcon className="size-4.5 shrink-0 text-soft" aria-hidden />
        <Autocomplete.Input
          aria-label={t("title")}
          placeholder={t("placeholder")}
          data-testid="search-input"
          maxLength={longest}
          onFocus={(event) => event.currentTarget.select()}
          className="h-full min-w-0 flex-1 bg-transparent ps-1 text-base outline-none placeholder:text-soft"
        />
        <IconButton
          label={t("filters")}
          aria-expanded={filtering}
          data-testid="search-filter"
          onClick={() => setFiltering(!filtering)}
          className={cn(isFiltered(filters) && "text-accent")}
        >
          <SlidersHorizontal className="size-4.5" aria-hidden />
        </IconButton>
        <IconButton label={t("close")} onClick={onClose}>
          <X className="size-4.5" aria-hidden />
        </IconButton>
      </div>
      {filtering && <FilterRow filters={filters} onChange={filter} />}
      <p role="status" className="sr-only">
        {shown && !search.searching ? t("count", { count: search.hits.length }) : ""}
      </p>
      <div
        className={cn(
          "min-h-0 flex-1 overflow-y-auto",
          search.searching && shown && "opacity-60 transition-opacity",
        )}
        data-testid="search-results"
        data-searching={search.searching}
      >
        {!shown && <SearchStates typed={typed} search={search} filtered={isFiltered(filters)} />}
        <Autocomplete.List className="scroll-py-2 p-2 empty:hidden">
          {(hit: SearchHit) => (
            <Autocomplete.Item
              key={keyOf(hit)}
              value={hit}
              data-testid="search-hit"
              onClick={() => choose(hit)}
              className="cursor-default rounded-xl px-3 py-2.5 outline-none select-none data-highlighted:bg-hover"
            >
              <HitLine hit={hit} />
            </Autocomplete.Item>
          )}
        </Autocomplete.List>
        {shown && search.hasMore && (
          <button
            type="button"
            onClick={search.more}
            className="mx-4 mb-4 h-9 rounded-lg border border-line px-3 text-sm hover:bg-hover"
          >
            {t("more")}
          </button>
        )}
      </div>
      <SearchEnd />
    </Autocomplete.Root>
  );
}
