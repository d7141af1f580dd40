"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { inOrder } from "@/features/conversations/list-state";
import { useLoadedConversations } from "@/features/conversations/use-conversations";
import { useCommands } from "@/lib/commands";
import { focusWhereLost, mainField } from "@/lib/focus";
import { aboutHref, conversationHref, figuresHref, goTo, settingsHref, trashHref } from "@/lib/navigation";
import { setTheme } from "@/lib/theme";

function changeTheme(): void {
  const dark = document.documentElement.classList.contains("dark");
  setTheme(dark ? "light" : "dark");
}

/** What can be done on every page. */
export function useAppCommands(conversationId: number | null): void {
  const t = useTranslations("shell");
  useCommands(
    useMemo(() => {
      const group = t("app");
      const to = (href: string) => () => {
        goTo(href);
        focusWhereLost(mainField);
      };
      return [
        {
          id: "new-chat",
          title: t("newChat"),
          keywords: t("newChatKeywords"),
          group,
          run: to(conversationHref(null)),
        },
        {
          id: "settings",
          title: t("settings"),
          keywords: t("settingsKeywords"),
          group,
          run: to(settingsHref),
        },
        { id: "figures", title: t("figures"), keywords: t("figuresKeywords"), group, run: to(figuresHref) },
        { id: "trash", title: t("deleted"), keywords: t("deletedKeywords"), group, run: to(trashHref) },
        { id: "theme", title: t("changeTheme"), keywords: t("themeKeywords"), group, run: changeTheme },
        {
          id: "theme-system",
          title: t("themeAsSystem"),
          keywords: t("themeKeywords"),
          group,
          run: () => setTheme("system"),
        },
        { id: "about", title: t("about"), keywords: t("aboutKeywords"), group, run: to(aboutHref) },
      ];
    }, [t]),
  );
  useNeighbourCommands(conversationId);
}

function useNeighbourCommands(conversationId: number | null): void {
  const t = useTranslations("conversations");
  const loaded = useLoadedConversations();
  // As they are shown.
  const conversations = useMemo(() => inOrder(loaded), [loaded]);
  const at = conversations.findIndex(({ id }) => id === conversationId);
  const previous = (at > 0 ? conversations[at - 1] : undefined)?.id;
  const next = conversations[at + 1]?.id;
  useCommands(
    useMemo(() => {
      const towards = (id: string, title: string, to: number | undefined) =>
        to === undefined ? [] : [{ id, title, group: t("list"), run: () => goTo(conversationHref(to)) }];
      return [
        ...towards("previous-conversation", t("previous"), previous),
        ...towards("next-conversation", t("next"), next),
      ];
    }, [t, previous, next]),
  );
}
