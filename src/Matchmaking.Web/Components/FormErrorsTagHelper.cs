using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.TagHelpers;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Matchmaking.Web.Components;

/// <summary>
/// The error summary of a posted form from ModelState; nothing when all is well.
/// <c>&lt;form-errors title="@T["CannotSubmit", n]" /&gt;</c>; without a title it says how many things are to be corrected.
/// Several messages of one field are several lines; messages of no field stand without a link.
/// </summary>
[HtmlTargetElement("form-errors", TagStructure = TagStructure.WithoutEndTag)]
public sealed class FormErrorsTagHelper : TagHelper
{
    public string? Title { get; set; }

    /// <summary>Names of the fields in the order of the page, separated by commas; ModelState knows only the alphabet. Rows count to their list.</summary>
    public string? Fields { get; set; }

    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public static IReadOnlyList<FieldProblem> Problems(ModelStateDictionary state, string? order = null)
    {
        var fields = (order ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        int Place(string name)
        {
            if (name.Length == 0) return -1;
            var place = Array.FindIndex(fields, f => name == f || name.StartsWith(f + "[", StringComparison.Ordinal) || name.StartsWith(f + ".", StringComparison.Ordinal));
            return place < 0 ? int.MaxValue : place;
        }
        return [.. state.OrderBy(entry => Place(entry.Key)).SelectMany(entry => entry.Value!.Errors.Select(error => new FieldProblem(IdOf(entry.Key), error.ErrorMessage)))];
    }

    internal static string IdOf(string name) => name.Length == 0 ? "" : TagBuilder.CreateSanitizedId(name, "_");

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var parameters = new Dictionary<string, object?> { ["Problems"] = Problems(ViewContext.ViewData.ModelState, Fields), ["Title"] = Title };
        var component = new ComponentTagHelper { ComponentType = typeof(ErrorSummary), RenderMode = RenderMode.Static, Parameters = parameters, ViewContext = ViewContext };
        await component.ProcessAsync(context, output);
    }
}
