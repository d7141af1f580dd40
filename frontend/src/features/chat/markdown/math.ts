"use client";

import { useEffect, useState } from "react";
import type { MathPlugin } from "@streamdown/math";

const code = /(```[\s\S]*?(?:```|$)|~~~[\s\S]*?(?:~~~|$)|`[^`\n]*`)/;

/**
 * Models write \( \) and \[ \], the renderer reads $$: the one becomes the other. A formula alone on its line is shown
 * as a block. Code stays as it is.
 */
export function withDollars(markdown: string): string {
  if (!/\\[([]|\$\$/.test(markdown)) return markdown;
  return markdown
    .split(code)
    .map((part, index) => (index % 2 === 1 ? part : formulas(part)))
    .join("");
}

function formulas(text: string): string {
  return text
    .replace(/\\\[([\s\S]+?)\\\]/g, (_, formula: string) => `\n$$\n${formula.trim()}\n$$\n`)
    .replace(/\\\((.+?)\\\)/g, (_, formula: string) => `$$${formula.trim()}$$`)
    .replace(/^ *\$\$([^$\n]+)\$\$ *$/gm, (_, formula: string) => `$$\n${formula.trim()}\n$$`);
}

let loaded: MathPlugin | undefined;

/** KaTeX weighs more than the rest of the page: it comes with the first formula. */
export function useMath(markdown: string): MathPlugin | undefined {
  const needed = markdown.includes("$$");
  const [plugin, setPlugin] = useState(() => loaded);
  useEffect(() => {
    if (!needed || plugin) return;
    let current = true;
    void Promise.all([import("@streamdown/math"), import("katex/dist/katex.min.css")]).then(([{ math }]) => {
      loaded = math;
      if (current) setPlugin(math);
    });
    return () => {
      current = false;
    };
  }, [needed, plugin]);
  return needed ? plugin : undefined;
}
