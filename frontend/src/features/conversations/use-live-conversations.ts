"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { getConversation } from "@/lib/api-client";
import { offlineCopies } from "@/lib/offline/copies";
import { isThere, listKeeper } from "@/lib/offline/with-copies";
import type { ServerEvent } from "@/lib/protocol/events";
import { useSocket } from "@/lib/socket/socket-context";
import { whenIdle } from "@/lib/when-idle";
import { tagsKey, trashKey } from "./keys";
import { applyListEvent, conversationsKey, conversationsOf, listKey, type ListData } from "./list-state";
import { everything } from "./list-view";
import { changeLists, findLoaded } from "./lists";
import { useConversations } from "./use-conversations";

const key = listKey(everything);

const isKept = isThere((id) => getConversation(id, { limit: 1 }));

/** No event tells of what was deleted before the list was loaded. */
function forgetGone(list: ListData | undefined): void {
  if (!list) return;
  const listed = new Set(conversationsOf(list).map(({ id }) => id));
  whenIdle(() => void offlineCopies.forgetGone(listed, isKept));
}

/** Keeps the lists live: events are applied as they come, and after a lost connection from where they ended. */
export function useLiveConversations(): void {
  const socket = useSocket();
  const client = useQueryClient();
  const loadedAt = useConversations().dataUpdatedAt;
  const revision = useRef(0);

  useEffect(() => {
    const first = () => client.getQueryData<ListData>(key)?.pages[0];
    const watch = () => {
      const page = first();
      if (page) socket.send({ type: "watch", revision: Math.max(page.revision, revision.current) });
    };
    const keepCopy = listKeeper(first, offlineCopies);
    /** What is counted elsewhere is asked for again where it is shown. */
    const recount = (event: ServerEvent) => {
      if (!("type" in event)) return;
      if (event.type === "conversation_deleted") {
        const tagged = findLoaded(client, event.conversation_id)?.tags !== undefined;
        if (tagged) void client.invalidateQueries({ queryKey: tagsKey });
        void client.invalidateQueries({ queryKey: trashKey });
      }
      if (event.type !== "conversation") return;
      const known = findLoaded(client, event.conversation.id);
      const { tags, archived } = event.conversation;
      if (String(known?.tags) !== String(tags) || (tags && known?.archived !== archived))
        void client.invalidateQueries({ queryKey: tagsKey });
      if (!known) void client.invalidateQueries({ queryKey: trashKey });
    };
    if (loadedAt > 0 && revision.current === 0) {
      watch();
      forgetGone(client.getQueryData<ListData>(key));
    }
    const endStates = socket.onState(({ phase }) => {
      if (phase !== "open") return;
      watch();
      // What failed while the server was away, and what a restart may have changed.
      void client.refetchQueries({ predicate: ({ state }) => state.status === "error" });
      if (revision.current > 0) void client.invalidateQueries({ queryKey: ["models"] });
    });
    const endEvents = socket.onEvent((event) => {
      if (!("type" in event)) return;
      if (event.type === "resync" && event.conversation_id === undefined) {
        revision.current = 0;
        void client.invalidateQueries({ queryKey: conversationsKey }).then(watch);
      }
      if (event.type === "watching" && event.conversation_id === undefined) revision.current = event.revision;
      if (event.type !== "conversation" && event.type !== "conversation_deleted") return;
      if (event.revision > revision.current) revision.current = event.revision;
      if (event.type === "conversation") offlineCopies.found(event.conversation.id);
      else void offlineCopies.forget(event.conversation_id);
      recount(event);
      changeLists(client, (data, filter) => applyListEvent(data, event, filter));
      keepCopy();
    });
    return () => {
      endStates();
      endEvents();
    };
  }, [socket, client, loadedAt]);
}
