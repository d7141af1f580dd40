import { describe, expect, it } from "vitest";
import { matchSlash, slashOptions, slashQuery } from "./slash";

const at = "2026-10-01T09:30:00.123Z";
const options = slashOptions(
  [
    { id: 1, name: "Sum up", kind: "message", text: "Sum this up:", updated_at: at },
    { id: 2, name: "Sailor", kind: "system", text: "Answer like a sailor.", updated_at: at },
  ],
  [
    { id: "new-chat", title: "New chat", run: () => undefined },
    { id: "settings", title: "Settings", run: () => undefined },
    { id: "settings", title: "Settings", run: () => undefined },
    { id: "theme", title: "Theme", run: () => undefined },
  ],
);
const names = (query: string) => matchSlash(options, query).map(({ name }) => name);

describe("slash commands", () => {
  it("Are the presets for messages and the commands that can be done now, each once", () => {
    expect(names("")).toEqual(["sum-up", "new", "settings"]);
  });

  it("Are found by their beginning, and by the beginning of a word", () => {
    expect(names("s")).toEqual(["sum-up", "settings"]);
    expect(names("up")).toEqual(["sum-up"]);
    expect(names("chat")).toEqual(["new"]);
    expect(names("etc")).toEqual([]);
  });

  it("Are looked for only behind a slash at the beginning of one line", () => {
    expect(slashQuery("/Sum u")).toBe("sum-u");
    expect(slashQuery("/")).toBe("");
    expect(slashQuery("/etc/passwd")).toBeNull();
    expect(slashQuery("/new\nline")).toBeNull();
    expect(slashQuery(" /new")).toBeNull();
  });
});
