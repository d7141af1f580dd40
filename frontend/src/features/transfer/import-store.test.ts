import { beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "@/lib/api-client";
import type { ImportJob } from "@/lib/protocol/transfer";
import { underWay } from "./under-way";

const { upload, getImport } = vi.hoisted(() => ({ upload: vi.fn(), getImport: vi.fn() }));
vi.mock("@/lib/upload", () => ({ upload }));
vi.mock("@/lib/transfer-client", () => ({ getImport }));
vi.mock("./pause", () => ({ pause: () => Promise.resolve() }));

const job: ImportJob = {
  id: "7",
  state: "writing",
  format: "chatgpt",
  progress: 0.5,
  total: 4,
  done: 2,
  imported: 0,
  unchanged: 0,
  changed_since: 0,
  in_trash: 0,
  left_out: 0,
  prompts_imported: 0,
  left_alone: [],
};
const done: ImportJob = { ...job, state: "done", progress: 1, done: 4, imported: 4 };
const file = new File(["{}"], "chats.json");

/** As a tab has it that was loaded again. */
async function loaded() {
  vi.resetModules();
  return (await import("./import-store")).useImport;
}

describe("the import that is under way", () => {
  beforeEach(() => {
    sessionStorage.clear();
    upload.mockReset();
    getImport.mockReset();
  });

  it("says the server's own sentence where the words in the reader's language say less", async () => {
    const { useImport } = await import("./import-store");
    upload.mockRejectedValueOnce(new ApiError(422, "Cette fiche est refusée.", "Conversation 1: no JSON."));
    await useImport.getState().start(file);
    expect(useImport.getState().state).toMatchObject({
      phase: "failed",
      problem: "Cette fiche est refusée.",
      detail: "Conversation 1: no JSON.",
    });
  });

  it("is followed on in a tab that is loaded again, and only once it is not at its end", async () => {
    const before = await loaded();
    upload.mockResolvedValueOnce(job);
    getImport.mockReturnValueOnce(new Promise(() => undefined));
    void before.getState().start(file);
    await vi.waitFor(() => expect(underWay.kept()).toEqual({ id: "7", name: "chats.json" }));

    const after = await loaded();
    getImport.mockResolvedValueOnce(job).mockResolvedValueOnce(done);
    await after.getState().resume();
    expect(getImport).toHaveBeenLastCalledWith("7");
    expect(after.getState().state).toMatchObject({ phase: "done", name: "chats.json", job: done });

    const later = await loaded();
    await later.getState().resume();
    expect(later.getState().state.phase).toBe("idle");
  });

  it("is nothing where what is kept is not an import", async () => {
    sessionStorage.setItem("tahochat.import", "{not json");
    const tab = await loaded();
    await tab.getState().resume();
    expect(tab.getState().state.phase).toBe("idle");
  });
});
