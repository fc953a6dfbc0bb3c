using Matchmaking.Matching.Deals;
using Matchmaking.Matching.Listings;

namespace Matchmaking.Tests.Deals;

/// <summary>What always holds of a contract.</summary>
public sealed class ContractTests
{
    private static readonly DateOnly Today = new(2026, 11, 25);
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 2, 0, 0, TimeSpan.Zero);

    internal static ContractContent Complete => new()
    {
        Title = "低温电池脉冲加热技术委托开发（示例）", Kind = ContractKind.Development, SubKind = ContractSubKind.CommissionedDevelopment,
        Parties =
        [
            new(ContractSide.Buyer, "示例动力电池有限公司", "912201011239989159", "220100", "150", null),
            new(ContractSide.Seller, "示例大学", "9144030071526726XG", "440300", "022", null),
        ],
        TotalAmount = 120m, TechnologyAmount = 100m, Differences = [DifferenceKind.Equipment], Payment = PaymentMode.Instalments,
        Schedule = [new(new DateOnly(2026, 12, 1), 50m, ""), new(null, 70m, "验收后")], Ip = [IpKind.InventionPatent], Ownership = ResultOwnership.Shared,
        Field = TechnologyField.NewEnergy, Industry = "C38", Goal = SocialGoal.Industry, Source = PlanSource.None, SignedOn = new DateOnly(2026, 11, 20),
        ValidFrom = new DateOnly(2026, 11, 20), ValidUntil = new DateOnly(2028, 11, 19), ExpectedInput = 300m, ExpectedOutput = 2_000m,
    };

    private static Contract Draft(ContractContent? content = null)
    {
        var contract = new Contract(1, null, null, null, [], Now);
        contract.Describe(content ?? Complete, [], Today, Now);
        return contract;
    }

    private static Contract In(ContractState state)
    {
        var contract = Draft();
        if (state == ContractState.Draft) return contract;
        if (state != ContractState.Cancelled) contract.Sign(Today, 1, Now);
        if (state is ContractState.Submitted or ContractState.Registered) contract.Submit(Today, Today.AddDays(21), 1, Now);
        if (state == ContractState.Registered) contract.Register("2026220100012345", Today, 1, Now);
        if (state == ContractState.Cancelled) contract.Cancel("示例", 1, Now);
        return contract;
    }

    private static void Do(Contract contract, ContractAct act)
    {
        switch (act)
        {
            case ContractAct.Describe: contract.Describe(Complete, [], Today, Now); break;
            case ContractAct.Sign: contract.Sign(Today, 1, Now); break;
            case ContractAct.Submit: contract.Submit(Today, Today.AddDays(21), 1, Now); break;
            case ContractAct.SendBack: contract.SendBack("补充附件", 1, Now); break;
            case ContractAct.Register: contract.Register("2026220100012346", Today, 1, Now); break;
            case ContractAct.Change: contract.Change("延期", 1, Now); break;
            case ContractAct.Cancel: contract.Cancel("未履行", 1, Now); break;
            default: throw new ArgumentOutOfRangeException(nameof(act));
        }
    }

    public static TheoryData<ContractState, ContractAct> Pairs
    {
        get
        {
            var pairs = new TheoryData<ContractState, ContractAct>();
            foreach (var state in Enum.GetValues<ContractState>()) foreach (var act in Enum.GetValues<ContractAct>()) pairs.Add(state, act);
            return pairs;
        }
    }

    // The table of the code, written down once more as the rules are told to people.
    private static readonly Dictionary<ContractState, ContractAct[]> Expected = new()
    {
        [ContractState.Draft] = [ContractAct.Describe, ContractAct.Sign, ContractAct.Cancel],
        [ContractState.Signed] = [ContractAct.Describe, ContractAct.Submit, ContractAct.Cancel],
        [ContractState.Submitted] = [ContractAct.SendBack, ContractAct.Register, ContractAct.Cancel],
        [ContractState.Registered] = [ContractAct.Change, ContractAct.Cancel],
        [ContractState.Cancelled] = [],
    };

    [Theory, MemberData(nameof(Pairs))]
    public void Every_act_is_done_where_it_is_allowed_and_refused_elsewhere(ContractState state, ContractAct act)
    {
        var contract = In(state);
        var steps = contract.Steps.Count;
        if (Expected[state].Contains(act))
        {
            Do(contract, act);
            Assert.Equal(act == ContractAct.Describe ? steps : steps + 1, contract.Steps.Count);
            return;
        }
        Assert.Throws<ContractRefusedException>(() => Do(contract, act));
        Assert.Equal(state, contract.State);
        Assert.Equal(steps, contract.Steps.Count);
    }

    public static TheoryData<string, string, ContractContent> Wrong => new()
    {
        { "Parties", "NoParty.Seller", Complete with { Parties = [Complete.Parties[0]] } },
        { "Parties", "NoParty.Buyer", Complete with { Parties = [Complete.Parties[1]] } },
        { "TechnologyAmount", "TechnologyMoreThanTotal", Complete with { TechnologyAmount = 120.0001m } },
        { "Differences", "DifferenceUnexplained", Complete with { Differences = [] } },
        { "TotalAmount", "AmountOutOfRange", Complete with { TotalAmount = -1m, TechnologyAmount = null, Schedule = [] } },
        { "SubKind", "SubKindOfOtherKind", Complete with { SubKind = ContractSubKind.PatentLicence } },
        { "SignedOn", "SignedInFuture", Complete with { SignedOn = Today.AddDays(1) } },
        { "SignedOn", "Missing", Complete with { SignedOn = null } },
        { "ValidUntil", "DatesReversed", Complete with { ValidUntil = new DateOnly(2026, 11, 19) } },
        { "Schedule", "ScheduleSum", Complete with { Schedule = [new(Today, 50m, "")] } },
        { "Schedule[0].Due", "InstalmentWithoutTime", Complete with { Schedule = [new(null, 120m, "")] } },
        { "Parties[0].CreditCode", "CreditCode", Complete with { Parties = [Complete.Parties[0] with { CreditCode = "91350100M000100Y4Z" }, Complete.Parties[1]] } },
        { "Parties[1].CreditCode", "PartyTwice", Complete with { Parties = [Complete.Parties[0], Complete.Parties[1] with { CreditCode = Complete.Parties[0].CreditCode }] } },
        { "Parties[1].CreditCode", "Missing", Complete with { Parties = [Complete.Parties[0], Complete.Parties[1] with { CreditCode = "" }] } },
        { "Parties[0].Nature", "UnknownCode", Complete with { Parties = [Complete.Parties[0] with { Nature = "999" }, Complete.Parties[1]] } },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void What_does_not_hold_is_named_and_is_not_signed(string field, string code, ContractContent content)
    {
        Assert.Contains(ContractRules.CheckSigned(content, Today), p => p.Field == field && p.Code == code);
        Assert.Throws<InvalidOperationException>(() =>
        {
            var contract = new Contract(1, null, null, null, [], Now);
            contract.Describe(content, [], Today, Now);
            contract.Sign(Today, 1, Now);
        });
    }

    [Fact]
    public void A_complete_contract_lacks_nothing_and_a_party_abroad_needs_no_code()
    {
        Assert.Empty(ContractRules.CheckSigned(Complete, Today));
        Assert.Empty(ContractRules.MissingForRegistration(Complete));
        var abroad = Complete with { Parties = [Complete.Parties[0], new(ContractSide.Seller, "Example Institute", "", ContractRules.Abroad, "300", null)] };
        Assert.Empty(ContractRules.CheckSigned(abroad, Today));
    }

    [Theory]
    [InlineData(499.9999, false, 15)]
    [InlineData(500, false, 30)]
    [InlineData(10, true, 30)]
    public void The_term_is_longer_for_large_or_disputed_contracts(double amount, bool disputed, int days) => Assert.Equal(days, ContractRules.DecisionTerm((decimal)amount, disputed));

    [Fact]
    public void What_was_signed_and_registered_is_kept_when_the_contract_changes()
    {
        var contract = In(ContractState.Registered);
        contract.Change("金额调整", 1, Now);
        contract.Describe(Complete with { TotalAmount = 150m, Schedule = [] }, [], Today, Now);
        contract.Submit(Today, Today.AddDays(21), 1, Now);
        contract.Register("2026220100012345", Today, 1, Now);
        Assert.Equal(["signed", "registered", "registered"], contract.Versions.OrderBy(v => v.Number).Select(v => v.Why));
        var amounts = contract.Versions.OrderBy(v => v.Number).Select(v => System.Text.Json.JsonSerializer.Deserialize<ContractContent>(v.ContentJson, Revision.Json)!.TotalAmount);
        Assert.Equal([120m, 120m, 150m], amounts);
        // Asked about three times, not three times for each version.
        Assert.Equal([6, 12, 24], contract.FollowUps.Select(f => f.AfterMonths));
        Assert.Equal(new DateOnly(2027, 5, 20), contract.FollowUps.First().Due);
    }

    [Fact]
    public void A_registration_number_has_sixteen_digits_or_fourteen()
    {
        Assert.True(ContractKinds.IsRegistrationNumber("2026220100012345"));
        Assert.True(ContractKinds.IsRegistrationNumber("20262201000123"));
        Assert.False(ContractKinds.IsRegistrationNumber("202622010001234"));
        Assert.False(ContractKinds.IsRegistrationNumber("202622010001234X"));
        Assert.Throws<ArgumentException>(() => In(ContractState.Submitted).Register("12", Today, 1, Now));
    }

    [Fact]
    public void Every_sub_kind_belongs_to_one_kind() =>
        Assert.Equal(Enum.GetValues<ContractSubKind>().Order(), ContractKinds.SubKinds.Values.SelectMany(s => s).Order());

    [Fact]
    public void The_kind_follows_from_what_both_sides_want_and_from_the_right()
    {
        var need = new NeedContent { Cooperation = [CooperationMode.Licence, CooperationMode.JointDevelopment] };
        var patent = new AchievementContent { Cooperation = [CooperationMode.Transfer, CooperationMode.Licence], Ip = IpKind.InventionPatent };
        Assert.Equal(
            [
                (ContractKind.Licence, ContractSubKind.PatentLicence, "Kind.Both"), (ContractKind.Development, ContractSubKind.JointDevelopment, "Kind.Need"),
                (ContractKind.Assignment, ContractSubKind.PatentRight, "Kind.Achievement"),
            ],
            KindSuggestion.Of(need, patent).Select(s => (s.Kind, s.SubKind, s.Reason)));
        Assert.Equal(ContractSubKind.TradeSecretLicence, KindSuggestion.Of(need, patent with { Ip = IpKind.TradeSecret })[0].SubKind);
        Assert.Equal("Kind.Early", Assert.Single(KindSuggestion.Of(null, new AchievementContent { Trl = 4 })).Reason);
        Assert.Equal("Kind.Unknown", Assert.Single(KindSuggestion.Of(new NeedContent(), new AchievementContent { Trl = 8 })).Reason);
    }

    [Fact]
    public void A_proof_needs_something_behind_it_and_is_decided_once()
    {
        Assert.Throws<ArgumentException>(() => new SolutionProof(1, ProofKind.Letter, null, null, null, null, "", 1, Now));
        Assert.Throws<ArgumentException>(() => new SolutionProof(1, ProofKind.RegisteredContract, null, "a.pdf", "x", "y", "", 1, Now));
        var proof = new SolutionProof(1, ProofKind.RegisteredContract, 7, null, null, null, "", 1, Now);
        proof.Accept(2, Now);
        Assert.Throws<InvalidOperationException>(() => proof.Refuse("迟了", 2, Now));
    }

    [Fact]
    public void A_price_is_noticed_for_fifteen_days_and_objections_are_answered_first()
    {
        var from = new DateOnly(2026, 11, 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => new PriceNotice(1, "Licence", 80m, "示例公司", from, from.AddDays(13), 1, Now));
        var notice = new PriceNotice(1, "Licence", 80m, "示例公司", from, from.AddDays(14), 1, Now);
        Assert.False(notice.Close(from.AddDays(14)));
        Assert.Throws<InvalidOperationException>(() => notice.Object("示例人", "x@test.invalid", "价格偏低", from.AddDays(15), Now));
        var objection = notice.Object("示例人", "x@test.invalid", "价格偏低", from.AddDays(14), Now);
        Assert.False(notice.Close(from.AddDays(15)));
        objection.Reply("已重新评估", 1, Now);
        Assert.True(notice.Close(from.AddDays(15)));
    }
}
