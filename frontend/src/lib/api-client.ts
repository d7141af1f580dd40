import { apiOrigin, env, restBase } from "./env";
import { problemWords, unreachableWords } from "./problem-words";
import { offlineCopies } from "./offline/copies";
import type { Figures } from "./protocol/figures";
import type {
  Access,
  Attachment,
  Conversation,
  ConversationSummary,
  Found,
  Health,
  MessagePage,
  Models,
  NewShare,
  Prompt,
  Share,
  Telemetry,
  Tool,
  Tools,
  ReasoningEffort,
} from "./protocol/rest";
import type { Limits } from "./protocol/limits";

/** A REST call that did not succeed. `status` 0: the API could not be reached. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
    /** The server's own sentence, in English: it can say more than `message`. */
    readonly detail?: string,
  ) {
    super(message);
    this.name = "ApiError";
  }
}

/**
 * `more`: there were older ones when it was loaded, behind the cursor `next`. `pinned`: of the list's first page, all that are
 * pinned, however old.
 */
export interface ConversationPage {
  items: ConversationSummary[];
  revision: number;
  more?: boolean;
  next?: string;
  pinned?: ConversationSummary[];
}

/** Leaves for the API's sign-in page, which leads back here. Who is signed out reads no copies either. */
export function leaveToSignIn(): void {
  void offlineCopies.clear();
  const back = encodeURIComponent(window.location.href);
  window.location.assign(`${apiOrigin(env, window.location)}/sign-in?return=${back}`);
}

/** Throws an `ApiError` where the answer is none of the good ones. */
export async function request(path: string, init?: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(`${restBase(env)}${path}`, {
      ...init,
      headers: { "Content-Type": "application/json" },
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiError(0, unreachableWords());
  }
  if (response.ok) return response;
  if (response.status === 401) leaveToSignIn();
  // A proxy that answered in the API's place has no problem document.
  const body: unknown = await response.json().catch(() => undefined);
  throw new ApiError(response.status, problemWords(response.status, body));
}

/** Those whose title holds the text, latest first. */
export async function findConversations(
  title: string,
  limit: number,
  signal?: AbortSignal,
): Promise<ConversationSummary[]> {
  const query = new URLSearchParams({ title, limit: String(limit) });
  return (await (await request(`/conversations?${query}`, { signal })).json()) as ConversationSummary[];
}

/** `limit`: the newest messages only. */
export async function getConversation(
  id: number,
  { signal, limit }: { signal?: AbortSignal; limit?: number } = {},
): Promise<Conversation> {
  const query = limit === undefined ? "" : `?limit=${limit}`;
  return (await (await request(`/conversations/${id}${query}`, { signal })).json()) as Conversation;
}

/** The messages that lead to `before`, which is not among them. */
export async function getEarlier(id: number, before: number, limit: number): Promise<MessagePage> {
  return (await (
    await request(`/conversations/${id}/messages?before=${before}&limit=${limit}`)
  ).json()) as MessagePage;
}

/** `words`: 1 to 200 characters. */
export async function findInConversation(id: number, words: string, signal?: AbortSignal): Promise<Found> {
  return (await (
    await request(`/conversations/${id}/find?q=${encodeURIComponent(words)}`, { signal })
  ).json()) as Found;
}

export async function renameConversation(id: number, title: string): Promise<void> {
  await request(`/conversations/${id}/title`, { method: "PUT", body: JSON.stringify({ title }) });
}

/** What a conversation is set to from now on: null is the server's own, what is left out stays. */
export interface ConversationChange {
  model?: string | null;
  reasoning_effort?: ReasoningEffort | null;
  system_prompt?: string | null;
  temperature?: number | null;
  max_completion_tokens?: number | null;
  pinned?: boolean;
  archived?: boolean;
  tags?: string[];
}

export async function changeConversation(id: number, change: ConversationChange): Promise<void> {
  await request(`/conversations/${id}`, { method: "PATCH", body: JSON.stringify(change) });
}

export async function getPrompts(signal?: AbortSignal): Promise<Prompt[]> {
  return (await (await request("/prompts", { signal })).json()) as Prompt[];
}

export type PromptText = Pick<Prompt, "name" | "kind" | "text">;

/** With `id` in the place of that preset. */
export async function savePrompt({ name, kind, text }: PromptText, id?: number): Promise<Prompt> {
  const init = { method: id === undefined ? "POST" : "PUT", body: JSON.stringify({ name, kind, text }) };
  return (await (await request(id === undefined ? "/prompts" : `/prompts/${id}`, init)).json()) as Prompt;
}

export async function deletePrompt(id: number): Promise<void> {
  await request(`/prompts/${id}`, { method: "DELETE" });
}

/** `refresh`: the provider is asked again. */
export async function getModels({
  signal,
  refresh = false,
}: { signal?: AbortSignal; refresh?: boolean } = {}): Promise<Models> {
  return (await (await request(refresh ? "/models?refresh=true" : "/models", { signal })).json()) as Models;
}

export async function getLimits(signal?: AbortSignal): Promise<Limits[]> {
  return (await (await request("/limits", { signal })).json()) as Limits[];
}

export async function getTelemetry(signal?: AbortSignal): Promise<Telemetry> {
  return (await (await request("/telemetry", { signal })).json()) as Telemetry;
}

/** Where a file's bytes are. */
export function attachmentHref(id: number): string {
  return `${restBase(env)}/attachments/${id}/content`;
}

export async function getAttachment(id: number): Promise<Attachment> {
  return (await (await request(`/attachments/${id}`)).json()) as Attachment;
}

/** Of a file that no message has; one that a message has stays, and that is a 409. */
export async function deleteAttachment(id: number): Promise<void> {
  await request(`/attachments/${id}`, { method: "DELETE" });
}

export async function getAttachmentText(id: number, signal?: AbortSignal): Promise<string> {
  return (await request(`/attachments/${id}/content`, { signal })).text();
}

export async function getTools(signal?: AbortSignal): Promise<Tools> {
  return (await (await request("/tools", { signal })).json()) as Tools;
}

export async function changeTool(
  name: string,
  change: { enabled?: boolean; always_allowed?: boolean },
): Promise<Tool> {
  const init = { method: "PUT", body: JSON.stringify(change) };
  return (await (await request(`/tools/${name}`, init)).json()) as Tool;
}

export async function getHealth(signal?: AbortSignal): Promise<Health> {
  return (await (await request("/health", { signal })).json()) as Health;
}

export async function getAccess(signal?: AbortSignal): Promise<Access> {
  return (await (await request("/access", { signal })).json()) as Access;
}

/** Newest first. */
export async function getShares(conversationId: number, signal?: AbortSignal): Promise<Share[]> {
  return (await (await request(`/conversations/${conversationId}/shares`, { signal })).json()) as Share[];
}

/** Shares a conversation as it is now; its address is told this once. */
export async function addShare(conversationId: number): Promise<NewShare> {
  const response = await request(`/conversations/${conversationId}/shares`, { method: "POST" });
  return (await response.json()) as NewShare;
}

/** Ends one share of a conversation, or all of them. */
export async function revokeShare(conversationId: number, id?: number): Promise<void> {
  const path = `/conversations/${conversationId}/shares${id === undefined ? "" : `/${id}`}`;
  await request(path, { method: "DELETE" });
}

/** `zone`: whose days are counted, as the query says it. */
export async function getFigures(days: number, zone: string, signal?: AbortSignal): Promise<Figures> {
  return (await (await request(`/stats/figures?days=${days}&${zone}`, { signal })).json()) as Figures;
}
