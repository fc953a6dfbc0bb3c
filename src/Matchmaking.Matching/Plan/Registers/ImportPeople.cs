using System.Globalization;
using Matchmaking.Matching.AnnualLists.Rounds;
using Matchmaking.Matching.Brokerage;
using Matchmaking.Matching.Data;
using Matchmaking.Matching.Importing;
using Matchmaking.Matching.Importing.Sheets;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Plan.Registers;

/// <summary>专家库, 技术经纪人培训: registers of people who have accounts, filled by tables.</summary>
public enum PeopleKind { Experts, Trainings }

/// <summary>Columns of both tables.</summary>
public enum PeopleField { Email, Fields, FromFirm, CoAuthors, Conflicts, Training, TrainedOn, Hours }

/// <summary>A row that was not taken.</summary>
/// <param name="Cells">As they stand in the file, in the order of the columns.</param>
public sealed record PeopleRow(int Number, IReadOnlyList<(string Address, Problem Problem)> Problems, IReadOnlyList<string> Cells);

public sealed record PeopleImport(int Taken, IReadOnlyList<PeopleRow> Left);

/// <summary>Takes the good rows of a table of experts or of brokers' trainings in one transaction and gives back the others; a person or training that is there already is no good row.</summary>
public sealed class ImportPeople(MatchmakingDbContext db, TimeProvider clock)
{
    public const int MostHours = 2_000;

    private static readonly IReadOnlyList<SheetColumn<PeopleField>> Experts =
    [
        new(PeopleField.Email, true, ["账号邮箱", "邮箱", "电子邮箱", "Email"]),
        new(PeopleField.Fields, true, ["技术领域", "领域", "专业领域", "Fields"]),
        new(PeopleField.FromFirm, false, ["来自企业", "企业专家", "From a firm"]),
        new(PeopleField.CoAuthors, false, ["合作者", "合著者", "Co-authors"]),
        new(PeopleField.Conflicts, false, ["回避单位", "利害关系单位", "Bound to"]),
    ];

    private static readonly IReadOnlyList<SheetColumn<PeopleField>> Trainings =
    [
        new(PeopleField.Email, true, ["账号邮箱", "邮箱", "电子邮箱", "Email"]),
        new(PeopleField.Training, true, ["培训名称", "培训", "证书", "Training"]),
        new(PeopleField.TrainedOn, true, ["培训日期", "发证日期", "日期", "Date"]),
        new(PeopleField.Hours, false, ["学时", "培训学时", "Hours"]),
    ];

    public static IReadOnlyList<SheetColumn<PeopleField>> ColumnsOf(PeopleKind kind) => kind == PeopleKind.Experts ? Experts : Trainings;

    /// <exception cref="FileRefusedException">With the reason; nothing of the file was used.</exception>
    public async Task<PeopleImport> RunAsync(PeopleKind kind, string fileName, Stream content, int by, CancellationToken cancellationToken)
    {
        var rows = SheetTable.Read(ColumnsOf(kind), fileName, content);
        var emails = rows.Select(r => EmailOf(r)).Distinct().ToList();
        var people = await db.Users.Include(u => u.Organization).Where(u => emails.Contains(u.NormalizedEmail!) && u.DeletedAt == null).ToDictionaryAsync(u => u.NormalizedEmail!, cancellationToken);
        var left = new List<PeopleRow>();
        IRowTaker taker = kind == PeopleKind.Experts ? await ExpertTaker.OpenAsync(db, rows, by, clock.GetUtcNow(), cancellationToken) : await TrainingTaker.OpenAsync(db, ProvinceTime.DayOf(clock.GetUtcNow()), cancellationToken);
        foreach (var row in rows)
        {
            var problems = new List<(PeopleField Field, string Code, object[] Arguments)>();
            if (!people.TryGetValue(EmailOf(row), out var person)) problems.Add((PeopleField.Email, row[PeopleField.Email].IsBlank ? "Register.Missing" : "Register.NoAccount", []));
            else taker.Take(row, person, problems);
            if (problems.Count > 0) left.Add(new PeopleRow(row.Number, [.. problems.Select(p => (row.AddressOf(p.Field), new Problem(p.Field.ToString(), p.Code, p.Arguments)))], [.. ColumnsOf(kind).Select(c => row[c.Field].Text)]));
        }
        var taken = rows.Count - left.Count;
        if (taken > 0) db.Audit(by, "register.import", $"register:{kind}", clock.GetUtcNow(), taken.ToString(CultureInfo.InvariantCulture));
        await db.SaveChangesAsync(cancellationToken);
        return new PeopleImport(taken, left);
    }

    private static string EmailOf(SheetRow<PeopleField> row) => CellText.Narrow(row[PeopleField.Email].Text).ToUpperInvariant();

    private interface IRowTaker
    {
        void Take(SheetRow<PeopleField> row, User person, List<(PeopleField Field, string Code, object[] Arguments)> problems);
    }

    private sealed class ExpertTaker(MatchmakingDbContext db, HashSet<int> known, IReadOnlyList<(int Id, string Name, string? Code)> organizations, int by, DateTimeOffset at) : IRowTaker
    {
        private static readonly char[] Separators = ['；', ';', '\n', '\t'];

        public static async Task<ExpertTaker> OpenAsync(MatchmakingDbContext db, IReadOnlyList<SheetRow<PeopleField>> rows, int by, DateTimeOffset at, CancellationToken cancellationToken)
        {
            var named = rows.SelectMany(r => CellValues.Parts(r[PeopleField.Conflicts].Text)).Distinct().ToList();
            var codes = named.Select(CreditCode.Normalize).OfType<string>().ToList();
            var organizations = await db.Organizations.AsNoTracking().Where(o => named.Contains(o.Name) || codes.Contains(o.CreditCode!)).OrderBy(o => o.Id).Select(o => new { o.Id, o.Name, o.CreditCode }).ToListAsync(cancellationToken);
            return new ExpertTaker(db, [.. await db.Experts.Select(e => e.UserId).ToListAsync(cancellationToken)], [.. organizations.Select(o => (o.Id, o.Name, o.CreditCode))], by, at);
        }

        public void Take(SheetRow<PeopleField> row, User person, List<(PeopleField Field, string Code, object[] Arguments)> problems)
        {
            var fields = new List<TechnologyField>();
            foreach (var name in row[PeopleField.Fields].Text.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                if (CodeNames.Find<TechnologyField>("Field", name) is { } field) fields.Add(field);
                else problems.Add((PeopleField.Fields, "Register.UnknownField", [CellText.Quote(name)]));
            }
            if (fields.Count == 0 && problems.Count == 0) problems.Add((PeopleField.Fields, "Register.Missing", []));
            var fromFirm = CellValues.YesNo(row[PeopleField.FromFirm]);
            if (fromFirm.Problem is not null) problems.Add((PeopleField.FromFirm, "Register.NotYesNo", [CellText.Quote(row[PeopleField.FromFirm].Text)]));
            var names = CellValues.Parts(row[PeopleField.CoAuthors].Text);
            if (names.Count > Expert.MostNames) problems.Add((PeopleField.CoAuthors, "Register.ManyNames", [names.Count, Expert.MostNames]));
            var conflicts = new List<int>();
            foreach (var name in CellValues.Parts(row[PeopleField.Conflicts].Text))
            {
                var code = CreditCode.Normalize(name);
                if (organizations.Where(o => o.Name == name || (code is not null && o.Code == code)).Select(o => (int?)o.Id).FirstOrDefault() is { } id) conflicts.Add(id);
                else problems.Add((PeopleField.Conflicts, "Register.UnknownOrganization", [CellText.Quote(name)]));
            }
            if (problems.Count > 0) return;
            if (!known.Add(person.Id))
            {
                problems.Add((PeopleField.Email, "Register.Known", []));
                return;
            }
            db.Experts.Add(new Expert(person, new ExpertProfile([.. fields.Distinct().Order()], fromFirm.Value ?? person.Organization?.Kind == OrganizationKind.Enterprise, names, [.. conflicts.Distinct()]), by, at));
        }
    }

    private sealed class TrainingTaker(MatchmakingDbContext db, Dictionary<int, BrokerProfile> profiles, HashSet<int> brokers, DateOnly today) : IRowTaker
    {
        public static async Task<TrainingTaker> OpenAsync(MatchmakingDbContext db, DateOnly today, CancellationToken cancellationToken)
        {
            var brokers = await (from held in db.UserRoles join role in db.Roles on held.RoleId equals role.Id where role.Name == Roles.Broker select held.UserId).ToListAsync(cancellationToken);
            return new TrainingTaker(db, await db.BrokerProfiles.Include(p => p.Trainings).ToDictionaryAsync(p => p.UserId, cancellationToken), [.. brokers], today);
        }

        public void Take(SheetRow<PeopleField> row, User person, List<(PeopleField Field, string Code, object[] Arguments)> problems)
        {
            if (!brokers.Contains(person.Id)) problems.Add((PeopleField.Email, "Register.NoBroker", []));
            var title = ListingRules.CleanLine(row[PeopleField.Training].Text);
            if (title.Length == 0) problems.Add((PeopleField.Training, "Register.Missing", []));
            if (title.Length > BrokerTraining.MaxTitle) problems.Add((PeopleField.Training, "Register.TooLong", [title.Length, BrokerTraining.MaxTitle]));
            var day = CellValues.Day(row[PeopleField.TrainedOn]);
            if (day.Problem is not null) problems.Add((PeopleField.TrainedOn, "Register.NotADate", [CellText.Quote(row[PeopleField.TrainedOn].Text)]));
            else if (day.Value is null) problems.Add((PeopleField.TrainedOn, "Register.Missing", []));
            else if (day.Value > today) problems.Add((PeopleField.TrainedOn, "Register.DayToCome", [day.Value.Value]));
            var typed = CellText.Narrow(row[PeopleField.Hours].Text);
            if (!int.TryParse(typed.Length == 0 ? "0" : typed, NumberStyles.None, CultureInfo.InvariantCulture, out var hours) || hours > MostHours) problems.Add((PeopleField.Hours, "Register.NotHours", [CellText.Quote(typed), MostHours]));
            if (problems.Count > 0) return;
            if (!profiles.TryGetValue(person.Id, out var profile)) db.BrokerProfiles.Add(profiles[person.Id] = profile = new BrokerProfile(person.Id));
            if (profile.Trainings.Any(t => t.Title == title && t.On == day.Value!.Value)) problems.Add((PeopleField.Training, "Register.Known", []));
            else profile.Trainings.Add(new BrokerTraining(person.Id, title, day.Value!.Value, hours));
        }
    }
}
