using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TahoChat.Api.Data.Migrations
{
    /// <summary>The index of the search, empty: what leads changes into it is made at every start, and with it what is there is indexed.</summary>
    public partial class SearchIndex : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Words come folded and with spaces between them: the tokenizer only has to cut there. Beginnings of words of two to four
            // letters have lists of their own; of longer ones there are few.
            migrationBuilder.Sql(
                """
                CREATE VIRTUAL TABLE search_index USING fts5(
                    text, content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '2 3 4')
                """);
            migrationBuilder.Sql("CREATE TABLE search_queue (item INTEGER PRIMARY KEY, change INTEGER NOT NULL)");
            migrationBuilder.Sql("CREATE TABLE search_state (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            foreach (var trigger in (string[])["message_added", "message_changed", "message_deleted", "title_added", "title_changed", "title_deleted"])
                migrationBuilder.Sql($"DROP TRIGGER IF EXISTS search_{trigger}");
            foreach (var table in (string[])["index", "queue", "state"]) migrationBuilder.Sql($"DROP TABLE search_{table}");
        }
    }
}
