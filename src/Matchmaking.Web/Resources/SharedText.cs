namespace Matchmaking.Web.Resources;

/// <summary>Words that every page uses: head, foot, states, buttons.</summary>
public sealed class SharedText;
