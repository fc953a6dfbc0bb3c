using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Matchmaking.Matching.Data.Migrations.Sqlite
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
                type: "TEXT",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Lines",
                table: "IndicatorCounts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "IndicatorLines",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Code = table.Column<string>(type: "TEXT", maxLength: 8, nullable: false),
                    RowId = table.Column<int>(type: "INTEGER", nullable: false),
                    Number = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Title = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Weight = table.Column<long>(type: "INTEGER", nullable: false),
                    Of = table.Column<long>(type: "INTEGER", nullable: true),
                    IsPublic = table.Column<bool>(type: "INTEGER", nullable: false),
                    AlsoIn = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    FromDay = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    GoneOn = table.Column<DateOnly>(type: "TEXT", nullable: true)
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
