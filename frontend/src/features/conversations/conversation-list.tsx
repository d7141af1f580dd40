"use client";

import { Archive, CloudOff, MessagesSquare, Tag } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import dynamic from "next/dynamic";
import { useCallback, useMemo, useRef } from "react";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { StateMessage } from "@/components/ui/state-message";
import { focusWhereLost, mainField } from "@/lib/focus";
import type { ListFilter } from "@/lib/order-api";
import type { ConversationSummary } from "@/lib/protocol/rest";
import { useConnection } from "@/lib/socket/socket-context";
import { ConversationItem } from "./conversation-item";
import { groupConversations, type GroupName } from "./group-by-date";
import { conversationsOf } from "./list-state";
import { useListFilter } from "./list-view";
import { NearEnd } from "./near-end";
import { useConversations, useRename } from "./use-conversations";
import { useDelete } from "./use-delete";
import { useKeep, type Keepable } from "./use-keep";

/** A script of its own: the list does not wait for the tags. */
const ListHead = dynamic(() =>
  import("./list-head").then(
    ({ ListHead }) => ListHead,
    () => Nothing,
  ),
);

function Nothing() {
  return null;
}

export function ConversationList({ activeId }: { activeId: number | null }) {
  const filter = useListFilter();
  return (
    <>
      <ListHead filter={filter} />
      <Listed key={`${filter.archived} ${filter.tag}`} filter={filter} activeId={activeId} />
    </>
  );
}

function Listed({ filter, activeId }: { filter: ListFilter; activeId: number | null }) {
  const t = useTranslations("conversations");
  const format = useFormatter();
  const query = useConversations(filter);
  const groups = useMemo(
    () =>
      groupConversations(conversationsOf(query.data), new Date(), !filter.archived && filter.tag === null),
    [query.data, filter],
  );
  const rename = useRename();
  const remove = useDelete();
  const keep = useKeep();
  const list = useRef<HTMLElement>(null);
  const { fetchNextPage } = query;
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);

  /** The next one takes its place under the person's hand, or the one before it. */
  const leaving = ({ id }: Keepable, leave: () => void) => {
    const conversations = groups.flatMap(({ items }) => items);
    const index = conversations.findIndex((conversation) => conversation.id === id);
    const next = (conversations[index + 1] ?? conversations[index - 1])?.id;
    leave();
    focusWhereLost(
      () => list.current?.querySelector<HTMLElement>(`[data-conversation-id="${next}"] a`) ?? mainField(),
    );
  };
  const keepHere = {
    pin: (conversation: Keepable, pinned: boolean) => {
      keep.pin(conversation, pinned);
      focusWhereLost(() =>
        list.current?.querySelector<HTMLElement>(`[data-conversation-id="${conversation.id}"] a`),
      );
    },
    archive: (conversation: Keepable, archived: boolean) =>
      leaving(conversation, () => keep.archive(conversation, archived)),
  };
  const nameOf = (name: GroupName) =>
    typeof name === "string"
      ? t(`groups.${name}`)
      : format.dateTime(name.month, { month: "long", year: "numeric" });
  const item = (conversation: ConversationSummary) => (
    <li key={conversation.id}>
      <ConversationItem
        conversation={conversation}
        active={conversation.id === activeId}
        keep={keepHere}
        onRename={(title) => rename.mutate({ id: conversation.id, title })}
        onDelete={() => leaving(conversation, () => remove(conversation))}
      />
    </li>
  );

  // Without a network it is not even asked for.
  const paused = query.isPending && query.fetchStatus === "paused";
  if (query.isPending && !paused) return <ListLoading />;
  if (!query.data) return <ListFailed onRetry={() => void query.refetch()} />;
  if (groups.length === 0 && !query.hasNextPage) return <NoneListed filter={filter} />;
  return (
    <nav ref={list} aria-label={t("list")} className="flex flex-col gap-4 pb-4">
      {groups.map((group) => (
        <section key={group.key} aria-label={nameOf(group.name)}>
          <h2 className="px-3 pb-1 text-xs font-medium text-soft">{nameOf(group.name)}</h2>
          <ul className="flex flex-col gap-0.5">{group.items.map(item)}</ul>
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

function NoneListed({ filter }: { filter: ListFilter }) {
  const t = useTranslations("conversations");
  if (filter.tag !== null) return <StateMessage icon={Tag} title={t("noneTagged")} small />;
  return (
    <StateMessage
      icon={filter.archived ? Archive : MessagesSquare}
      title={t(filter.archived ? "noneArchived" : "none")}
      small
    >
      {t(filter.archived ? "noneArchivedHint" : "noneHint")}
    </StateMessage>
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
