/** Shapes of export and import over REST. */

/** How far an export of the account is: of `total` conversations and attachments. */
export interface ExportProgress {
  id: string;
  state: "running" | "done" | "failed" | "refused";
  total: number;
  done: number;
}

export type LeftAloneReason = "changed" | "in_trash" | "message_too_long" | "name_taken" | "too_many_prompts";

/** An import. `progress`: of what `state` says, 0 to 1. `left_alone`: the first hundred. */
export interface ImportJob {
  id: string;
  state: "checking" | "writing" | "done" | "refused" | "failed";
  format: "tahochat" | "chatgpt" | "open_webui" | "librechat" | "fastapi";
  progress: number;
  total: number;
  done: number;
  imported: number;
  unchanged: number;
  changed_since: number;
  in_trash: number;
  left_out: number;
  prompts_imported: number;
  left_alone: { title: string; reason: LeftAloneReason }[];
  problem?: { status?: number; detail?: string; code?: string } | null;
}

export type ExportFormat = "markdown" | "json" | "html";
