namespace Matchmaking.Matching.Listings;

/// <summary>Code lists that forms, imports and facets share. Names of the codes stand in the web application's resources.</summary>
public static class CodeLists
{
    /// <summary>GB/T 2260 codes of the province and its reporting units.</summary>
    public static IReadOnlyList<string> Regions { get; } =
    [
        "220000", "220100", "220200", "220300", "220400", "220500", "220600", "220700", "220800", "222400", "220581", "220184", "222401",
    ];

    /// <summary>GB/T 4754-2017: the sections, the divisions of manufacturing, and the divisions that the province's listings use.</summary>
    public static IReadOnlyList<string> Industries { get; } =
    [
        "A", "A01", "A02", "A03", "A04", "A05", "B", "C",
        "C13", "C14", "C15", "C16", "C17", "C18", "C19", "C20", "C21", "C22", "C23", "C24", "C25", "C26", "C27", "C28", "C29",
        "C30", "C31", "C32", "C33", "C34", "C35", "C36", "C37", "C38", "C39", "C40", "C41", "C42", "C43",
        "D", "D44", "E", "F", "G", "G53", "G54", "H", "I", "I63", "I64", "I65", "J", "K", "L", "M", "M73", "M74", "M75", "N", "N77", "O", "P", "P83", "Q", "R", "R89", "S", "S92", "T",
    ];
}
