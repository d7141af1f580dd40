"use client";

import { Autocomplete } from "@base-ui/react/autocomplete";
import { Dialog } from "@base-ui/react/dialog";
import { Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { Directed } from "@/components/ui/directed";
import { backdrop, surface } from "@/components/ui/surface";
import { cn } from "@/lib/cn";
import { useAllCommands } from "@/lib/commands";
import { focusWhereLost, mainField } from "@/lib/focus";
import { conversationHref, goTo, useShownConversation } from "@/lib/navigation";
import { openMessage } from "@/lib/opened-hit";
import type { ConversationSummary } from "@/lib/protocol/rest";
import { markedTexts } from "@/lib/snippet";
import { entriesFor, type Entry, type EntryGroup } from "./entries";
import { EntryLine } from "./entry-line";
import { useFound } from "./use-found";

export interface PaletteProps {
  open: boolean;
  onClose: () => void;
  /** The conversations that the list has. */
  conversations: readonly ConversationSummary[];
  /** Goes on in the search of all messages. */
  onSearch: (typed: string) => void;
}

const testIds = {
  command: "palette-entry",
  conversation: "palette-entry",
  message: "palette-message",
  search: "palette-search",
} as const;

/** All there is to do and all there is to go to, by typing. */
export function Palette(props: PaletteProps) {
  const { open, onClose } = props;
  const t = useTranslations("palette");
  return (
    <Directed>
      <Dialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
        <Dialog.Portal>
          <Dialog.Backdrop className={backdrop} />
          <Dialog.Popup
            data-testid="palette"
            className={cn(
              "fixed inset-x-0 top-[max(0.75rem,10dvh)] z-50 mx-auto flex max-h-[min(32rem,calc(90dvh-0.75rem))] w-[min(40rem,calc(100vw-1.5rem))] popup flex-col overflow-hidden rounded-2xl",
              surface,
            )}
          >
            <Dialog.Title className="sr-only">{t("title")}</Dialog.Title>
            <PaletteBody {...props} />
            <Dialog.Close className="sr-only">{t("close")}</Dialog.Close>
          </Dialog.Popup>
        </Dialog.Portal>
      </Dialog.Root>
    </Directed>
  );
}

function PaletteBody({ onClose, conversations, onSearch }: PaletteProps) {
  const t = useTranslations("palette");
  const [typed, setTyped] = useState("");
  const commands = useAllCommands();
  const found = useFound(typed);
  const here = useShownConversation();
  const groups = useMemo(() => {
    const words = {
      conversations: t("conversations"),
      recent: t("recent"),
      commands: t("commands"),
      messages: t("messages"),
      searchFor: t("searchFor", { typed: typed.trim() }),
    };
    // Who types nothing wants to go somewhere else.
    const known = typed.trim() === "" ? conversations.filter(({ id }) => id !== here) : conversations;
    return entriesFor(typed, commands, known, found.conversations, words, found.hits);
  }, [typed, commands, conversations, found.conversations, found.hits, here, t]);

  const choose = (entry: Entry) => {
    if (entry.kind === "search") return onSearch(typed.trim());
    onClose();
    if (entry.kind === "message") {
      const { hit } = entry;
      openMessage(hit.conversation_id, hit.message_id ?? 0, markedTexts(hit));
    } else if (entry.kind === "conversation") goTo(conversationHref(entry.conversation.id));
    // A moment later: what it opens takes the focus after the palette has given it back.
    else setTimeout(entry.command.run, 0);
    focusWhereLost(mainField);
  };

  return (
    <Autocomplete.Root
      inline
      open
      mode="none"
      items={groups}
      value={typed}
      onValueChange={(value, { reason }) => reason !== "item-press" && setTyped(value)}
      itemToStringValue={(entry: Entry) => entry.title}
      autoHighlight="always"
      keepHighlight
    >
      <div className="flex h-13 shrink-0 items-center gap-3 border-b border-line px-4">
        <Search className="size-4.5 shrink-0 text-soft" aria-hidden />
        <Autocomplete.Input
          aria-label={t("title")}
          placeholder={t("placeholder")}
          data-testid="palette-input"
          className="h-full min-w-0 flex-1 bg-transparent text-base outline-none placeholder:text-soft"
        />
        <kbd className="rounded border border-line bg-sunken px-1.5 font-sans text-xs text-soft pointer-coarse:hidden">
          {t("esc")}
        </kbd>
      </div>
      <Autocomplete.Empty className="empty:hidden">
        <p className="px-4 py-10 text-center text-sm text-soft">
          {found.searching ? t("searching") : t("nothing", { typed: typed.trim() })}
        </p>
      </Autocomplete.Empty>
      <Autocomplete.List className="min-h-0 flex-1 scroll-py-2 overflow-y-auto p-2 empty:hidden">
        {(group: EntryGroup) => (
          <Autocomplete.Group key={group.value} items={group.items} className="pb-2 last:pb-0">
            <Autocomplete.GroupLabel className="px-2.5 pt-1 pb-1 text-xs font-medium text-soft">
              {group.value}
            </Autocomplete.GroupLabel>
            <Autocomplete.Collection>
              {(entry: Entry) => (
                <Autocomplete.Item
                  key={entry.key}
                  value={entry}
                  data-testid={testIds[entry.kind]}
                  onClick={() => choose(entry)}
                  className="group flex min-h-9 cursor-default items-center gap-3 rounded-lg px-2.5 py-1.5 text-sm outline-none select-none data-highlighted:bg-hover"
                >
                  <EntryLine entry={entry} />
                </Autocomplete.Item>
              )}
            </Autocomplete.Collection>
          </Autocomplete.Group>
        )}
      </Autocomplete.List>
      <p role="status" className="border-t border-line px-4 py-1.5 text-xs text-soft empty:hidden">
        {found.failed ? t("onlyLoaded") : ""}
      </p>
    </Autocomplete.Root>
  );
}
