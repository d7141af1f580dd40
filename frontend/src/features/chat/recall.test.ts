import { describe, expect, it } from "vitest";
import { newer, older, shownOf, type Recall } from "./recall";
import { sentTexts } from "./sent-texts";
import { loaded } from "./state/testing";

const sent = ["third", "second", "first"];
const at = (text: string, start = text.length, end = start) => ({ text, start, end });
const up = (recall: Recall | null, text: string) => older(recall, at(text), () => sent);

describe("the up key", () => {
  it("Leafs back through what was sent and stops at the oldest", () => {
    const one = up(null, "");
    expect(one && shownOf(one)).toBe("third");
    const three = up(up(one, "third"), "second");
    expect(three && shownOf(three)).toBe("first");
    expect(up(three, "first")).toEqual(three);
  });

  it("Keeps what was typed, and Down comes back to it", () => {
    const one = older(null, at("half", 0), () => sent);
    expect(one && shownOf(one)).toBe("third");
    const back = newer(one, at("third"));
    expect(back && [back.at, shownOf(back)]).toEqual([-1, "half"]);
  });

  it("Moves the cursor where it stands in a text, or the text was changed", () => {
    expect(up(null, "half")).toBeNull();
    expect(older(null, at("half", 0, 4), () => sent)).toBeNull();
    const one = up(null, "");
    expect(up(one, "third, changed")).toBeNull();
    expect(older(one, at("third", 2), () => sent)).toBeNull();
    expect(newer(one, at("third", 2))).toBeNull();
  });

  it("Does nothing where nothing was sent", () => {
    expect(older(null, at(""), () => [])).toBeNull();
  });
});

describe("what was sent", () => {
  it("Is this conversation's, newest first, then that of others, each text once", () => {
    const here = Object.values(loaded.conversations[12]?.messages ?? {}).find(({ role }) => role === "user");
    const text = here?.content ?? "";
    const pending = { clientMessageId: "a", conversationId: null, createdAt: 5 };
    const state = {
      ...loaded,
      pending: [
        { ...pending, text: "Elsewhere" },
        { ...pending, clientMessageId: "b", text, createdAt: 9 },
      ],
    };
    expect(sentTexts(state, 12)).toEqual([text, "Elsewhere"]);
    expect(sentTexts(state, null)).toEqual([text, "Elsewhere"]);
    expect(sentTexts({ ...state, pending: [] }, 13)).toEqual([text]);
  });
});
