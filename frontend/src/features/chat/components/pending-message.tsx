"use client";

import { Pencil, RotateCcw, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { conversationHref, goTo } from "@/lib/navigation";
import { useConnection } from "@/lib/socket/socket-context";
import { useSecondsUntil } from "@/lib/use-seconds-until";
import { useChatClient, useChatState } from "../chat-context";
import { errorWords } from "../error-words";
import { useDiscard } from "../outbox/use-discard";
import { headsOf, isRefused, wayOnOf } from "../state/pending";
import type { PendingSend } from "../state/types";
import { NoticeBox } from "./notice-box";
import { UserMessage } from "./user-message";

export interface PendingMessageProps {
  send: PendingSend;
  onEdit: (send: PendingSend) => void;
}

/** A message on its way, put off, or refused: its text is never lost, and there is always a way on. */
export function PendingMessage({ send, onEdit }: PendingMessageProps) {
  const t = useTranslations("turns.pending");
  const { refusal, text, attachments } = send;
  if (!refusal) {
    return (
      <UserMessage text={text} files={attachments} status="sending">
        <OnItsWay send={send} onEdit={onEdit} />
      </UserMessage>
    );
  }
  return (
    <UserMessage text={text} files={attachments} status={isRefused(send) ? "refused" : "postponed"}>
      <div className="w-full max-w-[36rem]">
        {isRefused(send) ? (
          <Refused send={send} onEdit={onEdit} />
        ) : (
          <PutOff key={refusal.retryAt} send={send} onEdit={onEdit} />
        )}
        {/* The countdown is no news; that it counts down is. */}
        <p role="status" className="sr-only">
          {t(isRefused(send) ? "saysNotSent" : "saysAgain")}
        </p>
      </div>
    </UserMessage>
  );
}

function OnItsWay({ send, onEdit }: PendingMessageProps) {
  const t = useTranslations("turns.pending");
  const { phase } = useConnection();
  const isNext = useChatState(({ pending }) =>
    headsOf(pending).some(({ clientMessageId }) => clientMessageId === send.clientMessageId),
  );
  const words = !isNext ? t("follows") : phase === "open" ? t("sending") : t("offline");
  // What went out may be on the server already; taking it back here would not take it back there.
  const isOurs = !send.tried && (!isNext || phase !== "open");
  return (
    <div className="flex flex-wrap items-center justify-end gap-x-1">
      <p role="status" className="text-end text-xs text-soft">
        {words}
      </p>
      {isOurs && <EditAndDiscard send={send} onEdit={onEdit} small />}
    </div>
  );
}

function PutOff({ send, onEdit }: PendingMessageProps) {
  const t = useTranslations("turns.pending");
  const { sender } = useChatClient();
  const { phase } = useConnection();
  const seconds = useSecondsUntil(send.refusal?.retryAt);
  const { title } = errorWords(send.refusal?.code, send.refusal?.error);
  const hint = phase !== "open" ? t("goesOutLater") : seconds > 0 ? t("againIn", { seconds }) : t("again");
  return (
    <NoticeBox
      tone="warn"
      title={t("notSentYet", { why: title })}
      hint={<span className="tabular-nums">{hint}</span>}
    >
      <Button
        data-testid="try-again"
        disabled={phase !== "open"}
        onClick={() => sender.sendAgain(send.clientMessageId)}
      >
        <RotateCcw className="size-3.5" aria-hidden />
        {t("tryNow")}
      </Button>
      <EditAndDiscard send={send} onEdit={onEdit} />
    </NoticeBox>
  );
}

function Refused({ send, onEdit }: PendingMessageProps) {
  const t = useTranslations("turns.pending");
  const common = useTranslations("common");
  const { sender } = useChatClient();
  const { clientMessageId, conversationId, refusal } = send;
  const isHere = useChatState(
    ({ conversations }) => conversationId === null || conversations[conversationId]?.load === "ready",
  );
  const { title, hint } = errorWords(refusal?.code, refusal?.error);
  const way = wayOnOf(send, isHere);
  const goOn = () => {
    if (way === "again") sender.sendAgain(clientMessageId);
    else sender.sendAnew(clientMessageId, isHere ? conversationId : null);
    if (way === "new-chat") goTo(conversationHref(null));
  };
  const ways: Record<typeof way, ReactNode> = {
    again: common("tryAgain"),
    anew: t("anew"),
    "new-chat": t("newChat"),
    edit: null,
  };
  return (
    <NoticeBox tone="danger" title={t("notSent", { why: title })} hint={way === "edit" ? hint : undefined}>
      {way !== "edit" && (
        <Button data-testid="try-again" onClick={goOn}>
          <RotateCcw className="size-3.5" aria-hidden />
          {ways[way]}
        </Button>
      )}
      <EditAndDiscard send={send} onEdit={onEdit} />
    </NoticeBox>
  );
}

function EditAndDiscard({ send, onEdit, small = false }: PendingMessageProps & { small?: boolean }) {
  const t = useTranslations("turns.pending");
  const { sender } = useChatClient();
  const discard = useDiscard();
  // Three buttons in one row at 320 px.
  const size = small ? "h-7 px-2 text-xs" : "max-sm:px-2 max-sm:[&_svg]:hidden";
  const edit = () => {
    onEdit(send);
    sender.discard(send.clientMessageId);
  };
  return (
    <>
      <Button variant="ghost" className={size} data-testid="edit-pending" onClick={edit}>
        <Pencil className="size-3.5" aria-hidden />
        {t("edit")}
      </Button>
      <Button variant="ghost" className={size} data-testid="discard-pending" onClick={() => discard(send)}>
        <Trash2 className="size-3.5" aria-hidden />
        {t("discard")}
      </Button>
    </>
  );
}
