using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Matchmaking.Matching.Data.Migrations.Sqlite
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
                type: "TEXT",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "CorrectsId",
                table: "AnnualLists",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Edition",
                table: "AnnualLists",
                type: "INTEGER",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<string>(
                name: "InputsHash",
                table: "AnnualLists",
                type: "TEXT",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "InputsJson",
                table: "AnnualLists",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "InternalHash",
                table: "AnnualLists",
                type: "TEXT",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "InternalJson",
                table: "AnnualLists",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "OfficialNumber",
                table: "AnnualLists",
                type: "TEXT",
                maxLength: 80,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Signature",
                table: "AnnualLists",
                type: "TEXT",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "SigningKeyId",
                table: "AnnualLists",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "AnnualListSigns",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    ListId = table.Column<int>(type: "INTEGER", nullable: false),
                    Role = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    ById = table.Column<int>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
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
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    PublicPem = table.Column<string>(type: "TEXT", nullable: false),
                    ProtectedPrivate = table.Column<string>(type: "TEXT", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    ById = table.Column<int>(type: "INTEGER", nullable: true),
                    From = table.Column<long>(type: "INTEGER", nullable: false),
                    Until = table.Column<long>(type: "INTEGER", nullable: true)
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
