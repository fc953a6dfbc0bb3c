using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Matchmaking.Matching.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Foresight : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "ForesightReports",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Year = table.Column<int>(type: "integer", nullable: false),
                    Scope = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    Edition = table.Column<int>(type: "integer", nullable: false),
                    CorrectsId = table.Column<int>(type: "integer", nullable: true),
                    CorrectsHash = table.Column<string>(type: "text", nullable: true),
                    CorrectionReason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    State = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    FiguresJson = table.Column<string>(type: "text", nullable: false),
                    CountedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Sections = table.Column<string>(type: "text", nullable: false),
                    Signs = table.Column<string>(type: "text", nullable: false),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    OfficialNumber = table.Column<string>(type: "text", nullable: true),
                    FrozenJson = table.Column<string>(type: "text", nullable: true),
                    ContentHash = table.Column<string>(type: "text", nullable: true),
                    SigningKeyId = table.Column<int>(type: "integer", nullable: true),
                    Signature = table.Column<string>(type: "text", nullable: true),
                    PublishedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ForesightReports", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ForesightRevisions",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    ReportId = table.Column<int>(type: "integer", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    Sections = table.Column<string>(type: "text", nullable: false),
                    ById = table.Column<int>(type: "integer", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ForesightRevisions", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ForesightRevisions_ForesightReports_ReportId",
                        column: x => x.ReportId,
                        principalTable: "ForesightReports",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ForesightReports_Year_Scope_Edition",
                table: "ForesightReports",
                columns: new[] { "Year", "Scope", "Edition" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ForesightRevisions_ReportId_Number",
                table: "ForesightRevisions",
                columns: new[] { "ReportId", "Number" },
                unique: true);
            migrationBuilder.GuardPublishedReports();
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.UnguardPublishedReports();
            migrationBuilder.DropTable(
                name: "ForesightRevisions");

            migrationBuilder.DropTable(
                name: "ForesightReports");
        }
    }
}
