"use client";

import { Check, Copy, Link2, Unlink } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { IconButton } from "@/components/ui/icon-button";
import { inputField } from "@/components/ui/surface";
import { useFormats } from "@/i18n/formats";
import { apiOrigin, env } from "@/lib/env";
import { cn } from "@/lib/cn";
import { useCopy } from "@/lib/use-copy";
import type { NewShare } from "@/lib/protocol/rest";
import { useShareChanges, useShares } from "./use-shares";

export interface ShareDialogProps {
  open: boolean;
  id: number;
  title: string;
  onClose: () => void;
}

/** The addresses of a conversation: to make one, to copy it while it is known, to end it. */
export function ShareDialog({ open, id, title, onClose }: ShareDialogProps) {
  const t = useTranslations("shares");
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t("title", { title })}
      description={t("description")}
      testId="share-dialog"
    >
      {open && <Shares id={id} />}
    </Dialog>
  );
}

function Shares({ id }: { id: number }) {
  const t = useTranslations("shares");
  const common = useTranslations("common");
  const { moment } = useFormats();
  const { shares, state, retry } = useShares(id);
  const { add, revoke } = useShareChanges(id);
  const [made, setMade] = useState<NewShare>();
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  const make = useRef<HTMLButtonElement>(null);

  const attempt = (act: () => Promise<void>) => {
    setBusy(true);
    setProblem(undefined);
    act()
      .catch((error: unknown) => setProblem(error instanceof Error ? error.message : ""))
      .finally(() => setBusy(false));
  };
  const create = () => attempt(async () => setMade(await add()));
  /** What had the focus goes away: the button of the row in its place has it then, or the one that makes an address. */
  const gone = useRef<number | null>(null);
  const end = (index: number, share?: number) =>
    attempt(async () => {
      await revoke(share);
      gone.current = index;
      if (share === undefined || share === made?.id) setMade(undefined);
    });
  useEffect(() => {
    if (gone.current === null || busy) return;
    const rows = [...(list.current?.querySelectorAll<HTMLElement>("[data-button=revoke]") ?? [])];
    (rows[Math.min(gone.current, rows.length - 1)] ?? make.current)?.focus();
    gone.current = null;
  }, [shares.length, busy]);

  return (
    <div className="flex flex-col gap-4">
      {made && <Address key={made.id} url={addressOf(made.url)} />}
      {problem !== undefined && (
        <p role="alert" className="text-sm text-danger">
          {t("failed", { reason: problem })}
        </p>
      )}
      <Button
        ref={make}
        variant={made ? "outline" : "primary"}
        className="self-start"
        data-testid="make-share"
        aria-disabled={busy}
        onClick={() => !busy && create()}
      >
        <Link2 className="size-4" aria-hidden />
        {made ? t("makeAnother") : t("make")}
      </Button>
      {state === "loading" && <p className="text-sm text-soft">{common("loading")}</p>}
      {state === "failed" && (
        <div className="flex items-center justify-between gap-3 text-sm text-danger">
          {t("notLoaded")}
          <Button onClick={retry}>{common("tryAgain")}</Button>
        </div>
      )}
      {state === "ready" && shares.length === 0 && <p className="text-sm text-soft">{t("none")}</p>}
      {shares.length > 0 && (
        <section aria-label={t("list")}>
          <ul ref={list} className="flex flex-col divide-y divide-line border-y border-line">
            {shares.map((share, index) => (
              <li key={share.id} data-testid="share" className="flex items-center gap-2 py-1.5 text-sm">
                <span className="min-w-0 flex-1">
                  <span className="block">{t("madeAt", { when: moment(share.created_at) })}</span>
                  <span className="block truncate text-xs text-soft">
                    <bdi>{share.title}</bdi>
                  </span>
                </span>
                <IconButton
                  label={t("revoke", { when: moment(share.created_at) })}
                  data-button="revoke"
                  onClick={() => !busy && end(index, share.id)}
                >
                  <Unlink className="size-4" aria-hidden />
                </IconButton>
              </li>
            ))}
          </ul>
          {shares.length > 1 && (
            <Button variant="ghost" className="mt-2" data-testid="revoke-all" onClick={() => !busy && end(0)}>
              {t("revokeAll")}
            </Button>
          )}
        </section>
      )}
    </div>
  );
}

/** The server knows the address no more: it is here as long as the dialog is. */
function Address({ url }: { url: string }) {
  const t = useTranslations("shares");
  const { copied, copy } = useCopy();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor="share-address" className="text-sm font-medium">
        {t("address")}
      </label>
      <div className="flex gap-2">
        <input
          ref={field}
          id="share-address"
          data-testid="share-address"
          readOnly
          dir="ltr"
          value={url}
          aria-describedby="share-once"
          className={cn(inputField, "h-9 min-w-0 flex-1")}
        />
        <Button variant="primary" data-testid="copy-share" onClick={() => copy(url)}>
          {copied ? <Check className="size-4" aria-hidden /> : <Copy className="size-4" aria-hidden />}
          {copied ? t("copied") : t("copy")}
        </Button>
      </div>
      <p id="share-once" className="text-xs text-soft">
        {t("once")}
      </p>
    </div>
  );
}

/** Where this page's own browser finds the API, whatever the API is called behind a proxy. */
function addressOf(url: string): string {
  return apiOrigin(env, window.location) + new URL(url).pathname;
}
