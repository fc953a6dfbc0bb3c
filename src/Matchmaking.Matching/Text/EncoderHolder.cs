namespace Matchmaking.Matching.Text;

/// <summary>The encoder, or the reason why there is none and everything works by words alone.</summary>
public sealed class EncoderHolder(SentenceEncoder? encoder, string? reason) : IDisposable
{
    public SentenceEncoder? Encoder => encoder;
    public string? Reason => reason;

    public void Dispose() => encoder?.Dispose();
}
