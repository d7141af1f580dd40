"use client";

import { GitBranch, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { useChatClient } from "../chat-context";
import { siblingGroups, siblingKey } from "../state/tree";
import type { ShownConversation } from "../state/selectors";
import { useTurnCommands } from "../use-turn-commands";

/** Says quietly that the conversation shows another branch than before, and leads back. */
export function BranchNotice({ conversation }: { conversation: ShownConversation }) {
  const t = useTranslations("turns.branch");
  const client = useChatClient();
  const commands = useTurnCommands();
  const { notice, id } = conversation;
  if (!notice) return null;
  const other = notice.kind === "moved" ? notice.from : newestBeside(conversation, notice.messageId);
  return (
    <div
      role="status"
      data-testid="branch-notice"
      className="rise mb-2 flex items-center gap-2 rounded-xl border border-line bg-page py-1 ps-3.5 pe-1 text-sm shadow-xs"
    >
      <GitBranch className="size-4 shrink-0 text-accent" aria-hidden />
      <p className="min-w-0 flex-1">{t(notice.kind === "moved" ? "moved" : "began")}</p>
      {other !== undefined && (
        <Button variant="ghost" className="shrink-0 px-2" onClick={() => commands.select(id, other)}>
          {t(notice.kind === "moved" ? "goBack" : "showOther")}
        </Button>
      )}
      <IconButton size="sm" label={t("dismiss")} onClick={() => client.turns.dismissNotice(id)}>
        <X className="size-4" aria-hidden />
      </IconButton>
    </div>
  );
}

function newestBeside({ messages }: ShownConversation, id: number): number | undefined {
  const message = messages[id];
  const group = message && siblingGroups(messages).get(siblingKey(message));
  return group?.findLast((sibling) => sibling !== id);
}
