using System.Globalization;
using System.Text.Json;
using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Deals;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Notices;
using Matchmaking.Matching.Organizations;
using Matchmaking.Matching.Plan;
using Matchmaking.Matching.Ranking;
using Matchmaking.Matching.Search;
using Matchmaking.Matching.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Benchmarks;

/// <summary>How much a load sample holds.</summary>
/// <param name="Listings">One in <see cref="ListingMaker.NeedEvery"/> is a need; each need has <see cref="LoadSample.MatchesOfNeed"/> matches.</param>
internal sealed record LoadSize(int Listings, int Cases, int Users);

/// <summary>
/// Fills a database with what an installation holds after two busy years, by the entities' own acts: every listing went through its stations, every case through
/// its stages. Who signs in to be measured (<see cref="Accounts"/>) has much more than others: the firm a twentieth of the needs, the broker a fifth of the cases,
/// the office a tenth of the organisations. The same size and seed make the same sample but for the moment it is counted from.
/// </summary>
internal sealed class LoadSample(IServiceProvider services, ListingMaker maker, LoadSize size)
{
    public const int MatchesOfNeed = 20;
    public const string Password = "Load-2026-jilin";

    /// <summary>Email and role of those who can sign in.</summary>
    public static IReadOnlyList<(string Email, string Role)> Accounts { get; } =
    [
        ("firm@load.test", Roles.EnterpriseMember), ("professor@load.test", Roles.Researcher), ("office@load.test", Roles.RecommendingOffice), ("broker@load.test", Roles.Broker),
        ("staff@load.test", Roles.Staff), ("admin@load.test", Roles.Administrator),
    ];

    private const int Batch = 500;
    private const int Days = 700;
    private const int Seed = 11;
    private static readonly string[] Features =
        [Feature.TitleCharacters, Feature.TitleInText, Feature.TextTerms, Feature.CosineTitle, Feature.CosineText, Feature.BestSentence, Feature.Field, Feature.QuantitiesMet, Feature.Region, Feature.Freshness];

    private readonly DateTimeOffset now = services.GetRequiredService<TimeProvider>().GetUtcNow();
    private readonly Random dice = new(Seed);
    private List<int> firms = [];
    private List<int> schools = [];
    private List<int> brokers = [];
    private List<int> staff = [];
    private int broker;

    /// <summary>Fills an empty database that has its tables and roles.</summary>
    public async Task FillAsync(Action<string>? tell = null)
    {
        await PeopleAsync();
        tell?.Invoke("organisations and people");
        var numbers = Enumerable.Range(1, size.Listings).ToList();
        foreach (var part in numbers.Chunk(Batch)) await ListingsAsync(part);
        tell?.Invoke("listings");
        await MatchesAsync();
        tell?.Invoke("matches, cases, contracts");
        await OthersAsync();
        tell?.Invoke("notices, questions, decisions, the plan's numbers");
    }

    private DateOnly Today => DateOnly.FromDateTime(now.UtcDateTime);

    private async Task<T> WithDbAsync<T>(Func<MatchmakingDbContext, Task<T>> work)
    {
        await using var scope = services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<MatchmakingDbContext>());
    }

    private async Task PeopleAsync() => await WithDbAsync(async db =>
    {
        var organizations = new List<Organization>();
        Organization Add(OrganizationKind kind, Organization? office)
        {
            var code = "91220100MA0T" + (organizations.Count + 1).ToString("D5", CultureInfo.InvariantCulture);
            var made = new Organization($"负载单位{organizations.Count + 1}（示例）", kind, code + CreditCode.CheckCharacter(code), CodeLists.Regions[dice.Next(CodeLists.Regions.Count)], CodeLists.Industries[dice.Next(CodeLists.Industries.Count)], null, now.AddDays(-Days));
            made.Verify(1, now.AddDays(-Days));
            if (office is not null) made.PlaceUnder(office);
            organizations.Add(made);
            return made;
        }
        var offices = Enumerable.Range(0, Math.Clamp(size.Users / 150, 2, 20)).Select(_ => Add(OrganizationKind.Office, null)).ToList();
        var agency = Add(OrganizationKind.Agency, null);
        var own = Enumerable.Range(0, Math.Max(4, size.Users / 3)).Select(i => Add(OrganizationKind.Enterprise, i % 5 == 4 ? null : offices[i % 10 == 0 ? 0 : i % offices.Count])).ToList();
        var ofScience = Enumerable.Range(0, Math.Max(4, size.Users / 6)).Select(i => Add(i % 3 == 2 ? OrganizationKind.Institute : OrganizationKind.University, i % 5 == 4 ? null : offices[i % 10 == 0 ? 0 : i % offices.Count])).ToList();
        db.Organizations.AddRange(organizations);
        await db.SaveChangesAsync();
        (firms, schools) = (own.ConvertAll(o => o.Id), ofScience.ConvertAll(o => o.Id));

        var roles = await db.Roles.ToDictionaryAsync(r => r.Name!, r => r.Id);
        var hash = services.GetRequiredService<IPasswordHasher<User>>();
        var made = new List<(User User, string Role)>();
        void Person(string email, string role, Organization? organization, bool signsIn)
        {
            var user = User.Create(email, $"负载用户{made.Count + 1}（示例）", now.AddDays(-Days));
            (user.NormalizedUserName, user.NormalizedEmail, user.EmailConfirmed, user.SecurityStamp) = (email.ToUpperInvariant(), email.ToUpperInvariant(), true, Guid.NewGuid().ToString("N"));
            if (signsIn) user.PasswordHash = hash.HashPassword(user, Password);
            if (organization is not null) user.Found(organization);
            made.Add((user, role));
        }
        foreach (var (email, role) in Accounts)
            Person(email, role, role switch { Roles.EnterpriseMember => own[0], Roles.Researcher => ofScience[0], Roles.RecommendingOffice => offices[0], Roles.Broker => agency, _ => null }, signsIn: true);
        var (manyBrokers, manyStaff) = (Math.Max(3, size.Users / 75), Math.Max(2, size.Users / 300));
        for (var i = made.Count; i < size.Users; i++)
        {
            var n = i - Accounts.Count;
            var (role, organization) = n < manyBrokers ? (Roles.Broker, (Organization?)agency)
                : n < manyBrokers + manyStaff ? (Roles.Staff, null)
                : n < manyBrokers + manyStaff + offices.Count ? (Roles.RecommendingOffice, offices[n % offices.Count])
                : n % 3 == 0 ? (Roles.Researcher, ofScience[n % ofScience.Count]) : (Roles.EnterpriseMember, own[n % own.Count]);
            Person($"user{i}@load.test", role, organization, signsIn: false);
        }
        db.Users.AddRange(made.Select(m => m.User));
        await db.SaveChangesAsync();
        db.UserRoles.AddRange(made.Select(m => new IdentityUserRole<int> { UserId = m.User.Id, RoleId = roles[m.Role] }));
        brokers = [.. made.Where(m => m.Role == Roles.Broker).Select(m => m.User.Id)];
        staff = [.. made.Where(m => m.Role == Roles.Staff).Select(m => m.User.Id)];
        broker = brokers[0];
        foreach (var id in brokers)
        {
            var profile = new BrokerProfile(id);
            profile.Describe(BrokerLevel.Middle, [.. Enum.GetValues<TechnologyField>().OrderBy(_ => dice.Next()).Take(2)], [CodeLists.Regions[dice.Next(CodeLists.Regions.Count)]]);
            profile.Trainings.Add(new BrokerTraining(id, "技术经理人培训班（示例）", Today.AddDays(-dice.Next(1, Days)), 40));
            db.BrokerProfiles.Add(profile);
        }
        return await db.SaveChangesAsync();
    });

    private int Broker() => dice.Next(5) == 0 ? broker : brokers[dice.Next(brokers.Count)];

    private async Task ListingsAsync(int[] numbers) => await WithDbAsync(async db =>
    {
        var made = numbers.AsParallel().AsOrdered().Select(id => maker.Make(id, sentences: true)).ToList();
        var owners = made.ConvertAll(entry => entry.Document.Kind == ListingKind.Need
            ? entry.Document.Id % 200 == 0 ? firms[0] : firms[dice.Next(firms.Count)]
            : entry.Document.Id % 50 is 1 or 2 ? schools[0] : schools[dice.Next(schools.Count)]);
        var organizations = await db.Organizations.Where(o => owners.Contains(o.Id)).ToDictionaryAsync(o => o.Id);
        var listings = made.Zip(owners, (entry, owner) => Listing(entry.Document, organizations[owner])).ToList();
        db.Listings.AddRange(listings);
        foreach (var listing in listings.Where(l => l.PublishedAt is not null)) db.Audit(staff[0], "listing.publish", $"listing:{listing.Number}", listing.PublishedAt!.Value);
        await db.SaveChangesAsync();
        foreach (var (listing, entry) in listings.Zip(made))
            if (listing.IsSearchable && entry.Vectors is { } vectors) db.ListingVectors.Add(new ListingVector(listing.Id, vectors.Model, listing.SearchVersion, PackedVectors.Pack(vectors)));
        return await db.SaveChangesAsync();
    });

    private Listing Listing(ListingDocument made, Organization owner)
    {
        var title = made.Title.Length <= ListingContent.MaxTitle ? made.Title : made.Title[..ListingContent.MaxTitle];
        var keywords = made.Keywords.Where(keyword => keyword.Length <= ListingContent.MaxKeyword).ToList();
        var modes = made.Cooperation.Select(Enum.Parse<CooperationMode>).ToList();
        var at = now.AddDays(-dice.Next(30, Days)).AddMinutes(-dice.Next(1440));
        ListingContent content = made.Kind == ListingKind.Need
            ? new NeedContent
            {
                Title = title, Summary = made.Summary, Description = made.Description, Keywords = keywords, Field = Enum.Parse<TechnologyField>(made.Field), Industry = made.Industry, Region = made.Region, Quantities = made.Quantities,
                Cooperation = modes, Money = made.Money, ValidUntil = Today.AddDays(dice.Next(20, 300)), Kind = NeedKind.Research, Horizon = Enum.Parse<Horizon>(made.Band!), WorkDone = "已做过小试。", Deadline = Today.AddDays(320), MinimumTrl = made.Maturity,
            }
            : new AchievementContent
            {
                Title = title, Summary = made.Summary, Description = made.Description, Keywords = keywords, Field = Enum.Parse<TechnologyField>(made.Field), Industry = made.Industry, Region = made.Region, Quantities = made.Quantities,
                Cooperation = modes, Money = made.Money, ValidUntil = Today.AddDays(dice.Next(20, 300)), Trl = made.Maturity, Stage = Enum.Parse<AchievementStage>(made.Band!), Ip = IpKind.InventionPatent,
            };
        // Half of the achievements come from a repository.
        if (content is AchievementContent imported && made.Id % 2 == 1)
        {
            var achievement = new Achievement(owner, 0, at);
            achievement.ImportedFrom($"made:{made.Id}");
            achievement.PublishImported(imported, made.Number, at);
            return achievement;
        }
        Listing listing = content is NeedContent ? new Need(owner, staff[0], at) : new Achievement(owner, staff[0], at);
        listing.Describe(content, new Contact("联系人甲（示例）", "0431-00000000", "contact@load.test"), at);
        var left = dice.Next(50);
        if (left == 0) return listing;
        listing.Submit(staff[0], at = at.AddHours(dice.Next(1, 50)), Today);
        if (left == 1) return listing;
        if (listing.State == ListingState.AwaitingOffice)
        {
            if (dice.Next(5) == 0)
            {
                listing.SendBack("请写明现有水平（示例）", staff[0], at = at.AddHours(dice.Next(1, 100)));
                if (left == 2) return listing;
                listing.Submit(staff[0], at = at.AddHours(dice.Next(1, 100)), Today);
            }
            listing.Forward(null, staff[0], at = at.AddHours(dice.Next(1, 100)));
        }
        if (left == 3) return listing;
        listing.Publish(made.Number, staff[0], at = at.AddHours(dice.Next(1, 200)));
        if (dice.Next(content is NeedContent ? 2 : 4) == 0) listing.AssignBroker(Broker(), staff[0], at);
        return listing;
    }

    private async Task MatchesAsync()
    {
        var (needs, achievements) = await WithDbAsync(async db => (
            await db.Needs.Where(n => ListingStates.Searchable.Contains(n.State)).Select(n => n.Id).ToListAsync(), await db.Achievements.Where(a => ListingStates.Searchable.Contains(a.State)).Select(a => a.Id).ToListAsync()));
        var (cases, done) = (0, 0);
        foreach (var part in needs.Chunk(50))
        {
            var wanted = part.ToDictionary(id => id, _ => Enumerable.Range(0, MatchesOfNeed).Select(_ => achievements[dice.Next(achievements.Count)]).Distinct().ToList());
            done += part.Length;
            // So many cases as are due by now, spread over the needs.
            var due = (int)((long)size.Cases * done / needs.Count) - cases;
            cases += await WithDbAsync(db => MatchesAsync(db, wanted, due));
        }
        // All but a few have been through the ranker.
        await WithDbAsync(db => db.Listings.Where(l => l.Id % 500 != 0).ExecuteUpdateAsync(set => set.SetProperty(l => l.MatchedVersion, l => l.SearchVersion)));
    }

    private async Task<int> MatchesAsync(MatchmakingDbContext db, Dictionary<int, List<int>> wanted, int cases)
    {
        var ids = wanted.Keys.Concat(wanted.Values.SelectMany(v => v)).Distinct().ToList();
        var listings = await db.Listings.Include(l => l.Organization).Where(l => ids.Contains(l.Id)).ToDictionaryAsync(l => l.Id);
        var matches = new List<Match>();
        foreach (var (need, found) in wanted)
        {
            // For one need in ten nothing good was found.
            var poor = need % 10 == 0;
            foreach (var (achievement, rank) in found.Select((id, i) => (id, i + 1)))
            {
                var match = new Match((Need)listings[need], (Achievement)listings[achievement], now.AddDays(-dice.Next(30)));
                var probability = poor ? 0.1 * dice.NextDouble() : Math.Pow(dice.NextDouble(), 1 + (rank / 10.0));
                match.Rate(probability * 4, probability, "weighted-2", Values(), Reasons(listings[need], listings[achievement]), now.AddDays(-1));
                match.PlaceForNeed(rank);
                if (!poor && rank <= 8)
                {
                    match.GradeAs(rank <= 4 ? dice.Next(3, 5) : dice.Next(1, 4), "对象与工序一致（示例）", Broker(), now.AddDays(-dice.Next(1, 300)));
                    if (dice.Next(10) == 0) match.GradeAs(dice.Next(1, 5), "第二次看（示例）", Broker(), now.AddDays(-1));
                }
                matches.Add(match);
            }
        }
        db.Matches.AddRange(matches);
        await db.SaveChangesAsync();
        var made = matches.Where(m => m.CurrentGrade >= Case.LowestGrade && m.Need.OrganizationId != m.Achievement.OrganizationId).Take(cases)
            .Select(m => Brought(m, Broker())).ToList();
        db.Cases.AddRange(made);
        await db.SaveChangesAsync();
        var number = 0;
        foreach (var signed in made.Where(c => c.Stage == CaseStage.Negotiating && dice.Next(2) == 0))
        {
            var contract = Contract(signed, listings[signed.NeedId], listings[signed.AchievementId], $"{signed.Id:D14}");
            db.Contracts.Add(contract);
            await db.SaveChangesAsync();
            signed.Sign(contract.Id, signed.BrokerId!.Value, now.AddDays(-20));
            if (contract.State == ContractState.Registered) signed.Register(signed.BrokerId!.Value, now.AddDays(-10));
            number++;
        }
        if (number > 0) await db.SaveChangesAsync();
        return made.Count;
    }

    /// <summary>A case somewhere on its way.</summary>
    private Case Brought(Match match, int by)
    {
        var at = now.AddDays(-dice.Next(25, 300));
        var brought = dice.Next(12) == 0 ? Case.Request(match, CaseSide.Need, Interest.None, staff[0], at) : Case.Propose(match, by, at);
        var way = dice.Next(10);
        if (brought.Stage == CaseStage.Recommended)
        {
            if (way < 3) return brought;
            brought.Accept(match, by, at);
        }
        if (way == 0) return brought;
        brought.Push(match, by, at = at.AddDays(1));
        if (way == 1) return brought;
        if (way == 2)
        {
            brought.Decline(CaseSide.Achievement, EndReason.Timing, "今年没有人手（示例）", staff[0], at.AddDays(2));
            return brought;
        }
        if (brought.Party(CaseSide.Need).Answer != SideAnswer.Interested) brought.SayInterested(CaseSide.Need, Interest.None, staff[0], at = at.AddDays(1));
        if (way == 3) return brought;
        brought.SayInterested(CaseSide.Achievement, Interest.None, staff[0], at = at.AddDays(1));
        if (way == 4) return brought;
        foreach (var side in Enum.GetValues<CaseSide>()) brought.Consent(side, CaseLayer.Contact, ConsentPurpose.Cooperation, "本次对接的另一方", staff[0], at);
        brought.Meet(by, at = at.AddDays(3));
        if (way == 5) return brought;
        if (way == 6)
        {
            brought.End(EndReason.Price, "价格谈不拢（示例）", by, at.AddDays(3));
            return brought;
        }
        brought.Negotiate(by, at.AddDays(2));
        return brought;
    }

    private Contract Contract(Case signed, Listing need, Listing achievement, string number)
    {
        var contract = new Contract(signed.BrokerId!.Value, signed.BrokerId, signed.Id, signed.NeedId, [signed.AchievementId], now.AddDays(-21));
        var amount = dice.Next(5, 300);
        ContractParty Party(ContractSide side, Organization organization) => new(side, organization.Name, organization.CreditCode, organization.Region, "", organization.Id);
        var signedOn = Today.AddDays(-21);
        contract.Describe(new ContractContent
        {
            Title = need.Title, Kind = ContractKind.Development, SubKind = ContractSubKind.CommissionedDevelopment, Parties = [Party(ContractSide.Buyer, need.Organization), Party(ContractSide.Seller, achievement.Organization)],
            TotalAmount = amount, TechnologyAmount = amount, Payment = PaymentMode.LumpSum, Field = need.Field, SignedOn = signedOn,
        }, [signed.AchievementId], Today, now.AddDays(-21));
        contract.Sign(Today, signed.BrokerId.Value, now.AddDays(-20));
        var way = dice.Next(3);
        if (way > 0) contract.Submit(signedOn.AddDays(2), signedOn.AddDays(30), signed.BrokerId.Value, now.AddDays(-19));
        if (way > 1) contract.Register(number, signedOn.AddDays(10), signed.BrokerId.Value, now.AddDays(-10));
        return contract;
    }

    private string Values() => JsonSerializer.Serialize(Features.ToDictionary(f => f, _ => Math.Round(dice.NextDouble(), 4)), Revision.Json);

    private string Reasons(Listing need, Listing achievement)
    {
        var (left, right) = (SentenceSplitter.Split(need.Description), SentenceSplitter.Split(achievement.Description));
        return JsonSerializer.Serialize(new Explanation(
            [.. Features.Select(f => new Contribution(f, Math.Round(dice.NextDouble(), 4)))],
            [.. left.Zip(right).Take(2).Select((pair, i) => new SentenceEvidence(i + 1, pair.First.Text, [], i + 1, pair.Second.Text, [], 0.7))],
            need.Keywords, [.. need.Quantities.Select(q => new LedgerRow(q, null, "", LedgerVerdict.NotStated))], [], need.Quantities), Revision.Json);
    }

    private async Task OthersAsync()
    {
        await WithDbAsync(async db =>
        {
            var people = await db.Users.OrderBy(u => u.Id).Select(u => u.Id).ToListAsync();
            foreach (var (id, i) in people.Select((id, i) => (id, i)))
                for (var n = 0; n < (i < Accounts.Count ? 60 : 10); n++) db.Notices.Add(new Notice(id, NoticeKind.ListingPublished, "/my", ["负载记录（示例）", "XQ2026-220100-00001", ""], now.AddDays(-dice.Next(90))));
            return await db.SaveChangesAsync();
        });
        await WithDbAsync(async db =>
        {
            var some = await db.Listings.Where(l => ListingStates.Searchable.Contains(l.State)).OrderBy(l => l.Id % 997).ThenBy(l => l.Id).Select(l => l.Id).Take(Math.Max(5, size.Listings / 200)).ToListAsync();
            foreach (var id in some) db.ListingQuestions.Add(new ListingQuestion(id, "中试规模是多少（示例）", staff[0], now.AddDays(-dice.Next(60))));
            var hard = await db.Needs.Where(n => ListingStates.Searchable.Contains(n.State) && n.Id % 30 == 0).Select(n => n.Id).ToListAsync();
            foreach (var id in hard) db.Triages.Add(new Triage(id, TriageDecision.SecondDiagnosis, "请看一看（示例）", Broker(), Broker(), now.AddDays(-dice.Next(60))));
            foreach (var indicator in PlanIndicators.All)
                for (var month = 1; month <= 12; month++) db.IndicatorReports.Add(new IndicatorReport(indicator, Today.AddMonths(-month), 10 * (13 - month), "统计月报（示例）", staff[0], Guid.NewGuid(), now));
            foreach (var rule in CountingRules.All)
                for (var day = 1; day <= 365; day++)
                {
                    var count = new IndicatorCount(rule.Code, Today.AddDays(-day));
                    count.Set(365 - day, [day], rule.Name, rule.Version, now.AddDays(-day));
                    db.IndicatorCounts.Add(count);
                }
            return await db.SaveChangesAsync();
        });
    }
}
