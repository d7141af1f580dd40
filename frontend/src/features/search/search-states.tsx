"use client";

import { CloudOff, Search, SearchX } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { StateMessage } from "@/components/ui/state-message";
import { useWaiting, type Search as Found } from "./use-search";

interface SearchStatesProps {
  typed: string;
  search: Found;
  filtered: boolean;
}

/** In the place of hits: nothing typed, on its way, failed, nothing found. */
export function SearchStates({ typed, search, filtered }: SearchStatesProps) {
  const t = useTranslations("search");
  const again = useTranslations("common")("tryAgain");
  if (typed.trim() === "") {
    return (
      <StateMessage small icon={Search} title={t("empty")}>
        {t("hint")}
      </StateMessage>
    );
  }
  if (search.searching) {
    return (
      <div role="status" className="flex flex-col gap-4 p-5">
        <span className="sr-only">{t("searching")}</span>
        {[0, 1, 2].map((line) => (
          <Skeleton key={line} className="h-12 rounded-xl opacity-60" />
        ))}
      </div>
    );
  }
  if (search.failed) {
    return (
      <StateMessage
        small
        role="alert"
        icon={CloudOff}
        title={t("failed")}
        actions={<Button onClick={search.retry}>{again}</Button>}
      />
    );
  }
  return (
    <StateMessage
      small
      role="status"
      icon={SearchX}
      title={t("nothing", { typed: typed.trim() })}
      testId="search-nothing"
    >
      {filtered ? t("nothingFiltered") : t("nothingHint")}
    </StateMessage>
  );
}

/** Says so while the index is being made. */
export function SearchEnd() {
  const t = useTranslations("search");
  const waiting = useWaiting();
  return (
    <p className="shrink-0 border-t border-line px-4 py-1.5 text-xs text-soft empty:hidden">
      {waiting > 50 ? t("waiting", { count: waiting }) : ""}
    </p>
  );
}
