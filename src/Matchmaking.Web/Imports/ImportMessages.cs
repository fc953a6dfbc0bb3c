using Matchmaking.Matching.Importing;
using Matchmaking.Matching.Importing.Sheets;
using Matchmaking.Matching.Search;
using Matchmaking.Web.Display;
using Matchmaking.Web.Resources;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Imports;

/// <summary>What is said of files, rows and cells, in the reader's words.</summary>
public sealed class ImportMessages(IStringLocalizer<ImportText> text, Formatting format)
{
    public string NoFile => text["Upload.None"];

    public string RemarksName => text["Sheet.Remarks"];

    public string TemplateName(ListingKind kind) => text["Template.Name." + kind];

    public string Refused(FileRefusedException refused, string fileName) => Refused(refused.Code, fileName, [.. refused.Arguments]);

    public string Refused(string code, string fileName, params object[] arguments) => text["Refused.Sentence", fileName, text["Refused." + code, arguments]];

    /// <summary>The heading a field has in the templates.</summary>
    public string Field(ImportField field, ListingKind kind) => text[$"Column.{field}.{kind}"] is { ResourceNotFound: false } own ? own : text[$"Column.{field}"];

    public string Problem(Matching.Listings.Problem problem, ListingKind kind)
    {
        var field = ImportFields.OfProblem(problem.Field);
        return text["Problem." + problem.Code, [field == ImportField.None ? "" : Field(field, kind), .. problem.Arguments.Select(Printed)]];
    }

    private object Printed(object? argument) => argument switch
    {
        DateOnly day => format.Date(day),
        decimal number => format.Number(number),
        int number => format.Number(number),
        _ => argument ?? "",
    };
}
