"use client";

import { Check, Copy, RotateCcw } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { useCopy } from "@/lib/use-copy";
import { receipt } from "../format";
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
  const commands = useTurnCommands();
  const isAsked = useIsAsked(message.id);
  const { copied, copy } = useCopy();
  const parts = growing ? [] : receipt(message);
  const regenerate = () => commands.regenerate(message.conversation_id, message.id);
  return (
    <footer className="-ms-2 mt-2 flex min-h-8 flex-wrap items-center gap-x-1 text-xs text-soft">
      {versions}
      {!growing && message.content !== "" && (
        <IconButton size="sm" label={copied ? "Copied" : "Copy reply"} onClick={() => copy(message.content)}>
          {copied ? <Check className="size-4" aria-hidden /> : <Copy className="size-4" aria-hidden />}
        </IconButton>
      )}
      {!growing && offersAnother && (
        <IconButton size="sm" label="Write another reply" disabled={isAsked} onClick={regenerate}>
          <RotateCcw className="size-4" aria-hidden />
        </IconButton>
      )}
      {!growing && <RegenerateMenu message={message} disabled={isAsked} />}
      {parts.length > 0 && (
        <p className="ms-2 flex flex-wrap gap-x-2 tabular-nums" data-testid="reply-meta">
          {parts.map((part, index) => (
            <span key={part}>
              {part}
              {index < parts.length - 1 && (
                <span className="ms-2" aria-hidden>
                  ·
                </span>
              )}
            </span>
          ))}
        </p>
      )}
    </footer>
  );
}
