using System.Globalization;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Deals;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Authorization;
using Matchmaking.Web.Deals;
using Matchmaking.Web.Display;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Contracts;

/// <summary>The form of a contract: new, from a need and an achievement with the kind suggested, or one that is there. What was typed stays as typed.</summary>
public sealed class EditModel(MatchmakingDbContext db, ContractActs acts, ContractAccess access, ContractWords words, CurrentUser current, Formatting format, IStringLocalizer<DealsText> text) : PageModel
{
    [BindProperty]
    public ContractInput Input { get; set; } = new();

    [BindProperty]
    public Guid Key { get; set; }

    /// <summary>Version of the contract when the form was opened.</summary>
    [BindProperty]
    public int Seen { get; set; }

    /// <summary>Public number of the need the contract answers; from the address of a new contract.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Need { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Achievement { get; set; }

    /// <summary>The case the contract came from; its broker's or staff's.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Case { get; set; }

    public Contract? Contract { get; private set; }
    public IReadOnlyList<SuggestedKind> Suggested { get; private set; } = [];

    /// <summary>The doubtful amount that waits for a tick, as a plain number.</summary>
    public string? Doubtful { get; private set; }

    private Need? need;
    private Achievement? offered;

    public async Task<IActionResult> OnGetAsync(int? id, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken)) return NotFound();
        if (Contract is not null)
        {
            Seen = Contract.Version;
            Input = ContractInput.Of(Contract.Content(), await NumbersAsync([.. Contract.Achievements.Select(a => a.AchievementId)], cancellationToken));
        }
        else
        {
            Key = Guid.NewGuid();
            Prefill();
        }
        Input.AddSpareRows();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int? id, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken)) return NotFound();
        var (content, problems, atInput) = Input.Read();
        words.AddTo(ModelState, problems, "Input.");
        var achievements = await AchievementsAsync(cancellationToken);
        AskWhenDoubtful(content.TotalAmount);
        if (!ModelState.IsValid) return Again();
        var by = (await current.RequireAsync()).Id;
        var decision = Contract is null
            ? await acts.CreateAsync(content, achievements, need?.Id, Case, User.IsInRole(Roles.Broker) ? by : null, Key, by, cancellationToken)
            : await acts.DescribeAsync(Contract.Id, Seen, content, achievements, by, cancellationToken);
        if (decision.Done) return Redirect(ContractActs.Address(decision.Contract!.Id));
        if (decision.Changed) ModelState.AddModelError("", text["Overtaken"]);
        words.AddTo(ModelState, decision.Problems.Select(atInput), "Input.");
        return Again();
    }

    private PageResult Again()
    {
        Input.AddSpareRows();
        return Page();
    }

    private async Task<bool> LoadAsync(int? id, CancellationToken cancellationToken)
    {
        if (id is { } known)
        {
            Contract = await (await access.ReadableAsync(db.Contracts.AsNoTracking().Include(c => c.Achievements).Include(c => c.Parties))).SingleOrDefaultAsync(c => c.Id == known, cancellationToken);
            if (Contract is null || !access.MayChange(Contract) || !Contract.May(ContractAct.Describe)) return false;
        }
        if (Case is { } caseId && Contract is null)
        {
            var introduction = await db.Cases.AsNoTracking().Where(c => c.Id == caseId).Select(c => new { c.BrokerId, Need = c.Need.Number, Achievement = c.Achievement.Number }).SingleOrDefaultAsync(cancellationToken);
            if (introduction is null || !(User.IsInRole(Roles.Staff) || introduction.BrokerId == current.Id)) return false;
            (Need, Achievement) = (introduction.Need, introduction.Achievement);
        }
        var needId = Contract?.NeedId;
        need = needId is not null ? await db.Needs.AsNoTracking().Include(n => n.Organization).SingleAsync(n => n.Id == needId, cancellationToken)
            : await PublicAsync(db.Needs, Need, cancellationToken);
        offered = Contract is null ? await PublicAsync(db.Achievements, Achievement, cancellationToken) : null;
        if (need is not null || offered is not null) Suggested = KindSuggestion.Of(need?.Content(), offered?.Content());
        return true;
    }

    /// <summary>A new contract starts with what its need and achievement say; owners' names only where they are public or the reader's own.</summary>
    private void Prefill()
    {
        var first = Suggested.Count > 0 ? Suggested[0] : null;
        Input = new ContractInput
        {
            Kind = first?.Kind.ToString(), SubKind = first?.SubKind.ToString(), Field = (need?.Field ?? offered?.Field)?.ToString(), Industry = need?.Industry ?? offered?.Industry,
            Ip = offered?.Ip is { } ip ? [ip.ToString()] : [], IpNumbers = offered?.IsAnonymous == false ? offered.IpNumber : null, Achievements = offered?.Number,
        };
        foreach (var (listing, side) in new (Listing?, ContractSide)[] { (need, ContractSide.Buyer), (offered, ContractSide.Seller) })
        {
            if (listing is null || (listing.IsAnonymous && Case is null && !User.IsInRole(Roles.Staff) && listing.BrokerId != current.Id)) continue;
            Input.Parties.Add(new PartyInput { Side = side.ToString(), Name = listing.Organization.Name, CreditCode = listing.Organization.CreditCode, Region = listing.Organization.Region, Nature = NatureOf(listing.Organization.Kind) });
        }
    }

    /// <summary>Only what everybody may read: a number that was typed into the address must not open a hidden record.</summary>
    private static async Task<T?> PublicAsync<T>(IQueryable<T> listings, string? number, CancellationToken cancellationToken) where T : Listing =>
        number is { Length: > 0 } && await listings.AsNoTracking().Include(l => l.Organization).SingleOrDefaultAsync(l => l.Number == number, cancellationToken) is { IsPublic: true } listing ? listing : null;

    private static string? NatureOf(OrganizationKind kind) => kind switch
    {
        OrganizationKind.University => "022",
        OrganizationKind.Institute => "021",
        OrganizationKind.Office => "010",
        _ => null,
    };

    private async Task<List<int>> AchievementsAsync(CancellationToken cancellationToken)
    {
        var numbers = ListingRules.Clean(Input.Achievements).Split(['\n', '、', ',', '，', ';', '；', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(n => n.ToUpperInvariant()).Distinct().ToList();
        if (numbers.Count > ContractContent.MaxAchievements)
        {
            ModelState.AddModelError("Input.Achievements", text["Problem.TooManyAchievements", ContractContent.MaxAchievements]);
            return [];
        }
        var known = await db.Achievements.Where(a => numbers.Contains(a.Number!)).Select(a => new { a.Id, Number = a.Number! }).ToListAsync(cancellationToken);
        foreach (var unknown in numbers.Except(known.Select(k => k.Number))) ModelState.AddModelError("Input.Achievements", text["Problem.NoSuchAchievement", Forms.TypedFields.Quote(unknown)]);
        return known.ConvertAll(k => k.Id);
    }

    private async Task<List<string>> NumbersAsync(List<int> ids, CancellationToken cancellationToken) =>
        await db.Achievements.Where(a => ids.Contains(a.Id)).OrderBy(a => a.Number).Select(a => a.Number!).ToListAsync(cancellationToken);

    /// <summary>元 typed for 万元, or the reverse, shows beside the need's budget; it is asked about, not refused.</summary>
    private void AskWhenDoubtful(decimal? total)
    {
        if (total is not { } amount || !ContractRules.IsDoubtful(amount, need?.Money)) return;
        Doubtful = amount.ToString("0.####", CultureInfo.InvariantCulture);
        if (Input.Confirm != Doubtful) ModelState.AddModelError("Input.Confirm", text["Doubtful", words.Money(amount), format.Money(need!.Money)]);
    }
}
