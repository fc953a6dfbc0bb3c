using Matchmaking.Tests.Support;
using Matchmaking.Web.Display;

namespace Matchmaking.Tests.Web;

public sealed class KeptFiguresTests
{
    [Fact]
    public async Task Figures_are_counted_once_until_they_are_too_old()
    {
        var clock = new TestClock();
        var kept = new KeptFigures(clock);
        var counted = 0;
        Task<(DateTimeOffset At, int Figures)> AskAsync(string key) => kept.GetAsync(key, TimeSpan.FromMinutes(10), () => Task.FromResult(++counted));

        Assert.Equal((TestClock.Start, 1), await AskAsync("a"));
        clock.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal((TestClock.Start, 1), await AskAsync("a"));
        Assert.Equal((clock.Now, 2), await AskAsync("b"));
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((clock.Now, 3), await AskAsync("a"));
    }
}
