namespace Matchmaking.Web.Components;

/// <summary>State as shape and word: ● neutral, ○ live, ✓ good, ▲ warn, ✕ bad, – none.</summary>
public enum StatusKind { Neutral, Live, Good, Warn, Bad, None }

/// <summary>A status chip's content.</summary>
public sealed record StatusView(StatusKind Kind, string Text);

/// <summary>How a stretch of a text is marked: not at all, as said by both sides, or as said in other words by the other side.</summary>
public enum MarkKind { None, Shared, Near }

/// <summary>A stretch of a text to mark, in UTF-16 units.</summary>
public readonly record struct MarkSpan(int Start, int Length, MarkKind Kind = MarkKind.Shared);

/// <summary>A text with stretches to mark; spans may overlap, touch or lie outside, they are tidied when rendered.</summary>
public sealed record MarkedTextView(string Text, IReadOnlyList<MarkSpan> Spans)
{
    public static MarkedTextView Plain(string text) => new(text, []);

    /// <summary>The text cut into pieces, each wholly marked in one way or not at all.</summary>
    public IEnumerable<(string Piece, MarkKind Mark)> Pieces()
    {
        var at = 0;
        foreach (var (start, end, kind) in Tidy())
        {
            if (start > at) yield return (Text[at..start], MarkKind.None);
            yield return (Text[start..end], kind);
            at = end;
        }
        if (at < Text.Length) yield return (Text[at..], MarkKind.None);
    }

    private List<(int Start, int End, MarkKind Kind)> Tidy()
    {
        var tidy = new List<(int Start, int End, MarkKind Kind)>();
        foreach (var span in Spans.OrderBy(s => s.Start))
        {
            var start = Math.Clamp(span.Start, 0, Text.Length);
            var end = (int)Math.Clamp((long)span.Start + span.Length, start, Text.Length);
            if (end == start) continue;
            if (tidy.Count > 0 && start <= tidy[^1].End && span.Kind == tidy[^1].Kind) tidy[^1] = tidy[^1] with { End = Math.Max(tidy[^1].End, end) };
            else if (tidy.Count == 0 || start >= tidy[^1].End) tidy.Add((start, end, span.Kind));
            // Of two kinds in one place the first stays and the other has the rest.
            else if (end > tidy[^1].End) tidy.Add((tidy[^1].End, end, span.Kind));
        }
        return tidy;
    }
}

/// <summary>A link in a trail; the last one has no address.</summary>
public sealed record CrumbView(string Text, string? Href = null);

/// <summary>One step of a way. <paramref name="At"/> is the day under a done or current step.</summary>
public sealed record StepView(string Text, bool Done, bool Current, DateOnly? At = null);

/// <summary>A complaint and the id of the control it concerns; an empty id makes a line without a link.</summary>
public sealed record FieldProblem(string FieldId, string Message);
