using System.IO.Compression;
using System.Text;
using Matchmaking.Matching.Importing.Sheets;
using Matchmaking.Tests.Support;

namespace Matchmaking.Tests.Importing;

/// <summary>What is not read at all, each with its own reason; every file is made here.</summary>
public sealed class RefusedFilesTests
{
    private static readonly object?[][] Table = [["需求名称", "联系人"], ["低温快充", "联系人甲（示例）"]];

    private static string? Refusal(string name, byte[] content)
    {
        try
        {
            SheetFile.Read(name, new MemoryStream(content));
            return null;
        }
        catch (FileRefusedException refused)
        {
            return refused.Code;
        }
    }

    [Fact]
    public void The_plain_table_that_the_others_are_made_of_is_read() => Assert.Null(Refusal("a.xlsx", Tables.Xlsx(Table)));

    [Theory]
    [InlineData("a.pdf")]
    [InlineData("a.ods")]
    [InlineData("a")]
    public void Other_kinds_of_files_are_refused(string name) => Assert.Equal("FileKind", Refusal(name, [1, 2, 3, 4]));

    [Fact]
    public void Empty_and_too_large_files_are_refused()
    {
        Assert.Equal("FileEmpty", Refusal("a.csv", []));
        Assert.Equal("FileTooLarge", Refusal("a.csv", new byte[FileGate.MaxBytes + 1]));
    }

    [Fact]
    public void A_formula_is_refused_with_its_cell()
    {
        var refused = Assert.Throws<FileRefusedException>(() => SheetFile.Read("a.xlsx", new MemoryStream(Tables.Xlsx([["需求名称", "意向投入"], ["甲", 12], ["乙", new Formula("B2*2", "24")]]))));
        Assert.Equal("Formulas", refused.Code);
        Assert.Equal("B3", refused.Arguments[0]);

        refused = Assert.Throws<FileRefusedException>(() => SheetFile.Read("a.csv", new MemoryStream("需求名称,意向投入\n甲,=1+1\n"u8.ToArray())));
        Assert.Equal(("Formulas", "B2"), (refused.Code, refused.Arguments[0]));
    }

    [Fact]
    public void Macros_are_refused_by_name_by_part_and_by_declaration()
    {
        var table = Tables.Xlsx(Table);
        Assert.Equal("FileMacros", Refusal("a.xlsm", table));
        Assert.Equal("FileMacros", Refusal("a.xlsx", Tables.WithPart(table, "xl/vbaProject.bin", "x")));
        var types = Tables.Part(table, "[Content_Types].xml").Replace("spreadsheetml.sheet.main", "excel.sheet.macroEnabled.main", StringComparison.Ordinal);
        Assert.Equal("FileMacros", Refusal("a.xlsx", Tables.WithPart(table, "[Content_Types].xml", types)));
    }

    [Fact]
    public void Links_to_other_files_and_data_are_refused_but_a_mail_address_is_not()
    {
        var table = Tables.Xlsx(Table);
        static string Link(string type, string target) => $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{type}" Target="{target}" TargetMode="External"/></Relationships>""";
        Assert.Equal("FileLinks", Refusal("a.xlsx", Tables.WithPart(table, "xl/externalLinks/externalLink1.xml", "<a/>")));
        Assert.Equal("FileLinks", Refusal("a.xlsx", Tables.WithPart(table, "xl/connections.xml", "<a/>")));
        Assert.Equal("FileLinks", Refusal("a.xlsx", Tables.WithPart(table, "xl/worksheets/_rels/sheet1.xml.rels", Link("externalLinkPath", "http://127.0.0.1/a.xlsx"))));
        Assert.Null(Refusal("a.xlsx", Tables.WithPart(table, "xl/worksheets/_rels/sheet1.xml.rels", Link("hyperlink", "mailto:not a valid@address"))));
        Assert.Equal("FileObjects", Refusal("a.xlsx", Tables.WithPart(table, "xl/embeddings/oleObject1.bin", "x")));
    }

    [Fact]
    public void Bombs_are_refused_by_size_by_number_of_parts_and_by_ratio()
    {
        Assert.Equal("FileBomb", Refusal("a.xlsx", Zeros(200, 1)));
        Assert.Equal("FileBomb", Refusal("a.xlsx", Zeros(8, 1)));
        Assert.Equal("FileBomb", Refusal("a.xlsx", Zeros(0, FileGate.MaxParts + 1)));
        static byte[] Zeros(int megabytes, int parts)
        {
            using var stream = new MemoryStream();
            stream.Write(Tables.Xlsx(Table));
            using (var zip = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
            {
                for (var i = 0; i < parts; i++)
                {
                    using var part = zip.CreateEntry($"xl/extra{i}.xml").Open();
                    for (var m = 0; m < megabytes; m++) part.Write(new byte[1 << 20]);
                }
            }
            return stream.ToArray();
        }
    }

    [Fact]
    public void A_part_that_unpacks_to_more_than_it_declares_is_not_read()
    {
        // The directory claims 100 bytes for the sheet; nothing unpacks more than is claimed, so the sheet ends in the middle.
        var table = Tables.Xlsx([Table[0], .. Enumerable.Range(0, 500).Select(i => new object?[] { $"需求{i}", "联系人甲（示例）" })]);
        Assert.Null(Refusal("a.xlsx", table));
        var name = Encoding.UTF8.GetBytes(Sheet(table));
        var at = table.AsSpan().LastIndexOf(name) - 46;
        Assert.True(table.AsSpan(at).StartsWith("PK\u0001\u0002"u8));
        BitConverter.TryWriteBytes(table.AsSpan(at + 24), 100u);
        Assert.Equal("FileBroken", Refusal("a.xlsx", table));
    }

    [Fact]
    public void Encrypted_and_old_files_are_told_apart()
    {
        byte[] start = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[600]];
        Assert.Equal("FileOldExcel", Refusal("a.xls", start));
        Assert.Equal("FileEncrypted", Refusal("a.xlsx", [.. start, .. Encoding.Unicode.GetBytes("EncryptedPackage")]));
    }

    [Theory]
    [InlineData("<html><body><table><tr><td>需求名称</td></tr></table></body></html>")]
    [InlineData("\uFEFF  \r\n<table><tr><td>1</td></tr></table>")]
    [InlineData("<?xml version=\"1.0\"?><Workbook/>")]
    public void A_web_page_that_calls_itself_a_table_is_refused(string content)
    {
        Assert.Equal("FileMarkup", Refusal("a.xlsx", Encoding.UTF8.GetBytes(content)));
        Assert.Equal("FileMarkup", Refusal("a.csv", Encoding.UTF8.GetBytes(content)));
    }

    [Fact]
    public void A_file_that_is_not_what_its_name_says_is_refused()
    {
        Assert.Equal("FileContent", Refusal("a.csv", Tables.Xlsx(Table)));
        Assert.Equal("FileContent", Refusal("a.xlsx", "需求名称,联系人"u8.ToArray()));
        Assert.Equal("FileContent", Refusal("a.csv", [1, 0, 2, 0, 3]));
        Assert.Equal("FileBroken", Refusal("a.xlsx", Tables.Xlsx(Table)[..^200]));
        Assert.Equal("FileBroken", Refusal("a.xlsx", Tables.WithPart(Tables.Xlsx(Table), "xl/workbook.xml", "<a><b>")));
    }

    [Fact]
    public void A_definition_in_the_markup_is_not_followed()
    {
        var table = Tables.Xlsx(Table);
        var bomb = "<!DOCTYPE a [<!ENTITY b \"bbbbbbbb\"><!ENTITY c \"&b;&b;&b;&b;\">]>" + Tables.Part(table, Sheet(table)).Split("?>").Last();
        Assert.Equal("FileBroken", Refusal("a.xlsx", Tables.WithPart(table, Sheet(table), bomb)));
    }

    /// <summary>The library names its only sheet as it likes.</summary>
    private static string Sheet(byte[] package)
    {
        using var zip = new ZipArchive(new MemoryStream(package));
        return zip.Entries.Single(e => e.FullName.StartsWith("xl/worksheets/sheet", StringComparison.Ordinal)).FullName;
    }

    [Fact]
    public void Too_many_rows_and_columns_are_refused()
    {
        var rows = string.Join('\n', Enumerable.Range(0, Grid.MaxRows + 2).Select(i => $"需求{i},a"));
        Assert.Equal("TooManyRows", Refusal("a.csv", Encoding.UTF8.GetBytes(rows)));
        Assert.Equal("TooManyColumns", Refusal("a.csv", Encoding.UTF8.GetBytes(string.Join(',', Enumerable.Range(0, Grid.MaxColumns + 1)))));
    }
}
