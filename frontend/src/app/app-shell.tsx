"use client";

import { Dialog } from "@base-ui/react/dialog";
import { Menu, PanelLeftOpen, SquarePen } from "lucide-react";
import { useState, type ReactNode } from "react";
import { ConnectionStatus } from "@/components/connection-status";
import { IconButton } from "@/components/ui/icon-button";
import { cn } from "@/lib/cn";
import { conversationHref, goTo } from "@/lib/navigation";
import { useMedia } from "@/lib/use-media";
import { useStoredFlag } from "@/lib/use-stored-flag";

export interface AppShellProps {
  title: string;
  /** Names what is shown; when it changes, the drawer has done its work. */
  shownKey: string;
  /** Where the keyboard's first link leads; the message field without it. */
  skipTo?: { id: string; words: string };
  sidebar: (close: () => void) => ReactNode;
  notice: ReactNode;
  children: ReactNode;
}

const messageField = { id: "composer", words: "Skip to the message field" };

export function AppShell({
  title,
  shownKey,
  skipTo = messageField,
  sidebar,
  notice,
  children,
}: AppShellProps) {
  const [wideOpen, setWideOpen] = useStoredFlag("tahochat.sidebar", true);
  const wide = useMedia("(min-width: 48rem)", true);
  const [drawerFor, setDrawerFor] = useState<string | null>(null);
  const closeDrawer = () => setDrawerFor(null);
  return (
    <div className="flex h-dvh">
      <a
        href={`#${skipTo.id}`}
        className="skip-link rounded-lg bg-accent px-4 py-2 text-sm font-medium text-on-accent"
      >
        {skipTo.words}
      </a>
      {wide && wideOpen && (
        <aside aria-label="Sidebar" className="w-72 shrink-0 border-r border-line max-md:hidden">
          {sidebar(() => setWideOpen(false))}
        </aside>
      )}
      <Dialog.Root open={!wide && drawerFor === shownKey} onOpenChange={(open) => !open && closeDrawer()}>
        <Dialog.Portal>
          <Dialog.Backdrop className="backdrop fixed inset-0 z-30 bg-[#0007] md:hidden" />
          <Dialog.Popup className="drawer fixed inset-y-0 left-0 z-40 w-[min(19rem,85vw)] border-r border-line shadow-xl outline-none md:hidden">
            <Dialog.Title className="sr-only">Sidebar</Dialog.Title>
            {sidebar(closeDrawer)}
          </Dialog.Popup>
        </Dialog.Portal>
      </Dialog.Root>
      <div className="flex min-w-0 flex-1 flex-col">
        <header className="flex h-14 shrink-0 items-center gap-1 px-2">
          <IconButton
            label="Open the sidebar"
            data-testid="sidebar-open"
            className="md:hidden"
            onClick={() => setDrawerFor(shownKey)}
          >
            <Menu className="size-4.5" aria-hidden />
          </IconButton>
          {!wideOpen && (
            <IconButton label="Open the sidebar" className="max-md:hidden" onClick={() => setWideOpen(true)}>
              <PanelLeftOpen className="size-4.5" aria-hidden />
            </IconButton>
          )}
          <p className="min-w-0 flex-1 truncate px-2 text-sm font-medium" data-testid="chat-title">
            {title}
          </p>
          <ConnectionStatus />
          <IconButton
            label="New chat"
            className={cn(wideOpen && "md:hidden")}
            onClick={() => goTo(conversationHref(null))}
          >
            <SquarePen className="size-4.5" aria-hidden />
          </IconButton>
        </header>
        {notice}
        <main className="flex min-h-0 flex-1 flex-col">{children}</main>
      </div>
    </div>
  );
}
