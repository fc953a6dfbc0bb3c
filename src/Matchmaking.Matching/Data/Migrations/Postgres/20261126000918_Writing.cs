using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Matchmaking.Matching.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Writing : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterColumn<string>(
                name: "Inventors",
                table: "Listings",
                type: "character varying(400)",
                maxLength: 400,
                nullable: true,
                oldClrType: typeof(string),
                oldType: "character varying(100)",
                oldMaxLength: 100,
                oldNullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Attribute",
                table: "Listings",
                type: "character varying(30)",
                maxLength: 30,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Consents",
                table: "Listings",
                type: "text",
                nullable: true,
                defaultValueSql: "'[]'");

            migrationBuilder.AddColumn<string>(
                name: "Level",
                table: "Listings",
                type: "character varying(30)",
                maxLength: 30,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Openness",
                table: "Listings",
                type: "character varying(10)",
                maxLength: 10,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Payment",
                table: "Listings",
                type: "character varying(20)",
                maxLength: 20,
                nullable: true);

            migrationBuilder.AddColumn<decimal>(
                name: "Reward",
                table: "Listings",
                type: "numeric(20,4)",
                precision: 20,
                scale: 4,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Rights",
                table: "Listings",
                type: "text",
                nullable: true,
                defaultValueSql: "'[]'");

            migrationBuilder.AddColumn<string>(
                name: "Scale",
                table: "Listings",
                type: "character varying(20)",
                maxLength: 20,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "CoPosters",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    ListingId = table.Column<int>(type: "integer", nullable: false),
                    OrganizationId = table.Column<int>(type: "integer", nullable: false),
                    UserId = table.Column<int>(type: "integer", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CoPosters", x => x.Id);
                    table.ForeignKey(
                        name: "FK_CoPosters_Listings_ListingId",
                        column: x => x.ListingId,
                        principalTable: "Listings",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_CoPosters_Organizations_OrganizationId",
                        column: x => x.OrganizationId,
                        principalTable: "Organizations",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "DuplicateAnswers",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    ListingId = table.Column<int>(type: "integer", nullable: false),
                    OtherId = table.Column<int>(type: "integer", nullable: false),
                    Difference = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    ById = table.Column<int>(type: "integer", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DuplicateAnswers", x => x.Id);
                    table.ForeignKey(
                        name: "FK_DuplicateAnswers_Listings_ListingId",
                        column: x => x.ListingId,
                        principalTable: "Listings",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_DuplicateAnswers_Listings_OtherId",
                        column: x => x.OtherId,
                        principalTable: "Listings",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ListingMerges",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    ListingId = table.Column<int>(type: "integer", nullable: false),
                    IntoId = table.Column<int>(type: "integer", nullable: false),
                    ById = table.Column<int>(type: "integer", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ListingMerges", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ListingMerges_Listings_IntoId",
                        column: x => x.IntoId,
                        principalTable: "Listings",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ListingMerges_Listings_ListingId",
                        column: x => x.ListingId,
                        principalTable: "Listings",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_CoPosters_ListingId_OrganizationId",
                table: "CoPosters",
                columns: new[] { "ListingId", "OrganizationId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_CoPosters_OrganizationId",
                table: "CoPosters",
                column: "OrganizationId");

            migrationBuilder.CreateIndex(
                name: "IX_DuplicateAnswers_ListingId_OtherId",
                table: "DuplicateAnswers",
                columns: new[] { "ListingId", "OtherId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_DuplicateAnswers_OtherId",
                table: "DuplicateAnswers",
                column: "OtherId");

            migrationBuilder.CreateIndex(
                name: "IX_ListingMerges_IntoId",
                table: "ListingMerges",
                column: "IntoId");

            migrationBuilder.CreateIndex(
                name: "IX_ListingMerges_ListingId",
                table: "ListingMerges",
                column: "ListingId",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "CoPosters");

            migrationBuilder.DropTable(
                name: "DuplicateAnswers");

            migrationBuilder.DropTable(
                name: "ListingMerges");

            migrationBuilder.DropColumn(
                name: "Attribute",
                table: "Listings");

            migrationBuilder.DropColumn(
                name: "Consents",
                table: "Listings");

            migrationBuilder.DropColumn(
                name: "Level",
                table: "Listings");

            migrationBuilder.DropColumn(
                name: "Openness",
                table: "Listings");

            migrationBuilder.DropColumn(
                name: "Payment",
                table: "Listings");

            migrationBuilder.DropColumn(
                name: "Reward",
                table: "Listings");

            migrationBuilder.DropColumn(
                name: "Rights",
                table: "Listings");

            migrationBuilder.DropColumn(
                name: "Scale",
                table: "Listings");

            migrationBuilder.AlterColumn<string>(
                name: "Inventors",
                table: "Listings",
                type: "character varying(100)",
                maxLength: 100,
                nullable: true,
                oldClrType: typeof(string),
                oldType: "character varying(400)",
                oldMaxLength: 400,
                oldNullable: true);
        }
    }
}
