using Microsoft.Playwright;
using TahoChat.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace TahoChat.Tests.Import;

/// <summary>A person takes a conversation along, downloads everything, and brings what another program exported.</summary>
public sealed class TransferBrowserTests(ChromiumFixture fixture) : IClassFixture<ChromiumFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_conversation_is_exported_and_a_file_imported_and_seen()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var chat = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel);
        await chat.SendAsync("[emulator echo=\"The moon.\" reasoning=0] Why are there tides?");
        await chat.ReplyIsAsync("complete");
        // Nobody else gives it a title from now on.
        await api.CallAsync("PUT", $"/conversations/{await chat.ConversationAsync()}/title", Cancel, """{"title":"The moon"}""");
        await chat.Page.GetByTestId("title-menu").ClickAsync();
        await chat.ShootAsync("export-menu");
        var markdown = await chat.Page.RunAndWaitForDownloadAsync(() => chat.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Export as Markdown" }).ClickAsync());
        Assert.Equal("The moon.md", markdown.SuggestedFilename);
        Assert.Contains("\nThe moon.\n", await File.ReadAllTextAsync(await markdown.PathAsync(), Cancel), StringComparison.Ordinal);

        var settings = await ChatPage.OpenAsync(fixture.Chromium, api.Address, Cancel, path: "/settings/", beside: chat);
        var zip = await settings.Page.RunAndWaitForDownloadAsync(() => settings.Page.GetByTestId("download-all").ClickAsync());
        await Expect(settings.Page.GetByTestId("export-row")).ToContainTextAsync("All of it is in the file.");
        Assert.StartsWith("tahochat-", zip.SuggestedFilename, StringComparison.Ordinal);

        var row = settings.Page.GetByTestId("import-row");
        await settings.Page.GetByTestId("import-file").SetInputFilesAsync(new FilePayload { Name = "conversations.json", MimeType = "application/json", Buffer = ImportCalls.Fixture("chatgpt.json") });
        await Expect(row).ToContainTextAsync("2 new conversations from ChatGPT.");
        await settings.Page.GetByTestId("import-file").SetInputFilesAsync(await zip.PathAsync());
        await Expect(row).ToContainTextAsync("1 conversation was here already.");
        await settings.ShootAsync("import-result");
        await settings.Page.GetByTestId("import-file").SetInputFilesAsync(new FilePayload { Name = "broken.json", MimeType = "application/json", Buffer = "[{]"u8.ToArray() });
        await Expect(settings.Page.GetByTestId("import-failed")).ToContainTextAsync("broken.json was not imported. The file, conversation 1: it is no JSON at line 1, byte 3.");
        await settings.ShootAsync("import-failed");
        Assert.Empty(await Axe.FindAsync(settings.Page, []));
        await settings.Page.SetViewportSizeAsync(320, 700);
        await settings.AssertFitsAsync();

        // The other tab's list has it without a reload.
        await chat.Conversations.Filter(new() { HasText = "Tides and moons" }).Locator("a").First.ClickAsync();
        await Expect(chat.Text).ToContainTextAsync("It is the moon's gravity.");
        chat.AssertClean();
        settings.AssertClean("422");
    }
}
