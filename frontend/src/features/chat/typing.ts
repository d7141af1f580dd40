import type { KeyboardEvent } from "react";

const longestBytes = 48 * 1024;
/** A frame has 64 KiB, JSON's escapes and the other fields included. */
const longestJsonBytes = 63 * 1024;

export function isTooLong(text: string): boolean {
  // No text this short can be: JSON writes at most six bytes for a character.
  if (text.length < longestBytes / 6) return false;
  const bytes = (value: string) => new TextEncoder().encode(value).length;
  return bytes(text) > longestBytes || bytes(JSON.stringify(text)) > longestJsonBytes;
}

/** Enter while an input method composes a word belongs to the input method; Safari says so only by the key code. */
export function composes(event: KeyboardEvent): boolean {
  return event.nativeEvent.isComposing || event.keyCode === 229;
}

/** Words put into a text, with a space where they would touch others. `cursor`: behind them. */
export function joinAt(
  text: string,
  words: string,
  start: number,
  end: number,
): { text: string; cursor: number } {
  const [before, after] = [text.slice(0, start), text.slice(end)];
  const lead = before !== "" && !/\s$/.test(before) ? " " : "";
  const trail = after !== "" && !/^[\s.,;:!?)\]]/.test(after) ? " " : "";
  const head = before + lead + words + trail;
  return { text: head + after, cursor: head.length };
}
