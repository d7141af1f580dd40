import { createTranslator } from "next-intl";
import { describe, expect, it } from "vitest";
import { locales, type Locale } from "./locales";
import ar from "./messages/ar";
import de from "./messages/de";
import en from "./messages/en";
import es from "./messages/es";
import fr from "./messages/fr";
import ja from "./messages/ja";
import { mayBeSame } from "./same-in-all";

type Tree = { [key: string]: string | Tree };

const languages: Record<Exclude<Locale, "en">, object> = { fr, de, es, ar, ja };
const translated = Object.entries(languages);

function flat(tree: object, path = ""): [string, string][] {
  return Object.entries(tree as Tree).flatMap(([key, value]) =>
    typeof value === "string" ? [[path + key, value] as [string, string]] : flat(value, `${path}${key}.`),
  );
}

interface Parts {
  names: Set<string>;
  tags: Set<string>;
  plurals: string[][];
}

/** What an ICU message is made of, within its branches too. Our words quote nothing with apostrophes. */
function partsOf(message: string, parts: Parts = { names: new Set(), tags: new Set(), plurals: [] }): Parts {
  for (const [, tag] of message.matchAll(/<(\w+)>/g)) parts.tags.add(tag ?? "");
  for (const inside of braces(message)) {
    const [, name = "", kind] = /^\s*(\w+)\s*(?:,\s*(\w+))?/.exec(inside.text) ?? [];
    parts.names.add(name);
    if (kind !== "plural" && kind !== "select" && kind !== "selectordinal") continue;
    const branches = braces(inside.text);
    if (kind === "plural")
      parts.plurals.push(
        branches.map(({ start }) => /(=?\w+)\s*$/.exec(inside.text.slice(0, start))?.[1] ?? ""),
      );
    for (const branch of branches) partsOf(branch.text, parts);
  }
  return parts;
}

/** The outermost pairs of braces. */
function braces(text: string): { start: number; text: string }[] {
  const found: { start: number; text: string }[] = [];
  let depth = 0;
  let start = 0;
  text.split("").forEach((sign, at) => {
    if (sign === "{" && depth++ === 0) start = at;
    if (sign === "}" && --depth === 0) found.push({ start, text: text.slice(start + 1, at) });
  });
  return found;
}

function argumentsOf(message: string): string[] {
  const { names, tags } = partsOf(message);
  return [...names, ...[...tags].map((tag) => `<${tag}>`)].sort();
}

/** Without those that name a number. */
function pluralsOf(message: string): string[][] {
  return partsOf(message).plurals.map((branches) => branches.filter((branch) => !branch.startsWith("=")));
}

describe("every language", () => {
  it("is one that the page offers", () => {
    expect(["en", ...Object.keys(languages)].sort()).toEqual([...locales].sort());
  });

  it.each(translated)("%s has exactly the words of English", (_, words) => {
    const keys = (tree: object) => flat(tree).map(([key]) => key);
    expect(keys(words).sort()).toEqual(keys(en).sort());
  });

  it.each(translated)("%s has the arguments of English in each message", (_, words) => {
    const theirs = new Map(flat(words));
    const differing = flat(en)
      .map(([key, message]) => [key, argumentsOf(message), argumentsOf(theirs.get(key) ?? "")])
      .filter(([, ours, own]) => String(ours) !== String(own));
    expect(differing).toEqual([]);
  });

  it.each([["en", en] as const, ...translated])("%s has its own plurals", (locale, words) => {
    const { pluralCategories } = new Intl.PluralRules(locale).resolvedOptions();
    const wanted = pluralCategories.filter((category) => category !== "many" || locale === "ar");
    const wrong = flat(words).filter(([, message]) =>
      pluralsOf(message).some((branches) => String([...branches].sort()) !== String([...wanted].sort())),
    );
    expect(wrong).toEqual([]);
  });

  it.each(translated)("%s leaves nothing empty, and nothing in English by accident", (locale, words) => {
    const english = new Map(flat(en));
    const left = flat(words).filter(
      ([key, message]) =>
        message.trim() === "" || (message === english.get(key) && !mayBeSame(locale, message)),
    );
    expect(left).toEqual([]);
  });

  it.each([["en", en] as const, ...translated])(
    "%s can be formatted, message by message",
    (locale, words) => {
      const t = createTranslator({
        locale,
        messages: words as typeof en,
        onError: (error) => {
          throw error;
        },
      });
      const tag = (chunks: unknown) => String(chunks);
      for (const [key, message] of flat(words)) {
        const { names, tags } = partsOf(message);
        for (const count of [0, 1, 2, 3, 11, 100]) {
          const values: Record<string, unknown> = {};
          for (const name of names) values[name] = count;
          for (const name of tags) values[name] = tag;
          const said: string = t.markup(key as never, values as never);
          expect(said).not.toContain("{");
          expect(said).not.toBe(key);
        }
      }
    },
  );
});

describe("Arabic", () => {
  it("counts in its six ways", () => {
    const t = createTranslator({ locale: "ar", messages: ar });
    const said = [0, 1, 2, 3, 11, 100].map((days) => t("figures.days", { days }));
    expect(new Set(said.map((words) => words.replace(/[\d٠-٩]+/g, "#"))).size).toBeGreaterThanOrEqual(5);
    expect(said[1]).toBe("يوم واحد");
    expect(said[2]).toBe("يومان");
  });
});
