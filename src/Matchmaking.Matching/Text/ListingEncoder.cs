using Matchmaking.Matching.Search;

namespace Matchmaking.Matching.Text;

/// <summary>The vectors of listings: title, title with all text, and each sentence of the description.</summary>
public sealed class ListingEncoder(SentenceEncoder encoder)
{
    /// <summary>Sentences of a description that get a vector.</summary>
    public const int MaximumSentences = 40;

    public string ModelVersion => encoder.ModelVersion;

    public ListingVectors Encode(ListingDocument document, CancellationToken cancellationToken = default) => Encode([document], cancellationToken)[0];

    /// <summary>Vectors in the order of the documents; all texts go through the model together.</summary>
    public IReadOnlyList<ListingVectors> Encode(IReadOnlyList<ListingDocument> documents, CancellationToken cancellationToken)
    {
        var texts = new List<string>();
        var sentences = new int[documents.Count];
        for (var i = 0; i < documents.Count; i++)
        {
            texts.Add(documents[i].Title);
            texts.Add(documents[i].Text);
            var pieces = SentenceSplitter.Split(documents[i].Description, MaximumSentences);
            texts.AddRange(pieces.Select(piece => piece.Text));
            sentences[i] = pieces.Count;
        }

        var vectors = encoder.Encode(texts, cancellationToken);
        var result = new ListingVectors[documents.Count];
        var at = 0;
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = new ListingVectors(encoder.ModelVersion, vectors[at], vectors[at + 1], vectors[(at + 2)..(at + 2 + sentences[i])]);
            at += 2 + sentences[i];
        }
        return result;
    }
}
