"use client";

import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useShallow } from "zustand/shallow";
import { cn } from "@/lib/cn";
import { conversationHref, goTo } from "@/lib/navigation";
import { useChatClient, useChatState } from "../chat-context";
import { AttachButton } from "../attachments/attach-button";
import { DropZone } from "../attachments/drop-zone";
import { useDrop } from "../attachments/use-drop";
import { doubt, useFiles } from "../attachments/use-files";
import { draftKey, drafts, useDraft } from "../drafts";
import { useChoice } from "../models/use-choice";
import { useModels } from "../models/use-models";
import { layOut } from "../state/lay-out";
import { orphansOf } from "../state/pending";
import { growingReply, pendingOf, shownOf } from "../state/selectors";
import { pathTo } from "../state/tree";
import type { PendingSend } from "../state/types";
import { VoiceButton } from "../voice/voice-button";
import { useVoice } from "../voice/use-voice";
import { joinAt } from "../typing";
import { useComposerCommand } from "../use-composer-command";
import { useComposing } from "../use-composing";
import { BranchNotice } from "./branch-notice";
import { ChatSkeleton, LoadFailed, MissingConversation } from "./chat-states";
import { Composer, type ComposerHandle } from "./composer";
import { ComposerBar } from "./composer-bar";
import { ComposerTop } from "./composer-top";
import { EmptyChat } from "./empty-chat";
import { ReplyAnnouncer } from "./reply-announcer";
import { Thread, type ThreadHandle } from "./thread";

const column = "mx-auto w-full max-w-[46rem] px-4";

/** One conversation, or the new one where `conversationId` is null. */
export function ChatView({ conversationId }: { conversationId: number | null }) {
  const client = useChatClient();
  const conversation = useChatState(
    useShallow((state) =>
      conversationId === null ? undefined : shownOf(state.conversations[conversationId]),
    ),
  );
  const allPending = useChatState((state) => state.pending);
  const { messages, headId } = conversation ?? {};
  const path = useMemo(() => (messages ? pathTo(messages, headId) : []), [messages, headId]);
  const growing = growingReply(path);
  const orphans = useChatState(useShallow(orphansOf));
  const pending = useMemo(
    () => [...(conversationId === null ? orphans : []), ...pendingOf(allPending, conversationId)],
    [orphans, allPending, conversationId],
  );
  const layout = useMemo(() => layOut(path, pending, messages), [path, pending, messages]);
  const isStopping = useChatState(({ stopping }) => growing !== undefined && stopping.includes(growing.id));
  const models = useModels();
  const [draft, setDraft] = useDraft(conversationId);
  const files = useFiles(draftKey(conversationId));
  const { choice, toSay, choose, sent } = useChoice(conversationId);
  const composing = useComposing(conversationId);
  const composer = useRef<ComposerHandle>(null);
  const thread = useRef<ThreadHandle>(null);
  // A new chat that became a conversation is the same one.
  const [drawn, setDrawn] = useState({ id: conversationId, key: 0 });
  if (drawn.id !== conversationId) {
    setDrawn({ id: conversationId, key: drawn.id === null ? drawn.key : drawn.key + 1 });
  }

  useEffect(() => {
    if (conversationId !== null) client.open(conversationId);
  }, [client, conversationId]);

  const voice = useVoice(draftKey(conversationId), (words, place) => {
    const typed = drafts.read(place);
    if (place === draftKey(conversationId)) composer.current?.insert(words);
    else drafts.write(place, joinAt(typed, words, typed.length, typed.length).text);
  });
  const send = (text: string) => {
    const draft = draftKey(conversationId);
    client.send(text, conversationId, { draft, attachments: files.ready, choice: toSay });
    drafts.sent(draft);
    sent();
    thread.current?.toEnd();
  };
  const compose = useCallback(
    (text: string) => {
      setDraft(text);
      composer.current?.focus();
    },
    [setDraft],
  );
  const stop = growing && (() => client.stop(growing.conversation_id, growing.id));
  const load = conversation?.load ?? "none";
  const missing = conversationId !== null && load === "missing";
  /** What is in the composer already stays there; stored before the message it was is discarded. */
  const editPending = ({ text, attachments = [] }: PendingSend) => {
    const to = draftKey(missing ? null : conversationId);
    const typed = drafts.read(to);
    drafts.write(to, typed.trim() === "" ? text : `${text}\n\n${typed}`);
    doubt(attachments);
    drafts.attach(to, attachments);
    drafts.flush();
    if (missing) goTo(conversationHref(null));
    else composer.current?.focus();
  };
  useComposerCommand(composer);
  const dragging = useDrop((dropped) => {
    files.add(dropped);
    composer.current?.focus();
  }, missing);
  const loading = conversationId !== null && path.length === 0 && (load === "none" || load === "loading");
  const empty = !loading && !missing && load !== "failed" && path.length === 0 && pending.length === 0;

  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      {dragging && <DropZone />}
      <Thread
        key={`thread-${drawn.key}`}
        ref={thread}
        conversation={conversation}
        layout={layout}
        onEdit={editPending}
        onFocusComposer={() => composer.current?.focus()}
        onStop={stop}
      >
        {loading && <ChatSkeleton />}
        {missing && <MissingConversation />}
        {conversationId !== null && load === "failed" && (
          <LoadFailed onRetry={() => client.open(conversationId)} />
        )}
        {empty && <EmptyChat onPick={compose} />}
      </Thread>
      {!missing && (
        <div className={cn(column, "relative pb-3")}>
          <div
            aria-hidden
            className="pointer-events-none absolute inset-x-0 -top-6 h-6 bg-linear-to-t from-page to-transparent"
          />
          {conversation && <BranchNotice conversation={conversation} />}
          <Composer
            ref={composer}
            {...composing}
            text={draft}
            onText={setDraft}
            onSend={send}
            onStop={() => stop?.()}
            growing={growing !== undefined}
            stopping={isStopping}
            above={<ComposerTop files={files} voice={voice} choice={choice} onChoose={choose} />}
            tools={
              <>
                <AttachButton
                  onFiles={(chosen) => {
                    files.add(chosen);
                    composer.current?.focus();
                  }}
                />
                {models?.speech_model && <VoiceButton voice={voice} />}
              </>
            }
            hasFiles={files.ready.length > 0}
            holdUp={files.holdUp}
            onFiles={files.add}
            focusKey={String(conversationId ?? "new")}
            bar={
              <ComposerBar
                key={conversationId ?? "new"}
                choice={choice}
                onChoose={choose}
                path={path}
                draft={draft}
              />
            }
          />
        </div>
      )}
      <ReplyAnnouncer
        key={`announcer-${conversationId ?? "new"}`}
        last={layout.edit ? undefined : layout.shown.at(-1)}
        waiting={layout.waiting.length}
      />
    </div>
  );
}
