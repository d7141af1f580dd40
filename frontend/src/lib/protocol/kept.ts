/** How a conversation is kept; each absent where it does not hold. `tags`: by name. */
export interface Kept {
  pinned?: boolean;
  archived?: boolean;
  tags?: string[];
}

/** `count`: how many conversations of the list have it, `archived`: how many others. */
export interface Tag {
  name: string;
  count: number;
  archived: number;
}

/** A conversation in the trash; `gone_at`: when it is deleted for good, absent where time does not decide that. */
export interface Trashed {
  id: number;
  title: string;
  created_at: string;
  updated_at: string;
  message_count: number;
  deleted_at: string;
  gone_at?: string;
}

/** That part of a conversation which says how it is kept. */
export function keptOf({ pinned, archived, tags }: Kept): Kept {
  return { pinned, archived, tags };
}
