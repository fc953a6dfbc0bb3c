using System.Globalization;
using Matchmaking.Matching.Deals;
using Matchmaking.Matching.Listings;
using Matchmaking.Web.Forms;

namespace Matchmaking.Web.Deals;

public sealed class PartyInput
{
    public string? Side { get; set; }
    public string? Name { get; set; }
    public string? CreditCode { get; set; }
    public string? Region { get; set; }
    public string? Nature { get; set; }

    public bool IsBlank => ListingRules.Clean(Name + CreditCode + Region + Nature).Length == 0;
}

public sealed class InstalmentInput
{
    public string? Due { get; set; }
    public string? Amount { get; set; }
    public string? Condition { get; set; }

    public bool IsBlank => ListingRules.Clean(Due + Amount + Condition).Length == 0;
}

/// <summary>The form of a contract exactly as typed.</summary>
public sealed class ContractInput
{
    public string? Title { get; set; }
    public string? Kind { get; set; }
    public string? SubKind { get; set; }
    public List<PartyInput> Parties { get; set; } = [];
    public string? TotalAmount { get; set; }
    public string? TechnologyAmount { get; set; }
    public List<string> Differences { get; set; } = [];
    public string? DifferenceText { get; set; }
    public string? Payment { get; set; }
    public List<InstalmentInput> Schedule { get; set; } = [];
    public List<string> Ip { get; set; } = [];
    public string? IpNumbers { get; set; }
    public string? Ownership { get; set; }
    public string? Field { get; set; }
    public string? Industry { get; set; }
    public string? Goal { get; set; }
    public string? Source { get; set; }
    public string? SignedOn { get; set; }
    public string? ValidFrom { get; set; }
    public string? ValidUntil { get; set; }
    public string? ExpectedInput { get; set; }
    public string? ExpectedOutput { get; set; }
    public string? Disputed { get; set; }

    /// <summary>Public numbers of the achievements the contract rests on, one a line.</summary>
    public string? Achievements { get; set; }

    /// <summary>The doubtful amount that was confirmed by a tick.</summary>
    public string? Confirm { get; set; }

    public static ContractInput Of(ContractContent content, IEnumerable<string> achievements) => new()
    {
        Title = content.Title, Kind = content.Kind?.ToString(), SubKind = content.SubKind?.ToString(),
        Parties = [.. content.Parties.Select(p => new PartyInput { Side = p.Side.ToString(), Name = p.Name, CreditCode = p.CreditCode, Region = p.Region, Nature = p.Nature })],
        TotalAmount = Text(content.TotalAmount), TechnologyAmount = Text(content.TechnologyAmount), Differences = [.. content.Differences.Select(d => d.ToString())], DifferenceText = content.DifferenceText,
        Payment = content.Payment?.ToString(), Schedule = [.. content.Schedule.Select(s => new InstalmentInput { Due = Text(s.Due), Amount = Text(s.Amount), Condition = s.Condition })],
        Ip = [.. content.Ip.Select(i => i.ToString())], IpNumbers = content.IpNumbers, Ownership = content.Ownership?.ToString(), Field = content.Field?.ToString(), Industry = content.Industry,
        Goal = content.Goal?.ToString(), Source = content.Source?.ToString(), SignedOn = Text(content.SignedOn), ValidFrom = Text(content.ValidFrom), ValidUntil = Text(content.ValidUntil),
        ExpectedInput = Text(content.ExpectedInput), ExpectedOutput = Text(content.ExpectedOutput), Disputed = content.Disputed ? "true" : null, Achievements = string.Join('\n', achievements),
    };

    /// <summary>One blank row a side and one blank instalment are always there to type into, without script.</summary>
    public void AddSpareRows()
    {
        foreach (var side in Enum.GetNames<ContractSide>())
            if (!Parties.Exists(p => p.Side == side && p.IsBlank)) Parties.Add(new PartyInput { Side = side });
        Parties = [.. Parties.OrderBy(p => p.Side, StringComparer.Ordinal)];
        if (!Schedule.Exists(s => s.IsBlank)) Schedule.Add(new InstalmentInput());
    }

    /// <summary>What is typed as content; problems are named by fields of this form, rows by their place in it.</summary>
    public (ContractContent Content, IReadOnlyList<Problem> Problems, Func<Problem, Problem> AtInput) Read()
    {
        var typed = new TypedFields();
        var parties = new List<ContractParty>();
        var rowOfParty = new List<int>();
        for (var i = 0; i < Parties.Count; i++)
        {
            var row = Parties[i];
            if (row.IsBlank) continue;
            parties.Add(new ContractParty(
                typed.Choice<ContractSide>($"Parties[{i}].Side", row.Side) ?? ContractSide.Buyer, ListingRules.CleanLine(row.Name),
                TypedFields.Narrow(row.CreditCode).ToUpperInvariant(), TypedFields.Narrow(row.Region), ListingRules.CleanLine(row.Nature), null));
            rowOfParty.Add(i);
        }
        var schedule = new List<Instalment>();
        var rowOfInstalment = new List<int>();
        for (var i = 0; i < Schedule.Count; i++)
        {
            var row = Schedule[i];
            if (row.IsBlank) continue;
            var amount = typed.Number($"Schedule[{i}].Amount", row.Amount, 4);
            if (amount is null && TypedFields.Narrow(row.Amount).Length == 0) typed.Add($"Schedule[{i}].Amount", "Missing");
            var due = typed.Date($"Schedule[{i}].Due", row.Due);
            if (amount is null) continue;
            schedule.Add(new Instalment(due, amount.Value, ListingRules.CleanLine(row.Condition)));
            rowOfInstalment.Add(i);
        }
        var content = new ContractContent
        {
            Title = ListingRules.CleanLine(Title), Kind = typed.Choice<ContractKind>(nameof(Kind), Kind), SubKind = typed.Choice<ContractSubKind>(nameof(SubKind), SubKind), Parties = parties,
            TotalAmount = typed.Number(nameof(TotalAmount), TotalAmount, 4), TechnologyAmount = typed.Number(nameof(TechnologyAmount), TechnologyAmount, 4),
            Differences = typed.Choices<DifferenceKind>(nameof(Differences), Differences), DifferenceText = ListingRules.Clean(DifferenceText),
            Payment = typed.Choice<PaymentMode>(nameof(Payment), Payment), Schedule = schedule, Ip = typed.Choices<IpKind>(nameof(Ip), Ip), IpNumbers = ListingRules.CleanLine(IpNumbers),
            Ownership = typed.Choice<ResultOwnership>(nameof(Ownership), Ownership), Field = typed.Choice<TechnologyField>(nameof(Field), Field), Industry = ListingRules.CleanLine(Industry),
            Goal = typed.Choice<SocialGoal>(nameof(Goal), Goal), Source = typed.Choice<PlanSource>(nameof(Source), Source), SignedOn = typed.Date(nameof(SignedOn), SignedOn),
            ValidFrom = typed.Date(nameof(ValidFrom), ValidFrom), ValidUntil = typed.Date(nameof(ValidUntil), ValidUntil),
            ExpectedInput = typed.Number(nameof(ExpectedInput), ExpectedInput, 4), ExpectedOutput = typed.Number(nameof(ExpectedOutput), ExpectedOutput, 4), Disputed = Disputed == "true",
        };
        return (content, typed.Problems, problem => AtRow(AtRow(problem, "Parties[", rowOfParty), "Schedule[", rowOfInstalment));
    }

    private static Problem AtRow(Problem problem, string start, List<int> rows)
    {
        if (!problem.Field.StartsWith(start, StringComparison.Ordinal)) return problem;
        var end = problem.Field.IndexOf(']', StringComparison.Ordinal);
        var index = int.Parse(problem.Field.AsSpan(start.Length, end - start.Length), CultureInfo.InvariantCulture);
        return index < rows.Count ? problem with { Field = $"{start}{rows[index]}{problem.Field[end..]}" } : problem;
    }

    private static string? Text(decimal? number) => number?.ToString("0.####", CultureInfo.InvariantCulture);

    private static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
