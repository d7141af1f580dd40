using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TahoChat.Api.Data.Migrations
{
    /// <summary>What keeps conversations in order, and what shares them.</summary>
    public partial class KeepAndMove : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "archived_at",
                table: "conversations",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "deleted_at",
                table: "conversations",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "pinned_at",
                table: "conversations",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "conversation_tags",
                columns: table => new
                {
                    conversation_id = table.Column<long>(type: "INTEGER", nullable: false),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_conversation_tags", x => new { x.conversation_id, x.key });
                    table.ForeignKey(
                        name: "FK_conversation_tags_conversations_conversation_id",
                        column: x => x.conversation_id,
                        principalTable: "conversations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "shares",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    owner_id = table.Column<string>(type: "TEXT", nullable: false),
                    conversation_id = table.Column<long>(type: "INTEGER", nullable: false),
                    head_id = table.Column<long>(type: "INTEGER", nullable: false),
                    title = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    token_hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_shares", x => x.id);
                    table.ForeignKey(
                        name: "FK_shares_conversations_conversation_id",
                        column: x => x.conversation_id,
                        principalTable: "conversations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_conversations_owner_id_archived_at",
                table: "conversations",
                columns: new[] { "owner_id", "archived_at" },
                filter: "archived_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_conversations_owner_id_deleted_at",
                table: "conversations",
                columns: new[] { "owner_id", "deleted_at" },
                filter: "deleted_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_conversations_owner_id_pinned_at",
                table: "conversations",
                columns: new[] { "owner_id", "pinned_at" },
                filter: "pinned_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_conversation_tags_key",
                table: "conversation_tags",
                column: "key");

            migrationBuilder.CreateIndex(
                name: "IX_shares_conversation_id",
                table: "shares",
                column: "conversation_id");

            migrationBuilder.CreateIndex(
                name: "IX_shares_token_hash",
                table: "shares",
                column: "token_hash",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "conversation_tags");

            migrationBuilder.DropTable(
                name: "shares");

            migrationBuilder.DropIndex(
                name: "IX_conversations_owner_id_archived_at",
                table: "conversations");

            migrationBuilder.DropIndex(
                name: "IX_conversations_owner_id_deleted_at",
                table: "conversations");

            migrationBuilder.DropIndex(
                name: "IX_conversations_owner_id_pinned_at",
                table: "conversations");

            migrationBuilder.DropColumn(
                name: "archived_at",
                table: "conversations");

            migrationBuilder.DropColumn(
                name: "deleted_at",
                table: "conversations");

            migrationBuilder.DropColumn(
                name: "pinned_at",
                table: "conversations");
        }
    }
}
