using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TahoChat.Api.Data.Migrations
{
    /// <summary>What the page of figures asks of replies that ended, beside their texts, which it would have to read past: 120 bytes a reply.
    /// Expressions cannot be part of the model, so a later migration that rebuilds the table has to make this index again; a test
    /// asks for it.</summary>
    public partial class FiguresIndex : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                CREATE INDEX "IX_messages_figures" ON "messages" (
                    owner_id, coalesce(model, ''), created_at, status, error_code,
                    receipt ->> 'PromptTokens', receipt ->> 'CompletionTokens', receipt ->> 'CachedTokens', receipt ->> 'ReasoningTokens',
                    CASE WHEN receipt ->> 'CostIsSimulated' THEN NULL ELSE receipt ->> 'Cost' END,
                    CASE WHEN receipt ->> 'CostIsSimulated' THEN receipt ->> 'Cost' END,
                    (receipt ->> 'CompletionTokens') / (receipt ->> 'CompletionTime'),
                    (receipt ->> 'TimeToFirstToken') - coalesce(receipt ->> 'WaitTime', 0),
                    coalesce(receipt ->> 'ElapsedTime', (julianday(completed_at) - julianday(created_at)) * 86400) - coalesce(receipt ->> 'WaitTime', 0))
                WHERE role = 'assistant' AND status IN ('complete', 'stopped', 'interrupted', 'failed')
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""DROP INDEX "IX_messages_figures" """);
        }
    }
}
