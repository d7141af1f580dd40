"use client";

import { CloudOff, SearchX } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { conversationHref, followInPage } from "@/lib/navigation";

function Centered({ icon, title, children }: { icon: ReactNode; title: string; children: ReactNode }) {
  return (
    <div className="flex flex-1 flex-col items-center justify-center gap-3 py-10 text-center">
      <span className="text-soft">{icon}</span>
      <h1 className="text-lg font-semibold text-balance">{title}</h1>
      {children}
    </div>
  );
}

export function ChatSkeleton() {
  return (
    <div role="status" className="flex flex-col gap-8 pt-4">
      <span className="sr-only">Loading the conversation</span>
      <Skeleton className="h-11 w-3/5 self-end rounded-2xl" />
      <div className="flex flex-col gap-3">
        {["w-full", "w-11/12", "w-4/5", "w-full", "w-3/5"].map((width, index) => (
          <Skeleton key={index} className={`h-4 ${width}`} />
        ))}
      </div>
    </div>
  );
}

export function MissingConversation() {
  return (
    <Centered icon={<SearchX className="size-8" aria-hidden />} title="This conversation is not here">
      <p className="max-w-sm text-sm text-soft">It was deleted, or the address is not quite right.</p>
      <a
        href={conversationHref(null)}
        onClick={followInPage}
        className="mt-2 inline-flex h-9 items-center rounded-lg bg-accent px-4 text-sm font-medium text-on-accent hover:bg-accent-strong"
      >
        Start a new chat
      </a>
    </Centered>
  );
}

export function LoadFailed({ onRetry }: { onRetry: () => void }) {
  return (
    <Centered
      icon={<CloudOff className="size-8" aria-hidden />}
      title="This conversation could not be loaded"
    >
      <p className="max-w-sm text-sm text-soft">The server cannot be reached right now. Nothing is lost.</p>
      <Button variant="primary" className="mt-2" onClick={onRetry}>
        Try again
      </Button>
    </Centered>
  );
}
