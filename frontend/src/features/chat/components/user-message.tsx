"use client";

import { Check, Copy } from "lucide-react";
import { memo, type ReactNode } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { cn } from "@/lib/cn";
import { useCopy } from "@/lib/use-copy";

export interface UserMessageProps {
  text: string;
  /** Of the wire, or `sending` and `refused` before the server has it. */
  status: string;
  id?: number;
  children?: ReactNode;
}

export const UserMessage = memo(function UserMessage({ text, status, id, children }: UserMessageProps) {
  const { copied, copy } = useCopy();
  return (
    <article
      aria-label="Your message"
      data-testid="message"
      data-role="user"
      data-status={status}
      data-message-id={id}
      className="group flex flex-col items-end gap-2"
    >
      <div className="flex max-w-full items-end gap-1">
        <IconButton
          size="sm"
          label={copied ? "Copied" : "Copy message"}
          onClick={() => copy(text)}
          className="opacity-0 transition-opacity group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:hidden"
        >
          {copied ? <Check className="size-4" aria-hidden /> : <Copy className="size-4" aria-hidden />}
        </IconButton>
        <div
          data-testid="message-content"
          className={cn(
            "max-w-[36rem] min-w-0 rounded-2xl rounded-br-md bg-accent-wash px-4 py-2.5 break-words whitespace-pre-wrap transition-opacity",
            status === "sending" && "opacity-70",
          )}
        >
          {text}
        </div>
      </div>
      {children}
    </article>
  );
});
