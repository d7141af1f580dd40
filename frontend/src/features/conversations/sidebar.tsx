"use client";

import {
  Archive,
  ChartColumn,
  PanelLeftClose,
  Search,
  Settings,
  SquarePen,
  Trash2,
  type LucideIcon,
} from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { ShortcutKeys } from "@/components/shortcut-keys";
import { IconButton } from "@/components/ui/icon-button";
import { Logo } from "@/components/ui/logo";
import { ThemeToggle } from "@/components/ui/theme-toggle";
import { cn } from "@/lib/cn";
import { useCommands } from "@/lib/commands";
import { focusWhereLost, mainField } from "@/lib/focus";
import {
  conversationHref,
  figuresHref,
  followInPage,
  settingsHref,
  trashHref,
  type ShownPage,
} from "@/lib/navigation";
import { ConversationList } from "./conversation-list";
import { showArchive, useListFilter } from "./list-view";

export interface SidebarProps {
  activeId: number | null;
  page: ShownPage;
  onSearch: () => void;
  onClose: () => void;
}

export function Sidebar({ activeId, page, onSearch, onClose }: SidebarProps) {
  const t = useTranslations("shell");
  const search = useTranslations("palette")("open");
  return (
    <div className="flex h-full flex-col bg-sunken">
      <div className="flex h-14 shrink-0 items-center justify-between ps-4 pe-2">
        <span className="flex items-center gap-2.5 font-semibold tracking-tight">
          <Logo className="size-6" />
          TahoChat
        </span>
        <IconButton label={t("closeSidebar")} onClick={onClose} data-testid="sidebar-close">
          <PanelLeftClose className="size-4.5 rtl:-scale-x-100" aria-hidden />
        </IconButton>
      </div>
      <div className="flex flex-col gap-1 px-2 pb-3">
        <a
          href={conversationHref(null)}
          onClick={followInPage}
          data-testid="new-chat"
          className="flex h-10 items-center gap-2.5 rounded-lg border border-line bg-page px-3 text-sm font-medium transition-colors hover:bg-hover"
        >
          <SquarePen className="size-4 text-accent" aria-hidden />
          {t("newChat")}
        </a>
        <button
          type="button"
          onClick={onSearch}
          data-testid="search-open"
          className="flex h-9 items-center gap-2.5 rounded-lg px-3 text-start text-sm transition-colors hover:bg-hover"
        >
          <Search className="size-4 text-soft" aria-hidden />
          {search}
          <ShortcutKeys id="palette" />
        </button>
      </div>
      <div data-scrolls className="min-h-0 flex-1 overflow-y-auto px-2">
        <ConversationList activeId={activeId} />
      </div>
      <div className="shrink-0 border-t border-line p-2">
        <div className="flex gap-2">
          <ArchiveButton />
          <SidebarLink
            href={trashHref}
            icon={Trash2}
            words={t("deleted")}
            testId="trash-link"
            current={page === "deleted"}
          />
        </div>
        <SidebarLink
          href={figuresHref}
          icon={ChartColumn}
          words={t("figures")}
          testId="figures-link"
          current={page === "figures"}
        />
        <div className="flex items-center gap-2">
          <SidebarLink
            href={settingsHref}
            icon={Settings}
            words={t("settings")}
            testId="settings-link"
            current={page === "settings"}
          />
          <ThemeToggle />
        </div>
      </div>
    </div>
  );
}

function ArchiveButton() {
  const t = useTranslations("conversations");
  const shell = useTranslations("shell");
  const { archived } = useListFilter();
  useCommands(
    useMemo(() => {
      const run = () => {
        showArchive(!archived);
        focusWhereLost(mainField);
      };
      return [
        {
          id: "archive-list",
          title: t(archived ? "archiveClose" : "showArchive"),
          group: shell("app"),
          run,
        },
      ];
    }, [t, shell, archived]),
  );
  return (
    <button
      type="button"
      aria-pressed={archived}
      data-testid="archive-open"
      onClick={() => showArchive(!archived)}
      className={cn(sidebarItem, archived && "bg-hover font-medium")}
    >
      <Archive className="size-4 shrink-0 text-soft" aria-hidden />
      <span className="truncate">{t("archiveTitle")}</span>
    </button>
  );
}

const sidebarItem =
  "flex h-9 min-w-0 flex-1 items-center gap-2.5 rounded-lg px-3 text-sm transition-colors hover:bg-hover";

interface SidebarLinkProps {
  href: string;
  icon: LucideIcon;
  words: string;
  testId: string;
  current: boolean;
}

function SidebarLink({ href, icon: Icon, words, testId, current }: SidebarLinkProps) {
  return (
    <a
      href={href}
      onClick={followInPage}
      data-testid={testId}
      aria-current={current ? "page" : undefined}
      className={cn(sidebarItem, current && "bg-hover font-medium")}
    >
      <Icon className="size-4 shrink-0 text-soft" aria-hidden />
      <span className="truncate">{words}</span>
    </a>
  );
}
