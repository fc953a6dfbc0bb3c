using Matchmaking.Matching.Importing;
using Matchmaking.Web.Components;

namespace Matchmaking.Web.Imports;

/// <summary>How states of imports and of rows look; the word always stands beside the colour.</summary>
public static class ImportStates
{
    public static StatusKind Kind(ImportState state) => state switch
    {
        ImportState.Preview => StatusKind.Warn,
        ImportState.Queued or ImportState.Running => StatusKind.Live,
        ImportState.Done => StatusKind.Good,
        ImportState.Failed => StatusKind.Bad,
        _ => StatusKind.None,
    };

    public static StatusKind Kind(ImportRowState state) => state switch
    {
        ImportRowState.Good => StatusKind.Good,
        ImportRowState.Bad => StatusKind.Bad,
        ImportRowState.Asked => StatusKind.Warn,
        _ => StatusKind.None,
    };
}
