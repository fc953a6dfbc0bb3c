using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;

namespace Matchmaking.Matching.Deals;

/// <summary>Rules of a contract's content, shared by form and entity. Codes of the problems name texts in the resource files.</summary>
public static class ContractRules
{
    /// <summary>From this total on (万元), or when disputed, the office asks experts: the longer term (draft rule of 2024, S67).</summary>
    public const decimal LargeAmount = 500m;
    public const int DecisionDays = 15;
    public const int LongDecisionDays = 30;

    /// <summary>So many times more than the budget or price of the listing, or so many times less: 元 typed for 万元, or the reverse; asked about.</summary>
    public const decimal DoubtfulFactor = 1_000m;

    /// <summary>Limits that hold for a draft as well.</summary>
    public static IReadOnlyList<Problem> CheckDraft(ContractContent content)
    {
        var problems = new List<Problem>();
        void Long(string field, string text, int limit)
        {
            if (text.Length > limit) problems.Add(new Problem(field, "TooLong", text.Length, limit));
        }
        void Amount(string field, decimal? amount)
        {
            if (amount is < 0 or > ListingContent.MaxMoney) problems.Add(new Problem(field, "AmountOutOfRange", amount, ListingContent.MaxMoney));
            else if (amount is { } value && decimal.Round(value, 4) != value) problems.Add(new Problem(field, "AmountTooFine"));
        }
        Long(nameof(content.Title), content.Title, ContractContent.MaxTitle);
        Long(nameof(content.DifferenceText), content.DifferenceText, ContractContent.MaxText);
        Long(nameof(content.IpNumbers), content.IpNumbers, ContractContent.MaxText);
        Amount(nameof(content.TotalAmount), content.TotalAmount);
        Amount(nameof(content.TechnologyAmount), content.TechnologyAmount);
        Amount(nameof(content.ExpectedInput), content.ExpectedInput);
        Amount(nameof(content.ExpectedOutput), content.ExpectedOutput);
        if (content.TechnologyAmount > content.TotalAmount) problems.Add(new Problem(nameof(content.TechnologyAmount), "TechnologyMoreThanTotal", content.TechnologyAmount, content.TotalAmount));
        if (content.SubKind is { } sub && (content.Kind is not { } kind || !ContractKinds.SubKinds[kind].Contains(sub))) problems.Add(new Problem(nameof(content.SubKind), "SubKindOfOtherKind"));
        if (content.Industry.Length > 0 && !CodeLists.Industries.Contains(content.Industry)) problems.Add(new Problem(nameof(content.Industry), "UnknownCode", content.Industry));
        if (content.ValidUntil < content.ValidFrom) problems.Add(new Problem(nameof(content.ValidUntil), "DatesReversed"));
        if (content.ValidFrom is { } from && content.ValidUntil > from.AddYears(ContractContent.LongestYears)) problems.Add(new Problem(nameof(content.ValidUntil), "TermTooLong", ContractContent.LongestYears));
        CheckParties(problems, content.Parties);
        CheckSchedule(problems, content);
        return problems;
    }

    /// <summary>What must be there before a contract counts as signed.</summary>
    /// <param name="today">The province's day.</param>
    public static IReadOnlyList<Problem> CheckSigned(ContractContent content, DateOnly today)
    {
        var problems = new List<Problem>(CheckDraft(content));
        void Require(bool there, string field)
        {
            if (!there) problems.Add(new Problem(field, "Missing"));
        }
        Require(content.Title.Length > 0, nameof(content.Title));
        Require(content.Kind is not null, nameof(content.Kind));
        Require(content.SubKind is not null, nameof(content.SubKind));
        Require(content.TotalAmount is not null, nameof(content.TotalAmount));
        Require(content.TechnologyAmount is not null, nameof(content.TechnologyAmount));
        Require(content.Payment is not null, nameof(content.Payment));
        Require(content.Field is not null, nameof(content.Field));
        Require(content.SignedOn is not null, nameof(content.SignedOn));
        foreach (var side in Enum.GetValues<ContractSide>())
            if (!content.Of(side).Any()) problems.Add(new Problem(nameof(content.Parties), "NoParty." + side));
        if (content.TechnologyAmount < content.TotalAmount && content.Differences.Count == 0) problems.Add(new Problem(nameof(content.Differences), "DifferenceUnexplained", content.TotalAmount, content.TechnologyAmount));
        if (content.SignedOn > today) problems.Add(new Problem(nameof(content.SignedOn), "SignedInFuture", content.SignedOn));
        return problems;
    }

    /// <summary>What the registration form asks beyond that; names of fields, in the order of the form.</summary>
    public static IReadOnlyList<string> MissingForRegistration(ContractContent content) =>
    [
        .. Enum.GetValues<ContractSide>().Where(side => content.Of(side).Any(p => p.Region.Length == 0 || p.Nature.Length == 0)).Select(side => $"Parties.{side}"),
        .. Absent(content.Industry.Length > 0, nameof(content.Industry)), .. Absent(content.Goal is not null, nameof(content.Goal)), .. Absent(content.Source is not null, nameof(content.Source)),
        .. Absent(content.Ip.Count > 0, nameof(content.Ip)), .. Absent(content.Ownership is not null, nameof(content.Ownership)),
        .. Absent(content.ValidFrom is not null, nameof(content.ValidFrom)), .. Absent(content.ValidUntil is not null, nameof(content.ValidUntil)),
        .. Absent(content.ExpectedInput is not null, nameof(content.ExpectedInput)), .. Absent(content.ExpectedOutput is not null, nameof(content.ExpectedOutput)),
    ];

    /// <summary>Working days that the registration office has to decide.</summary>
    public static int DecisionTerm(decimal totalAmount, bool disputed) => totalAmount >= LargeAmount || disputed ? LongDecisionDays : DecisionDays;

    /// <summary>Whether an amount looks as if it were typed in another unit than the listing's money; both in 万元.</summary>
    public static bool IsDoubtful(decimal amount, decimal? money) =>
        money is > 0 && amount > 0 && (amount >= money.Value * DoubtfulFactor || amount * DoubtfulFactor <= money.Value);

    private static string[] Absent(bool there, string field) => there ? [] : [field];

    private static void CheckParties(List<Problem> problems, IReadOnlyList<ContractParty> parties)
    {
        if (parties.Count > ContractContent.MaxParties) problems.Add(new Problem("Parties", "TooManyParties", ContractContent.MaxParties));
        for (var i = 0; i < parties.Count; i++)
        {
            var party = parties[i];
            if (party.Name.Length == 0) problems.Add(new Problem($"Parties[{i}].Name", "Missing"));
            if (party.Name.Length > ContractContent.MaxName) problems.Add(new Problem($"Parties[{i}].Name", "TooLong", party.Name.Length, ContractContent.MaxName));
            // A party abroad has no code; its region then lies outside the country's codes.
            if (party.CreditCode.Length > 0 && CreditCode.Normalize(party.CreditCode) is null) problems.Add(new Problem($"Parties[{i}].CreditCode", "CreditCode"));
            if (party.CreditCode.Length == 0 && party.Region != Abroad) problems.Add(new Problem($"Parties[{i}].CreditCode", "Missing"));
            if (party.Region.Length > 0 && (party.Region.Length != 6 || !party.Region.All(char.IsAsciiDigit))) problems.Add(new Problem($"Parties[{i}].Region", "RegionCode"));
            if (party.Nature.Length > 0 && !ContractKinds.Natures.Contains(party.Nature)) problems.Add(new Problem($"Parties[{i}].Nature", "UnknownCode", party.Nature));
        }
        foreach (var twice in parties.Select((p, i) => (p, i)).Where(x => x.p.CreditCode.Length > 0).GroupBy(x => x.p.CreditCode, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
            problems.Add(new Problem($"Parties[{twice.Last().i}].CreditCode", "PartyTwice"));
    }

    /// <summary>Region of a party outside the country.</summary>
    public const string Abroad = "000000";

    private static void CheckSchedule(List<Problem> problems, ContractContent content)
    {
        var rows = content.Schedule;
        if (rows.Count > ContractContent.MaxInstalments) problems.Add(new Problem("Schedule", "TooManyInstalments", ContractContent.MaxInstalments));
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i].Amount is <= 0 or > ListingContent.MaxMoney) problems.Add(new Problem($"Schedule[{i}].Amount", "AmountOutOfRange", rows[i].Amount, ListingContent.MaxMoney));
            if (rows[i].Due is null && rows[i].Condition.Length == 0) problems.Add(new Problem($"Schedule[{i}].Due", "InstalmentWithoutTime"));
            if (rows[i].Condition.Length > ContractContent.MaxText) problems.Add(new Problem($"Schedule[{i}].Condition", "TooLong", rows[i].Condition.Length, ContractContent.MaxText));
        }
        // With a royalty the sum is not known; else the parts make the whole.
        if (rows.Count > 0 && content.Payment is PaymentMode.LumpSum or PaymentMode.Instalments && content.TotalAmount is { } total && rows.Sum(r => r.Amount) is var sum && sum != total)
            problems.Add(new Problem("Schedule", "ScheduleSum", sum, total));
    }
}
