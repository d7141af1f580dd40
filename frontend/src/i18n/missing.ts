import en from "./messages/en";

type Tree = { [key: string]: string | Tree };

function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null;
}

/** A language's words, with the English ones where it has none yet. */
export function withEnglish<T extends object>(words: object, english: T): T {
  const known = words as Tree;
  const both = Object.entries(english as Tree).map(([key, value]) => {
    const own = known[key];
    if (isTree(value)) return [key, withEnglish(isTree(own) ? own : {}, value)];
    return [key, typeof own === "string" && own !== "" ? own : value];
  });
  return Object.fromEntries(both) as T;
}

/** In the place of a message that is not there or cannot be formatted: its English text, and never its key. */
export function asEnglish({ namespace, key }: { namespace?: string; key: string }): string {
  const path = `${namespace ? `${namespace}.` : ""}${key}`.split(".");
  const found = path.reduce<unknown>((tree, name) => (isTree(tree) ? tree[name] : undefined), en);
  return typeof found === "string" ? found.replace(/\s*\{[^}]*\}/g, "").trim() : "";
}

/** The page goes on; who works on it sees what is missing. */
export function noteGap(error: Error): void {
  // eslint-disable-next-line no-console
  if (process.env.NODE_ENV !== "production") console.warn(error.message);
}
