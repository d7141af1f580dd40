"use client";

import { ReceiptText } from "lucide-react";
import { useTranslations } from "next-intl";
import { Opener } from "@/components/ui/opener";
import { useFormats } from "@/i18n/formats";
import { lazyPart } from "@/lib/lazy-part";
import type { Message } from "@/lib/protocol/rest";
import { useMedia } from "@/lib/use-media";
import { shortReceipt } from "./format";

const popup = lazyPart(() => import("./receipt-popup"));

/** A reply's receipt behind a line that says the most of it: beside the line, or on a narrow screen from below. */
export function Receipt({ message }: { message: Message }) {
  const narrow = useMedia("(max-width: 639px)", false);
  return (
    <Opener
      opens="dialog"
      part={popup}
      trigger={
        <button
          type="button"
          data-testid="reply-meta"
          className="ms-1 inline-flex min-h-8 min-w-0 items-center gap-2 rounded-lg px-2 py-1 text-start text-xs text-soft tabular-nums transition-colors hover:bg-hover hover:text-ink data-popup-open:bg-hover data-popup-open:text-ink"
        >
          <Line message={message} />
        </button>
      }
    >
      {({ ReceiptPopup }, trigger) => <ReceiptPopup trigger={trigger} message={message} narrow={narrow} />}
    </Opener>
  );
}

function Line({ message }: { message: Message }) {
  const t = useTranslations("receipt");
  const parts = shortReceipt(message, t, useFormats());
  return (
    <>
      <ReceiptText className="size-4 shrink-0" aria-hidden />
      <span className="sr-only">{t("titleOf")}</span>
      {parts.length === 0 && <span aria-hidden>{t("title")}</span>}
      {/* What stands before the first of a line is cut off: no dot begins or ends one. */}
      <span className="min-w-0 overflow-x-clip">
        <span className="-ms-5 flex flex-wrap">
          {parts.map((part) => (
            <span
              key={part}
              className="flex min-w-0 break-words before:w-5 before:shrink-0 before:text-center before:content-['·'/'']"
            >
              <bdi className="min-w-0">{part}</bdi>
            </span>
          ))}
        </span>
      </span>
    </>
  );
}
