namespace Matchmaking.Web.Resources;

/// <summary>Names of codes: <c>Field.NewMaterials</c>, <c>Region.220100</c>, <c>Industry.C28</c>; read through <see cref="Display.Formatting"/>.</summary>
public sealed class CodesText;
