namespace Matchmaking.Web.Resources;

/// <summary>Words of the inbox, the choices of mails, saved searches, follows, and unsubscribing.</summary>
public sealed class ToldText;
