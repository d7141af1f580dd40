"use client";

import { ArrowLeft } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { chatHref, followInPage } from "@/lib/navigation";

export interface PlainPageProps {
  id: string;
  title: string;
  hint?: ReactNode;
  children: ReactNode;
}

/** A page beside the chat: the way back, its title and one column. */
export function PlainPage({ id, title, hint, children }: PlainPageProps) {
  const t = useTranslations("shell");
  return (
    <div id={id} tabIndex={-1} data-testid={id} className="min-h-0 flex-1 overflow-y-auto outline-none">
      <div className="mx-auto flex max-w-2xl flex-col gap-6 px-4 pt-2 pb-12">
        <div>
          <a
            href={chatHref()}
            onClick={followInPage}
            className="inline-flex items-center gap-1.5 rounded text-sm text-soft transition-colors hover:text-ink"
          >
            <ArrowLeft className="size-4 rtl:-scale-x-100" aria-hidden />
            {t("backToChat")}
          </a>
          <h1 className="mt-1 text-xl font-semibold tracking-tight">{title}</h1>
          {hint && <p className="text-sm text-soft">{hint}</p>}
        </div>
        {children}
      </div>
    </div>
  );
}
