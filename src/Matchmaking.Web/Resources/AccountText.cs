namespace Matchmaking.Web.Resources;

/// <summary>Words of sign-in, sign-up and organisations.</summary>
public sealed class AccountText;
