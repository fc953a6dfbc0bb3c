namespace Matchmaking.Web.Resources;

/// <summary>Words of the plan's 42 numbers, public and for staff.</summary>
public sealed class PlanText;
