using Matchmaking.Matching.Importing.Sheets;
using Matchmaking.Matching.Listings;

namespace Matchmaking.Matching.Importing;

public enum CellMark
{
    /// <summary>The row is not taken.</summary>
    Wrong,

    /// <summary>The row waits until the person says that it is meant so.</summary>
    Asked,

    /// <summary>The row is taken; this is how the cell was understood.</summary>
    Note,
}

/// <summary>What is said of one cell.</summary>
/// <param name="Column">From 0; null when no column of the file is to blame.</param>
/// <param name="Problem">Its field is a <see cref="ImportField"/> or a field of the content.</param>
public sealed record CellRemark(int Row, int? Column, CellMark Mark, Problem Problem)
{
    /// <summary>C17; only the row's number when no column is to blame.</summary>
    public string Address => Column is { } column ? CellAddress.Of(Row, column) : $"{Row}";
}

/// <summary>A row of the table as it was understood, before anything outside the file was asked.</summary>
/// <param name="CreditCode">As written, folded; empty when the file does not say.</param>
public sealed record ReadRow(
    GridRow Source, ListingContent Content, Contact Contact, string CreditCode, string OrganizationName, string ExternalNumber, string PlatformNumber, IReadOnlyList<CellRemark> Remarks)
{
    public int Number => Source.Number;
}

/// <summary>The rows of a table and how many lines beside them are none: notes, totals, numbered lines with nothing in them.</summary>
public sealed record ReadTable(SheetHead Head, IReadOnlyList<ReadRow> Rows, int Skipped);
