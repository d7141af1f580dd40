import { describe, expect, it } from "vitest";
import type { ImportJob } from "@/lib/protocol/transfer";
import { failed, idle, isBusy, told, uploading } from "./import-state";

const job: ImportJob = {
  id: "1",
  state: "checking",
  format: "chatgpt",
  progress: 0.25,
  total: 0,
  done: 0,
  imported: 0,
  unchanged: 0,
  changed_since: 0,
  in_trash: 0,
  left_out: 0,
  prompts_imported: 0,
  left_alone: [],
};
const words = (status: number, body: unknown) => `${status} ${(body as { code?: string }).code ?? ""}`;

describe("an import", () => {
  it("is busy from its upload to its end, and not before or after", () => {
    const sent = uploading("chats.zip", 0.5);
    const checked = told(sent, job, words);
    const written = told(checked, { ...job, state: "writing", progress: 0.75 }, words);
    const done = told(written, { ...job, state: "done", progress: 1 }, words);
    expect([idle, sent, checked, written, done].map(isBusy)).toEqual([false, true, true, true, false]);
    expect(checked).toMatchObject({ phase: "checking", progress: 0.25, name: "chats.zip" });
    expect(done).toMatchObject({ phase: "done", name: "chats.zip" });
  });

  it("that is refused says why in words, and where in the server's own", () => {
    const problem = { status: 422, code: "zip_bomb", detail: "a.json is packed too well." };
    const state = told(uploading("a.zip", 1), { ...job, state: "refused", problem }, words);
    expect(state).toMatchObject({ phase: "failed", problem: "422 zip_bomb", detail: problem.detail });
    expect(isBusy(state)).toBe(false);
  });

  it("says nothing twice", () => {
    expect(failed(uploading("a", 0), "The same.", "The same.").detail).toBeUndefined();
  });
});
