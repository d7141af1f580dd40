"use client";

import { GitBranch, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { useChatClient } from "../chat-context";
import { siblingGroups, siblingKey } from "../state/tree";
import type { ShownConversation } from "../state/selectors";
import { useTurnCommands } from "../use-turn-commands";

/** Says quietly that the conversation shows another branch than before, and leads back. */
export function BranchNotice({ conversation }: { conversation: ShownConversation }) {
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
      <p className="min-w-0 flex-1">
        {notice.kind === "moved"
          ? "Another tab went on in another branch."
          : "Another tab was faster, so your message began a branch."}
      </p>
      {other !== undefined && (
        <Button variant="ghost" className="shrink-0 px-2" onClick={() => commands.select(id, other)}>
          {notice.kind === "moved" ? "Go back" : "Show the other"}
        </Button>
      )}
      <IconButton size="sm" label="Dismiss" onClick={() => client.turns.dismissNotice(id)}>
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
