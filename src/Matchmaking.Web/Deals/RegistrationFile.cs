using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using Matchmaking.Matching.Deals;
using Matchmaking.Web.Display;
using Matchmaking.Web.Resources;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Deals;

/// <param name="Missing">The form asks for it and the contract does not say it.</param>
public sealed record RegistrationLine(string Label, string Value, bool Missing);

/// <summary>The registration form as people read it, on the page and as a document to hand in.</summary>
public sealed class RegistrationFile(IStringLocalizer<DealsText> text, ContractWords words, Formatting format)
{
    public const string WordType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    public IReadOnlyList<RegistrationLine> Lines(RegistrationForm form)
    {
        var lines = new List<RegistrationLine>();
        void Add(string field, string value) => lines.Add(new RegistrationLine(text["Label." + field], value, form.Missing.Contains(field)));
        void Parties(string side, IReadOnlyList<RegistrationParty> parties)
        {
            for (var i = 0; i < parties.Count; i++)
            {
                var party = parties[i];
                var name = parties.Count == 1 ? text["ContractSide." + side].Value : text["Party.Number", text["ContractSide." + side], i + 1];
                lines.Add(new RegistrationLine(name, party.Name, false));
                lines.Add(new RegistrationLine(text["Party.Code", name], party.CreditCode.Length > 0 ? party.CreditCode : words.Region(party.Region), false));
                lines.Add(new RegistrationLine(text["Party.Region", name], words.Region(party.Region), party.Region.Length == 0));
                lines.Add(new RegistrationLine(text["Party.Nature", name], words.Nature(party.Nature), party.Nature.Length == 0));
            }
        }
        string Day(DateOnly? day) => day is { } d ? format.Date(d) : format.Unstated;
        Add("Title", form.ContractName);
        Add("Kind", form.KindCode is { } code ? $"{code} {text["KindCode." + code]}" : format.Unstated);
        Add("SubKind", words.Name(form.SubKind));
        Add("SignedOn", Day(form.SignedOn));
        Add("ValidFrom", Day(form.ValidFrom));
        Add("ValidUntil", Day(form.ValidUntil));
        Parties(nameof(ContractSide.Buyer), form.Buyers);
        Parties(nameof(ContractSide.Seller), form.Sellers);
        Add("Field", format.Field(form.Field));
        Add("Industry", form.Industry.Length > 0 ? format.Industry(form.Industry) : format.Unstated);
        Add("Goal", words.Name(form.SocialGoal));
        Add("Source", words.Name(form.PlanSource));
        Add("Ip", form.Ip.Count > 0 ? format.List(form.Ip.Select(kind => format.Ip(kind))) : format.Unstated);
        Add("IpNumbers", form.IpNumbers.Length > 0 ? form.IpNumbers : text["None"]);
        Add("Ownership", words.Name(form.Ownership));
        Add("TotalAmount", words.Money(form.TotalAmount));
        Add("TechnologyAmount", words.Money(form.TechnologyAmount));
        if (form.Differences.Count > 0) Add("Differences", format.List([words.Names(form.Differences), .. form.DifferenceText.Length > 0 ? [form.DifferenceText] : Array.Empty<string>()]));
        Add("Payment", words.Name(form.Payment));
        foreach (var part in form.Schedule) lines.Add(new RegistrationLine(text["Label.Schedule"], text["Instalment", words.Money(part.Amount), part.Due is { } due ? format.Date(due) : part.Condition, part.Due is null ? "" : part.Condition], false));
        Add("ExpectedInput", words.Money(form.ExpectedInput));
        Add("ExpectedOutput", words.Money(form.ExpectedOutput));
        if (form.RegistrationNumber is { } number) lines.Add(new RegistrationLine(text["Label.number"], number, false));
        return lines;
    }

    /// <summary>A document with the form's table; missing lines are marked, lines for hand and seal are left open. No person's name is in it.</summary>
    public byte[] Word(RegistrationForm form)
    {
        using var stream = new MemoryStream();
        using (var document = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            document.PackageProperties.Title = form.ContractName;
            var body = new Body();
            var main = document.AddMainDocumentPart();
            main.Document = new Document(body);
            main.AddNewPart<StyleDefinitionsPart>().Styles = Styles();
            body.Append(new Paragraph(new ParagraphProperties(new ParagraphStyleId { Val = "Heading1" }), new Run(new Text(text["Registration.Title"]))));
            var lines = Lines(form);
            if (lines.Any(l => l.Missing)) body.Append(Plain(text["Registration.MissingNote", lines.Count(l => l.Missing)]));
            var table = new Table(new TableProperties(
                new TableWidth { Width = "5000", Type = TableWidthUnitValues.Pct },
                new TableBorders(Border<TopBorder>(), Border<LeftBorder>(), Border<BottomBorder>(), Border<RightBorder>(), Border<InsideHorizontalBorder>(), Border<InsideVerticalBorder>())),
                new TableGrid(new GridColumn { Width = "2800" }, new GridColumn { Width = "6200" }));
            foreach (var line in lines) table.Append(new TableRow(Cell(line.Label, 2800), Cell(line.Missing ? text["Registration.Missing"] : line.Value, 6200)));
            foreach (var open in (string[])["Registration.Representative", "Registration.Leader", "Registration.Seal"]) table.Append(new TableRow(Cell(text[open], 2800), Cell("", 6200)));
            body.Append(table, Plain(text["Registration.Foot", form.Contract, form.Version]));
        }
        return stream.ToArray();
    }

    private static Paragraph Plain(string words) => new(new Run(new Text(words) { Space = SpaceProcessingModeValues.Preserve }));

    private static TableCell Cell(string words, int width) =>
        new(new TableCellProperties(new TableCellWidth { Width = width.ToString(System.Globalization.CultureInfo.InvariantCulture), Type = TableWidthUnitValues.Dxa }), Plain(words));

    private static T Border<T>() where T : BorderType, new() => new() { Val = BorderValues.Single, Size = 4, Color = "808080" };

    /// <summary>Fonts are named, not carried: every office program has a substitute for them.</summary>
    private static Styles Styles() => new(
        new DocDefaults(new RunPropertiesDefault(new RunPropertiesBaseStyle(new RunFonts { Ascii = "Times New Roman", HighAnsi = "Times New Roman", EastAsia = "SimSun" }, new FontSize { Val = "21" }))),
        new Style(new StyleName { Val = "heading 1" }, new StyleParagraphProperties(new Justification { Val = JustificationValues.Center }, new SpacingBetweenLines { Before = "120", After = "240" }, new OutlineLevel { Val = 0 }),
            new StyleRunProperties(new Bold(), new FontSize { Val = "32" })) { Type = StyleValues.Paragraph, StyleId = "Heading1" });
}
