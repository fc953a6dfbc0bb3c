using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Matchmaking.Matching.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class ListEditions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_AnnualLists_Kind_Year",
                table: "AnnualLists");

            migrationBuilder.AddColumn<string>(
                name: "CorrectionReason",
                table: "AnnualLists",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "CorrectsId",
                table: "AnnualLists",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Edition",
                table: "AnnualLists",
                type: "integer",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<string>(
                name: "InputsHash",
                table: "AnnualLists",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "InputsJson",
                table: "AnnualLists",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "InternalHash",
                table: "AnnualLists",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "InternalJson",
                table: "AnnualLists",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "OfficialNumber",
                table: "AnnualLists",
                type: "character varying(80)",
                maxLength: 80,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Signature",
                table: "AnnualLists",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "SigningKeyId",
                table: "AnnualLists",
                type: "integer",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "AnnualListSigns",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    ListId = table.Column<int>(type: "integer", nullable: false),
                    Role = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    ById = table.Column<int>(type: "integer", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AnnualListSigns", x => x.Id);
                    table.ForeignKey(
                        name: "FK_AnnualListSigns_AnnualLists_ListId",
                        column: x => x.ListId,
                        principalTable: "AnnualLists",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ListSigningKeys",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    PublicPem = table.Column<string>(type: "text", nullable: false),
                    ProtectedPrivate = table.Column<string>(type: "text", nullable: false),
                    Reason = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    ById = table.Column<int>(type: "integer", nullable: true),
                    From = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ListSigningKeys", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_AnnualLists_Kind_Year_Edition",
                table: "AnnualLists",
                columns: new[] { "Kind", "Year", "Edition" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AnnualListSigns_ListId_Role",
                table: "AnnualListSigns",
                columns: new[] { "ListId", "Role" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ListSigningKeys_Until",
                table: "ListSigningKeys",
                column: "Until");

            migrationBuilder.GuardPublishedLists();
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.UnguardPublishedLists();

            migrationBuilder.DropTable(
                name: "AnnualListSigns");

            migrationBuilder.DropTable(
                name: "ListSigningKeys");

            migrationBuilder.DropIndex(
                name: "IX_AnnualLists_Kind_Year_Edition",
                table: "AnnualLists");

            migrationBuilder.DropColumn(
                name: "CorrectionReason",
                table: "AnnualLists");

            migrationBuilder.DropColumn(
                name: "CorrectsId",
                table: "AnnualLists");

            migrationBuilder.DropColumn(
                name: "Edition",
                table: "AnnualLists");

            migrationBuilder.DropColumn(
                name: "InputsHash",
                table: "AnnualLists");

            migrationBuilder.DropColumn(
                name: "InputsJson",
                table: "AnnualLists");

            migrationBuilder.DropColumn(
                name: "InternalHash",
                table: "AnnualLists");

            migrationBuilder.DropColumn(
                name: "InternalJson",
                table: "AnnualLists");

            migrationBuilder.DropColumn(
                name: "OfficialNumber",
                table: "AnnualLists");

            migrationBuilder.DropColumn(
                name: "Signature",
                table: "AnnualLists");

            migrationBuilder.DropColumn(
                name: "SigningKeyId",
                table: "AnnualLists");

            migrationBuilder.CreateIndex(
                name: "IX_AnnualLists_Kind_Year",
                table: "AnnualLists",
                columns: new[] { "Kind", "Year" },
                unique: true);
        }
    }
}
