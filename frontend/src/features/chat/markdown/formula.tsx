"use client";

import type KatexModule from "katex";
import { useEffect, useMemo, useState } from "react";

type Katex = Pick<typeof KatexModule, "renderToString">;

let loaded: Katex | undefined;

export async function loadKatex(): Promise<Katex> {
  const [{ default: katex }] = await Promise.all([import("katex"), import("katex/dist/katex.min.css")]);
  loaded = katex;
  return katex;
}

/** KaTeX weighs more than the rest of a chat: it comes with the first formula. */
function useKatex(): Katex | undefined {
  const [katex, setKatex] = useState(() => loaded);
  useEffect(() => {
    if (katex) return;
    let current = true;
    loadKatex().then(
      (module) => current && setKatex(() => module),
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [katex]);
  return katex;
}

/** Without trust no command makes links, loads or sets attributes; the limits end formulas that grow by themselves. */
function draw(katex: Katex, tex: string, block: boolean): string | null {
  if (tex.length > 20_000) return null;
  try {
    return katex.renderToString(tex, {
      displayMode: block,
      trust: false,
      strict: "ignore",
      maxSize: 20,
      maxExpand: 300,
      output: "htmlAndMathml",
    });
  } catch {
    return null;
  }
}

/** A formula; one that cannot be read is shown as it was written, one that grows as it last could be. */
export function Formula({ tex, block, growing }: { tex: string; block: boolean; growing: boolean }) {
  const katex = useKatex();
  const html = useMemo(
    () => (katex && tex.trim() !== "" ? draw(katex, tex, block) : null),
    [katex, tex, block],
  );
  const [last, setLast] = useState<string | null>(null);
  if (html !== null && html !== last) setLast(html);
  const shown = html ?? (growing ? last : null);
  const room = block ? { minHeight: roomFor(tex) } : undefined;
  if (shown === null) {
    return (
      <code dir="ltr" className={block ? "formula-source formula-block" : "formula-source"} style={room}>
        {tex}
      </code>
    );
  }
  return (
    <span
      dir="ltr"
      className={block ? "formula formula-block" : "formula"}
      style={room}
      dangerouslySetInnerHTML={{ __html: shown }}
    />
  );
}

/** About what its rows will need: nothing below it is to move when KaTeX comes. */
function roomFor(tex: string): string {
  const rows = tex.split(/\\(?:begin|end)\b/).map((part) => part.split("\\\\").length);
  return `${Math.min(20, Math.max(...rows)) * 1.75 + 1.75}rem`;
}
