using System.Collections;
using System.Globalization;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Components;

public enum FieldControl { Input, Text, Select, Radios, Checkboxes }

/// <summary>A choice of a select or a group; the hint stands below its word.</summary>
public sealed record FieldChoice(string Value, string Text, string? Hint = null);

/// <summary>
/// One form field: label, hint, error, control, count, in this order. See README.md in this folder.
/// What was typed comes back as typed; the errors are those of ModelState under the field's name.
/// </summary>
[HtmlTargetElement("form-field", Attributes = "for,label")]
public sealed class FormFieldTagHelper(IStringLocalizer<SharedText> text) : TagHelper
{
    public ModelExpression For { get; set; } = null!;
    public string Label { get; set; } = "";
    public string? Hint { get; set; }

    /// <summary>Optional fields are marked, required ones are not.</summary>
    public bool Optional { get; set; }

    public FieldControl As { get; set; } = FieldControl.Input;

    /// <summary>For inputs: text, email, password, search, file …</summary>
    public string Type { get; set; } = "text";

    /// <summary>For texts: lines at rest.</summary>
    public int Rows { get; set; } = 4;

    /// <summary>Most characters; shows a count below. Not enforced by the browser, so that pasted text is not cut unseen.</summary>
    public int? Counter { get; set; }

    /// <summary>Width as the length expected: 8, 12, 15 or 20; otherwise the full line.</summary>
    public int? Width { get; set; }

    public IEnumerable<FieldChoice>? Choices { get; set; }

    /// <summary>For groups: one choice below the other.</summary>
    public bool Column { get; set; }

    [HtmlAttributeName("inputmode")]
    public string? InputMode { get; set; }

    public string? Autocomplete { get; set; }

    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    private string Name => ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(For.Name);

    private string Id => FormErrorsTagHelper.IdOf(Name);

    private bool Group => As is FieldControl.Radios or FieldControl.Checkboxes;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ViewContext.ViewData.ModelState.TryGetValue(Name, out var entry);
        var errors = entry?.Errors.Select(e => e.ErrorMessage).ToList() ?? [];
        var described = new List<string>();
        if (Hint is not null) described.Add(Id + "-hint");
        if (errors.Count > 0) described.Add(Id + "-error");
        if (Counter is not null) described.Add(Id + "-count");

        output.TagName = Group ? "fieldset" : "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", errors.Count > 0 ? "field field--bad" : "field");
        if (Group)
        {
            // The summary's link lands on the group; its first choice is one Tab away.
            output.Attributes.SetAttribute("id", Id);
            output.Attributes.SetAttribute("tabindex", "-1");
            Describe(output.Attributes, described);
        }

        output.Content.AppendHtml(Heading());
        if (Hint is not null) output.Content.AppendHtml(Paragraph("hint", Id + "-hint", Hint));
        if (errors.Count > 0) output.Content.AppendHtml(Error(errors));
        var values = Values(entry?.RawValue, entry?.AttemptedValue);
        output.Content.AppendHtml(Group ? Choice(values) : Control(values, errors.Count > 0, described));
        if (Counter is { } most) output.Content.AppendHtml(Count(values.FirstOrDefault("").Length, most));
    }

    private TagBuilder Heading()
    {
        var heading = new TagBuilder(Group ? "legend" : "label");
        if (!Group) heading.Attributes["for"] = Id;
        heading.InnerHtml.Append(Label);
        if (Optional)
        {
            var mark = new TagBuilder("span");
            mark.AddCssClass("opt-mark");
            mark.InnerHtml.Append(text["Form.Optional"]);
            heading.InnerHtml.Append(" ").AppendHtml(mark);
        }
        return heading;
    }

    private TagBuilder Error(List<string> errors)
    {
        var error = Paragraph("err", Id + "-error", "");
        var prefix = new TagBuilder("span");
        prefix.AddCssClass("vh");
        prefix.InnerHtml.Append(text["Errors.Prefix"]);
        error.InnerHtml.AppendHtml(prefix);
        for (var i = 0; i < errors.Count; i++)
        {
            if (i > 0) error.InnerHtml.AppendHtml(new TagBuilder("br") { TagRenderMode = TagRenderMode.SelfClosing });
            error.InnerHtml.Append(errors[i]);
        }
        return error;
    }

    private TagBuilder Control(IReadOnlyList<string> values, bool bad, List<string> described)
    {
        var control = new TagBuilder(As switch { FieldControl.Text => "textarea", FieldControl.Select => "select", _ => "input" });
        control.AddCssClass(Width is { } width ? $"input input--{width}" : "input");
        control.Attributes["id"] = Id;
        control.Attributes["name"] = Name;
        if (bad) control.Attributes["aria-invalid"] = "true";
        if (described.Count > 0) control.Attributes["aria-describedby"] = string.Join(' ', described);
        if (InputMode is not null) control.Attributes["inputmode"] = InputMode;
        if (Autocomplete is not null) control.Attributes["autocomplete"] = Autocomplete;
        var value = values.FirstOrDefault("");
        switch (As)
        {
            case FieldControl.Text:
                control.Attributes["rows"] = Rows.ToString(CultureInfo.InvariantCulture);
                // A parser drops the first line break after the tag; this one is for it.
                control.InnerHtml.AppendHtml("\n").Append(value);
                break;
            case FieldControl.Select:
                control.InnerHtml.AppendHtml(OptionTag("", text["Form.Choose"], value.Length == 0));
                foreach (var choice in Choices ?? []) control.InnerHtml.AppendHtml(OptionTag(choice.Value, choice.Text, choice.Value == value));
                break;
            default:
                control.TagRenderMode = TagRenderMode.SelfClosing;
                control.Attributes["type"] = Type;
                if (Type is not ("password" or "file")) control.Attributes["value"] = value;
                break;
        }
        return control;
    }

    private TagBuilder Choice(IReadOnlyList<string> values)
    {
        var group = new TagBuilder("div");
        group.AddCssClass(Column ? "picks picks--col" : "picks");
        var n = 0;
        foreach (var choice in Choices ?? [])
        {
            var label = new TagBuilder("label");
            label.AddCssClass("pick");
            var input = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
            input.Attributes["type"] = As == FieldControl.Radios ? "radio" : "checkbox";
            input.Attributes["name"] = Name;
            input.Attributes["value"] = choice.Value;
            input.Attributes["id"] = string.Create(CultureInfo.InvariantCulture, $"{Id}-{n++}");
            if (values.Contains(choice.Value)) input.Attributes["checked"] = "checked";
            var words = new TagBuilder("span");
            words.InnerHtml.Append(choice.Text);
            if (choice.Hint is not null)
            {
                var small = new TagBuilder("small");
                small.InnerHtml.Append(choice.Hint);
                words.InnerHtml.AppendHtml(small);
            }
            label.InnerHtml.AppendHtml(input).Append(" ").AppendHtml(words);
            group.InnerHtml.AppendHtml(label);
        }
        return group;
    }

    private TagBuilder Count(int written, int most)
    {
        var count = Paragraph("count", Id + "-count", text["Form.Count", Number(written), Number(most)]);
        count.Attributes["data-count-of"] = Id;
        count.Attributes["data-count-max"] = most.ToString(CultureInfo.InvariantCulture);
        count.Attributes["data-count-text"] = text["Form.Count", "{0}", "{1}"];
        return count;
    }

    private List<string> Values(object? raw, string? attempted) => raw switch
    {
        string[] many => [.. many.Select(v => v ?? "")],
        string one => [one],
        _ when attempted is not null => [attempted],
        _ => For.Model switch
        {
            null => [],
            string one => [one],
            IEnumerable many => [.. many.Cast<object?>().Select(Printed)],
            var one => [Printed(one)],
        },
    };

    private static string Printed(object? value) => value switch
    {
        null => "",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        decimal number => number.ToString("0.######", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string Number(int value) => value.ToString("N0", CultureInfo.CurrentCulture);

    private static void Describe(TagHelperAttributeList attributes, List<string> described)
    {
        if (described.Count > 0) attributes.SetAttribute("aria-describedby", string.Join(' ', described));
    }

    private static TagBuilder OptionTag(string value, string words, bool selected)
    {
        var option = new TagBuilder("option");
        option.Attributes["value"] = value;
        if (selected) option.Attributes["selected"] = "selected";
        option.InnerHtml.Append(words);
        return option;
    }

    private static TagBuilder Paragraph(string style, string id, string words)
    {
        var paragraph = new TagBuilder("p");
        paragraph.AddCssClass(style);
        paragraph.Attributes["id"] = id;
        paragraph.InnerHtml.Append(words);
        return paragraph;
    }
}
