using System.Globalization;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Matchmaking.Web.Components;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Tests.Components;

public sealed class FormFieldTests : ComponentTest
{
    private static readonly FieldChoice[] Choices = [new("a", "联合开发", "双方投入"), new("b", "委托研发")];
    private readonly ModelStateDictionary state = new();

    [Fact]
    public void Label_hint_error_control_and_count_stand_in_this_order_and_are_tied_together()
    {
        state.SetModelValue("Input.Title", "乱<写", "乱<写");
        state.AddModelError("Input.Title", "请写明对象");
        var field = Field("旧", f => { f.Hint = "写明对象和难点"; f.Counter = 4000; });
        Assert.Equal(["LABEL", "P.hint", "P.err", "INPUT.input", "P.count"], field.Children.Select(c => c.ClassName is { Length: > 0 } style ? $"{c.TagName}.{style}" : c.TagName));
        var input = field.QuerySelector("input")!;
        Assert.Equal("Input_Title", input.Id);
        Assert.Equal("Input_Title", field.QuerySelector("label")!.GetAttribute("for"));
        Assert.Equal("Input.Title", input.GetAttribute("name"));
        Assert.Equal("true", input.GetAttribute("aria-invalid"));
        Assert.Equal("Input_Title-hint Input_Title-error Input_Title-count", input.GetAttribute("aria-describedby"));
        Assert.All(input.GetAttribute("aria-describedby")!.Split(' '), id => Assert.NotNull(field.QuerySelector("#" + id)));
        Assert.Equal("乱<写", input.GetAttribute("value"));
        Assert.Equal("错误：请写明对象", field.QuerySelector(".err")!.TextContent);
        Assert.Equal("已写3字，最多4,000字", field.QuerySelector(".count")!.TextContent);
        Assert.Equal("已写{0}字，最多{1}字", field.QuerySelector(".count")!.GetAttribute("data-count-text"));
        Assert.Equal("field field--bad", field.ClassName);
    }

    [Fact]
    public void A_field_without_fault_is_plain_and_an_optional_one_is_marked()
    {
        var field = Field("值", f => { f.Optional = true; f.Width = 12; });
        Assert.Equal("标题 选填", field.QuerySelector("label")!.TextContent);
        Assert.Equal("field", field.ClassName);
        Assert.False(field.QuerySelector("input")!.HasAttribute("aria-invalid") || field.QuerySelector("input")!.HasAttribute("aria-describedby"));
        Assert.Equal("input input--12", field.QuerySelector("input")!.ClassName);
    }

    [Theory]
    [InlineData("2027-06-30")]
    [InlineData("1234.5")]
    [InlineData("")]
    public void Values_are_printed_as_they_are_typed(string expected)
    {
        object? value = expected switch { "2027-06-30" => new DateOnly(2027, 6, 30), "1234.5" => 1234.50m, _ => null };
        Assert.Equal(expected, Field(value, _ => { }).QuerySelector("input")!.GetAttribute("value"));
    }

    [Fact]
    public void A_text_keeps_its_lines_and_is_never_markup()
    {
        var area = Field("\n第二行</textarea><b>", f => { f.As = FieldControl.Text; f.Rows = 6; }).QuerySelector("textarea")!;
        Assert.Equal("\n第二行</textarea><b>", area.TextContent);
        Assert.Equal("6", area.GetAttribute("rows"));
    }

    [Fact]
    public void A_password_is_never_written_back() =>
        Assert.False(Field("geheim", f => f.Type = "password").QuerySelector("input")!.HasAttribute("value"));

    [Fact]
    public void A_select_offers_nothing_first_and_keeps_the_choice()
    {
        var select = Field("b", f => { f.As = FieldControl.Select; f.Choices = Choices; });
        Assert.Equal(["", "a", "b"], select.QuerySelectorAll("option").Select(o => o.GetAttribute("value")));
        Assert.Equal("请选择", select.QuerySelector("option")!.TextContent);
        Assert.Equal("b", select.QuerySelector("option[selected]")!.GetAttribute("value"));
    }

    [Fact]
    public void A_group_is_a_fieldset_that_the_summary_can_reach()
    {
        state.SetModelValue("Input.Title", new[] { "a", "b" }, "a,b");
        var group = Field(new List<string> { "b" }, f => { f.As = FieldControl.Checkboxes; f.Choices = Choices; f.Hint = "可多选"; });
        Assert.Equal("FIELDSET", group.TagName);
        Assert.Equal("Input_Title", group.Id);
        Assert.Equal("Input_Title-hint", group.GetAttribute("aria-describedby"));
        Assert.Equal(["a", "b"], group.QuerySelectorAll("input[checked]").Select(i => i.GetAttribute("value")));
        Assert.Equal("双方投入", group.QuerySelector("small")!.TextContent);
        Assert.Equal(2, group.QuerySelectorAll("input").Select(i => i.Id).Distinct().Count());
    }

    [Fact]
    public void Radios_keep_the_one_choice()
    {
        var group = Field("a", f => { f.As = FieldControl.Radios; f.Choices = Choices; f.Column = true; });
        Assert.Equal(["a"], group.QuerySelectorAll("input[type=radio][checked]").Select(i => i.GetAttribute("value")));
        Assert.NotNull(group.QuerySelector(".picks--col"));
    }

    private IElement Field(object? value, Action<FormFieldTagHelper> set)
    {
        var provider = new EmptyModelMetadataProvider();
        var explorer = provider.GetModelExplorerForType(value?.GetType() ?? typeof(string), value);
        var helper = new FormFieldTagHelper(Services.GetRequiredService<IStringLocalizer<SharedText>>())
        {
            For = new ModelExpression("Input.Title", explorer), Label = "标题",
            ViewContext = new ViewContext { ViewData = new ViewDataDictionary(provider, state) },
        };
        set(helper);
        var output = new TagHelperOutput("form-field", [], (_, _) => Task.FromResult<TagHelperContent>(new DefaultTagHelperContent()));
        helper.Process(new TagHelperContext([], new Dictionary<object, object>(), "x"), output);
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        output.WriteTo(writer, System.Text.Encodings.Web.HtmlEncoder.Default);
        return new HtmlParser().ParseDocument(writer.ToString()).Body!.FirstElementChild!;
    }
}
