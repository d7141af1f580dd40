/* global process */
/* Runs after `next build`: writes out/sw.js with the build's own lists. NEXT_PUBLIC_SERVICE_WORKER=off: one that removes itself. */
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join, sep } from "node:path";

const out = join(import.meta.dirname, "..", "out");
const read = (path) => readFileSync(join(out, path), "utf8");
const paths = readdirSync(out, { recursive: true })
  .map((path) => path.split(sep).join("/"))
  .filter((path) => statSync(join(out, path)).isFile())
  .sort();

/** `/` and the folders with a page of their own; what is shown for wrong addresses is none. */
const pageFiles = paths.filter(
  (path) => /(^|\/)index\.html$/.test(path) && !/^(404|_not-found)\//.test(path),
);
const pages = pageFiles.map((path) => `/${path.slice(0, -"index.html".length)}`);

const hashed = paths.filter((path) => path.startsWith("_next/static/") && !/\.(map|br)$/.test(path));
const pictures = paths.filter((path) =>
  /^(icons\/.*|icon\.svg|apple-icon\.png|manifest\.webmanifest)$/.test(path),
);

/** What the pages name: scripts (not those for old browsers), styles, preloaded fonts. */
function namedBy(html) {
  const tags = html.match(/<(?:script|link)\b[^>]*>/g) ?? [];
  return tags
    .filter((tag) => !/nomodule/i.test(tag))
    .map((tag) => /(?:src|href)="\/(_next\/static\/[^"?]+)/.exec(tag)?.[1])
    .filter(Boolean);
}

const isPreloaded = (path) => /inter-latin-wght-normal[^/]*\.woff2$/.test(path);
const files = [
  ...new Set([...pageFiles.flatMap((path) => namedBy(read(path))), ...hashed.filter(isPreloaded)]),
];

/** Views and libraries that pages load when they need them; but neither grammars of code nor diagrams, which are megabytes. */
const isRare = (text) => /scopeName|cytoscape|langium|khroma|roughjs|gitGraph|erDiagram/.test(text);
const later = hashed.filter((path) => path.endsWith(".js") && !files.includes(path) && !isRare(read(path)));

const build = createHash("sha256");
for (const path of [...hashed, ...pageFiles]) build.update(path).update(/html$/.test(path) ? read(path) : "");

const lists = {
  build: build.digest("hex").slice(0, 16),
  pages,
  files: files.map((path) => `/${path}`),
  later: later.map((path) => `/${path}`),
  all: [...hashed, ...pictures].map((path) => `/${path}`),
};
const isOff = process.env.NEXT_PUBLIC_SERVICE_WORKER === "off";
const source = readFileSync(join(import.meta.dirname, `service-worker${isOff ? "-off" : ""}.mjs`), "utf8");
writeFileSync(
  join(out, "sw.js"),
  source.replace("self.__BUILD__", () => JSON.stringify(lists)),
);
process.stdout.write(
  `sw.js: ${pages.length} pages, ${files.length} files kept from the start, ${later.length} later, of ${lists.all.length}\n`,
);
