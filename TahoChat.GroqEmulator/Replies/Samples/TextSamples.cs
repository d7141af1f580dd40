namespace TahoChat.GroqEmulator.Replies.Samples;

/// <summary>Headings, tables, lists, quotations and verse, with the prompt's topic in them.</summary>
internal static class TextSamples
{
    public const string Quotation =
        """
        > “Simplicity is prerequisite for reliability.”
        >
        > — Edsger W. Dijkstra, *How do we tell truths that might hurt?*, 1975
        >
        > > A quotation may hold another one, and `code` too.
        """;

    public static string Headings(Prompt prompt) =>
        $"""
        ## About {Topic(prompt)}

        A heading of the second level begins a section. Text under it may be **bold**, *italic*, ~~struck out~~ or `code`.

        ### What comes first

        The third level divides a section. A [link](https://console.groq.com/docs) shows where it leads.

        #### A detail

        The fourth level is rarely needed.

        ---
        """;

    public static string Table(Prompt prompt) =>
        $"""
        | Way to look at {Topic(prompt)} | Effort | Share | Worth it |
        | :--- | :---: | ---: | :---: |
        | A quick glance | low | 12.5 % | ✅ |
        | A careful read | medium | 37.5 % | ✅ |
        | A study of *everything* | high | 50.0 % | 🤔 |
        | **All together** | – | **100.0 %** | |
        """;

    public static string Lists(Prompt prompt) =>
        $"""
        1. Begin with what is known about {Topic(prompt)}
           - the facts
           - the open questions
             - those that matter
             - those that can wait
        2. Then choose one question
        3. Answer it, and go back to step 2

        - [x] Write the message
        - [x] Send it
        - [ ] Read the reply
          - [ ] down to the last line
        """;

    public static string Poem(Prompt prompt) =>
        $"""
        *For {Topic(prompt)}*

        The lake is quiet, deep and wide,\
        the words arrive upon its tide;\
        no model thought of them before,\
        they wash like pebbles to the shore.

        And if you wish for something new,\
        a key will bring the real ones too.\
        Till then the emulator's rhyme\
        will keep you company in time. 🌲
        """;

    /// <summary>The topic where a pipe or a line end would break the markdown.</summary>
    private static string Topic(Prompt prompt) => Prompt.Quote(prompt.Topic);
}
