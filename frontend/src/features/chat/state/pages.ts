import type { Conversation, MessagePage } from "@/lib/protocol/rest";
import { gapsOf } from "./conversation";
import { earlierOf, pathTo } from "./tree";
import type { ChatAction, ChatMessage, ChatState, ConversationState } from "./types";

/** Of the end, when a conversation is opened: more than the largest screen shows. */
export const messagesAtOnce = 60;

/** As many as the server gives, where there is a long way to go. */
const mostAtOnce = 500;

/** Earlier messages take nothing back of what is known. */
export function applyPage(
  known: ConversationState,
  { messages, earlier_id }: MessagePage,
): ConversationState {
  const added: Record<number, ChatMessage> = {};
  for (const message of messages) {
    const mine = known.messages[message.id];
    const { sibling_ids = [], content = "" } = message;
    added[message.id] = mine ? { ...mine, sibling_ids } : { ...message, sibling_ids, content };
  }
  const paged = { ...known, messages: { ...known.messages, ...added }, paging: undefined };
  return { ...paged, gaps: gapsOf(paged, earlier_id) };
}

export interface PagesOptions {
  loadEarlier: (conversationId: number, before: number, limit: number) => Promise<MessagePage>;
  getState: () => ChatState;
  dispatch: (action: ChatAction) => void;
}

/** Brings earlier messages, one request of a conversation at a time. */
export class Pages {
  private readonly loading = new Map<number, Promise<void>>();

  constructor(private readonly options: PagesOptions) {}

  /** The page before what is shown. */
  async earlier(id: number): Promise<void> {
    if (!this.loading.has(id)) await this.go(id, messagesAtOnce, () => true);
  }

  /** Everything from `messageId` on, or from the beginning where that is null; false: it is not on the shown path. */
  async reach(id: number, messageId: number | null): Promise<boolean> {
    await this.loading.get(id);
    if (!this.has(id, messageId)) {
      await this.go(id, mostAtOnce, ({ messages }) => messages.some((message) => message.id === messageId));
    }
    return this.has(id, messageId);
  }

  /** A conversation's end with all from `messageId` on in front of it, where that is on its path. */
  async through(end: Conversation, messageId: number | undefined): Promise<Conversation> {
    let { messages, earlier_id } = end;
    while (
      messageId !== undefined &&
      earlier_id !== undefined &&
      !messages.some(({ id }) => id === messageId)
    ) {
      const page = await this.options.loadEarlier(end.id, messages[0]?.id ?? 0, mostAtOnce);
      messages = [...page.messages, ...messages];
      earlier_id = page.earlier_id;
    }
    return { ...end, messages, earlier_id };
  }

  private has(id: number, messageId: number | null): boolean {
    const path = this.pathOf(id);
    if (messageId === null) return path.length > 0 && earlierOf(path) === undefined;
    return path.some((message) => message.id === messageId);
  }

  private pathOf(id: number): ChatMessage[] {
    const known = this.options.getState().conversations[id];
    return known ? pathTo(known.messages, known.headId) : [];
  }

  private async go(id: number, limit: number, enough: (page: MessagePage) => boolean): Promise<void> {
    const before = this.pathOf(id)[0];
    if (!before || before.parent_id === undefined) return;
    const done = this.load(id, before.id, limit, enough).finally(() => this.loading.delete(id));
    this.loading.set(id, done);
    await done;
  }

  /** Shown in one piece: what is drawn in between would be drawn for nobody. */
  private async load(
    conversationId: number,
    from: number,
    limit: number,
    enough: (page: MessagePage) => boolean,
  ): Promise<void> {
    const { dispatch, loadEarlier } = this.options;
    dispatch({ type: "paging", conversationId, paging: "loading" });
    const pages: MessagePage[] = [];
    let before: number | undefined = from;
    try {
      while (before !== undefined) {
        const page = await loadEarlier(conversationId, before, limit);
        pages.unshift(page);
        if (enough(page) || page.earlier_id === undefined) break;
        before = page.messages[0]?.id;
      }
      const earlier_id = pages[0]?.earlier_id;
      const messages = pages.flatMap((page) => page.messages);
      dispatch({ type: "paged", conversationId, page: { messages, earlier_id } });
    } catch {
      dispatch({ type: "paging", conversationId, paging: "failed" });
    }
  }
}
