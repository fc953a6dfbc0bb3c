using Lucene.Net.Analysis.Core;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Util;
using Matchmaking.Matching.Text;

namespace Matchmaking.Matching.Search;

/// <summary>What a listing looks like in the Lucene index. Words come ready cut, so a white-space analyzer is all that is needed.</summary>
internal static class IndexFields
{
    public const LuceneVersion Version = LuceneVersion.LUCENE_48;

    public const string Id = "id";
    public const string Number = "number";
    public const string TitleBigrams = "title";
    public const string TitleCharacters = "title.characters";
    /// <summary>Everything that may be found: title, summary, description, keywords, and the owner when it has a public name.</summary>
    public const string TextBigrams = "text";
    public const string TextCharacters = "text.characters";
    /// <summary><see cref="ListingFacts"/> as bytes.</summary>
    public const string Card = "card";
    /// <summary>Title and text vector, packed.</summary>
    public const string Vectors = "vectors";

    private static readonly FieldType Words = Freeze(new FieldType
    {
        IsIndexed = true,
        IsTokenized = true,
        IsStored = false,
        IndexOptions = IndexOptions.DOCS_AND_FREQS,
    });

    public static WhitespaceAnalyzer Analyzer() => new(Version);

    public static Term IdTerm(int id) => new(Id, id.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>A public number as it is indexed and looked up, however it was typed.</summary>
    public static string NumberWord(string number) => ChineseTokenizer.Normalize(number);

    public static Document ToLucene(IndexEntry entry)
    {
        var listing = entry.Document;
        var text = listing.OwnerName is { } owner ? listing.Text + '\n' + owner : listing.Text;
        var document = new Document
        {
            new StringField(Id, IdTerm(listing.Id).Text, Field.Store.NO),
            new StringField(Number, NumberWord(listing.Number), Field.Store.NO),
            new Field(TitleBigrams, Join(ChineseTokenizer.Bigrams(listing.Title)), Words),
            new Field(TitleCharacters, Join(ChineseTokenizer.Characters(listing.Title)), Words),
            new Field(TextBigrams, Join(ChineseTokenizer.Bigrams(text)), Words),
            new Field(TextCharacters, Join(ChineseTokenizer.Characters(text)), Words),
            new BinaryDocValuesField(Card, new BytesRef(ListingFacts.Write(listing))),
        };
        if (entry.Vectors is { } vectors && vectors.Title.Length == vectors.Text.Length && vectors.Text.Length > 0)
            document.Add(new BinaryDocValuesField(Vectors, new BytesRef(PackedVectors.Pack([vectors.Title, vectors.Text]))));
        return document;
    }

    private static string Join(IReadOnlyList<string> words) => string.Join(' ', words);

    private static FieldType Freeze(FieldType type)
    {
        type.Freeze();
        return type;
    }
}
