"use client";

import { Menu, PanelLeftOpen, Search, SquarePen } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo, useState, type ReactNode } from "react";
import { ConnectionStatus } from "@/components/connection-status";
import { Drawer } from "@/components/ui/drawer";
import { IconButton } from "@/components/ui/icon-button";
import { cn } from "@/lib/cn";
import { useCommands } from "@/lib/commands";
import { focusWhereLost, mainField } from "@/lib/focus";
import { conversationHref, goTo } from "@/lib/navigation";
import { useMedia } from "@/lib/use-media";
import { useStoredFlag } from "@/lib/use-stored-flag";

export interface AppShellProps {
  title: ReactNode;
  /** Names what is shown; when it changes, the drawer has done its work. */
  shownKey: string;
  /** Where the keyboard's first link leads. */
  skipTo: { id: string; words: string };
  sidebar: (close: () => void) => ReactNode;
  notice: ReactNode;
  onSearch: () => void;
  children: ReactNode;
}

/** The sidebar beside what is shown, or as a drawer over it where it is narrow, and the bar above. */
export function AppShell({ title, shownKey, skipTo, sidebar, notice, onSearch, children }: AppShellProps) {
  const t = useTranslations("shell");
  const search = useTranslations("palette")("open");
  const [wideOpen, setWideOpen] = useStoredFlag("tahochat.sidebar", true);
  const wide = useMedia("(min-width: 48rem)", true);
  const [drawerFor, setDrawerFor] = useState<string | null>(null);
  // What is shown again later is not what it was opened over.
  if (drawerFor !== null && drawerFor !== shownKey) setDrawerFor(null);
  const closeDrawer = () => setDrawerFor(null);
  /** Whoever closes it finds himself where it is opened, and the other way round. */
  const setWide = (open: boolean) => {
    setWideOpen(open);
    focusWhereLost(() => document.querySelector<HTMLElement>(open ? "#sidebar button" : "#sidebar-opener"));
  };
  useCommands(
    useMemo(() => {
      const toggle = () => {
        if (wide) setWideOpen(!wideOpen);
        else setDrawerFor((now) => (now === shownKey ? null : shownKey));
        focusWhereLost(mainField);
      };
      return [{ id: "toggle-sidebar", title: t("toggleSidebar"), group: t("app"), run: toggle }];
    }, [t, wide, wideOpen, setWideOpen, shownKey]),
  );
  return (
    <div className="flex h-dvh">
      <a
        href={`#${skipTo.id}`}
        className="skip-link rounded-lg bg-accent px-4 py-2 text-sm font-medium text-on-accent"
      >
        {skipTo.words}
      </a>
      {wide && wideOpen && (
        <aside
          id="sidebar"
          aria-label={t("sidebar")}
          className="w-72 shrink-0 border-e border-line max-md:hidden"
        >
          {sidebar(() => setWide(false))}
        </aside>
      )}
      <Drawer open={!wide && drawerFor === shownKey} onClose={closeDrawer} title={t("sidebar")}>
        {sidebar(closeDrawer)}
      </Drawer>
      <div className="flex min-w-0 flex-1 flex-col">
        <header className="flex h-14 shrink-0 items-center gap-1 px-2">
          <IconButton
            label={t("openSidebar")}
            data-testid="sidebar-open"
            className="md:hidden"
            onClick={() => setDrawerFor(shownKey)}
          >
            <Menu className="size-4.5" aria-hidden />
          </IconButton>
          {wide && !wideOpen && (
            <IconButton
              id="sidebar-opener"
              label={t("openSidebar")}
              className="max-md:hidden"
              onClick={() => setWide(true)}
            >
              <PanelLeftOpen className="size-4.5 rtl:-scale-x-100" aria-hidden />
            </IconButton>
          )}
          {title}
          <ConnectionStatus />
          <IconButton
            label={search}
            data-testid="search-open-narrow"
            className={cn(wideOpen && "md:hidden")}
            onClick={onSearch}
          >
            <Search className="size-4.5" aria-hidden />
          </IconButton>
          <IconButton
            label={t("newChat")}
            className={cn(wideOpen && "md:hidden")}
            onClick={() => goTo(conversationHref(null))}
          >
            <SquarePen className="size-4.5" aria-hidden />
          </IconButton>
        </header>
        {notice}
        <main tabIndex={-1} className="flex min-h-0 flex-1 flex-col outline-none">
          {children}
        </main>
      </div>
    </div>
  );
}
