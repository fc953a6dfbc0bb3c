namespace Matchmaking.Web.Printing;

/// <summary>A document as a file of one of the formats to print.</summary>
public sealed record PrintedFile(byte[] Bytes, string Type)
{
    /// <summary>The formats, as they end a file's name.</summary>
    public const string Word = "docx", Pdf = "pdf";

    public const string WordType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    public const string PdfType = "application/pdf";

    /// <summary>In Chinese whoever asks, so that one document is one file to the byte; null for a format that is none to print.</summary>
    public static PrintedFile? Of(string format, Func<PrintedDocument> document) => format switch
    {
        Word => new PrintedFile(InLanguage.Chinese(() => WordWriter.Write(document())), WordType),
        Pdf => new PrintedFile(InLanguage.Chinese(() => PdfWriter.Write(document())), PdfType),
        _ => null,
    };
}
