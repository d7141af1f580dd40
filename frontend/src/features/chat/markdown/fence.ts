import { isClosingFence, openingFence } from "./lines";

export interface Fenced {
  language: string;
  code: string;
  /** Its end has come. */
  closed: boolean;
}

/** The code of a block that begins with a fence. Half of a closing fence is no code. */
export function readFence(text: string): Fenced {
  const firstEnd = text.indexOf("\n");
  const fence = openingFence(firstEnd < 0 ? text : text.slice(0, firstEnd));
  const language = fence?.info.split(/\s/)[0] ?? "";
  if (!fence || firstEnd < 0) return { language, code: "", closed: false };
  const body = text.slice(firstEnd + 1);
  const trimmed = body.endsWith("\n") ? body.slice(0, -1) : body;
  const lastStart = trimmed.lastIndexOf("\n") + 1;
  const last = trimmed.slice(lastStart);
  const closed = isClosingFence(last, fence);
  const half = !closed && !body.endsWith("\n") && isClosingFence(last, { ...fence, length: 1 });
  const code = closed || half ? body.slice(0, Math.max(0, lastStart - 1)) : trimmed;
  return { language, code: unindent(code, fence.indent), closed };
}

function unindent(code: string, indent: number): string {
  return indent === 0 ? code : code.replace(new RegExp(`^ {1,${indent}}`, "gm"), "");
}

/** The languages of code are a model's words: what of it can be shown as a name. */
export function languageName(language: string): string {
  return language.replace(/[^\p{L}\p{N}+#._-]/gu, "").slice(0, 24);
}
