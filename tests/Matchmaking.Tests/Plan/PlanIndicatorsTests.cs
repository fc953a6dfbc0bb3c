using Matchmaking.Matching.Plan;

namespace Matchmaking.Tests.Plan;

public sealed class PlanIndicatorsTests
{
    [Fact]
    public void There_are_42_numbers_in_six_parts()
    {
        Assert.Equal(42, PlanIndicators.All.Count);
        Assert.Equal([9, 6, 4, 9, 8, 6], PlanIndicators.All.CountBy(i => i.Part).OrderBy(p => p.Key).Select(p => p.Value));
        Assert.Equal(42, PlanIndicators.All.Select(i => i.Code).Distinct().Count());
        Assert.All(PlanIndicators.All, i => Assert.StartsWith($"{i.Item}-", i.Code, StringComparison.Ordinal));
        Assert.All(PlanIndicators.All, i => Assert.True(i.Target > 0 && i.Departments.Count > 0 && i.Wording.Length > 0));
    }

    [Fact]
    public void The_kept_copy_is_the_one_of_the_founding_documents()
    {
        var file = FindUpwards(Path.Combine("shared", "domain", "plan-indicators.csv"));
        Assert.SkipWhen(file is null, "The founding documents do not lie beside this checkout.");

        using var reader = new StreamReader(file!);
        var founding = PlanIndicators.Read(reader);

        Assert.Equal(founding.Count, PlanIndicators.All.Count);
        foreach (var (expected, actual) in founding.Zip(PlanIndicators.All))
        {
            Assert.Equal(expected with { Departments = [] }, actual with { Departments = [] });
            Assert.Equal(expected.Departments, actual.Departments);
        }
    }

    private static string? FindUpwards(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, path);
            if (File.Exists(file)) return file;
        }
        return null;
    }
}
