using Matchmaking.Matching.Listings;
using Matchmaking.Tests.Support;

namespace Matchmaking.Tests.Listings;

public sealed class AttachmentRulesTests
{
    [Fact]
    public void Real_documents_pass_with_their_own_type()
    {
        Assert.Equal(("application/pdf", null), Check("说明.pdf", Files.Pdf()));
        Assert.Equal(("image/png", null), Check("图.PNG", Files.Png()));
        Assert.Equal(("image/jpeg", null), Check("图.jpeg", [0xFF, 0xD8, 0xFF, 0xE0]));
        Assert.Equal(("application/vnd.openxmlformats-officedocument.wordprocessingml.document", null), Check("文.docx", Files.Docx()));
        Assert.Equal(("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", null), Check("表.xlsx", Files.Xlsx()));
    }

    [Fact]
    public void A_file_that_is_not_what_its_name_says_is_refused()
    {
        Assert.Equal("FileContent", Check("a.pdf", "MZ\u0090\0 program"u8.ToArray()).Problem);
        Assert.Equal("FileContent", Check("a.png", Files.Pdf()).Problem);
        Assert.Equal("FileContent", Check("a.docx", Files.Xlsx()).Problem);
        Assert.Equal("FileContent", Check("a.docx", "PK\u0003\u0004 broken"u8.ToArray()).Problem);
        Assert.Equal("FileKind", Check("a.exe", Files.Pdf()).Problem);
        Assert.Equal("FileKind", Check("a.docm", Files.Docx()).Problem);
        Assert.Equal("FileEmpty", Check("a.pdf", []).Problem);
    }

    [Fact]
    public void Macros_are_refused_whether_they_show_in_a_part_or_in_a_declared_type()
    {
        Assert.Equal("FileMacros", Check("a.docx", Files.Docx(extraPart: "word/vbaProject.bin")).Problem);
        Assert.Equal("FileMacros", Check("a.docx", Files.Docx(mainType: "application/vnd.ms-word.document.macroEnabled.main+xml")).Problem);
    }

    [Fact]
    public void A_package_that_unpacks_to_far_too_much_is_refused() =>
        Assert.Equal("FileBomb", Check("a.docx", Files.Package("word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", "word/big.xml", 600L << 20)).Problem);

    [Fact]
    public void Twenty_megabytes_are_the_most()
    {
        Assert.Null(Check("a.pdf", Files.Pdf((int)Attachment.MaxBytes)).Problem);
        Assert.Equal("FileTooLarge", Check("a.pdf", Files.Pdf((int)Attachment.MaxBytes + 1)).Problem);
    }

    [Theory]
    [InlineData(@"C:\Users\x\报告.pdf", "报告.pdf")]
    [InlineData("../../etc/报告.pdf", "报告.pdf")]
    [InlineData("a\u202Efdp.exe.pdf", "afdp.exe.pdf")]
    [InlineData("a\r\nb: \"c\".pdf", "a b_ _c_.pdf")]
    [InlineData(".pdf", "file.pdf")]
    public void Names_are_cleaned(string given, string expected) => Assert.Equal(expected, AttachmentRules.CleanName(given));

    [Fact]
    public void Half_a_character_is_left_out() => Assert.Equal("a.pdf", AttachmentRules.CleanName("\uD800a.pdf"));

    [Fact]
    public void Long_names_keep_their_extension()
    {
        var name = AttachmentRules.CleanName(new string('长', 300) + ".docx");
        Assert.EndsWith(".docx", name, StringComparison.Ordinal);
        Assert.InRange(name.Length, 50, AttachmentRules.MaxFileName);
    }

    private static (string, string? Problem) Check(string name, byte[] content)
    {
        using var stream = new MemoryStream(content);
        var check = AttachmentRules.Check(name, stream);
        return (check.Problem is null ? check.ContentType : "", check.Problem);
    }
}
