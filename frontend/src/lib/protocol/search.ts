/** A stretch of a text, in UTF-16 units. */
export interface SnippetMark {
  start: number;
  length: number;
}

/** A message that holds what was searched for; without `message_id` the conversation's title does. */
export interface SearchHit {
  conversation_id: number;
  title: string;
  message_id?: number;
  role?: "user" | "assistant" | "system";
  model?: string;
  created_at: string;
  pinned: boolean;
  archived: boolean;
  snippet: { text: string; marks: SnippetMark[] };
}

/** The best first. `more`: what `before` asks for the next ones; missing where there are none. */
export interface SearchResults {
  hits: SearchHit[];
  more?: string;
}

/** `waiting`: messages and titles that cannot be found yet. */
export interface SearchState {
  indexed: number;
  waiting: number;
}
