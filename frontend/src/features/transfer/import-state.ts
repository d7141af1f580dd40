import type { ImportJob } from "@/lib/protocol/transfer";

/** The server takes no larger file. */
export const largestImport = 1024 * 1024 * 1024;

export type ImportPhase = "idle" | "uploading" | "checking" | "writing" | "done" | "failed";

/** What is known of an import. `problem`: why it failed, in words; `detail`: the server's own, where they say more. */
export interface ImportState {
  phase: ImportPhase;
  /** Of the phase, 0 to 1. */
  progress: number;
  name?: string;
  job?: ImportJob;
  problem?: string;
  detail?: string;
}

export const idle: ImportState = { phase: "idle", progress: 0 };

export function uploading(name: string, progress: number): ImportState {
  return { phase: "uploading", progress, name };
}

/** `words`: of a problem document. */
export function told(
  state: ImportState,
  job: ImportJob,
  words: (status: number, body: unknown) => string,
): ImportState {
  const { progress } = job;
  const { name } = state;
  if (job.state !== "refused" && job.state !== "failed") return { phase: job.state, progress, name, job };
  const problem = words(job.problem?.status ?? 500, job.problem);
  return failed({ ...state, job }, problem, job.problem?.detail);
}

export function failed({ name, job }: ImportState, problem: string, detail?: string): ImportState {
  return {
    phase: "failed",
    progress: 0,
    name,
    job,
    problem,
    detail: detail === problem ? undefined : detail,
  };
}

export function isBusy({ phase }: ImportState): boolean {
  return phase === "uploading" || phase === "checking" || phase === "writing";
}
