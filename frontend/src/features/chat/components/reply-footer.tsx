"use client";

import { Check, Copy, RotateCcw } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { Receipt } from "@/features/receipt/receipt";
import { useCopy } from "@/lib/use-copy";
import { RegenerateMenu } from "../models/regenerate-menu";
import type { ChatMessage } from "../state/types";
import { useTurnCommands } from "../use-turn-commands";
import { useIsAsked } from "./reply-end";

export interface ReplyFooterProps {
  message: ChatMessage;
  growing: boolean;
  /** Whether the way to another reply is here; a reply that failed has a larger one. */
  offersAnother: boolean;
  versions: ReactNode;
}

export function ReplyFooter({ message, growing, offersAnother, versions }: ReplyFooterProps) {
  const t = useTranslations("turns");
  const common = useTranslations("common");
  const commands = useTurnCommands();
  const isAsked = useIsAsked(message.id);
  const { copied, copy } = useCopy();
  const regenerate = () => commands.regenerate(message.conversation_id, message.id);
  return (
    <footer className="-ms-2 mt-2 flex min-h-8 flex-wrap items-center gap-x-1 text-xs text-soft">
      {versions}
      {!growing && message.content !== "" && (
        <IconButton
          size="sm"
          label={copied ? common("copied") : t("copyReply")}
          onClick={() => copy(message.content)}
        >
          {copied ? <Check className="size-4" aria-hidden /> : <Copy className="size-4" aria-hidden />}
        </IconButton>
      )}
      {!growing && offersAnother && (
        <IconButton size="sm" label={t("anotherReply")} disabled={isAsked} onClick={regenerate}>
          <RotateCcw className="size-4" aria-hidden />
        </IconButton>
      )}
      {!growing && <RegenerateMenu message={message} disabled={isAsked} />}
      {!growing && <Receipt message={message} />}
    </footer>
  );
}
