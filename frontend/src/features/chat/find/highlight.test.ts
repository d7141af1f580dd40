import { describe, expect, it } from "vitest";
import { placesOf, rangesIn } from "./highlight";

describe("where words are", () => {
  it("Is found whatever the case, beyond ASCII too, and never overlaps", () => {
    expect(placesOf("Über den Deich, über alles", "ÜBER")).toEqual([0, 16]);
    expect(placesOf("aaaa", "aa")).toEqual([0, 2]);
    expect(placesOf("anything", "")).toEqual([]);
  });

  it("Is a place in the text where lower case would be longer", () => {
    expect(placesOf("İİ tide", "TIDE")).toEqual([3]);
  });

  it("May begin in one element and end in another", () => {
    const element = document.createElement("p");
    element.innerHTML = "The <b>ti</b>de comes";
    expect(rangesIn(element, "tide").map(String)).toEqual(["tide"]);
  });
});
