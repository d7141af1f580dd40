import { describe, expect, it } from "vitest";
import { errorWords, waitWords, withTime } from "./error-words";
import { formatWait, formatWhen } from "./when";

const at = (day: number, hour: number, minute: number) => new Date(2026, 10, day, hour, minute).getTime();
const now = at(22, 14, 0);

describe("a time to come", () => {
  it("Is a time today, tomorrow, or of a day with its name", () => {
    expect(formatWhen(at(22, 14, 32), now, "en-GB")).toBe("at 14:32");
    expect(formatWhen(at(23, 1, 12), now, "en-GB")).toBe("tomorrow at 01:12");
    expect(formatWhen(at(24, 1, 12), now, "en-GB")).toMatch(/^on Tue.*24.* at 01:12$/);
  });

  it("Is counted in seconds, minutes or hours", () => {
    expect([1, 90_000, 180_000, 10_000_000].map(formatWait)).toEqual(["1 s", "90 s", "3 min", "3 h"]);
  });
});

describe("the words of a limit", () => {
  it("Name the time of a long wait; a short one is counted down by its button", () => {
    const words = errorWords("provider_daily_limit", undefined);
    expect(withTime(words, at(23, 1, 12), now).hint).toContain("Free again tomorrow at ");
    expect(withTime(words, now + 5000, now)).toBe(words);
    expect(withTime(words, undefined, now)).toBe(words);
    expect(withTime(words, now - 1, now)).toBe(words);
  });

  it("Say why a reply does not begin yet", () => {
    expect(waitWords("provider_rate_limited")).toBe("The account's limit is reached.");
    expect(waitWords("provider_overloaded")).toBe("The provider is over capacity.");
    expect(waitWords("provider_error")).toBe("The provider had a problem of its own.");
  });
});
