// Prints the methods of xUnit's result file that failed, a line each: "COUNT TYPE.METHOD", COUNT being its failed cases.
const { readFileSync } = require("node:fs");

const failed = new Map();
for (const [tag] of readFileSync(process.argv[2], "utf8").matchAll(/<test\s[^>]*\sresult="Fail"[^>]*>/g)) {
  const value = (name) => new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  const method = `${value("type")}.${value("method")}`;
  failed.set(method, (failed.get(method) ?? 0) + 1);
}

for (const [method, count] of failed) console.log(`${count} ${method}`);
