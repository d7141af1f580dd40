// Bundles the harness page of the hostile payloads: node build.mjs FOLDER
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath, URL } from "node:url";
import { build } from "vite";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const outDir = process.argv[2];

await build({
  configFile: false,
  logLevel: "error",
  root: here("../../../../.."),
  resolve: { alias: { "@": here("../../../..") } },
  oxc: { jsx: { runtime: "automatic" } },
  define: { "process.env.NODE_ENV": '"production"' },
  build: {
    outDir,
    emptyOutDir: false,
    minify: false,
    reportCompressedSize: false,
    modulePreload: false,
    rolldownOptions: {
      input: here("./harness.tsx"),
      output: { entryFileNames: "harness.js" },
    },
  },
});
writeFileSync(
  join(outDir, "index.html"),
  '<!doctype html><html lang="en"><title>Payloads</title><div id="root"></div><script type="module" src="/harness.js"></script></html>',
);
