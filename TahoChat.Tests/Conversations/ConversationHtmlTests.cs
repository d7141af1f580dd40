using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using TahoChat.Api.Attachments;
using TahoChat.Api.Conversations;
using TahoChat.Api.Conversations.Html;
using TahoChat.Api.Tools;
using TahoChat.Tests.Browser.Payloads;

namespace TahoChat.Tests.Conversations;

/// <summary>A conversation as a page: every tag of it is one that runs nothing and fetches nothing, whatever was written.</summary>
public sealed partial class ConversationHtmlTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_payload_makes_a_tag_an_attribute_or_an_address_that_is_not_expected()
    {
        var messages = HostilePayloads.All.SelectMany(payload => (Message[])
            [Said(MessageRole.User, payload), Replied(payload, reasoning: payload)]).ToList();
        messages.Add(Replied(string.Join("\n\n", HostilePayloads.All)));
        messages.AddRange(HostilePayloads.All.Select(payload => payload.ReplaceLineEndings(" ")).Select(payload => Replied($"Words {payload} | {payload}")));

        AssertHarmless(await PageAsync(Page([.. messages])));
    }

    [Fact]
    public async Task No_payload_in_a_title_leaves_it()
    {
        foreach (var title in HostilePayloads.All)
        {
            var html = await PageAsync(Page() with { Title = title, Note = title });
            AssertHarmless(html);
            Assert.Equal((1, 1, 1), (Regex.Count(html, "</title>"), Regex.Count(html, "</style>"), Regex.Count(html, "</html>")));
        }
    }

    [Fact]
    public async Task Markdown_is_shown_with_tables_lists_code_and_where_links_lead()
    {
        var html = await PageAsync(Page(Replied("""
            # A heading

            **bold** ~~gone~~ and [words](https://example.com/a?b=c&d) and https://example.org/x

            - [x] done
            - [ ] not yet

            | left | right |
            | :--- | ---: |
            | 1 | 2 |

            ```python
            print("<b>")
            ```

            ![a picture](https://pictures.example/p.png) <https://auto.example> $$a_1 * b_1$$ and \(x_i\)
            """)));

        Assert.Contains("<h3>A heading</h3>", html, StringComparison.Ordinal);
        Assert.Contains("<strong>bold</strong> <del>gone</del>", html, StringComparison.Ordinal);
        Assert.Contains("href=\"https://example.com/a?b=c&amp;d\"", html, StringComparison.Ordinal);
        Assert.Contains("rel=\"noopener noreferrer nofollow\">words <bdi dir=\"ltr\" class=\"place\">(example.com)</bdi></a>", html, StringComparison.Ordinal);
        Assert.Contains("aria-label=\"Done\"", html, StringComparison.Ordinal);
        Assert.Contains("<td class=\"end\">2</td>", html, StringComparison.Ordinal);
        Assert.Contains("data-language=\"python\"", html, StringComparison.Ordinal);
        Assert.Contains("print(&quot;&lt;b&gt;&quot;)", html, StringComparison.Ordinal);
        Assert.Contains(">Picture: a picture <bdi dir=\"ltr\" class=\"place\">(pictures.example)</bdi></a>", html, StringComparison.Ordinal);
        Assert.Contains("<code class=\"formula\">a_1 * b_1</code>", html, StringComparison.Ordinal);
        Assert.Contains("<code class=\"formula\">x_i</code>", html, StringComparison.Ordinal);
        AssertHarmless(html);
    }

    [Theory]
    [InlineData("[bank](https://bank.example@evil.example/)", "(evil.example)")]
    [InlineData("[bank](https://bаnk.example/)", "(xn--bnk-6cd.example)")]
    [InlineData("[https://bank.example](https://evil.example:8443/)", "(evil.example:8443)")]
    [InlineData("[mail](mailto:someone@example.com)", "(someone@example.com)")]
    public async Task The_place_of_a_link_is_the_one_that_it_leads_to(string text, string place) =>
        Assert.Contains($">{place}</bdi>", await PageAsync(Page(Replied(text))), StringComparison.Ordinal);

    [Theory]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("[x](data:text/html,hello)")]
    [InlineData("[x](//evil.example)")]
    [InlineData("[x](/conversations)")]
    [InlineData("[x](file:///etc/passwd)")]
    [InlineData("<javascript:alert(1)>")]
    public async Task What_leads_neither_to_the_web_nor_to_mail_is_no_link(string text) =>
        Assert.DoesNotContain("<a ", await PageAsync(Page(Replied(text))), StringComparison.Ordinal);

    [Fact]
    public async Task A_persons_words_are_shown_as_they_were_typed()
    {
        var html = await PageAsync(Page(Said(MessageRole.User, "# no *heading*\n  <i>日本語</i>")));
        Assert.Contains("<div class=\"text typed\" dir=\"auto\"># no *heading*\n  &lt;i&gt;日本語&lt;/i&gt;</div>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attachments_are_in_the_page_as_far_as_there_is_place()
    {
        var message = Said(MessageRole.User, "Look");
        message.Attachments =
        [
            new() { Id = 1, Name = "a\".png", Kind = AttachmentKind.Image, MediaType = "image/png", Size = 3, Width = 2, Height = 1 },
            new() { Id = 2, Name = "note.txt", Kind = AttachmentKind.Text, MediaType = "text/plain", Size = 3 },
            new() { Id = 3, Name = "large.png", Kind = AttachmentKind.Image, MediaType = "image/png", Size = 1000 },
            new() { Id = 4, Name = "drawing.svg", Kind = AttachmentKind.Image, MediaType = "image/svg+xml", Size = 1 },
        ];

        var html = await PageAsync(new HtmlPage
        {
            Title = "Pictures",
            Messages = [message],
            MostAttachmentBytes = 10,
            Read = (attachment, _) => Task.FromResult<byte[]?>(attachment.Kind == AttachmentKind.Image ? [1, 2, 3] : "<b>"u8.ToArray()),
        });

        Assert.Contains("<img alt=\"a&quot;.png\" width=\"2\" height=\"1\" src=\"data:image/png;base64,AQID\">", html, StringComparison.Ordinal);
        Assert.Contains("<summary><bdi>note.txt</bdi></summary>\n<pre tabindex=\"0\" dir=\"auto\"><code>&lt;b&gt;</code></pre>", html, StringComparison.Ordinal);
        Assert.Contains("The picture <bdi>large.png</bdi> is not on this page.", html, StringComparison.Ordinal);
        Assert.Contains("The picture <bdi>drawing.svg</bdi> is not on this page.", html, StringComparison.Ordinal);
        AssertHarmless(html);
    }

    [Fact]
    public async Task Tools_are_named_and_what_they_were_given_is_shown_where_it_is_asked_for()
    {
        var message = Replied("42");
        message.ToolCalls = [new ToolCall { Id = "1", Name = "calculator", Arguments = "{\"secret\":1}", Result = "hidden", State = ToolCallState.Done, Offset = 0 }];
        var page = Page(message);

        var named = await PageAsync(page);
        var told = await PageAsync(page with { ShowsToolTexts = true });

        Assert.Contains("Used the tool <bdi>calculator</bdi>", named, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", named, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", named, StringComparison.Ordinal);
        Assert.Contains("{&quot;secret&quot;:1}", told, StringComparison.Ordinal);
        Assert.Contains("hidden", told, StringComparison.Ordinal);
    }

    /// <summary>Texts that some readers of markdown take time for by the square of their length, or more.</summary>
    [Theory]
    [InlineData("[")]
    [InlineData("![](")]
    [InlineData("words, words and words ![](")]
    [InlineData("\n[a](http://a.example \"t ")]
    [InlineData("*a_ ")]
    [InlineData("`a``")]
    [InlineData("> ")]
    [InlineData("- ")]
    [InlineData("<")]
    [InlineData("\\(")]
    [InlineData("|a")]
    [InlineData("http://a.")]
    [InlineData("[a](<b")]
    public async Task A_text_made_to_take_long_does_not(string part)
    {
        var text = new StringBuilder().Insert(0, part, MarkdownHtml.Longest / part.Length).ToString();
        var clock = Stopwatch.StartNew();
        AssertHarmless(await PageAsync(Page(Replied(text))));
        TestContext.Current.TestOutputHelper!.WriteLine($"{part}: {clock.ElapsedMilliseconds} ms");
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    private static Task<byte[]?> None(Attachment attachment, CancellationToken cancellationToken) => Task.FromResult<byte[]?>(null);

    private static HtmlPage Page(params Message[] messages) => new() { Title = "A title", Messages = messages, Read = None };

    private static Message Said(MessageRole role, string text) => new() { Role = role, Status = MessageStatus.Complete, Content = text };

    private static Message Replied(string text, string reasoning = "") =>
        new() { Role = MessageRole.Assistant, Status = MessageStatus.Complete, Content = text, Reasoning = reasoning, Model = text[..Math.Min(9, text.Length)] };

    private static async Task<string> PageAsync(HtmlPage page)
    {
        await using var writer = new StringWriter();
        await ConversationHtml.WriteAsync(writer, page, Cancel);
        return writer.ToString();
    }

    /// <summary>As a browser's parser would see it: text never has a less-than sign, so each one begins a tag.</summary>
    private static void AssertHarmless(string html)
    {
        var body = html[html.IndexOf("<body>", StringComparison.Ordinal)..];
        Assert.Equal(body.Count(letter => letter == '<'), Tag().Count(body));
        foreach (Match tag in Tag().Matches(body))
        {
            var name = tag.Groups["name"].Value;
            Assert.Contains(name, _tags);
            for (var i = 0; i < tag.Groups["attribute"].Captures.Count; i++)
            {
                var attribute = tag.Groups["attribute"].Captures[i].Value;
                var value = WebUtility.HtmlDecode(tag.Groups["value"].Captures[i].Value);
                Assert.Contains(attribute, _attributes);
                if (attribute == "href") Assert.Matches("^(https?://|mailto:)", value);
                if (attribute == "src") Assert.StartsWith("data:image/", value, StringComparison.Ordinal);
            }
        }
    }

    private static readonly HashSet<string> _tags =
    [
        "a", "article", "bdi", "blockquote", "body", "br", "code", "del", "details", "div", "em", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "img",
        "li", "main", "ol", "p", "pre", "span", "strong", "summary", "table", "tbody", "td", "th", "thead", "time", "tr", "ul",
    ];

    private static readonly HashSet<string> _attributes =
    [
        "alt", "aria-label", "class", "data-language", "datetime", "dir", "height", "href", "rel", "role", "src", "start", "tabindex", "title", "width",
    ];

    [GeneratedRegex("""<(?:/(?<name>[a-z][a-z0-9]*)|(?<name>[a-z][a-z0-9]*)(?:\s+(?<attribute>[a-z-]+)="(?<value>[^"<>]*)")*\s*/?)>""")]
    private static partial Regex Tag();
}
