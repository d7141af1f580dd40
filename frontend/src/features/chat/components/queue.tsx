"use client";

import { CirclePause, Hourglass, Pencil, SendHorizontal, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { cn } from "@/lib/cn";
import type { Waiting } from "../state/lay-out";
import type { MessageStatus } from "@/lib/protocol/rest";
import type { PendingSend } from "../state/types";
import { MessageFiles } from "../attachments/message-files";
import { useEditing } from "../use-editing";
import { useTurnCommands } from "../use-turn-commands";
import { MessageEditor } from "./message-editor";

export interface QueueProps {
  conversationId: number;
  waiting: Waiting[];
  /** How the reply before ended, where the queue goes on only when it is told to. */
  pausedBy?: MessageStatus;
  refusedEdits: Map<number, PendingSend>;
}

/** Messages that go out when the reply before them is finished. */
export function Queue({ conversationId, waiting, pausedBy, refusedEdits }: QueueProps) {
  const t = useTranslations("turns.queue");
  return (
    <section
      aria-label={t("label")}
      data-testid="queue"
      data-paused={pausedBy !== undefined}
      className="rise rounded-2xl border border-line bg-sunken/60"
    >
      <QueueHead conversationId={conversationId} pausedBy={pausedBy} count={waiting.length} />
      <ol className="divide-y divide-line border-t border-line">
        {waiting.map((item, index) => (
          <QueueItem
            key={item.message.id}
            item={item}
            position={index + 1}
            refused={refusedEdits.get(item.message.id)}
          />
        ))}
      </ol>
    </section>
  );
}

const reasons = ["stopped", "interrupted", "failed"] as const;

/** The second press of a double one would find that nothing waits any more. */
const doublePressMs = 1000;

function QueueHead({
  conversationId,
  pausedBy,
  count,
}: Pick<QueueProps, "conversationId" | "pausedBy"> & { count: number }) {
  const t = useTranslations("turns.queue");
  const commands = useTurnCommands();
  const reason = reasons.find((status) => status === pausedBy);
  const paused = pausedBy !== undefined;
  const pressedAt = useRef(-doublePressMs);
  const sendNow = (event: { timeStamp: number }) => {
    if (event.timeStamp - pressedAt.current < doublePressMs) return;
    pressedAt.current = event.timeStamp;
    commands.resumeQueue(conversationId);
  };
  const Icon = paused ? CirclePause : Hourglass;
  return (
    <header className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2 text-sm">
      <h2 className="flex items-center gap-2 font-medium">
        <Icon className={cn("size-4 shrink-0", paused ? "text-warn" : "text-soft")} aria-hidden />
        {t("waiting")}
        <span className="sr-only">{t("count", { count })}</span>
      </h2>
      <p className="min-w-0 flex-1 basis-40 text-soft">
        {reason ? t(`paused.${reason}`) : !paused && t("goesOut")}
      </p>
      {paused && (
        <Button data-testid="send-now" onClick={sendNow}>
          <SendHorizontal className="size-3.5 rtl:rotate-180" aria-hidden />
          {t("sendNow")}
        </Button>
      )}
    </header>
  );
}

function QueueItem({ item, position, refused }: { item: Waiting; position: number; refused?: PendingSend }) {
  const t = useTranslations("turns.queue");
  const common = useTranslations("common");
  const edits = useTranslations("turns.edit");
  const commands = useTurnCommands();
  const { message, edit } = item;
  const editing = useEditing(message, refused);
  return (
    <li data-testid="queue-item" data-message-id={message.id} className="flex items-start gap-3 px-4 py-2">
      <span className="mt-1.5 w-3 shrink-0 text-xs text-soft tabular-nums" aria-hidden>
        {position}
      </span>
      {editing.isOpen ? (
        <MessageEditor
          key={editing.id}
          text={editing.text}
          original={message.content}
          files={message.attachments}
          action={common("save")}
          problem={editing.problem && edits("notSaved", { why: editing.problem })}
          onChange={editing.change}
          onSave={editing.save}
          onCancel={editing.cancel}
        />
      ) : (
        <>
          <div className={cn("flex min-w-0 flex-1 flex-col gap-2 py-1", edit && "opacity-60")}>
            <p dir="auto" className="line-clamp-4 text-sm break-words whitespace-pre-wrap empty:hidden">
              {edit?.text ?? message.content}
            </p>
            <MessageFiles files={edit?.attachments ?? message.attachments} small />
          </div>
          <div className="-me-2 flex shrink-0">
            <IconButton size="sm" label={t("edit")} onClick={editing.open}>
              <Pencil className="size-4" aria-hidden />
            </IconButton>
            <IconButton
              size="sm"
              label={t("remove")}
              onClick={() => commands.removeQueued(message.conversation_id, message.id)}
            >
              <X className="size-4" aria-hidden />
            </IconButton>
          </div>
        </>
      )}
    </li>
  );
}
