"use client";

import { CloudOff, MessagesSquare } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useCallback, useRef } from "react";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { StateMessage } from "@/components/ui/state-message";
import { focusWhereLost, mainField } from "@/lib/focus";
import type { ConversationSummary } from "@/lib/protocol/rest";
import { useConnection } from "@/lib/socket/socket-context";
import { ConversationItem } from "./conversation-item";
import { groupByDate, type GroupName } from "./group-by-date";
import { NearEnd } from "./near-end";
import { useConversations, useLoadedConversations, useRename } from "./use-conversations";
import { useDelete } from "./use-delete";

export function ConversationList({ activeId }: { activeId: number | null }) {
  const t = useTranslations("conversations");
  const format = useFormatter();
  const query = useConversations();
  const conversations = useLoadedConversations();
  const rename = useRename();
  const remove = useDelete();
  const list = useRef<HTMLElement>(null);
  const { fetchNextPage } = query;
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);

  /** The next one takes its place under the person's hand, or the one before it. */
  const removeAt = (conversation: ConversationSummary) => {
    const index = conversations.indexOf(conversation);
    const next = (conversations[index + 1] ?? conversations[index - 1])?.id;
    remove(conversation);
    focusWhereLost(
      () => list.current?.querySelector<HTMLElement>(`[data-conversation-id="${next}"] a`) ?? mainField(),
    );
  };
  const nameOf = (name: GroupName) =>
    typeof name === "string"
      ? t(`groups.${name}`)
      : format.dateTime(name.month, { month: "long", year: "numeric" });

  // Without a network it is not even asked for.
  const paused = query.isPending && query.fetchStatus === "paused";
  if (query.isPending && !paused) return <ListLoading />;
  if (!query.data) return <ListFailed onRetry={() => void query.refetch()} />;
  if (conversations.length === 0 && !query.hasNextPage) {
    return (
      <StateMessage icon={MessagesSquare} title={t("none")} small>
        {t("noneHint")}
      </StateMessage>
    );
  }
  return (
    <nav ref={list} aria-label={t("list")} className="flex flex-col gap-4 pb-4">
      {groupByDate(conversations, new Date()).map((group) => (
        <section key={group.key} aria-label={nameOf(group.name)}>
          <h2 className="px-3 pb-1 text-xs font-medium text-soft">{nameOf(group.name)}</h2>
          <ul className="flex flex-col gap-0.5">
            {group.items.map((conversation) => (
              <li key={conversation.id}>
                <ConversationItem
                  conversation={conversation}
                  active={conversation.id === activeId}
                  onRename={(title) => rename.mutate({ id: conversation.id, title })}
                  onDelete={() => removeAt(conversation)}
                />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {query.hasNextPage && (
        <NearEnd
          words={query.isFetchingNextPage ? t("loadingMore") : t("showOlder")}
          loading={query.isFetchingNextPage}
          failed={query.isFetchNextPageError}
          onNear={more}
        />
      )}
    </nav>
  );
}

function ListLoading() {
  const t = useTranslations("conversations");
  return (
    <div role="status" className="flex flex-col gap-4 px-3 py-2">
      <span className="sr-only">{t("loading")}</span>
      {["w-4/5", "w-3/5", "w-11/12", "w-2/3"].map((width) => (
        <Skeleton key={width} className={`h-4 ${width}`} />
      ))}
    </div>
  );
}

function ListFailed({ onRetry }: { onRetry: () => void }) {
  const t = useTranslations("conversations");
  const again = useTranslations("common")("tryAgain");
  const offline = useConnection().phase === "offline";
  return (
    <StateMessage
      icon={CloudOff}
      title={offline ? t("offline") : t("failed")}
      small
      role="alert"
      actions={<Button onClick={onRetry}>{again}</Button>}
    >
      {offline ? t("offlineHint") : t("failedHint")}
    </StateMessage>
  );
}
