"use client";

import { ChartColumn, PanelLeftClose, SquarePen } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";
import { Logo } from "@/components/ui/logo";
import { ThemeToggle } from "@/components/ui/theme-toggle";
import { cn } from "@/lib/cn";
import { conversationHref, figuresHref, followInPage } from "@/lib/navigation";
import { ConversationList } from "./conversation-list";

export interface SidebarProps {
  activeId: number | null;
  /** Whether the figures are shown. */
  figures?: boolean;
  onClose: () => void;
}

export function Sidebar({ activeId, figures = false, onClose }: SidebarProps) {
  return (
    <div className="flex h-full flex-col bg-sunken">
      <div className="flex h-14 shrink-0 items-center justify-between pr-2 pl-4">
        <span className="flex items-center gap-2.5 font-semibold tracking-tight">
          <Logo className="size-6" />
          TahoChat
        </span>
        <IconButton label="Close the sidebar" onClick={onClose} data-testid="sidebar-close">
          <PanelLeftClose className="size-4.5" aria-hidden />
        </IconButton>
      </div>
      <div className="px-2 pb-3">
        <a
          href={conversationHref(null)}
          onClick={followInPage}
          data-testid="new-chat"
          className="flex h-10 items-center gap-2.5 rounded-lg border border-line bg-page px-3 text-sm font-medium transition-colors hover:bg-hover"
        >
          <SquarePen className="size-4 text-accent" aria-hidden />
          New chat
        </a>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-2">
        <ConversationList activeId={activeId} />
      </div>
      <div className="shrink-0 px-2 py-2">
        <a
          href={figuresHref}
          onClick={followInPage}
          data-testid="figures-link"
          aria-current={figures ? "page" : undefined}
          className={cn(
            "flex h-9 items-center gap-2.5 rounded-lg px-3 text-sm transition-colors hover:bg-hover",
            figures && "bg-hover font-medium",
          )}
        >
          <ChartColumn className="size-4 text-soft" aria-hidden />
          Figures
        </a>
      </div>
      <div className="flex shrink-0 items-center justify-between border-t border-line py-2 pr-2 pl-4">
        <span className="text-xs text-soft">Theme</span>
        <ThemeToggle />
      </div>
    </div>
  );
}
