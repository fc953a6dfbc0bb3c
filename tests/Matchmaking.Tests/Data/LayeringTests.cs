using System.Reflection;
using System.Text.RegularExpressions;
using Matchmaking.Jobs;
using Matchmaking.Matching.Data;
using Matchmaking.Tests.Support;
using Matchmaking.Web.Pages;

namespace Matchmaking.Tests.Data;

/// <summary>The arrows between projects and rooms: Web → Jobs → Matching; Text, Search, Ranking and Evaluation never use Data.</summary>
public sealed class LayeringTests
{
    private static readonly Assembly Matching = typeof(MatchmakingDbContext).Assembly;
    private static readonly Assembly Jobs = typeof(JobJournal).Assembly;
    private static readonly Assembly Web = typeof(IndexModel).Assembly;

    [Fact]
    public void Matching_knows_neither_jobs_nor_web_nor_their_frameworks() =>
        Assert.DoesNotContain(References(Matching), name => name.StartsWith("Hangfire", StringComparison.Ordinal) || name is "Matchmaking.Jobs" or "Matchmaking.Web" or "Microsoft.AspNetCore.Mvc.RazorPages");

    [Fact]
    public void Jobs_do_not_know_the_web()
    {
        Assert.DoesNotContain("Matchmaking.Web", References(Jobs));
        Assert.Contains("Matchmaking.Matching", References(Jobs));
        Assert.Contains("Matchmaking.Jobs", References(Web));
    }

    // Room → rooms and libraries whose namespaces it must not name.
    [Theory]
    [InlineData("Text", "Data|Search|Ranking|Evaluation|Listings|Brokerage|Organizations|AnnualLists|Plan|Importing", "SearchRecordsAllowed")]
    [InlineData("Search", "Data|Ranking|Evaluation|Listings|Brokerage|Organizations|AnnualLists|Plan|Importing", "")]
    [InlineData("Ranking", "Data|Evaluation|Listings|Brokerage|Organizations|AnnualLists|Plan|Importing", "")]
    [InlineData("Evaluation", "Data|Listings|Brokerage|Organizations|AnnualLists|Plan|Importing", "")]
    public void Rooms_of_records_do_not_use_the_database(string room, string forbidden, string exception)
    {
        var folder = Path.Combine(Repository.Root, "src", "Matchmaking.Matching", room);
        var files = Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        var names = exception.Length > 0 ? forbidden.Replace("Search|", "", StringComparison.Ordinal) : forbidden;
        var broken = files.SelectMany(file => File.ReadLines(file)
            .Where(line => Regex.IsMatch(line, $@"Matchmaking\.Matching\.({names})\b") || Regex.IsMatch(line, @"using Microsoft\.EntityFrameworkCore"))
            .Select(line => $"{Path.GetFileName(file)}: {line.Trim()}"));
        Assert.Empty(broken);
    }

    private static IEnumerable<string> References(Assembly assembly) => assembly.GetReferencedAssemblies().Select(name => name.Name!);
}
