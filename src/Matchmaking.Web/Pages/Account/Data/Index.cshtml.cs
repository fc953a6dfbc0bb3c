using Matchmaking.Matching.Data;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Notices;
using Matchmaking.Matching.Organizations;
using Matchmaking.Matching.PersonalData;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.PersonalData;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Account.Data;

/// <summary>My data (PIPL 44–47): what is held, take it along, correct it, switch off what is picked out for me, delete it.</summary>
[Authorize]
public sealed class IndexModel(
    MatchmakingDbContext db, CurrentUser current, PersonalExport export, MailPreferences preferences, DeletePerson deletion, UserManager<User> users, SignInManager<User> signIn,
    AddressChange addressChange, TimeProvider time, IStringLocalizer<PersonalText> text) : PageModel
{
    /// <summary>Records of a part that the page shows; the export holds all.</summary>
    public const int Shown = 10;

    private const string Contacts = "Contacts";

    [BindProperty]
    public InputModel Input { get; set; } = new();

    [TempData]
    public string? Done { get; set; }

    public User Person { get; private set; } = null!;
    /// <summary>The part that is opened; each kind of data lies in tables of its own, so one is read at a time.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Part { get; set; }

    public IReadOnlyList<string> Parts => export.Keys;
    public HeldPart? Opened { get; private set; }
    public bool Personalised { get; private set; }
    public DeletionOutlook Outlook { get; private set; } = null!;

    /// <summary>Records that name the person as the one to ask.</summary>
    public int ContactRecords { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        (Input.Name, Input.Language, Input.Phone, Input.Withdraw) = (Person.DisplayName, Person.Language, Person.PhoneNumber, "no");
    }

    public async Task<IActionResult> OnGetExportAsync(CancellationToken cancellationToken)
    {
        var person = await current.RequireAsync();
        db.Audit(person.Id, "data.export", $"user:{person.Id}", time.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        Response.Headers.CacheControl = "no-store";
        return File(await export.ZipAsync(person, cancellationToken), "application/zip", $"personal-data-{time.GetUtcNow():yyyyMMdd}.zip");
    }

    public async Task<IActionResult> OnPostCorrectAsync(CancellationToken cancellationToken)
    {
        var person = await current.RequireAsync();
        var name = ListingRules.CleanLine(Input.Name);
        if (name.Length == 0) ModelState.AddModelError("Input.Name", text["Name.Missing"]);
        if (name.Length > Matching.Organizations.User.MaxDisplayName) ModelState.AddModelError("Input.Name", text["TooLong", name.Length, Matching.Organizations.User.MaxDisplayName]);
        if (!Display.DisplaySettings.Languages.Contains(Input.Language ?? "")) ModelState.AddModelError("Input.Language", text["Language.Missing"]);
        var phone = ListingRules.Clean(Input.Phone);
        if (phone.Length > ListingContent.MaxContact) ModelState.AddModelError("Input.Phone", text["TooLong", phone.Length, ListingContent.MaxContact]);
        if (!ModelState.IsValid) return await AgainAsync(cancellationToken);
        person.Rename(name);
        person.Language = Input.Language!;
        person.PhoneNumber = phone.Length == 0 ? null : phone;
        db.Audit(person.Id, "data.correct", $"user:{person.Id}", time.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return DoneWith("Done.Corrected");
    }

    /// <summary>Asks the new address by mail; the old one counts until it answers.</summary>
    public async Task<IActionResult> OnPostMailAsync(CancellationToken cancellationToken)
    {
        var person = await current.RequireAsync();
        var mail = ListingRules.Clean(Input.Mail);
        if (mail.Length == 0 || mail.Length > AddressChange.Longest || !AddressChange.IsAddress(mail)) ModelState.AddModelError("Input.Mail", text["Mail.Wrong", mail]);
        if (!await users.CheckPasswordAsync(person, Input.MailPassword ?? "")) ModelState.AddModelError("Input.MailPassword", text["Password.Wrong"]);
        if (!ModelState.IsValid) return await AgainAsync(cancellationToken);
        if (!await addressChange.AskAsync(person, mail, cancellationToken))
        {
            ModelState.AddModelError("Input.Mail", text["Mail.NotSent"]);
            return await AgainAsync(cancellationToken);
        }
        return DoneWith("Done.MailAsked");
    }

    public async Task<IActionResult> OnPostPersonalisedAsync(bool allow, CancellationToken cancellationToken)
    {
        var person = await current.RequireAsync();
        (await preferences.SettingsAsync(person.Id, cancellationToken)).AllowPersonalised(allow);
        db.Audit(person.Id, allow ? "data.personalised-on" : "data.personalised-off", $"user:{person.Id}", time.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        await preferences.ReconsiderAsync(person.Id, cancellationToken);
        return DoneWith(allow ? "Done.PersonalisedOn" : "Done.PersonalisedOff");
    }

    public async Task<IActionResult> OnPostDeleteAsync(CancellationToken cancellationToken)
    {
        var person = await current.RequireAsync();
        if (!await users.CheckPasswordAsync(person, Input.Password ?? "")) ModelState.AddModelError("Input.Password", text["Password.Wrong"]);
        var contact = new Contact(ListingRules.Clean(Input.ContactName), ListingRules.Clean(Input.ContactPhone), ListingRules.Clean(Input.ContactMail));
        if (contact != Contact.Empty)
        {
            if (contact.Name.Length == 0) ModelState.AddModelError("Input.ContactName", text["Contact.NameMissing"]);
            if (contact.Phone.Length == 0 && contact.Mail.Length == 0) ModelState.AddModelError("Input.ContactPhone", text["Contact.WayMissing"]);
            foreach (var (field, value) in new[] { ("Input.ContactName", contact.Name), ("Input.ContactPhone", contact.Phone), ("Input.ContactMail", contact.Mail) })
                if (value.Length > ListingContent.MaxContact) ModelState.AddModelError(field, text["TooLong", value.Length, ListingContent.MaxContact]);
        }
        if (Input.Sure != "yes") ModelState.AddModelError("Input.Sure", text["Delete.NotSure"]);
        if (!ModelState.IsValid) return await AgainAsync(cancellationToken);
        var outcome = await deletion.RunAsync(person.Id, new Farewell(contact, Input.Withdraw == "yes"), cancellationToken);
        if (outcome != DeletionOutcome.Done)
        {
            ModelState.AddModelError("", text[$"Delete.{outcome}"]);
            return await AgainAsync(cancellationToken);
        }
        await signIn.SignOutAsync();
        return Redirect("/account/deleted");
    }

    private RedirectResult DoneWith(string done)
    {
        Done = done;
        return Redirect("/account/data");
    }

    /// <summary>The page with what was typed and what is wrong; fields of the other forms as they are stored. Passwords do not come back.</summary>
    private async Task<PageResult> AgainAsync(CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        await LoadAsync(cancellationToken);
        Input.Name ??= Person.DisplayName;
        Input.Language ??= Person.Language;
        Input.Phone ??= Person.PhoneNumber;
        Input.Withdraw ??= "no";
        return Page();
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        Person = await current.RequireAsync();
        Opened = Part is { } part && Parts.Contains(part) ? await export.ReadAsync(part, Person, cancellationToken) : null;
        ContactRecords = (Opened is { Key: Contacts } ? Opened : await export.ReadAsync(Contacts, Person, cancellationToken)).Records.Count;
        Personalised = await preferences.PersonalisedAsync(Person.Id, cancellationToken);
        Outlook = await deletion.LookAsync(Person, cancellationToken);
    }

    public sealed class InputModel
    {
        public string? Name { get; set; }
        public string? Language { get; set; }
        public string? Phone { get; set; }
        public string? Mail { get; set; }
        public string? MailPassword { get; set; }
        public string? ContactName { get; set; }
        public string? ContactPhone { get; set; }
        public string? ContactMail { get; set; }
        public string? Withdraw { get; set; }
        public string? Sure { get; set; }
        public string? Password { get; set; }
    }
}
