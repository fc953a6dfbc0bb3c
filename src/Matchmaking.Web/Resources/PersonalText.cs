namespace Matchmaking.Web.Resources;

/// <summary>Words of the page of one's own data, its export and its mails.</summary>
public sealed class PersonalText;
