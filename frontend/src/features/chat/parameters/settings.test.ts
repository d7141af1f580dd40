import { describe, expect, it } from "vitest";
import { composeSend } from "../outbox/compose";
import { frameOf } from "../outbox/frame";
import { sends } from "../send-key";
import { emptyChat } from "../state/types";
import {
  changeBetween,
  countSet,
  isTooLongPrompt,
  lengthsFor,
  nearestLength,
  parseSettings,
  withoutSettings,
} from "./settings";

const all = { model: "m", effort: "low", systemPrompt: "Be brief.", temperature: 0, maxTokens: 512 } as const;

describe("a conversation's settings", () => {
  it("Are counted where they are not as they come, a temperature of 0 too", () => {
    expect([countSet({ model: "m" }), countSet(all), countSet({ systemPrompt: " " })]).toEqual([0, 4, 0]);
    expect(withoutSettings(all)).toEqual({ model: "m" });
  });

  it("Are told to the server as far as they changed", () => {
    expect(changeBetween(all, { ...all, temperature: 1.2 })).toEqual({ temperature: 1.2 });
    expect(changeBetween(all, { model: "m" })).toEqual({
      reasoning_effort: null,
      system_prompt: null,
      temperature: null,
      max_completion_tokens: null,
    });
  });

  it("Go with the message that opens a conversation, and with no other", () => {
    const first = composeSend(emptyChat, { text: "Hi", conversationId: null, choice: all }, 1);
    const settings = { system_prompt: "Be brief.", temperature: 0, max_completion_tokens: 512 };
    expect(frameOf(first)).toMatchObject(settings);
    expect(frameOf({ ...first, conversationId: 12 })).toMatchObject(settings);
    const next = frameOf(composeSend(emptyChat, { text: "Hi", conversationId: 12, choice: all }, 1));
    expect(next).not.toHaveProperty("system_prompt");
  });

  it("Are remembered for the new chat as far as they make sense", () => {
    expect(parseSettings(JSON.stringify(all))).toEqual({
      systemPrompt: "Be brief.",
      temperature: 0,
      maxTokens: 512,
    });
    expect(parseSettings('{"temperature":3,"maxTokens":-1,"systemPrompt":7}')).toEqual({});
    expect([parseSettings("nonsense"), parseSettings(null), parseSettings("null")]).toEqual([{}, {}, {}]);
  });

  it("Have lengths up to the model's own", () => {
    expect(lengthsFor(3000)).toEqual([256, 512, 1024, 2048, 3000]);
    expect(nearestLength([256, 512, 1024], 700)).toBe(1);
    expect([isTooLongPrompt("ü".repeat(6 * 1024)), isTooLongPrompt(`${"ü".repeat(6 * 1024)}.`)]).toEqual([
      false,
      true,
    ]);
  });
});

describe("the key that sends", () => {
  const press = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };

  it("Is Enter, or Enter with Ctrl or Command alone", () => {
    expect([sends("enter", press), sends("enter", { ...press, shiftKey: true })]).toEqual([true, false]);
    expect([sends("mod-enter", press), sends("mod-enter", { ...press, ctrlKey: true })]).toEqual([
      false,
      true,
    ]);
    expect(sends("mod-enter", { ...press, metaKey: true })).toBe(true);
  });
});
