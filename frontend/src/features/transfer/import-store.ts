import { create } from "zustand";
import { ApiError } from "@/lib/api-client";
import { problemWords, unreachableWords } from "@/lib/problem-words";
import type { ImportJob } from "@/lib/protocol/transfer";
import { getImport } from "@/lib/transfer-client";
import { upload } from "@/lib/upload";
import { failed, idle, isBusy, largestImport, told, uploading, type ImportState } from "./import-state";
import { pause } from "./pause";
import { underWay } from "./under-way";

/** So many questions in a row may go unanswered: about half a minute. */
const patience = 60;

interface ImportStore {
  state: ImportState;
  start: (file: File) => Promise<void>;
  /** Follows on what was under way when this tab was loaded again. */
  resume: () => Promise<void>;
}

/** The import that is under way; it goes on while another page is looked at, and while the tab is loaded again. */
export const useImport = create<ImportStore>((set, get) => {
  const change = (update: (state: ImportState) => ImportState) => set({ state: update(get().state) });

  const follow = async (id: string) => {
    for (let misses = 0; isBusy(get().state);) {
      await pause();
      try {
        const job = await getImport(id);
        misses = 0;
        change((state) => told(state, job, problemWords));
      } catch (error) {
        misses += 1;
        const gone = error instanceof ApiError && error.status === 404;
        if (gone || misses >= patience) {
          change((state) => failed(state, error instanceof Error ? error.message : unreachableWords()));
        }
      }
    }
    underWay.forget();
  };

  return {
    state: idle,
    start: async (file) => {
      if (isBusy(get().state)) return;
      change(() => uploading(file.name, 0));
      if (file.size > largestImport) {
        change((state) => failed(state, problemWords(413, { code: "file_too_large" })));
        return;
      }
      try {
        const job = await upload<ImportJob>("/import", file, file.name, {
          onProgress: (progress) => change(() => uploading(file.name, progress)),
        });
        change((state) => told(state, job, problemWords));
        underWay.keep({ id: job.id, name: file.name });
        await follow(job.id);
      } catch (error) {
        const words = error instanceof Error ? error.message : unreachableWords();
        const detail = error instanceof ApiError ? error.detail : undefined;
        change((state) => failed(state, words, detail));
      }
    },
    resume: async () => {
      const job = get().state.phase === "idle" ? underWay.kept() : undefined;
      if (!job) return;
      change(() => ({ phase: "checking", progress: 0, name: job.name }));
      await follow(job.id);
    },
  };
});
