using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Matchmaking.Matching.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class SharedWork : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "MatchClaim",
                table: "Listings",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "MatchClaimedUntil",
                table: "Listings",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "HeldUntil",
                table: "JobRuns",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "Holder",
                table: "JobRuns",
                type: "TEXT",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "MatchClaim",
                table: "Listings");

            migrationBuilder.DropColumn(
                name: "MatchClaimedUntil",
                table: "Listings");

            migrationBuilder.DropColumn(
                name: "HeldUntil",
                table: "JobRuns");

            migrationBuilder.DropColumn(
                name: "Holder",
                table: "JobRuns");
        }
    }
}
