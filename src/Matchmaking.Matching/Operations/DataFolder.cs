namespace Matchmaking.Matching.Operations;

/// <summary>Where the system keeps its files, outside the web root.</summary>
public sealed record DataFolder(string Root)
{
    public string Attachments => Path.Combine(Root, "attachments");
    public string Imports => Path.Combine(Root, "imports");
    public string Mail => Path.Combine(Root, "mail");
    public string Index => Path.Combine(Root, "index");
}
