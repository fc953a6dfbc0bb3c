namespace Matchmaking.Matching.Importing.Sheets;

/// <summary>From an uploaded file to its sheets.</summary>
public static class SheetFile
{
    /// <exception cref="FileRefusedException">With the reason; nothing of the file was used.</exception>
    public static IReadOnlyList<Grid> Read(string fileName, Stream content) =>
        FileGate.Check(fileName, content) == SheetFormat.Xlsx ? XlsxSheet.Read(content) : [CsvSheet.Read(content, Path.GetFileNameWithoutExtension(fileName))];
}
