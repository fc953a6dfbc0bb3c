using CsCheck;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using Matchmaking.Matching.Importing;
using Matchmaking.Matching.Importing.Sheets;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Search;
using Matchmaking.Matching.Text;
using MiniExcelLibs;

namespace Matchmaking.Tests.Importing;

/// <summary>What is exported is read back as the same, whatever stands in it; other libraries find the files sound.</summary>
public sealed class ListingSheetTests
{
    private static Gen<T> Pick<T>(params T[] items) => Gen.Int[0, items.Length - 1].Select(i => items[i]);

    private static readonly DateOnly Today = new(2026, 11, 24);

    // Everything that could be taken for a formula, a separator, an escape, or nothing.
    private static readonly Gen<string> Piece = Gen.OneOf(
        Pick("=1+1", "+86", "-5", "@cmd", "'", "'=", "'quoted'", "\"", ",", ";", "；", "、", "\t", "\n", "_x0041_", "<b>&amp;", "ＡＢ", "５", "无", "/", "否", "长期", "2026-03-01", "𠮷", "👍", "强度≥5GPa", "注：", "合计", " "),
        Gen.String[Gen.Char['一', '龥'], 1, 12], Gen.String[Gen.Char['!', '~'], 1, 12]);

    private static Gen<string> Text(int most) => Piece.Array[0, 6].Select(parts => Cut(ListingRules.Clean(string.Concat(parts)), most));

    private static Gen<string> Line(int most) => Piece.Array[0, 5].Select(parts => Cut(ListingRules.CleanLine(string.Concat(parts)), most));

    // Every second character of a pair is dropped with its first.
    private static string Cut(string text, int most) => text.Length <= most ? text : ListingRules.Clean(text[..most]);

    private static readonly Gen<string> Title = Line(40).Select(Gen.Char['一', '龥'], (line, first) => first + line);

    private static readonly Gen<Quantity> Figure = Gen.Select(
        Line(12).Select(Gen.Char['一', '龥'], (line, first) => first + line), Pick(Comparison.Ge, Comparison.Le, Comparison.Gt, Comparison.Lt, Comparison.Eq, Comparison.Approx, Comparison.Range),
        Gen.Int[-100_000, 100_000], Gen.Int[0, 6], Gen.OneOf(Pick("GPa", "%", "", "℃", "次/min", "万次"), Line(8)))
        .Select((name, comparison, number, scale, unit) => (number / (decimal)Math.Pow(10, scale)) is var value ? new Quantity(name, comparison, value, comparison == Comparison.Range ? value + 3 : null, unit) : null!);

    private static Gen<IReadOnlyList<T>> Some<T>() where T : struct, Enum => Pick(Enum.GetValues<T>()).Array[0, 3].Select(IReadOnlyList<T> (list) => [.. list.Distinct()]);

    private static readonly Gen<IReadOnlyList<string>> Keywords = Line(8).Array[0, 4].Select(IReadOnlyList<string> (list) => CellValues.Parts(string.Join('；', list)));

    private static Gen<T?> Maybe<T>(Gen<T> gen) where T : struct => Gen.Bool.SelectMany(there => there ? gen.Select(v => (T?)v) : Gen.Const((T?)null));

    private static readonly Gen<NeedContent> Shared = Gen.Select(Title, Text(150), Text(400), Keywords, Figure.Array[0, 4], Some<CooperationMode>())
        .Select((title, summary, description, keywords, figures, modes) => new NeedContent { Title = title, Summary = summary, Description = description, Keywords = keywords, Quantities = figures, Cooperation = modes })
        .Select(Gen.Select(Maybe(Pick(Enum.GetValues<TechnologyField>())), Pick([.. CodeLists.Industries]), Pick([.. CodeLists.Regions]), Maybe(Gen.Int[0, 400_000_000].Select(n => n / 10_000m)), Gen.Select(Pick(Enum.GetValues<Disclosure>()), Maybe(Pick(Enum.GetValues<PaymentMode>()))), Maybe(Gen.Int[0, 700].Select(d => Today.AddDays(d)))),
            (content, more) => content with { Field = more.Item1, Industry = more.Item2, Region = more.Item3, Money = more.Item4, Disclosure = more.Item5.Item1, Payment = more.Item5.Item2, ValidUntil = more.Item6 });

    private static readonly Gen<NeedContent> Needs = Shared.Select(
        Gen.Select(Maybe(Pick(Enum.GetValues<NeedKind>())), Maybe(Pick(Enum.GetValues<Horizon>())), Text(200), Maybe(Gen.Int[0, 900].Select(d => Today.AddDays(d))), Maybe(Gen.Int[1, 9])),
        (content, more) => content with { Kind = more.Item1, Horizon = more.Item2, WorkDone = more.Item3, Deadline = more.Item4, MinimumTrl = more.Item5 })
        .Select(Gen.Select(Maybe(Pick(Enum.GetValues<Openness>())), Some<NeedConsent>(), Maybe(Gen.Int[0, 400_000].Select(n => n / 10_000m))),
            (content, more) => content with { Openness = more.Item1, Consents = more.Item2, Reward = more.Item3 });

    private static readonly Gen<IReadOnlyList<string>> Numbers = Pick("ZL201310699744.2", "CN202410123456.0", "2023SR0123456", "CNA20191234.5", "BS.225012345").Array[0, 4].Select(IReadOnlyList<string> (list) => [.. list.Distinct()]);

    private static readonly Gen<string> People = Gen.Bool.SelectMany(orcid => orcid ? Gen.Const("完成人甲（示例） 0000-0002-1825-0097、完成人乙（示例）") : Line(60));

    private static readonly Gen<AchievementContent> Achievements = Shared.Select(
        Gen.Select(Maybe(Gen.Int[1, 9]), Maybe(Pick(Enum.GetValues<AchievementStage>())), Maybe(Pick(Enum.GetValues<IpKind>())), Some<AchievementFlag>(), Text(100), People),
        (c, more) => new AchievementContent
        {
            Title = c.Title, Summary = c.Summary, Description = c.Description, Keywords = c.Keywords, Field = c.Field, Industry = c.Industry, Region = c.Region, Quantities = c.Quantities, Cooperation = c.Cooperation,
            Money = c.Money, Disclosure = c.Disclosure, Payment = c.Payment, ValidUntil = c.ValidUntil, Trl = more.Item1, Stage = more.Item2, Ip = more.Item3, Flags = more.Item4, Evaluation = more.Item5, Inventors = more.Item6,
        })
        .Select(Gen.Select(Numbers, Maybe(Pick(Enum.GetValues<EvaluationLevel>())), Maybe(Pick(Enum.GetValues<AchievementAttribute>())), Maybe(Pick(Enum.GetValues<TrlScale>()))),
            (content, more) => content with { Rights = more.Item1, Level = more.Item2, Attribute = more.Item3, Scale = more.Item4 });

    private static readonly Gen<Contact> Contacts = Gen.Select(Line(20), Line(20), Line(20)).Select((name, phone, mail) => new Contact(name, phone, mail));

    private static readonly Gen<string?> Number = Gen.Bool.SelectMany(there => there ? Pick("007", "2026-18", "=1", "Ａ-9").Select(n => (string?)n) : Gen.Const((string?)null));

    [Theory]
    [InlineData(ListingKind.Need, "zh-CN")]
    [InlineData(ListingKind.Need, "en")]
    [InlineData(ListingKind.Achievement, "zh-CN")]
    [InlineData(ListingKind.Achievement, "en")]
    public void Export_import_export_is_equal(ListingKind kind, string language)
    {
        var words = ImportWords.Of(language);
        var contents = kind == ListingKind.Need ? Needs.Select(ListingContent (n) => n) : Achievements.Select(ListingContent (a) => a);
        var listings = Gen.Select(contents, Contacts, Number).Select((content, contact, number) => new ExportedListing(content, contact, "91220100MA0TQ001X2", "示例甲公司", number, null, ListingState.Draft)).Array[1, 5];
        listings.Sample(exported =>
        {
            foreach (var (name, write) in new (string, Func<IReadOnlyList<ExportedListing>, ListingKind, ImportWords, byte[]>)[] { ("a.xlsx", ListingSheet.Xlsx), ("a.csv", ListingSheet.Csv) })
            {
                var file = write(exported, kind, words);
                var back = Back(name, file, kind);
                Assert.Equal(exported.Length, back.Count);
                for (var i = 0; i < back.Count; i++) Same(exported[i], back[i]);
                Assert.Equal(file, write(back, kind, words));
            }
        }, iter: 150);
    }

    private static List<ExportedListing> Back(string name, byte[] file, ListingKind kind)
    {
        var head = SheetHead.Find(SheetFile.Read(name, new MemoryStream(file)), kind, new Dictionary<string, ImportField>())!;
        var table = TableReader.Read(head, new ReadingOptions(kind, MoneyUnit.Auto, true, Today));
        Assert.Empty(table.Rows.SelectMany(r => r.Remarks).Where(r => r.Mark != CellMark.Note).Select(r => $"{r.Address} {r.Problem}"));
        return [.. table.Rows.Select(r => new ExportedListing(r.Content, r.Contact, r.CreditCode, r.OrganizationName, r.ExternalNumber.Length > 0 ? r.ExternalNumber : null, null, ListingState.Draft))];
    }

    // Records compare lists by reference, so each part is compared by itself.
    private static void Same(ExportedListing one, ExportedListing other)
    {
        Assert.Equal(one.Content.Keywords, other.Content.Keywords);
        Assert.Equal(one.Content.Quantities, other.Content.Quantities);
        Assert.Equal(one.Content.Cooperation, other.Content.Cooperation);
        if (one.Content is AchievementContent achievement)
        {
            Assert.Equal(achievement.Flags, ((AchievementContent)other.Content).Flags);
            Assert.Equal(achievement.Rights, ((AchievementContent)other.Content).Rights);
        }
        if (one.Content is NeedContent need) Assert.Equal(need.Consents, ((NeedContent)other.Content).Consents);
        static ListingContent Bare(ListingContent c) => c switch
        {
            AchievementContent a => a with { Keywords = [], Quantities = [], Cooperation = [], Flags = [], Rights = [] },
            NeedContent n => n with { Keywords = [], Quantities = [], Cooperation = [], Consents = [] },
            _ => c,
        };
        Assert.Equal(one with { Content = Bare(one.Content) }, other with { Content = Bare(other.Content) });
    }

    [Theory]
    [InlineData(typeof(NeedContent), ListingKind.Need)]
    [InlineData(typeof(AchievementContent), ListingKind.Achievement)]
    public void Every_field_of_the_form_has_a_column(Type content, ListingKind kind) =>
        Assert.Empty(content.GetProperties().Where(p => p.CanWrite).Select(p => p.Name).Except(ImportFields.Columns(kind).Select(f => f.ToString())));

    [Theory]
    [InlineData(ListingKind.Need, "zh-CN")]
    [InlineData(ListingKind.Need, "en")]
    [InlineData(ListingKind.Achievement, "zh-CN")]
    [InlineData(ListingKind.Achievement, "en")]
    public void Every_column_of_a_template_has_its_heading_and_a_word_on_how_to_fill_it(ListingKind kind, string language) =>
        Assert.DoesNotContain(ImportFields.Columns(kind), f => ImportWords.Of(language).Heading(f, kind).StartsWith("Column.", StringComparison.Ordinal) || ImportWords.Of(language).Hint(f, kind).Length == 0);

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+86 431")]
    [InlineData("-5")]
    [InlineData("@SUM(A1)")]
    [InlineData("＝1+1")]
    [InlineData("'=1")]
    [InlineData("''=1")]
    public void What_a_spreadsheet_would_run_is_quoted_in_separated_values_and_read_back(string text)
    {
        Assert.StartsWith("'", CsvSheet.Escape(text), StringComparison.Ordinal);
        Assert.Equal(text, CsvSheet.Unescape(CsvSheet.Escape(text)));
    }

    [Theory]
    [InlineData("'quoted'")]
    [InlineData("plain")]
    [InlineData("'")]
    [InlineData("")]
    public void Harmless_text_stays_as_it_is(string text) => Assert.Equal(text, CsvSheet.Unescape(CsvSheet.Escape(text)));

    [Theory]
    [InlineData(ListingKind.Need, "zh-CN", "需求名称")]
    [InlineData(ListingKind.Need, "en", "Need title")]
    [InlineData(ListingKind.Achievement, "zh-CN", "成果名称")]
    [InlineData(ListingKind.Achievement, "en", "Achievement title")]
    public void A_template_is_sound_has_choices_and_explains_itself(ListingKind kind, string language, string title)
    {
        var file = TemplateFile.Write(kind, ImportWords.Of(language));

        using var document = SpreadsheetDocument.Open(new MemoryStream(file), false);
        Assert.Empty(new OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Office2019).Validate(document, TestContext.Current.CancellationToken).Select(e => $"{e.Path?.XPath} {e.Description}"));
        var sheets = MiniExcel.GetSheetNames(new MemoryStream(file));
        Assert.Equal(3, sheets.Count);
        Assert.Contains(title, ((IDictionary<string, object>)MiniExcel.Query(new MemoryStream(file), useHeaderRow: true, sheetName: sheets[1]).Cast<object>().Skip(3).First()).Values.Select(v => v?.ToString()));
        var first = document.WorkbookPart!.GetPartById(document.WorkbookPart.Workbook.Sheets!.Elements<DocumentFormat.OpenXml.Spreadsheet.Sheet>().First().Id!);
        var rules = ((WorksheetPart)first).Worksheet.Descendants<DocumentFormat.OpenXml.Spreadsheet.DataValidation>().ToList();
        Assert.Contains(rules, r => r.Type?.Value == DocumentFormat.OpenXml.Spreadsheet.DataValidationValues.List && r.Formula1?.Text == "List_Field");
        var field = document.WorkbookPart.Workbook.DefinedNames!.Elements<DocumentFormat.OpenXml.Spreadsheet.DefinedName>().Single(n => n.Name == "List_Field").Text;
        Assert.EndsWith($"${Enum.GetValues<TechnologyField>().Length}", field, StringComparison.Ordinal);
        var head = SheetHead.Find(SheetFile.Read("t.xlsx", new MemoryStream(file)), kind, new Dictionary<string, ImportField>())!;
        Assert.Equal(ImportFields.Columns(kind), head.Columns.Select(c => c.Field));
    }

    [Fact]
    public void An_export_is_sound_for_another_library()
    {
        var listing = new ExportedListing(new NeedContent { Title = "=危险", Money = 12.5m, Quantities = [new("名；称", Comparison.Ge, 1, null, "")] }, Contact.Empty, "91220100MA0TQ001X2", "示例", null, "XQ2026-220100-00001", ListingState.Published);

        var file = ListingSheet.Xlsx([listing], ListingKind.Need, ImportWords.Of("zh-CN"));

        using var document = SpreadsheetDocument.Open(new MemoryStream(file), false);
        Assert.Empty(new OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Office2019).Validate(document, TestContext.Current.CancellationToken).Select(e => $"{e.Path?.XPath} {e.Description}"));
        var row = (IDictionary<string, object>)MiniExcel.Query(new MemoryStream(file), useHeaderRow: true).Single();
        Assert.Equal(("=危险", 12.5, "名；称", "已发布"), (row["需求名称"], row["意向投入（万元）"], row["指标名称1"], row["状态"]));
    }
}
