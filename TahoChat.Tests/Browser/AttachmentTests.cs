using Microsoft.Playwright;
using TahoChat.Tests.Attachments;
using static Microsoft.Playwright.Assertions;

namespace TahoChat.Tests.Browser;

/// <summary>Pictures and text files, as a person attaches them.</summary>
public sealed class AttachmentTests(ChromiumFixture fixture) : IClassFixture<ChromiumFixture>
{
    private const string Prompt = "[emulator echo=\"Seen\" first=0 reasoning=0] ";

    private static readonly Dictionary<string, string?> _seeing = new() { ["GROQ_MODEL"] = "qwen/qwen3.8-27b" };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Files_are_attached_by_button_paste_and_drop_and_go_with_the_message()
    {
        await using var api = await TestApi.StartAsync(Cancel, _seeing);
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel);
        await ChooseAsync(chat, "photo.png", SampleFiles.Png(3000, 2000));
        await Expect(Ready(chat)).ToHaveCountAsync(1);
        await BringAsync(chat, "paste", "screenshot.png", "image/png", SampleFiles.Png(40, 30, 10));
        await Expect(Ready(chat)).ToHaveCountAsync(2);
        await BringAsync(chat, "dragenter", "notes.md", "text/markdown", SampleFiles.Text("# Tides"));
        await Expect(chat.Page.GetByTestId("drop-zone")).ToBeVisibleAsync();
        await chat.ShootAsync("files-drop");
        await BringAsync(chat, "drop", "notes.md", "text/markdown", SampleFiles.Text("# Tides\n\nTwice a day."));
        await Expect(chat.Page.GetByTestId("drop-zone")).ToHaveCountAsync(0);
        await Expect(Ready(chat)).ToHaveCountAsync(3);
        await chat.ShootAsync("files-composer");

        await chat.SendAsync(Prompt + "What is this?");
        await chat.ReplyIsAsync("complete");
        await Expect(chat.Page.GetByTestId("file-chip")).ToHaveCountAsync(0);
        await Expect(chat.Page.GetByTestId("thumbnail")).ToHaveCountAsync(2);
        var sent = (await api.ConversationAsync(await chat.ConversationAsync(), Cancel)).Messages()[0]["attachments"]!.AsArray();
        Assert.Equal(["photo.png", "screenshot.png", "notes.md"], sent.Select(file => file!.AsObject().Text("name")!));
        Assert.Equal((2048, 1365), (sent[0]!.AsObject().Number("width"), sent[0]!.AsObject().Number("height")));
        // The record keeps the first 16 KiB of a body.
        var given = api.Replies("What is this?")[^1].Body;
        Assert.Contains("File \\\"notes.md\\\":\\n```\\n# Tides", given, StringComparison.Ordinal);
        Assert.Contains("data:image/png;base64,", given, StringComparison.Ordinal);
        await chat.ShootAsync("files-message");

        await chat.Page.ReloadAsync();
        await Expect(chat.Page.GetByTestId("thumbnail")).ToHaveCountAsync(2);
        await chat.Page.GetByTestId("thumbnail").First.PressAsync("Enter");
        await Expect(chat.Page.GetByTestId("file-dialog").GetByRole(AriaRole.Img)).ToBeVisibleAsync();
        await chat.ShootAsync("files-picture");
        await chat.Page.Keyboard.PressAsync("Escape");
        await Expect(chat.Page.GetByTestId("file-dialog")).ToHaveCountAsync(0);
        await chat.Page.GetByTestId("file-button").ClickAsync();
        await Expect(chat.Page.GetByTestId("text-preview")).ToContainTextAsync("Twice a day.");
        chat.AssertClean();
    }

    [Fact]
    public async Task A_draft_keeps_its_files_across_a_reload_and_may_be_files_alone()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel);
        await ChooseAsync(chat, "letter.txt", SampleFiles.Text("[emulator echo=\"Read\" first=0 reasoning=0]"));
        await Expect(Ready(chat)).ToHaveCountAsync(1);
        await ApiCalls.UntilAsync(chat.StoredDraftAsync, stored => stored.Contains("letter.txt", StringComparison.Ordinal), Cancel);

        await chat.Page.ReloadAsync();
        await Expect(Ready(chat)).ToContainTextAsync("letter.txt");
        await chat.Page.GetByTestId("send").ClickAsync();
        await chat.ReplyIsAsync("complete");
        await Expect(chat.Page.GetByTestId("file-button")).ToContainTextAsync("letter.txt");
        await Expect(chat.Page.GetByTestId("file-chip")).ToHaveCountAsync(0);
        chat.AssertClean();
    }

    [Fact]
    public async Task A_message_waits_for_its_files_and_one_that_failed_is_tried_again()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel);
        var arrived = new TaskCompletionSource<IRoute>(TaskCreationOptions.RunContinuationsAsynchronously);
        await chat.Page.RouteAsync("**/attachments", route =>
        {
            arrived.TrySetResult(route);
            return Task.CompletedTask;
        });
        await chat.Composer.FillAsync(Prompt + "Sum it up");
        await ChooseAsync(chat, "notes.md", SampleFiles.Text("# Tides"));
        var held = await arrived.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancel);

        await Expect(chat.Page.GetByRole(AriaRole.Progressbar)).ToBeVisibleAsync();
        await Expect(chat.Page.GetByTestId("send")).ToBeDisabledAsync();
        await Expect(chat.Page.Locator("#composer-hint")).ToContainTextAsync("still on their way");
        await chat.Composer.PressAsync("Enter");
        await Expect(chat.Pending).ToHaveCountAsync(0);
        await held.AbortAsync();
        var failed = chat.Page.Locator("[data-testid=file-chip][data-state=failed]");
        await Expect(failed).ToContainTextAsync("cannot be reached");
        await chat.ShootAsync("files-failed");
        await chat.Page.UnrouteAsync("**/attachments");
        await chat.Page.GetByRole(AriaRole.Button, new() { Name = "Try notes.md again" }).ClickAsync();
        await Expect(Ready(chat)).ToHaveCountAsync(1);
        await chat.Composer.PressAsync("Enter");
        await chat.ReplyIsAsync("complete");
        chat.AssertClean("net::ERR_FAILED");
    }

    [Fact]
    public async Task A_file_of_another_kind_says_what_can_be_attached_and_can_be_taken_away()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var chat = await ChatPage.OpenAsync(
            fixture.Chromium, api.Address, Cancel, new() { ViewportSize = new() { Width = 320, Height = 640 }, ColorScheme = ColorScheme.Dark });
        await ChooseAsync(chat, "archive.zip", [.. "PK"u8, 3, 4, 0, 0]);
        await ChooseAsync(chat, "a-rather-long-name-of-a-file-that-does-not-fit-anywhere.md", SampleFiles.Text("# Tides"));

        var failed = chat.Page.Locator("[data-testid=file-chip][data-state=failed]");
        await Expect(failed).ToContainTextAsync("Only pictures");
        await Expect(Ready(chat)).ToHaveCountAsync(1);
        await chat.AssertFitsAsync();
        await chat.ShootAsync("files-narrow");
        await chat.Page.GetByRole(AriaRole.Button, new() { Name = "Remove archive.zip" }).PressAsync("Enter");
        await Expect(failed).ToHaveCountAsync(0);
        await Expect(chat.Page.GetByTestId("send")).ToBeEnabledAsync();
        chat.AssertClean("415");
    }

    [Fact]
    public async Task Pictures_for_a_model_that_cannot_see_offer_one_that_can()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel);
        await chat.Composer.FillAsync(Prompt + "Look");
        await ChooseAsync(chat, "chart.png", SampleFiles.Png(40, 30));
        await Expect(Ready(chat)).ToHaveCountAsync(1);
        var hint = chat.Page.GetByTestId("seeing-hint");
        await Expect(hint).ToContainTextAsync("cannot see pictures");
        await chat.ShootAsync("files-hint");

        // Sent all the same, it is refused in words that name the model, and comes back to be sent to that.
        await chat.Composer.PressAsync("Enter");
        await Expect(chat.Pending).ToContainTextAsync("qwen/qwen3.8-27b can");
        await chat.ShootAsync("files-refused");
        await chat.Page.GetByTestId("edit-pending").ClickAsync();
        await Expect(Ready(chat)).ToHaveCountAsync(1);
        await hint.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(hint).ToHaveCountAsync(0);
        await chat.Composer.PressAsync("Enter");
        await chat.ReplyIsAsync("complete");
        Assert.Equal("qwen/qwen3.8-27b", Assert.Single(api.Replies("Look")).Model);
        chat.AssertClean();
    }

    private static ILocator Ready(ChatPage chat) => chat.Page.Locator("[data-testid=file-chip][data-state=ready]");

    private static Task ChooseAsync(ChatPage chat, string name, byte[] bytes) =>
        chat.Page.GetByTestId("file-input").SetInputFilesAsync(new FilePayload { Name = name, MimeType = name.EndsWith(".png", StringComparison.Ordinal) ? "image/png" : "", Buffer = bytes });

    /// <summary>What the browser tells the page when files are pasted, dragged or dropped.</summary>
    private static async Task BringAsync(ChatPage chat, string type, string name, string mediaType, byte[] bytes) => await chat.Composer.EvaluateAsync(
        """
        (element, { type, name, mediaType, base64 }) => {
          const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
          const data = new DataTransfer();
          data.items.add(new File([bytes], name, { type: mediaType }));
          const options = { bubbles: true, cancelable: true };
          element.dispatchEvent(type === "paste"
            ? new ClipboardEvent(type, { ...options, clipboardData: data })
            : new DragEvent(type, { ...options, dataTransfer: data }));
        }
        """,
        new { type, name, mediaType, base64 = Convert.ToBase64String(bytes) });
}
