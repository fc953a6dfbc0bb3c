using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Matchmaking.Matching.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class OpenLicences : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "OpenLicences",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    AchievementId = table.Column<int>(type: "INTEGER", nullable: false),
                    OrganizationId = table.Column<int>(type: "INTEGER", nullable: false),
                    Patent = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    Fee = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    Amount = table.Column<long>(type: "INTEGER", nullable: false),
                    Years = table.Column<int>(type: "INTEGER", nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Until = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Conditions = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    AnnouncedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    ById = table.Column<int>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    WithdrawnAt = table.Column<long>(type: "INTEGER", nullable: true),
                    WithdrawnBecause = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OpenLicences", x => x.Id);
                    table.ForeignKey(
                        name: "FK_OpenLicences_Listings_AchievementId",
                        column: x => x.AchievementId,
                        principalTable: "Listings",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_OpenLicences_Organizations_OrganizationId",
                        column: x => x.OrganizationId,
                        principalTable: "Organizations",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "OpenLicenceAcceptances",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    LicenceId = table.Column<int>(type: "INTEGER", nullable: false),
                    OrganizationId = table.Column<int>(type: "INTEGER", nullable: false),
                    ContractId = table.Column<int>(type: "INTEGER", nullable: false),
                    ById = table.Column<int>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OpenLicenceAcceptances", x => x.Id);
                    table.ForeignKey(
                        name: "FK_OpenLicenceAcceptances_Contracts_ContractId",
                        column: x => x.ContractId,
                        principalTable: "Contracts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_OpenLicenceAcceptances_OpenLicences_LicenceId",
                        column: x => x.LicenceId,
                        principalTable: "OpenLicences",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_OpenLicenceAcceptances_Organizations_OrganizationId",
                        column: x => x.OrganizationId,
                        principalTable: "Organizations",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_OpenLicenceAcceptances_ContractId",
                table: "OpenLicenceAcceptances",
                column: "ContractId");

            migrationBuilder.CreateIndex(
                name: "IX_OpenLicenceAcceptances_LicenceId_OrganizationId",
                table: "OpenLicenceAcceptances",
                columns: new[] { "LicenceId", "OrganizationId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_OpenLicenceAcceptances_OrganizationId",
                table: "OpenLicenceAcceptances",
                column: "OrganizationId");

            migrationBuilder.CreateIndex(
                name: "IX_OpenLicences_AchievementId",
                table: "OpenLicences",
                column: "AchievementId");

            migrationBuilder.CreateIndex(
                name: "IX_OpenLicences_OrganizationId",
                table: "OpenLicences",
                column: "OrganizationId");

            migrationBuilder.CreateIndex(
                name: "IX_OpenLicences_State_Until",
                table: "OpenLicences",
                columns: new[] { "State", "Until" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "OpenLicenceAcceptances");

            migrationBuilder.DropTable(
                name: "OpenLicences");
        }
    }
}
