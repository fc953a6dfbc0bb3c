using System.Globalization;
using System.Net.Mail;
using Matchmaking.Matching.Listings;
using Matchmaking.Matching.Organizations;
using Matchmaking.Web.Accounts;
using Matchmaking.Web.Resources;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Matchmaking.Web.Pages.Account;

public sealed class SignUpModel(SignUp signUp, OfficeMembers offices, SignInManager<User> signIn, IStringLocalizer<AccountText> text) : PageModel
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    public static IReadOnlyList<OrganizationKind> Kinds => OfficeMembers.Kinds;
    public static IReadOnlyList<string> Sizes { get; } = ["大型", "中型", "小型", "微型"];

    /// <summary>Offices that a new organisation can name.</summary>
    public IReadOnlyList<Organization> Offices { get; private set; } = [];

    public async Task OnGetAsync(string? kind, CancellationToken cancellationToken)
    {
        Input.Kind = Enum.TryParse<OrganizationKind>(kind, out var known) && Kinds.Contains(known) ? known : OrganizationKind.Enterprise;
        Offices = await offices.OfficesAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        Offices = await offices.OfficesAsync(cancellationToken);
        var person = Read();
        if (ModelState.IsValid && await signUp.FindAsync(person.CreditCode, cancellationToken) is { } known)
        {
            if (!Kinds.Contains(known.Kind)) Wrong(nameof(Input.CreditCode), "CreditCode.Closed");
        }
        else if (ModelState.IsValid)
        {
            Require(nameof(Input.OrganizationName), person.OrganizationName, "OrganizationName.Missing", Organization.MaxName);
            if (!CodeLists.Regions.Contains(person.Region)) Wrong(nameof(Input.Region), "Region.Missing");
            if (!CodeLists.Industries.Contains(person.Industry)) Wrong(nameof(Input.Industry), "Industry.Missing");
            if (!string.IsNullOrEmpty(Input.Office)) person = person with { Office = await ChosenAsync(person.Region, cancellationToken) };
        }
        if (!ModelState.IsValid) return Page();

        var (outcome, user, errors) = await signUp.RunAsync(person, cancellationToken);
        if (outcome == SignUpOutcome.Refused)
        {
            foreach (var error in errors)
                Wrong(error.Code.Contains("Password", StringComparison.Ordinal) ? nameof(Input.Password) : nameof(Input.Email), "Identity." + error.Code);
            return Page();
        }
        await signIn.SignInAsync(user!, isPersistent: false);
        return LocalRedirect("/my");
    }

    /// <summary>The office that was chosen; null, with a message at the field, when there is none such or it is not near.</summary>
    private async Task<Organization?> ChosenAsync(string region, CancellationToken cancellationToken)
    {
        if (await offices.FindAsync(int.TryParse(Input.Office, CultureInfo.InvariantCulture, out var id) ? id : null, cancellationToken) is not { } office) Wrong(nameof(Input.Office), "Office.Unknown");
        else if (!OfficeMembers.IsNear(office, region)) ModelState.AddModelError($"{nameof(Input)}.{nameof(Input.Office)}", text["Office.Elsewhere", office.Name]);
        else return office;
        return null;
    }

    /// <summary>Cleans what was typed and notes what is missing or wrong; the typed text stays in <see cref="Input"/>.</summary>
    private NewPerson Read()
    {
        var email = ListingRules.Clean(Input.Email);
        if (email.Length is 0 or > 256 || !MailAddress.TryCreate(email, out _)) Wrong(nameof(Input.Email), "Email.Wrong");
        var name = ListingRules.Clean(Input.DisplayName);
        Require(nameof(Input.DisplayName), name, "DisplayName.Missing", Matching.Organizations.User.MaxDisplayName);
        if (string.IsNullOrEmpty(Input.Password)) Wrong(nameof(Input.Password), "Password.Missing");
        else if (Input.Password.Length > 128) Wrong(nameof(Input.Password), "Password.TooLong");
        var code = CreditCode.Normalize(Input.CreditCode);
        if (code is null) Wrong(nameof(Input.CreditCode), string.IsNullOrWhiteSpace(Input.CreditCode) ? "CreditCode.Missing" : "CreditCode.Wrong");
        if (!Kinds.Contains(Input.Kind)) Wrong(nameof(Input.Kind), "Kind.Missing");
        return new NewPerson(email, name, Input.Password ?? "", code ?? "", ListingRules.Clean(Input.OrganizationName), Input.Kind,
            Input.Region ?? "", Input.Industry ?? "", Sizes.Contains(Input.Size) ? Input.Size : null);
    }

    private void Require(string field, string value, string missing, int limit)
    {
        if (value.Length == 0) Wrong(field, missing);
        else if (value.Length > limit) ModelState.AddModelError($"{nameof(Input)}.{field}", text["TooLong", value.Length, limit]);
    }

    private void Wrong(string field, string code) => ModelState.AddModelError($"{nameof(Input)}.{field}", text[code]);

    public sealed class InputModel
    {
        public OrganizationKind Kind { get; set; }
        public string? CreditCode { get; set; }
        public string? OrganizationName { get; set; }
        public string? Region { get; set; }
        public string? Industry { get; set; }

        /// <summary>Id of the recommending office; empty for none.</summary>
        public string? Office { get; set; }
        public string? Size { get; set; }
        public string? DisplayName { get; set; }
        public string? Email { get; set; }
        public string? Password { get; set; }
    }
}
