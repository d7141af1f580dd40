// Prints "passed failed skipped" of a result file: xUnit's XML, JUnit's as Node's runner writes it, or the JSON of vitest (Jest's form).
const { readFileSync } = require("node:fs");

const text = readFileSync(process.argv[2], "utf8");
const sums = [0, 0, 0];

if (text.startsWith("{")) {
  const run = JSON.parse(text);
  // A file that cannot be loaded has no tests and fails all the same.
  const broken = run.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
  sums[0] = run.numPassedTests;
  sums[1] = run.numFailedTests + broken.length;
  sums[2] = run.numPendingTests + (run.numTodoTests ?? 0);
} else if (text.includes("<testsuites>")) {
  const number = (name) => Number(new RegExp(`<!-- ${name} (\\d+) -->`).exec(text)?.[1] ?? 0);
  sums[0] = number("pass");
  sums[1] = number("fail") + number("cancelled");
  sums[2] = number("skipped") + number("todo");
} else {
  const number = (tag, name) => Number(new RegExp(`\\s${name}="(\\d+)"`).exec(tag)?.[1] ?? 0);
  for (const [tag] of text.matchAll(/<assembly\s[^>]*>/g)) {
    sums[0] += number(tag, "passed");
    sums[1] += number(tag, "failed") + number(tag, "errors");
    sums[2] += number(tag, "skipped");
  }
}

console.log(sums.join(" "));
