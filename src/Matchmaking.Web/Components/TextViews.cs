namespace Matchmaking.Web.Components;

/// <summary>State as shape and word: ● neutral, ○ live, ✓ good, ▲ warn, ✕ bad, – none.</summary>
public enum StatusKind { Neutral, Live, Good, Warn, Bad, None }

/// <summary>A status chip's content.</summary>
public sealed record StatusView(StatusKind Kind, string Text);

/// <summary>A stretch of a text to mark, in UTF-16 units.</summary>
public readonly record struct MarkSpan(int Start, int Length);

/// <summary>A text with stretches to mark; spans may overlap, touch or lie outside, they are tidied when rendered.</summary>
public sealed record MarkedTextView(string Text, IReadOnlyList<MarkSpan> Spans)
{
    public static MarkedTextView Plain(string text) => new(text, []);

    /// <summary>The text cut into pieces, each wholly marked or not.</summary>
    public IEnumerable<(string Piece, bool Marked)> Pieces()
    {
        var at = 0;
        foreach (var (start, end) in Tidy())
        {
            if (start > at) yield return (Text[at..start], false);
            yield return (Text[start..end], true);
            at = end;
        }
        if (at < Text.Length) yield return (Text[at..], false);
    }

    private List<(int Start, int End)> Tidy()
    {
        var tidy = new List<(int Start, int End)>();
        foreach (var span in Spans.OrderBy(s => s.Start))
        {
            var start = Math.Clamp(span.Start, 0, Text.Length);
            var end = (int)Math.Clamp((long)span.Start + span.Length, start, Text.Length);
            if (end == start) continue;
            if (tidy.Count > 0 && start <= tidy[^1].End) tidy[^1] = (tidy[^1].Start, Math.Max(tidy[^1].End, end));
            else tidy.Add((start, end));
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
