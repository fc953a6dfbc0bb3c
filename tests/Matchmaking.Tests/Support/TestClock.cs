namespace Matchmaking.Tests.Support;

/// <summary>A clock that tests set; it starts at a fixed moment so that no test depends on today.</summary>
public sealed class TestClock : TimeProvider
{
    public static DateTimeOffset Start { get; } = new(2026, 11, 24, 2, 0, 0, TimeSpan.Zero);

    public DateTimeOffset Now { get; set; } = Start;

    public override DateTimeOffset GetUtcNow() => Now;

    public void Advance(TimeSpan by) => Now += by;
}
