import { describe, expect, it } from "vitest";
import type { ToolCall } from "@/lib/protocol/rest";
import { known, loaded, run, slice } from "./testing";
import { partsOf, withToolCall } from "./tool-calls";

function call(id: string, offset: number, rest: Partial<ToolCall> = {}): ToolCall {
  return { id, name: "calculator", arguments: "{}", state: "running", offset, ...rest };
}

describe("Tool calls", () => {
  it("Takes the place of what was known under its id", () => {
    const calls = withToolCall([call("a", 0), call("b", 0)], call("a", 0, { state: "done", result: "6" }));
    expect(calls?.map(({ id, state }) => [id, state])).toEqual([
      ["a", "done"],
      ["b", "running"],
    ]);
    expect(withToolCall(calls, undefined)).toBe(calls);
  });

  it("Cut the reply where they were made", () => {
    const parts = partsOf("Let me see.\n\nSix.", [call("a", 11), call("b", 11), call("c", 17)]);
    expect(parts.map(({ text, calls }) => [text, calls.map(({ id }) => id)])).toEqual([
      ["Let me see.", ["a", "b"]],
      ["\n\nSix.", ["c"]],
      ["", []],
    ]);
    expect(partsOf("Plain.")).toEqual([{ start: 0, text: "Plain.", calls: [] }]);
  });

  it("Come to a growing reply without changing its text, and are not lost to an older state of it", () => {
    const asking = run(loaded, { ...slice("", 8), tool_call: call("a", 8, { state: "asking" }) });
    const reply = known(asking).messages[42];
    expect([reply?.content, reply?.tool_calls?.[0]?.state]).toEqual(["The Moon", "asking"]);
    const done = run(asking, { ...slice("", 8), tool_call: call("a", 8, { state: "done", result: "6" }) });
    expect(known(run(done, slice(" pulls.", 8))).messages[42]?.tool_calls?.[0]?.state).toBe("done");
  });
});
