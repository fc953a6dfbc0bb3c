using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Matchmaking.Matching.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class CountedLines : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Digest",
                table: "IndicatorCounts",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Lines",
                table: "IndicatorCounts",
                type: "integer",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "IndicatorLines",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Code = table.Column<string>(type: "character varying(8)", maxLength: 8, nullable: false),
                    RowId = table.Column<int>(type: "integer", nullable: false),
                    Number = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Title = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Day = table.Column<DateOnly>(type: "date", nullable: true),
                    Weight = table.Column<decimal>(type: "numeric(20,4)", precision: 20, scale: 4, nullable: false),
                    Of = table.Column<decimal>(type: "numeric(20,4)", precision: 20, scale: 4, nullable: true),
                    IsPublic = table.Column<bool>(type: "boolean", nullable: false),
                    AlsoIn = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    FromDay = table.Column<DateOnly>(type: "date", nullable: false),
                    GoneOn = table.Column<DateOnly>(type: "date", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_IndicatorLines", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_IndicatorLines_Code_FromDay",
                table: "IndicatorLines",
                columns: new[] { "Code", "FromDay" });

            migrationBuilder.CreateIndex(
                name: "IX_IndicatorLines_Code_GoneOn",
                table: "IndicatorLines",
                columns: new[] { "Code", "GoneOn" });
            migrationBuilder.GuardCountedLines();
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.UnguardCountedLines();
            migrationBuilder.UnguardPlanFigures();
            migrationBuilder.DropTable(
                name: "IndicatorLines");

            migrationBuilder.DropColumn(
                name: "Digest",
                table: "IndicatorCounts");

            migrationBuilder.DropColumn(
                name: "Lines",
                table: "IndicatorCounts");
            migrationBuilder.GuardPlanFigures();
        }
    }
}
