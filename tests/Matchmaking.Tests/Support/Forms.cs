using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Matchmaking.Tests.Support;

/// <summary>Pages as a browser would use them: read the form, fill some fields, send it with everything else as it stood.</summary>
public static class Forms
{
    public static async Task<IHtmlDocument> GetPageAsync(this HttpClient client, string address)
    {
        var response = await client.GetAsync(address, TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"GET {address} answered {(int)response.StatusCode}.");
        return await response.PageAsync();
    }

    public static async Task<IHtmlDocument> PageAsync(this HttpResponseMessage response) =>
        new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

    /// <summary>Opens the page, fills the named fields of its post form (the one with <paramref name="form"/> as CSS selector) and sends it.</summary>
    public static async Task<HttpResponseMessage> PostFormAsync(
        this HttpClient client, string address, Dictionary<string, string> fields, string form = "main form[method=post]", string? handler = null)
    {
        var page = await client.GetPageAsync(address);
        var element = page.QuerySelector(form) ?? page.QuerySelector("form[method=post]")
            ?? throw new InvalidOperationException($"{address} has no form {form}.");
        return await client.SendFormAsync((IHtmlFormElement)element, address, fields, handler);
    }

    public static async Task<HttpResponseMessage> SendFormAsync(
        this HttpClient client, IHtmlFormElement form, string address, Dictionary<string, string> fields, string? handler = null)
    {
        var values = new List<KeyValuePair<string, string>>();
        foreach (var control in form.QuerySelectorAll("input[name], textarea[name], select[name]"))
        {
            var name = control.GetAttribute("name")!;
            if (fields.ContainsKey(name)) continue;
            switch (control)
            {
                case IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false } or IHtmlInputElement { Type: "file" or "submit" }:
                    break;
                case IHtmlInputElement input:
                    values.Add(new(name, input.Value));
                    break;
                case IHtmlTextAreaElement area:
                    values.Add(new(name, area.Value));
                    break;
                case IHtmlSelectElement select:
                    values.AddRange(select.Options.Where(o => o.IsSelected).Select(o => new KeyValuePair<string, string>(name, o.Value)));
                    break;
                default:
                    break;
            }
        }
        // Several values of one name (checkboxes) are given as lines.
        values.AddRange(fields.SelectMany(f => f.Key.EndsWith("[]", StringComparison.Ordinal)
            ? f.Value.Split('\n').Select(v => new KeyValuePair<string, string>(f.Key[..^2], v))
            : [new KeyValuePair<string, string>(f.Key, f.Value)]));
        var action = form.GetAttribute("action") is { Length: > 0 } explicitAction ? explicitAction : address;
        if (handler is not null) action = action.Split('?')[0] + "?handler=" + handler;
        using var content = new FormUrlEncodedContent(values);
        return await client.PostAsync(action, content, TestContext.Current.CancellationToken);
    }

    public static string MainText(this IHtmlDocument page) => (page.QuerySelector("main") ?? page.Body!).TextContent;
}
