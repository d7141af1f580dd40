/* global process */
/* Runs after `next build`: scripts and styles packed beside themselves, as well as Brotli can, for the API to send as they are. */
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

/** A packet or less is not worth a file. */
const smallest = 1400;

const folder = join(import.meta.dirname, "..", "out", "_next", "static");
let [count, before, after] = [0, 0, 0];
for (const path of readdirSync(folder, { recursive: true }).filter((name) => /\.(js|css)$/.test(name))) {
  const plain = readFileSync(join(folder, path));
  if (plain.length < smallest) continue;
  const packed = brotliCompressSync(plain, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
    },
  });
  writeFileSync(join(folder, `${path}.br`), packed);
  [count, before, after] = [count + 1, before + plain.length, after + packed.length];
}
process.stdout.write(
  `${count} files packed: ${Math.round(before / 1024)} to ${Math.round(after / 1024)} KiB\n`,
);
