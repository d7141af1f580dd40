using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using static TahoChat.Tests.GroqEmulator.EmulatorHost;

namespace TahoChat.Tests.GroqEmulator;

public sealed class ValidationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"unheard_of":1}""", "property 'unheard_of' is unsupported")]
    [InlineData("""{"logprobs":true}""", "property 'logprobs' is unsupported")]
    [InlineData("""{"top_logprobs":2}""", "property 'top_logprobs' is unsupported")]
    [InlineData("""{"logit_bias":{"1":2}}""", "property 'logit_bias' is unsupported")]
    [InlineData("""{"n":2}""", "'n'")]
    [InlineData("""{"model":null}""", "'model' is missing")]
    [InlineData("""{"messages":null}""", "'messages' is missing")]
    [InlineData("""{"messages":[]}""", "minimum number of items is 1")]
    [InlineData("""{"messages":[{"role":"robot","content":"x"}]}""", "'role' has invalid value")]
    [InlineData("""{"messages":[{"role":"user","content":"x","name":"me"}]}""", "property 'name' is unsupported")]
    [InlineData("""{"messages":[{"role":"user"}]}""", "'content' is missing")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"sound"}]}]}""", "'type' has invalid value")]
    [InlineData("""{"temperature":2.1}""", "'temperature'")]
    [InlineData("""{"temperature":"warm"}""", "'temperature'")]
    [InlineData("""{"top_p":1.5}""", "'top_p'")]
    [InlineData("""{"stop":["a","b","c","d","e"]}""", "'stop'")]
    [InlineData("""{"stream":"yes"}""", "'stream'")]
    [InlineData("""{"stream_options":{"include_usage":true},"stream":false}""", "'stream_options'")]
    [InlineData("""{"max_completion_tokens":0}""", "'max_completion_tokens'")]
    [InlineData("""{"max_completion_tokens":65537}""", "`max_completion_tokens`")]
    [InlineData("""{"reasoning_effort":"none"}""", "`reasoning_effort`")]
    [InlineData("""{"reasoning_effort":"huge"}""", "'reasoning_effort'")]
    [InlineData("""{"reasoning_format":"parsed"}""", "reasoning_format is not supported")]
    [InlineData("""{"reasoning_format":"parsed","include_reasoning":true}""", "'include_reasoning'")]
    [InlineData("""{"service_tier":"gold"}""", "'service_tier'")]
    [InlineData("""{"response_format":{"type":"xml"}}""", "'type'")]
    [InlineData("""{"response_format":{"type":"json_object"}}""", "must contain the word 'json'")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://a/b.png"}}]}]}""", "for 'role:user' the following must be satisfied[('messages.0.content' : value must be a string)]")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,AA=="}}]}]}""", "invalid image data")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"ftp://a/b.png"}}]}]}""", "must be a URL or a base64")]
    [InlineData("""{"messages":[{"role":"user","content":"x"},{"role":"tool","content":"42"}]}""", "('messages.1.tool_call_id' : property 'tool_call_id' is missing)")]
    [InlineData("""{"messages":[{"role":"user","content":"x"},{"role":"tool","content":"42","tool_call_id":"fc_9"}]}""", "'messages.1' : for 'role:tool'")]
    [InlineData("""{"messages":[{"role":"user","content":"x"},{"role":"assistant","content":null,"tool_calls":[]}]}""", "property 'content' is missing")]
    [InlineData("""{"messages":[{"role":"assistant","tool_calls":[{"type":"function","function":{"name":"f","arguments":"{}"}}]}]}""", "'messages.0.tool_calls.0' : property 'id' is missing")]
    [InlineData("""{"messages":[{"role":"assistant","tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":{}}}]}]}""", "'arguments' : value must be a string")]
    [InlineData("""{"tools":[{"type":"function"}]}""", "'tools.0' : property 'function' is missing")]
    [InlineData("""{"tools":[{"type":"function","function":{"name":"a b"}}]}""", "'tools.0.function.name'")]
    [InlineData("""{"tool_choice":"required"}""", "only allowed when 'tools' are specified")]
    [InlineData("""{"tool_choice":"perhaps"}""", "'tool_choice' : value must be one of")]
    [InlineData("""{"tools":[{"type":"function","function":{"name":"f"}}],"tool_choice":{"type":"function","function":{"name":"g"}}}""", "requested tool does not exist")]
    [InlineData("""{"tools":[{"type":"function","function":{"name":"f"}}],"response_format":{"type":"json_object"}}""", "json mode cannot be combined with tool/function calling")]
    [InlineData("""{"response_format":{"type":"json_schema"}}""", "property 'json_schema' is missing")]
    [InlineData("""{"response_format":{"type":"json_schema","json_schema":{"name":"r","strict":true,"schema":{"type":"object","properties":{"a":{"type":"string"}},"required":[],"additionalProperties":false}}}}""", "`required` is required to be supplied")]
    [InlineData("""{"response_format":{"type":"json_schema","json_schema":{"name":"r","strict":true,"schema":{"type":"object","properties":{}}}}}""", "`additionalProperties:false` must be set")]
    public async Task A_request_that_breaks_a_rule_is_a_400_that_names_it(string change, string expected)
    {
        await using var emulator = await StartAsync(Cancellation);
        var body = Body("Hello");
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject()) body[name] = value?.DeepClone();
        var (status, error) = await emulator.FailAsync(body, Cancellation);
        Assert.Equal((400, "invalid_request_error"), (status, error.GetProperty("type").GetString()));
        Assert.Contains(expected, error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("""{"model":"openai/gpt-oss-20b","messages":[{"role":"user","content":"\ud800"}]}""")]
    public async Task A_body_that_is_no_request_is_a_400(string body)
    {
        await using var emulator = await StartAsync(Cancellation);
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await emulator.Client.PostAsync("/openai/v1/chat/completions", content, Cancellation);
        Assert.Equal(400, (int)response.StatusCode);
        var error = JsonElement.Parse(await response.Content.ReadAsStringAsync(Cancellation)).GetProperty("error");
        Assert.Equal("invalid_request_error", error.GetProperty("type").GetString());
    }

    [Fact]
    public async Task All_that_is_allowed_is_taken()
    {
        await using var emulator = await StartAsync(Cancellation);
        var body = JsonNode.Parse(
            """
            {
              "model": "openai/gpt-oss-120b", "stream": true, "stream_options": {"include_usage": true},
              "messages": [
                {"role": "system", "content": "Be kind."}, {"role": "developer", "content": [{"type": "text", "text": "Be brief."}]},
                {"role": "user", "content": [{"type": "text", "text": "Hello"}]},
                {"role": "assistant", "content": null, "reasoning": "hm", "tool_calls": [
                  {"id": "fc_1", "type": "function", "function": {"name": "f", "arguments": "{}"}}]},
                {"role": "tool", "tool_call_id": "fc_1", "content": "42"}, {"role": "user", "content": "And now?"}
              ],
              "max_completion_tokens": 4096, "temperature": 0.7, "top_p": 0.9, "stop": null, "seed": 7, "user": "u", "n": 1,
              "reasoning_effort": "low", "include_reasoning": true, "logprobs": false, "tool_choice": "auto", "parallel_tool_calls": true,
              "tools": [{"type": "function", "function": {"name": "f", "parameters": {"type": "object"}}}],
              "response_format": {"type": "text"}, "service_tier": "auto"
            }
            """)!.AsObject();
        var stream = await emulator.StreamAsync(body, Cancellation);
        Assert.Equal("stop", stream.FinishReason);
        Assert.Equal(7, stream.Chunks[0].GetProperty("x_groq").GetProperty("seed").GetInt32());
    }

    [Fact]
    public async Task A_prompt_longer_than_the_context_is_refused()
    {
        await using var emulator = await StartAsync(Cancellation);
        var (status, error) = await emulator.FailAsync(Body(new string('x', 131_072 * 4)), Cancellation);
        Assert.Equal((400, "Please reduce the length of the messages or completion."), (status, error.GetProperty("message").GetString()));
    }

    [Theory]
    [InlineData(128, 200)]
    [InlineData(129, 400)]
    public async Task Up_to_128_tools_are_taken(int count, int status)
    {
        await using var emulator = await StartAsync(Cancellation);
        var body = Body("Hello");
        body["tools"] = new JsonArray(
            [.. Enumerable.Range(0, count).Select(i => JsonNode.Parse($$$"""{"type":"function","function":{"name":"f{{{i}}}"}}"""))]);
        using var response = await emulator.PostAsync(body, Cancellation);
        Assert.Equal(status, (int)response.StatusCode);
    }
}
