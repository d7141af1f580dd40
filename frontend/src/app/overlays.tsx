"use client";

import { useTranslations } from "next-intl";
import { useCallback, useMemo, useState } from "react";
import { toast } from "@/lib/toast";
import { useTagged } from "@/features/conversations/list-view";
import { useLoadedConversations } from "@/features/conversations/use-conversations";
import { useCommands } from "@/lib/commands";
import { focusWhereLost, mainField } from "@/lib/focus";
import { useLazy } from "@/lib/use-lazy";

export type Overlay = "palette" | "search" | "shortcuts";

const loadPalette = () => import("@/features/palette/palette");
const loadTags = () => import("@/features/conversations/tags-dialog");
const loadSearch = () => import("@/features/search/search-dialog");
const loadOverview = () => import("@/features/shortcuts/overview");

export interface Overlays {
  shown: Overlay | null;
  show: (overlay: Overlay) => void;
  close: () => void;
  /** What the search begins with; undefined: what was searched for last. */
  words?: string;
  search: (words?: string) => void;
}

/** What lies over the page, whatever page it is; one at a time. */
export function useOverlays(): Overlays {
  const [shown, show] = useState<Overlay | null>(null);
  const [words, setWords] = useState<string>();
  const search = useCallback((next?: string) => {
    setWords(next);
    show("search");
  }, []);
  const close = useCallback(() => {
    show(null);
    focusWhereLost(mainField);
  }, []);
  const t = useTranslations("shell");
  const palette = useTranslations("palette")("title");
  const searchTitle = useTranslations("search")("title");
  useCommands(
    useMemo(() => {
      const togglePalette = () => show((now) => (now === "palette" ? null : "palette"));
      return [
        { id: "palette", title: palette, group: t("app"), run: togglePalette },
        { id: "search", title: searchTitle, group: t("app"), run: () => search() },
        { id: "shortcuts", title: t("shortcuts"), group: t("app"), run: () => show("shortcuts") },
      ];
    }, [t, palette, searchTitle, search]),
  );
  return useMemo(() => ({ shown, show, close, words, search }), [shown, close, words, search]);
}

export function OverlaysShown({ shown, close, words, search }: Overlays) {
  const t = useTranslations("palette");
  const conversations = useLoadedConversations();
  const tagged = useTagged();
  const failed = () => {
    toast.error(t("failed"));
    close();
  };
  const palette = useLazy(shown === "palette", loadPalette, failed);
  const searching = useLazy(shown === "search", loadSearch, failed);
  const overview = useLazy(shown === "shortcuts", loadOverview, failed);
  const tags = useLazy(tagged !== null, loadTags, failed);
  return (
    <>
      {palette && (
        <palette.Palette
          open={shown === "palette"}
          onClose={close}
          conversations={conversations}
          onSearch={search}
        />
      )}
      {searching && <searching.SearchDialog open={shown === "search"} onClose={close} words={words} />}
      {tags && <tags.TagsDialog tagged={tagged} />}
      {overview && <overview.ShortcutOverview open={shown === "shortcuts"} onClose={close} />}
    </>
  );
}
