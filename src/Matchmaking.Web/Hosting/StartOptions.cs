namespace Matchmaking.Web.Hosting;

/// <summary>What was asked on the command line.</summary>
/// <param name="Demo">Run on a folder of its own with the samples and the demo accounts, on loopback only.</param>
public sealed record StartOptions(bool Demo, bool Help, IReadOnlyList<string> Unknown)
{
    public const string DemoAddress = "http://localhost:5080";

    public static StartOptions Parse(IEnumerable<string> arguments)
    {
        var all = arguments.ToList();
        // --Section:Key=value and --urls are read by the host's configuration.
        var unknown = all.Where(a => a is not ("--demo" or "--help" or "-h") && !(a.StartsWith("--", StringComparison.Ordinal) && a.Contains('='))).ToList();
        return new StartOptions(all.Contains("--demo"), all.Contains("--help") || all.Contains("-h"), unknown);
    }

    /// <summary>What the host's configuration may read: a bare switch in front would swallow the setting after it as its value.</summary>
    public static string[] SettingsOf(IEnumerable<string> arguments) => [.. arguments.Where(a => a.Contains('='))];

    public static string HelpText { get; } =
        """
        Matchmaking.Web [--demo] [--Section:Key=value …]

          --demo      Demonstration: own folder App_Data/demo, samples, one account a role, http://localhost:5080 (loopback only).
          --help      This text.

        Settings, also in appsettings.json or as environment variables (Section__Key):
          --urls=http://localhost:5080       addresses to listen on
          --Data:Folder=App_Data             where database, index, mail and attachments lie
          --Database:Provider=Sqlite         Sqlite, Postgres (then ConnectionStrings:Matchmaking)
          --Search:Engine=Lucene             Lucene, Elasticsearch (then Elasticsearch:Addresses)
          --Jobs:Storage=InMemory            InMemory, Postgres
          --Jobs:Server=true                 true: all jobs run inside this program; false: in Matchmaking.Jobs, but those of an embedded index here (needs Jobs:Storage=Postgres)
          --Encoder:Path=models/bge-small-zh-v1.5
          --Mail:Transport=Folder            Folder (.eml files under the data folder), Smtp
          --Site:Address=http://localhost:5000   how readers reach the site: links in mails begin with it
          --Time:Zone=Asia/Shanghai
        """;
}
