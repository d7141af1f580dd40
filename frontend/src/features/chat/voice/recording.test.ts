import { describe, expect, it } from "vitest";
import { joinAt } from "../typing";
import { clock, isFull, largestRecording, longestMs, recordingType, refusalOf, whyNot } from "./recording";

describe("Recording", () => {
  it("Ends before it is too large, whatever the browser makes of the bits it was asked for", () => {
    expect(isFull(0, 0)).toBe(false);
    expect(isFull(10_000_000, longestMs - 1)).toBe(false);
    expect(isFull(10_000_000, longestMs)).toBe(true);
    // Uncompressed speech: 96 kB a second.
    expect(isFull(24_600_000, 256_250)).toBe(false);
    expect(isFull(24_720_000, 257_500)).toBe(true);
    expect(isFull(largestRecording, 1_000_000)).toBe(true);
  });

  it("Takes the first kind that the browser writes", () => {
    expect(recordingType((type) => type === "audio/mp4")).toBe("audio/mp4");
    expect(recordingType(() => false)).toBeUndefined();
  });

  it("Says why it cannot be, or was not allowed", () => {
    const able = { isSecureContext: true, hasMicrophone: true, hasRecorder: true };
    expect(whyNot(able)).toBeUndefined();
    expect(whyNot({ ...able, isSecureContext: false, hasMicrophone: false })).toContain("https");
    expect(whyNot({ ...able, hasRecorder: false })).toBe("This browser cannot record.");
    expect(refusalOf(new DOMException("", "NotAllowedError"))).toContain("Allow it");
    expect(refusalOf(new DOMException("", "NotFoundError"))).toBe("No microphone was found.");
    expect(refusalOf(new Error("?"))).toBe("The recording could not be started.");
  });

  it("Shows its time", () => {
    expect([0, 9_999, 60_000, 3_600_000].map(clock)).toEqual(["0:00", "0:09", "1:00", "60:00"]);
  });
});

describe("Words at the cursor", () => {
  it("Stand apart from those around them", () => {
    expect(joinAt("", "Hello there.", 0, 0)).toEqual({ text: "Hello there.", cursor: 12 });
    expect(joinAt("Say this", "now", 3, 3)).toEqual({ text: "Say now this", cursor: 7 });
    expect(joinAt("One\n", "two", 4, 4)).toEqual({ text: "One\ntwo", cursor: 7 });
    expect(joinAt("Really?", "so", 6, 6)).toEqual({ text: "Really so?", cursor: 9 });
    expect(joinAt("Take that away", "this", 5, 9)).toEqual({ text: "Take this away", cursor: 9 });
  });
});
