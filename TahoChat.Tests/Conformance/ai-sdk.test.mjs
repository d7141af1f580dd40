import assert from "node:assert/strict";
import { test } from "node:test";
import { createGroq } from "@ai-sdk/groq";
import { APICallError, generateText, jsonSchema, stepCountIs, streamText, tool, transcribe } from "ai";
import { model, posts, recording, startEmulator } from "./emulator.mjs";

const address = await startEmulator();
const provider = (apiKey) => createGroq({ apiKey, baseURL: `${address}/openai/v1` });
const groq = provider("gsk_conformance");
const once = { maxRetries: 0 };

const calculator = tool({
  description: "Counts.",
  inputSchema: jsonSchema({ type: "object", properties: { expression: { type: "string" } }, required: ["expression"] }),
  execute: ({ expression }) => (expression === "6*7" ? "42" : "unknown"),
});

test("A stream brings text, reasoning and usage", async () => {
  const result = streamText({ ...once, model: groq(model), prompt: '[emulator echo="Grüße, <b>world</b> 👋" reasoning=4]' });
  let streamed = "";
  for await (const part of result.textStream) streamed += part;
  assert.equal(streamed, "Grüße, <b>world</b> 👋");
  assert.notEqual(await result.reasoningText, "");
  assert.equal(await result.finishReason, "stop");
  const usage = await result.usage;
  assert.ok(usage.inputTokens > 0 && usage.outputTokens > 4, JSON.stringify(usage));
  assert.equal(usage.outputTokenDetails.reasoningTokens, 4);
});

test("A tool is called and its result is used, step by step", async () => {
  const result = await generateText({
    ...once,
    model: groq(model),
    prompt: "What is 6*7?",
    tools: { calculator },
    stopWhen: stepCountIs(3),
  });
  assert.deepEqual(
    result.steps.map(({ finishReason }) => finishReason),
    ["tool-calls", "stop"],
  );
  assert.deepEqual(result.steps[0].toolCalls[0].input, { expression: "6*7" });
  assert.match(result.text, /42/);
});

test("A tool is called in a stream too", async () => {
  const result = streamText({ ...once, model: groq(model), prompt: "What is 6*7?", tools: { calculator }, stopWhen: stepCountIs(3) });
  let text = "";
  for await (const part of result.textStream) text += part;
  assert.match(text, /42/);
});

test("A recording is transcribed", async () => {
  const { text } = await transcribe({ ...once, model: groq.transcription("whisper-large-v3-turbo"), audio: recording() });
  assert.match(text, /offline emulator.* 0\.5 seconds of WAV/);
});

for (const [what, status, prompt, settings] of [
  ["a wrong key", 401, "Hello", { model: provider("invalid_key")(model) }],
  ["a model that is not there", 404, "Hello", { model: groq("nobody/none") }],
  ["a value that is refused", 400, "Hello", { temperature: 3 }],
  ["a rate limit", 429, "[emulator fault=429 retry_after=2]", {}],
]) {
  test(`${what}: it throws with ${status}, after one post`, async () => {
    const before = await posts(address);
    await assert.rejects(generateText({ ...once, model: groq(model), prompt, ...settings }), (error) => {
      assert.ok(APICallError.isInstance(error), String(error));
      assert.equal(error.statusCode, status);
      if (status === 429) assert.equal(error.responseHeaders["retry-after"], "2");
      return true;
    });
    assert.equal(await posts(address), before + 1);
  });
}

test("An error in the stream is told after the text before it", async () => {
  const failures = [];
  const result = streamText({
    ...once,
    model: groq(model),
    prompt: "[emulator fault=error reply=count:50 after=3]",
    onError: ({ error }) => failures.push(error),
  });
  let text = "";
  for await (const part of result.fullStream) if (part.type === "text-delta") text += part.text;
  assert.equal(text, "1 2 3 ");
  assert.equal(failures.length, 1);
});
