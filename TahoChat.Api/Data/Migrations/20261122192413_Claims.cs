using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TahoChat.Api.Data.Migrations
{
    /// <inheritdoc />
    public partial class Claims : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "claims",
                columns: table => new
                {
                    owner_id = table.Column<string>(type: "TEXT", nullable: false),
                    client_message_id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    body_hash = table.Column<string>(type: "TEXT", nullable: false),
                    conversation_id = table.Column<long>(type: "INTEGER", nullable: false),
                    reply_id = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_claims", x => new { x.owner_id, x.client_message_id });
                });

            migrationBuilder.Sql(
                """
                INSERT INTO claims (owner_id, client_message_id, body_hash, conversation_id, reply_id)
                SELECT message.owner_id, message.client_message_id, message.client_body_hash, message.conversation_id, min(reply.id)
                FROM messages message JOIN messages reply ON reply.parent_id = message.id
                WHERE message.client_message_id IS NOT NULL AND message.client_body_hash IS NOT NULL
                GROUP BY message.id
                """);

            migrationBuilder.DropIndex(
                name: "IX_messages_owner_id_client_message_id",
                table: "messages");

            // EF would drop the column by rebuilding the table, outside of a transaction; SQLite can do it inside one.
            migrationBuilder.Sql("ALTER TABLE messages DROP COLUMN client_body_hash");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "claims");

            migrationBuilder.AddColumn<string>(
                name: "client_body_hash",
                table: "messages",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_messages_owner_id_client_message_id",
                table: "messages",
                columns: new[] { "owner_id", "client_message_id" },
                unique: true);
        }
    }
}
