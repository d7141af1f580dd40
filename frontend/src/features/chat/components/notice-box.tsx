"use client";

import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/lib/cn";

export interface NoticeBoxProps {
  tone: "danger" | "warn";
  title: string;
  hint?: ReactNode;
  children?: ReactNode;
}

/** What went wrong, in words, with the buttons that lead on. */
export function NoticeBox({ tone, title, hint, children }: NoticeBoxProps) {
  const danger = tone === "danger";
  return (
    <div
      data-testid="reply-error"
      className={cn(
        "flex flex-wrap items-center gap-x-4 gap-y-3 rounded-xl px-4 py-3 text-sm",
        danger ? "bg-danger-wash" : "bg-warn-wash",
      )}
    >
      <CircleAlert className={cn("size-4 shrink-0", danger ? "text-danger" : "text-warn")} aria-hidden />
      <p className="min-w-0 flex-1 basis-48">
        <span className="font-medium">{title}</span> {hint && <span className="text-soft">{hint}</span>}
      </p>
      {children && <div className="flex flex-wrap items-center gap-2">{children}</div>}
    </div>
  );
}
