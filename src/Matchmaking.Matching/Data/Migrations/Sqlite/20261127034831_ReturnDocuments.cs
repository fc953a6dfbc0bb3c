using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Matchmaking.Matching.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ReturnDocuments : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Documents",
                table: "DepartmentReturns",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // The table is built anew without the column, and loses its triggers.
            migrationBuilder.UnguardReturns();
            migrationBuilder.DropColumn(
                name: "Documents",
                table: "DepartmentReturns");
            migrationBuilder.GuardReturns();
        }
    }
}
