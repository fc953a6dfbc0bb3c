using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Matchmaking.Matching.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class OneOpenLicence : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_OpenLicences_AchievementId",
                table: "OpenLicences");

            migrationBuilder.CreateIndex(
                name: "IX_OpenLicences_AchievementId",
                table: "OpenLicences",
                column: "AchievementId",
                unique: true,
                filter: "\"State\" = 'Posted'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_OpenLicences_AchievementId",
                table: "OpenLicences");

            migrationBuilder.CreateIndex(
                name: "IX_OpenLicences_AchievementId",
                table: "OpenLicences",
                column: "AchievementId");
        }
    }
}
