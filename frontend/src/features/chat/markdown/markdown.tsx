"use client";

import { memo, useEffect, useState } from "react";
import { whenIdle } from "@/lib/when-idle";
import type { RichText } from "./rich-text";

type Rich = typeof RichText;

let loaded: Rich | undefined;
let loading: Promise<Rich> | undefined;

/** What shows markdown is not part of the page's first script: it comes right after it, or when words wait for it. */
export function loadMarkdown(): Promise<Rich> {
  loading ??= import("./rich-text").then(
    (module) => (loaded = module.RichText),
    (error: unknown) => {
      loading = undefined;
      throw error;
    },
  );
  return loading;
}

if (typeof window !== "undefined") whenIdle(() => void loadMarkdown().catch(() => undefined));

/** A text in markdown; the plain text in the same type until what shows markdown is there. */
export const Markdown = memo(function Markdown({ text, growing }: { text: string; growing: boolean }) {
  const [Rich, setRich] = useState<Rich | undefined>(() => loaded);
  useEffect(() => {
    if (Rich) return;
    let current = true;
    loadMarkdown().then(
      (component) => current && setRich(() => component),
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [Rich]);
  if (Rich) return <Rich text={text} growing={growing} />;
  return <div className="prose whitespace-pre-wrap">{text}</div>;
});
