import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import licences from "./licences.json";

interface Package {
  version: string;
  license: string;
  dependencies: Record<string, string>;
}

function read(path: string): Package {
  return JSON.parse(readFileSync(path, "utf8")) as Package;
}

describe("the list of what the page is made of", () => {
  it("Names every package that is shipped, with the version and the licence that it has", () => {
    const names = Object.keys(read("package.json").dependencies);
    const installed = names.map((name) => {
      const { version, license } = read(`node_modules/${name}/package.json`);
      return { name, version, license };
    });
    expect(licences).toEqual(installed);
  });
});
