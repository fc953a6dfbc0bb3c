using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.TagHelpers;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Matchmaking.Web.Components;

/// <summary>
/// A component with content from a page, which the framework's component tag cannot give:
/// <c>&lt;component-around type="typeof(MatchCard)" param-Match="match"&gt;buttons&lt;/component-around&gt;</c>.
/// The content becomes the component's ChildContent.
/// </summary>
[HtmlTargetElement("component-around", Attributes = "type")]
public sealed class ComponentAroundTagHelper : TagHelper
{
    [HtmlAttributeName("type")]
    public Type Type { get; set; } = null!;

    [HtmlAttributeName("params", DictionaryAttributePrefix = "param-")]
    public IDictionary<string, object?> Parameters { get; set; } = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);

    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        // Already encoded: it was written by the page.
        var content = (await output.GetChildContentAsync()).GetContent();
        var parameters = new Dictionary<string, object?>(Parameters, StringComparer.OrdinalIgnoreCase);
        if (!string.IsNullOrWhiteSpace(content)) parameters["ChildContent"] = (RenderFragment)(builder => builder.AddMarkupContent(0, content));
        var component = new ComponentTagHelper { ComponentType = Type, RenderMode = RenderMode.Static, Parameters = parameters, ViewContext = ViewContext };
        await component.ProcessAsync(context, output);
    }
}
