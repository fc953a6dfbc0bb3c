namespace Matchmaking.Web.Resources;

/// <summary>Words of the help while writing: the checker's findings, drafts that save themselves, near-duplicates, suggestions.</summary>
public sealed class WritingText;
