namespace Matchmaking.Web.Printing;

/// <summary>What a printed document says, whatever file it becomes. Its dates come from what it prints, never from the clock, so the same content gives the same bytes.</summary>
/// <param name="Dated">Stands in the file as the day it was made.</param>
public sealed record PrintedDocument(string Title, string Number, DateTimeOffset Dated, string ContentsTitle, IReadOnlyList<PrintedBlock> Blocks);

/// <summary>A part of a document, in reading order.</summary>
public abstract record PrintedBlock;

/// <param name="Level">1 or 2; both stand in the table of contents.</param>
public sealed record PrintedHeading(int Level, string Text) : PrintedBlock;

/// <param name="Language">As in BCP 47, for readers aloud and spelling.</param>
public sealed record PrintedParagraph(string Text, string Language = "zh-CN") : PrintedBlock;

/// <summary>Names with their values, in two columns.</summary>
public sealed record PrintedFacts(IReadOnlyList<(string Name, string Value)> Facts) : PrintedBlock;

/// <param name="Widths">Shares of the width, one for each column.</param>
public sealed record PrintedTable(IReadOnlyList<string> Head, IReadOnlyList<int> Widths, IReadOnlyList<IReadOnlyList<string>> Rows) : PrintedBlock;
