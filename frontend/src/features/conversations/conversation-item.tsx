"use client";

import { Menu } from "@base-ui/react/menu";
import { Ellipsis, Pencil, Trash2 } from "lucide-react";
import { useRef, useState } from "react";
import { cn } from "@/lib/cn";
import { conversationHref, followInPage } from "@/lib/navigation";
import type { ConversationSummary } from "@/lib/protocol/rest";
import { RenameField } from "./rename-field";

const menuItem =
  "flex cursor-default items-center gap-2.5 rounded-md px-2.5 py-1.5 text-sm outline-none select-none data-highlighted:bg-hover";

export interface ConversationItemProps {
  conversation: ConversationSummary;
  active: boolean;
  onRename: (title: string) => void;
  onDelete: () => void;
}

export function ConversationItem({ conversation, active, onRename, onDelete }: ConversationItemProps) {
  const [renaming, setRenaming] = useState(false);
  const link = useRef<HTMLAnchorElement>(null);
  const { id, title, growing } = conversation;

  const renamed = (next: string | null) => {
    setRenaming(false);
    if (next !== null && next !== title) onRename(next);
    requestAnimationFrame(() => link.current?.focus());
  };

  if (renaming) return <RenameField title={title} onDone={renamed} />;
  return (
    <div
      data-testid="conversation-item"
      data-conversation-id={id}
      className={cn("group relative rounded-lg transition-colors", active ? "bg-hover" : "hover:bg-hover")}
    >
      <a
        ref={link}
        href={conversationHref(id)}
        onClick={followInPage}
        onDoubleClick={() => setRenaming(true)}
        aria-current={active ? "page" : undefined}
        title={title}
        className={cn("flex items-center gap-2 rounded-lg py-2 ps-3 pe-10 text-sm", active && "font-medium")}
      >
        <span className="truncate">{title}</span>
        {growing && (
          <span data-testid="growing" title="A reply is on its way" className="flex shrink-0">
            <span className="breathe size-2 rounded-full bg-accent" aria-hidden />
            <span className="sr-only">A reply is on its way</span>
          </span>
        )}
      </a>
      <Menu.Root>
        <Menu.Trigger
          aria-label={`Options for ${title}`}
          data-testid="conversation-options"
          className="absolute end-1 top-1/2 flex size-8 -translate-y-1/2 items-center justify-center rounded-md text-soft opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 hover:text-ink data-popup-open:opacity-100 pointer-coarse:opacity-100"
        >
          <Ellipsis className="size-4" aria-hidden />
        </Menu.Trigger>
        <Menu.Portal>
          <Menu.Positioner align="start" sideOffset={4} className="z-50">
            <Menu.Popup className="popup min-w-36 rounded-xl border border-line bg-page p-1 shadow-lg outline-none">
              <Menu.Item className={menuItem} onClick={() => setRenaming(true)}>
                <Pencil className="size-3.5 text-soft" aria-hidden />
                Rename
              </Menu.Item>
              <Menu.Item className={cn(menuItem, "text-danger")} onClick={onDelete}>
                <Trash2 className="size-3.5" aria-hidden />
                Delete
              </Menu.Item>
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
    </div>
  );
}
