import { describe, expect, it } from "vitest";
import { errorWords } from "./error-words";

describe("errorWords", () => {
  it("A refused API key says where the key is set", () => {
    expect(errorWords("provider_unauthorized", "401")).toMatchObject({
      title: "The provider refused the API key.",
      hint: expect.stringContaining("GROQ_API_KEY") as string,
    });
  });

  it("A day's limit says on which day there is room again", () => {
    const said =
      "The account's daily limit is used up. It has room again in about 3 hours (Tuesday, 2 March, 12:10 UTC).";
    expect(errorWords("provider_daily_limit", said)).toMatchObject({
      hint: "It has room again in about 3 hours (Tuesday, 2 March, 12:10 UTC).",
    });
    expect(errorWords("provider_daily_limit", undefined).hint).toContain("Choose another model");
  });

  it("A text that is too long is to be edited, not sent again", () => {
    expect(errorWords("message_too_long", undefined).wayOn).toBe("edit");
  });

  it("A code of a newer server is told in the server's words", () => {
    expect(errorWords("brand_new", "The tide is out.")).toEqual({
      title: "The tide is out.",
      wayOn: "retry",
    });
  });

  it("Neither code nor words is still a sentence, also for names that every object has", () => {
    expect(errorWords(undefined, undefined).title).toBe("The reply broke off.");
    expect(errorWords("constructor", undefined).title).toBe("The reply broke off.");
  });
});
