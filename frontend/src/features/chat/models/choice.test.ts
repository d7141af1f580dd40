import { describe, expect, it } from "vitest";
import type { Models } from "@/lib/protocol/rest";
import { choiceFields, formatTokens, parseChoice, startingChoice, withFittingEffort } from "./choice";

const models: Models = {
  provider: "groq",
  default_model: "a/thinks",
  models: [
    { id: "a/thinks", name: "Thinks", reasoning: true, features: [], reasoning_efforts: ["low", "high"] },
    { id: "b/talks", name: "Talks", reasoning: false, features: [], reasoning_efforts: [] },
  ],
};

describe("the choice of a model", () => {
  it("Is what this browser remembered, and nothing where that is no choice", () => {
    expect(parseChoice('{"model":"b/talks","effort":"low"}')).toEqual({ model: "b/talks", effort: "low" });
    for (const stored of [
      null,
      "",
      "null",
      "7",
      "{",
      '{"model":7,"effort":"extreme"}',
      '{"effort":"toString"}',
    ]) {
      expect(parseChoice(stored)).toEqual({});
    }
  });

  it("Begins a new chat as far as it is still offered", () => {
    expect(startingChoice({ model: "b/talks", effort: "low" }, models)).toEqual({ model: "b/talks" });
    expect(startingChoice({ model: "gone", effort: "low" }, models)).toEqual({});
    expect(startingChoice({ effort: "high" }, models)).toEqual({ effort: "high" });
    expect(startingChoice({ model: "gone" }, undefined)).toEqual({ model: "gone" });
  });

  it("Keeps an effort that the model has and drops another", () => {
    expect(withFittingEffort({ model: "a/thinks", effort: "high" }, models).effort).toBe("high");
    expect(withFittingEffort({ model: "a/thinks", effort: "medium" }, models).effort).toBeUndefined();
  });

  it("Is said in a command only where there is one", () => {
    expect(choiceFields({})).toEqual({});
    expect(choiceFields({ model: "m", effort: "low" })).toEqual({ model: "m", reasoning_effort: "low" });
  });

  it("Sizes are short", () => {
    expect([448, 8192, 131_072, 1_048_576].map(formatTokens)).toEqual(["448", "8K", "131K", "1M"]);
  });
});
