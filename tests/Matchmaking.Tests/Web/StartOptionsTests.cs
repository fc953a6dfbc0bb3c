using Matchmaking.Web.Hosting;

namespace Matchmaking.Tests.Web;

public sealed class StartOptionsTests
{
    [Fact]
    public void A_setting_after_the_demo_switch_is_still_a_setting()
    {
        string[] arguments = ["--demo", "--Data:Folder=elsewhere"];

        Assert.True(StartOptions.Parse(arguments).Demo);
        Assert.Equal(["--Data:Folder=elsewhere"], StartOptions.SettingsOf(arguments));
    }

    [Fact]
    public void Anything_unknown_is_named() => Assert.Equal(["--dmeo", "x"], StartOptions.Parse(["--dmeo", "x", "--urls=http://localhost:1"]).Unknown);
}
