using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TahoChat.Tests.Browser;

/// <summary>What a person does with messages that are there: versions, the queue, the list of conversations.</summary>
internal static class ChatTree
{
    public static ILocator UserMessages(this ChatPage chat) => chat.Page.Locator("[data-testid=message][data-role=user]");

    public static ILocator Editor(this ChatPage chat) => chat.Page.GetByTestId("editor");

    public static ILocator Waiting(this ChatPage chat) => chat.Page.GetByTestId("queue-item");

    public static ILocator Queue(this ChatPage chat) => chat.Page.GetByTestId("queue");

    /// <summary>Opens the editor in the place of the user's message with that index.</summary>
    public static async Task BeginEditAsync(this ChatPage chat, int index)
    {
        var message = chat.UserMessages().Nth(index);
        await message.HoverAsync();
        await message.GetByRole(AriaRole.Button, new() { Name = "Edit message" }).ClickAsync();
        await Expect(chat.Editor().GetByRole(AriaRole.Textbox)).ToBeFocusedAsync();
    }

    /// <summary>Goes a version on or back, and waits until it says which one it is, such as <c>2 / 3</c>.</summary>
    public static async Task SwitchAsync(this ILocator message, string button, string position)
    {
        await message.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
        await Expect(message.GetByTestId("siblings")).ToContainTextAsync(position);
    }

    /// <summary>The marks of conversations in which a reply grows.</summary>
    public static ILocator GrowingMarks(this ChatPage chat) => chat.Conversations.GetByTestId("growing");

    public static async Task ShowConversationAsync(this ChatPage chat, long id)
    {
        await chat.Page.Locator($"[data-conversation-id='{id}']").GetByRole(AriaRole.Link).ClickAsync();
        await chat.Page.WaitForURLAsync(url => url.EndsWith($"c={id}", StringComparison.Ordinal));
    }

    /// <summary>The messages that the conversation in the address shows, as the server has them.</summary>
    public static async Task<List<JsonObject>> ShownAsync(this ChatPage chat, HttpClient http, CancellationToken cancellationToken)
    {
        var conversation = await http.GetFromJsonAsync<JsonObject>($"/conversations/{await chat.ConversationAsync()}", cancellationToken);
        return [.. conversation!["messages"]!.AsArray().Select(message => message!.AsObject())];
    }
}
