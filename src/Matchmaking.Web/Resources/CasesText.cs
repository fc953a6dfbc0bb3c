namespace Matchmaking.Web.Resources;

/// <summary>Words of introductions: cases, consents, meetings, visits, triage, the register of brokers.</summary>
public sealed class CasesText;
