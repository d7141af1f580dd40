/** Messages that are recalled with the up key. `typed`: what was there before; `at`: which of `entries` is shown. */
export interface Recall {
  entries: readonly string[];
  at: number;
  typed: string;
}

export interface Cursor {
  text: string;
  start: number;
  end: number;
}

/** Whether nothing was changed or moved since the message was recalled: the cursor is at its end. */
function isUntouched(recall: Recall | null, { text, start, end }: Cursor): recall is Recall {
  return recall !== null && text === recall.entries[recall.at] && start === end && end === text.length;
}

/**
 * The up key: an older message, or null where it moves the cursor. From a text that somebody typed the cursor has to be at its
 * beginning, where the key has nowhere else to go. `read`: the messages, newest first.
 */
export function older(recall: Recall | null, cursor: Cursor, read: () => readonly string[]): Recall | null {
  if (isUntouched(recall, cursor)) {
    return recall.at + 1 < recall.entries.length ? { ...recall, at: recall.at + 1 } : recall;
  }
  if (cursor.start !== 0 || cursor.end !== 0) return null;
  const entries = read().filter((entry) => entry !== cursor.text);
  return entries.length > 0 ? { entries, at: 0, typed: cursor.text } : null;
}

/** The down key: a newer message, or what was typed (`at` is -1); null where it moves the cursor. */
export function newer(recall: Recall | null, cursor: Cursor): Recall | null {
  return isUntouched(recall, cursor) ? { ...recall, at: recall.at - 1 } : null;
}

export function shownOf({ entries, at, typed }: Recall): string {
  return entries[at] ?? typed;
}
