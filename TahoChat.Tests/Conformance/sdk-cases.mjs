// What groq-sdk and openai have in common: the same calls, and the same classes of errors.
import assert from "node:assert/strict";
import { test } from "node:test";
import { calculator, limit, model, posts, recording, user } from "./emulator.mjs";

async function collect(stream) {
  const seen = { chunks: [], text: "", reasoning: "", calls: [], finish: undefined };
  for await (const chunk of stream) {
    seen.chunks.push(chunk);
    const choice = chunk.choices[0];
    seen.text += choice?.delta.content ?? "";
    seen.reasoning += choice?.delta.reasoning ?? "";
    seen.calls.push(...(choice?.delta.tool_calls ?? []));
    seen.finish = choice?.finish_reason ?? seen.finish;
  }
  return seen;
}

/** @param create makes a client of the library for a key and a number of retries. */
export function sdkCases({ create, errors, toFile, address }) {
  const client = create("gsk_conformance", 0);
  const stream = async (content, more = {}) =>
    collect(await client.chat.completions.create({ model, messages: user(content), stream: true, ...more }));

  test("A stream brings text, reasoning and usage", async () => {
    const seen = await stream('[emulator echo="Grüße, <b>world</b> 👋" reasoning=4]', { stream_options: { include_usage: true } });
    assert.equal(seen.text, "Grüße, <b>world</b> 👋");
    assert.notEqual(seen.reasoning, "");
    assert.equal(seen.finish, "stop");
    assert.match(seen.chunks[0].x_groq.id, /^req_/);
    const last = seen.chunks.at(-1);
    assert.deepEqual(last.choices, []);
    assert.equal(last.usage.completion_tokens_details.reasoning_tokens, 4);
    const finish = seen.chunks.at(-2);
    assert.deepEqual(finish.x_groq.usage, last.usage);
    assert.deepEqual(finish.usage, last.usage);
    assert.equal(last.usage.total_tokens, last.usage.prompt_tokens + last.usage.completion_tokens);
  });

  test("A whole completion brings the same", async () => {
    const { data, response } = await client.chat.completions
      .create({ model, messages: user('[emulator echo="Hello" reasoning=4]') })
      .withResponse();
    assert.equal(data.choices[0].message.content, "Hello");
    assert.notEqual(data.choices[0].message.reasoning, "");
    assert.equal(data.usage.completion_tokens_details.reasoning_tokens, 4);
    assert.equal(data.x_groq.id, response.headers.get("x-request-id"));
    assert.equal(response.headers.get("x-ratelimit-limit-tokens"), "8000");
  });

  test("A tool is called, and its result is used", async () => {
    const tools = [calculator];
    const question = user("What is 6*7?");
    const seen = await stream(question[0].content, { tools });
    assert.equal(seen.finish, "tool_calls");
    assert.equal(seen.calls.length, 1);
    assert.deepEqual(JSON.parse(seen.calls[0].function.arguments), { expression: "6*7" });
    const whole = await client.chat.completions.create({ model, messages: question, tools, tool_choice: "required" });
    const { message, finish_reason: finish } = whole.choices[0];
    assert.equal(finish, "tool_calls");
    const answer = await client.chat.completions.create({
      model,
      tools,
      messages: [
        ...question,
        { role: "assistant", content: null, tool_calls: message.tool_calls },
        { role: "tool", tool_call_id: message.tool_calls[0].id, content: "42" },
      ],
    });
    assert.match(answer.choices[0].message.content, /42/);
  });

  test("Several calls come in one reply", async () => {
    const seen = await stream('[emulator tool=calculator args={"expression":"1+1"} tool=calculator args={"expression":"2+2"}]', {
      tools: [calculator],
    });
    assert.deepEqual(
      seen.calls.map(({ index, function: { arguments: args } }) => [index, JSON.parse(args).expression]),
      [
        [0, "1+1"],
        [1, "2+2"],
      ],
    );
  });

  test("A schema is answered with JSON that fits it", async () => {
    const schema = { type: "object", properties: { legs: { type: "integer" } }, required: ["legs"], additionalProperties: false };
    const answer = await client.chat.completions.create({
      model,
      messages: user("Legs of an otter"),
      response_format: { type: "json_schema", json_schema: { name: "animal", strict: true, schema } },
    });
    assert.equal(typeof JSON.parse(answer.choices[0].message.content).legs, "number");
  });

  test("The models are listed", async () => {
    const ids = (await client.models.list()).data.map(({ id }) => id);
    assert.ok(ids.includes(model) && ids.includes("whisper-large-v3-turbo"), ids.join());
  });

  test("A recording is transcribed", async () => {
    const answer = await client.audio.transcriptions.create({
      file: await toFile(recording(), "note.wav", { type: "audio/wav" }),
      model: "whisper-large-v3-turbo",
    });
    assert.match(answer.text, /^ This is the offline emulator.* 0\.5 seconds of WAV.* named note\.wav\.$/);
  });

  const refused = [
    ["a wrong key", "AuthenticationError", 401, "invalid_api_key", (broken) => broken.models.list(), "invalid_key"],
    ["a field that is not there", "BadRequestError", 400, undefined, (sane) =>
      sane.chat.completions.create({ model, messages: user("Hello"), logprobs: true }), undefined, /property 'logprobs' is unsupported/],
    ["a retired model", "BadRequestError", 400, "model_decommissioned", (sane) =>
      sane.chat.completions.create({ model: "llama3-70b-8192", messages: user("Hello") })],
    ["a model that is not there", "NotFoundError", 404, "model_not_found", (sane) =>
      sane.chat.completions.create({ model: "nobody/none", messages: user("Hello") })],
    ["a request too large", "APIError", 413, "rate_limit_exceeded", (sane) =>
      sane.chat.completions.create({ model, messages: user("[emulator fault=413]") })],
    ["a service over capacity", "InternalServerError", 503, "internal_server_error", (sane) =>
      sane.chat.completions.create({ model, messages: user("[emulator fault=503]"), stream: true })],
  ];
  for (const [what, name, status, code, call, key, message] of refused) {
    test(`It throws ${name} for ${what}`, async () => {
      await assert.rejects(call(key ? create(key, 0) : client), (error) => {
        assert.ok(error instanceof errors[name], error.constructor.name);
        assert.equal(error.status, status);
        const body = error.error?.error ?? error.error;
        assert.equal(body?.code, code);
        if (message) assert.match(error.message, message);
        return true;
      });
    });
  }

  test("A rate limit says how long to wait, and is one post without retries", async () => {
    const before = await posts(address);
    await assert.rejects(client.chat.completions.create({ model, messages: user("[emulator fault=429 retry_after=2]") }), (error) => {
      assert.ok(error instanceof errors.RateLimitError);
      assert.equal(new Headers(error.headers).get("retry-after"), "2");
      assert.match(error.message, /Please try again in 2\.0025s/);
      return true;
    });
    assert.equal(await posts(address), before + 1);
  });

  test("A limit that is kept refuses the second request", async () => {
    await limit(address, { requests_per_minute: 1, requests_per_day: 1000, tokens_per_minute: 8000, tokens_per_day: 200000 });
    try {
      await client.chat.completions.create({ model, messages: user("First") });
      await assert.rejects(client.chat.completions.create({ model, messages: user("Second") }), (error) => {
        assert.ok(error instanceof errors.RateLimitError);
        assert.equal((error.error?.error ?? error.error).type, "requests");
        assert.match(error.message, /requests per minute \(RPM\): Limit 1, Used 1, Requested 1\. Please try again in \d/);
        return true;
      });
      await assert.rejects(
        client.chat.completions.create({ model, messages: user("Third"), max_completion_tokens: 16384 }),
        (error) => error.status === 413 && error instanceof errors.APIError,
      );
    } finally {
      await limit(address, null);
    }
  });

  test("A service that recovers is asked again", async () => {
    const before = await posts(address);
    const answer = await create("gsk_conformance", 2).chat.completions.create({
      model,
      messages: user('[emulator fault=503 fails=1 echo="There again"]'),
    });
    assert.equal(answer.choices[0].message.content, "There again");
    assert.equal(await posts(address), before + 2);
  });

  test("An error in the stream is thrown after the text before it", async () => {
    const streaming = await client.chat.completions.create({
      model,
      messages: user("[emulator fault=error reply=count:50 after=3]"),
      stream: true,
    });
    let text = "";
    await assert.rejects(async () => {
      for await (const chunk of streaming) text += chunk.choices[0]?.delta.content ?? "";
    }, errors.APIError);
    assert.equal(text, "1 2 3 ");
  });

  test("An error in a chunk's x_groq is swallowed, as it is from the service", async () => {
    const seen = await stream("[emulator fault=x_groq.error reply=count:50 after=3]");
    assert.equal(seen.text, "1 2 3 ");
    assert.equal(seen.finish, undefined);
  });
}
