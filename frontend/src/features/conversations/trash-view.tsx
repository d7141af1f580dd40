"use client";

import { CloudOff, RotateCcw, Trash2 } from "lucide-react";
import { useFormatter, useNow, useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { PlainPage } from "@/components/plain-page";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { StateMessage } from "@/components/ui/state-message";
import { focusWhereLost, mainField } from "@/lib/focus";
import type { Trashed } from "@/lib/protocol/kept";
import { NearEnd } from "./near-end";
import { PurgeDialog, type Purge } from "./purge-dialog";
import { daysLeft } from "./days-left";
import { useTrash, useTrashChanges } from "./use-trash";

/** What was deleted and can still be had back. */
export function TrashView() {
  const t = useTranslations("conversations.trash");
  const title = useTranslations("shell")("deleted");
  const again = useTranslations("common")("tryAgain");
  const older = useTranslations("conversations")("showOlder");
  const query = useTrash();
  const changes = useTrashChanges();
  const [asked, setAsked] = useState<Purge | null>(null);
  const list = useRef<HTMLUListElement>(null);
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];

  /** The one that takes its place has the focus then. */
  const focusNear = (index: number) => {
    const rows = [...(list.current?.querySelectorAll<HTMLElement>("[data-button=restore]") ?? [])];
    const near = [...rows.slice(index + 1), ...rows.slice(0, index).reverse()];
    focusWhereLost(() => near.find((row) => row.isConnected) ?? mainField());
  };
  const restore = (item: Trashed, index: number) => {
    void changes.restore(item);
    focusNear(index);
  };
  const purge = () => {
    if (asked?.what === "all") void changes.empty();
    else if (asked) void changes.purge(asked.item);
    setAsked(null);
    focusWhereLost(() => document.querySelector<HTMLElement>("#deleted"));
  };
  return (
    <PlainPage id="deleted" title={title} hint={t("hint")}>
      {query.isPending && <Skeleton className="h-40 rounded-2xl opacity-50" />}
      {query.isError && !query.data && (
        <StateMessage
          icon={CloudOff}
          title={t("failed")}
          level={2}
          role="alert"
          actions={<Button onClick={() => void query.refetch()}>{again}</Button>}
        />
      )}
      {query.data && items.length === 0 && (
        <StateMessage icon={Trash2} title={t("none")} level={2} testId="trash-none">
          {t("noneHint")}
        </StateMessage>
      )}
      {items.length > 0 && (
        <>
          <Button className="self-start" data-testid="trash-empty" onClick={() => setAsked({ what: "all" })}>
            <Trash2 className="size-4" aria-hidden />
            {t("empty")}
          </Button>
          <ul ref={list} data-scrolls className="divide-y divide-line rounded-2xl border border-line px-4">
            {items.map((item, index) => (
              <TrashRow
                key={item.id}
                item={item}
                onRestore={() => restore(item, index)}
                onPurge={() => setAsked({ what: "one", item })}
              />
            ))}
          </ul>
        </>
      )}
      {query.hasNextPage && (
        <NearEnd
          words={older}
          loading={query.isFetchingNextPage}
          failed={query.isFetchNextPageError}
          onNear={() => void query.fetchNextPage()}
        />
      )}
      <PurgeDialog asked={asked} onPurge={purge} onClose={() => setAsked(null)} />
    </PlainPage>
  );
}

interface TrashRowProps {
  item: Trashed;
  onRestore: () => void;
  onPurge: () => void;
}

function TrashRow({ item, onRestore, onPurge }: TrashRowProps) {
  const t = useTranslations("conversations.trash");
  const format = useFormatter();
  const now = useNow({ updateInterval: 60_000 });
  const left = daysLeft(item.gone_at, now);
  const id = `trashed-${item.id}`;
  return (
    <li data-testid="trashed" className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
      <div className="min-w-0 flex-1 basis-48">
        <p id={id} dir="auto" className="truncate text-match text-sm font-medium">
          {item.title}
        </p>
        <p className="text-xs text-soft">
          {t("deletedAt", { when: format.relativeTime(new Date(item.deleted_at), now) })}
          {" · "}
          {t("messages", { count: item.message_count })}
          {left !== undefined && (
            <>
              {" · "}
              <span data-testid="gone-in">{t("goneIn", { days: left })}</span>
            </>
          )}
        </p>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button
          data-button="restore"
          id={`${id}-restore`}
          aria-labelledby={`${id}-restore ${id}`}
          onClick={onRestore}
        >
          <RotateCcw className="size-4 text-soft" aria-hidden />
          {t("restore")}
        </Button>
        <Button variant="ghost" id={`${id}-purge`} aria-labelledby={`${id}-purge ${id}`} onClick={onPurge}>
          {t("purge")}
        </Button>
      </div>
    </li>
  );
}
