import { create } from "zustand";
import { ApiError } from "@/lib/api-client";
import { newId } from "@/lib/ids";
import { unreachableWords } from "@/lib/problem-words";
import type { ExportProgress } from "@/lib/protocol/transfer";
import { accountHref, getExport } from "@/lib/transfer-client";
import { download } from "./download";
import { pause } from "./pause";

/** So often it is asked whether a download has begun that the browser was given. */
const patience = 20;

interface ExportStore {
  /** Undefined: nothing was asked for. */
  progress?: ExportProgress;
  problem?: string;
  start: () => Promise<void>;
}

/** The download of the whole account, on whichever page its progress is looked at. */
export const useExport = create<ExportStore>((set, get) => ({
  start: async () => {
    if (get().progress?.state === "running") return;
    const id = newId();
    set({ progress: { id, state: "running", total: 0, done: 0 }, problem: undefined });
    download(accountHref(id));
    for (let misses = 0; misses < patience;) {
      await pause();
      try {
        const progress = await getExport(id);
        misses = 0;
        set({ progress });
        if (progress.state !== "running") return;
      } catch (error) {
        misses += error instanceof ApiError ? 1 : patience;
      }
    }
    set({ progress: undefined, problem: unreachableWords() });
  },
}));
