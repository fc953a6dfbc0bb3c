using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Matchmaking.Matching.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class PageIndices : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Grades_MatchId",
                table: "Grades");

            migrationBuilder.CreateIndex(
                name: "IX_Matches_GradedAt",
                table: "Matches",
                column: "GradedAt");

            migrationBuilder.CreateIndex(
                name: "IX_Matches_OfNeed",
                table: "Matches",
                columns: new[] { "NeedId", "CurrentGrade", "Probability", "AchievementId" });

            migrationBuilder.CreateIndex(
                name: "IX_Matches_Queue",
                table: "Matches",
                columns: new[] { "CurrentGrade", "Probability", "Rank", "ReverseRank", "NeedId", "AchievementId" });

            migrationBuilder.CreateIndex(
                name: "IX_Listings_Counted",
                table: "Listings",
                columns: new[] { "State", "Side", "Source", "PublishedAt", "ConfirmedAt", "ValidUntil", "BrokerId", "MatchedVersion", "SearchVersion" });

            migrationBuilder.CreateIndex(
                name: "IX_Listings_Funnel",
                table: "Listings",
                columns: new[] { "SubmittedAt", "Side", "PublishedAt", "Field", "Region", "BrokerId" });

            migrationBuilder.CreateIndex(
                name: "IX_Listings_OfBroker",
                table: "Listings",
                columns: new[] { "BrokerId", "State", "Side" });

            migrationBuilder.CreateIndex(
                name: "IX_Grades_OfGrader",
                table: "Grades",
                columns: new[] { "GraderId", "UndoneAt", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_Grades_OfMatch",
                table: "Grades",
                columns: new[] { "MatchId", "GraderId", "UndoneAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Matches_GradedAt",
                table: "Matches");

            migrationBuilder.DropIndex(
                name: "IX_Matches_OfNeed",
                table: "Matches");

            migrationBuilder.DropIndex(
                name: "IX_Matches_Queue",
                table: "Matches");

            migrationBuilder.DropIndex(
                name: "IX_Listings_Counted",
                table: "Listings");

            migrationBuilder.DropIndex(
                name: "IX_Listings_Funnel",
                table: "Listings");

            migrationBuilder.DropIndex(
                name: "IX_Listings_OfBroker",
                table: "Listings");

            migrationBuilder.DropIndex(
                name: "IX_Grades_OfGrader",
                table: "Grades");

            migrationBuilder.DropIndex(
                name: "IX_Grades_OfMatch",
                table: "Grades");

            migrationBuilder.CreateIndex(
                name: "IX_Grades_MatchId",
                table: "Grades",
                column: "MatchId");
        }
    }
}
