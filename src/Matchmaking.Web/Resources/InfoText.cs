namespace Matchmaking.Web.Resources;

/// <summary>Pages that explain: guide, rules, personal data, accessibility, errors. <c>Help.2.1</c> is the first line of the guide's second section.</summary>
public sealed class InfoText;
