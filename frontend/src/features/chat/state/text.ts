/** `gap`: the slice starts after the text's end, so something between is missing and nothing was added. */
export interface Grown {
  text: string;
  gap: boolean;
}

/** Puts a slice at its offset; what the text already has of it is skipped. */
export function grow(text: string, slice: string, offset = text.length): Grown {
  if (offset > text.length) return { text, gap: true };
  const known = text.length - offset;
  return { text: known < slice.length ? text + slice.slice(known) : text, gap: false };
}
