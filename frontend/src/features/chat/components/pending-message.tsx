"use client";

import { Pencil } from "lucide-react";
import { Button } from "@/components/ui/button";
import { useConnection } from "@/lib/socket/socket-context";
import { useChatClient } from "../chat-context";
import { errorWords } from "../error-words";
import type { PendingSend } from "../state/types";
import { NoticeBox } from "./notice-box";
import { RetryButton } from "./retry-button";
import { UserMessage } from "./user-message";

/** A message on its way, or one that the server refused: its text is never lost. */
export function PendingMessage({ send, onEdit }: { send: PendingSend; onEdit: (text: string) => void }) {
  const client = useChatClient();
  const { phase } = useConnection();
  const { refusal, text, clientMessageId } = send;
  if (!refusal) {
    return (
      <UserMessage text={text} status="sending">
        <p className="text-xs text-soft">
          {phase === "open" ? "Sending…" : "Not sent yet. It goes out when the connection is back."}
        </p>
      </UserMessage>
    );
  }
  const words = errorWords(refusal.code, refusal.error);
  const edit = () => {
    client.discard(clientMessageId);
    onEdit(text);
  };
  return (
    <UserMessage text={text} status="refused">
      <div className="w-full max-w-[36rem]">
        <NoticeBox tone="danger" title={`Not sent. ${words.title}`} hint={words.hint}>
          {words.wayOn === "retry" && (
            <RetryButton onRetry={() => client.sendAgain(clientMessageId)} retryAt={refusal.retryAt} />
          )}
          <Button variant="ghost" onClick={edit}>
            <Pencil className="size-3.5" aria-hidden />
            Edit
          </Button>
        </NoticeBox>
      </div>
    </UserMessage>
  );
}
