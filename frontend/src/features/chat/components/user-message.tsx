"use client";

import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { memo, type ReactNode } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { cn } from "@/lib/cn";
import type { Attachment } from "@/lib/protocol/rest";
import { useCopy } from "@/lib/use-copy";
import { MessageFiles } from "../attachments/message-files";

export interface UserMessageProps {
  text: string;
  files?: readonly Attachment[];
  /** Of the wire, or `sending` and `refused` before the server has it. */
  status: string;
  id?: number;
  /** Before the button that copies. */
  actions?: ReactNode;
  /** Which of its versions this is. */
  versions?: ReactNode;
  children?: ReactNode;
}

/** Shown with the pointer or the focus; a touch screen has neither. */
const onDemand =
  "opacity-0 transition-opacity group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100";

export const UserMessage = memo(function UserMessage(props: UserMessageProps) {
  const { text, files, status, id, actions, versions, children } = props;
  const t = useTranslations("turns");
  const common = useTranslations("common");
  const { copied, copy } = useCopy();
  return (
    <article
      aria-label={t("yourMessage")}
      data-testid="message"
      data-role="user"
      data-status={status}
      data-message-id={id}
      className="group flex flex-col items-end gap-1"
    >
      <MessageFiles files={files} />
      {(text !== "" || !files?.length) && (
        <div
          data-testid="message-content"
          dir="auto"
          className={cn(
            "max-w-[min(36rem,92%)] min-w-0 rounded-2xl rounded-ee-md bg-accent-wash px-4 py-2.5 break-words whitespace-pre-wrap transition-opacity",
            status === "sending" && "opacity-70",
          )}
        >
          {text}
        </div>
      )}
      {children}
      {!children && (
        <div className="-mb-6 flex min-h-8 items-center gap-0.5">
          <div className={cn("flex items-center", onDemand)}>
            <IconButton
              size="sm"
              label={copied ? common("copied") : t("copyMessage")}
              onClick={() => copy(text)}
            >
              {copied ? <Check className="size-4" aria-hidden /> : <Copy className="size-4" aria-hidden />}
            </IconButton>
            {actions}
          </div>
          {versions}
        </div>
      )}
    </article>
  );
});
