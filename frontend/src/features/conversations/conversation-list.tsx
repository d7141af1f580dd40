"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { conversationHref, goTo } from "@/lib/navigation";
import type { ConversationSummary } from "@/lib/protocol/rest";
import { ConversationItem } from "./conversation-item";
import { DeleteDialog } from "./delete-dialog";
import { groupByDate } from "./group-by-date";
import { conversationsOf } from "./list-state";
import { useConversations, useDelete, useRename } from "./use-conversations";

export function ConversationList({ activeId }: { activeId: number | null }) {
  const query = useConversations();
  const rename = useRename();
  const remove = useDelete();
  const [deleting, setDeleting] = useState<ConversationSummary | null>(null);
  const conversations = conversationsOf(query.data);

  const confirmDelete = (id: number) => {
    setDeleting(null);
    remove.mutate(id, { onSuccess: () => id === activeId && goTo(conversationHref(null), "replace") });
  };

  if (query.isPending) return <ListSkeleton />;
  if (query.isError && conversations.length === 0) {
    return (
      <div className="flex flex-col items-start gap-3 px-3 py-2 text-sm">
        <p className="text-soft">The conversations could not be loaded. {query.error.message}</p>
        <Button onClick={() => void query.refetch()}>Try again</Button>
      </div>
    );
  }
  if (conversations.length === 0) {
    return <p className="px-3 py-2 text-sm text-soft">Your conversations will appear here.</p>;
  }
  return (
    <nav aria-label="Conversations" className="flex flex-col gap-4 pb-4">
      {groupByDate(conversations, new Date()).map((group) => (
        <section key={group.name} aria-label={group.name}>
          <h2 className="px-3 pb-1 text-xs font-medium text-soft">{group.name}</h2>
          <ul className="flex flex-col gap-0.5">
            {group.items.map((conversation) => (
              <li key={conversation.id}>
                <ConversationItem
                  conversation={conversation}
                  active={conversation.id === activeId}
                  onRename={(title) => rename.mutate({ id: conversation.id, title })}
                  onDelete={() => setDeleting(conversation)}
                />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {query.hasNextPage && (
        <Button
          variant="ghost"
          disabled={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
          className="self-start"
        >
          {query.isFetchingNextPage ? "Loading…" : "Show older ones"}
        </Button>
      )}
      <DeleteDialog conversation={deleting} onCancel={() => setDeleting(null)} onConfirm={confirmDelete} />
    </nav>
  );
}

function ListSkeleton() {
  return (
    <div role="status" className="flex flex-col gap-4 px-3 py-2">
      <span className="sr-only">Loading the conversations</span>
      {["w-4/5", "w-3/5", "w-11/12", "w-2/3"].map((width) => (
        <Skeleton key={width} className={`h-4 ${width}`} />
      ))}
    </div>
  );
}
