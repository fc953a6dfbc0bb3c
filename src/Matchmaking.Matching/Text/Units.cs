namespace Matchmaking.Matching.Text;

/// <summary>Units of the field: dimension and factor to the dimension's base, so that MPa and GPa compare. Unknown units compare only with themselves.</summary>
public static class Units
{
    private static readonly Dictionary<string, (string Dimension, decimal Factor)> Known = Build();

    /// <summary>Every known unit, longest first, for recognising one behind a number.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Known.Keys.OrderByDescending(u => u.Length).ThenBy(u => u, StringComparer.Ordinal)];

    /// <summary>Both values in one unit, or null when the units are of different dimensions.</summary>
    public static (decimal Left, decimal Right)? Common(decimal left, string leftUnit, decimal right, string rightUnit)
    {
        var a = Normal(leftUnit);
        var b = Normal(rightUnit);
        if (a == b) return (left, right);
        if (Known.TryGetValue(a, out var x) && Known.TryGetValue(b, out var y) && x.Dimension == y.Dimension && x.Dimension.Length > 0)
        {
            try
            {
                return (left * x.Factor, right * y.Factor);
            }
            catch (OverflowException)
            {
                return null;
            }
        }
        return null;
    }

    /// <summary>Whether values of the unit can be converted into those of another.</summary>
    public static bool IsKnown(string unit) => Known.ContainsKey(Normal(unit));

    /// <summary>Width folded, powers plain, one spelling for the micro sign and the degree; case kept where it means something.</summary>
    public static string Normal(string unit)
    {
        // Half a character has no normal form and makes Normalize throw; it is no part of a unit either.
        var whole = unit.Any(c => char.IsSurrogate(c) || c >= '\uFFFE') ? new string([.. unit.Where(c => !char.IsSurrogate(c) && c < '\uFFFE')]) : unit;
        var text = whole.Normalize(System.Text.NormalizationForm.FormKC).Trim().Replace(" ", "", StringComparison.Ordinal)
            .Replace("μ", "u", StringComparison.Ordinal).Replace("µ", "u", StringComparison.Ordinal).Replace("⋅", "·", StringComparison.Ordinal).Replace("•", "·", StringComparison.Ordinal).Replace("−", "-", StringComparison.Ordinal)
            .Replace("°C", "℃", StringComparison.Ordinal).Replace("摄氏度", "℃", StringComparison.Ordinal);
        if (Known.ContainsKey(text)) return text;
        var lower = text.ToLowerInvariant();
        return CaseFolded.TryGetValue(lower, out var spelled) ? spelled : lower;
    }

    // A spelling that only one known unit has, whatever its case: mpa, KN, KHZ.
    private static readonly Dictionary<string, string> CaseFolded = Known.Keys.GroupBy(k => k.ToLowerInvariant())
        .Where(g => g.Count() == 1).ToDictionary(g => g.Key, g => g.Single());

    private static Dictionary<string, (string, decimal)> Build()
    {
        var units = new Dictionary<string, (string, decimal)>();
        void Add(string dimension, params (string Unit, decimal Factor)[] entries)
        {
            foreach (var (unit, factor) in entries) units.TryAdd(unit, (dimension, factor));
        }
        Add("pressure", ("Pa", 1), ("kPa", 1e3m), ("MPa", 1e6m), ("GPa", 1e9m), ("bar", 1e5m), ("兆帕", 1e6m), ("N/mm2", 1e6m));
        Add("length", ("nm", 1e-9m), ("um", 1e-6m), ("mm", 1e-3m), ("cm", 1e-2m), ("m", 1), ("km", 1e3m), ("微米", 1e-6m), ("纳米", 1e-9m), ("毫米", 1e-3m), ("厘米", 1e-2m), ("米", 1), ("公里", 1e3m), ("千米", 1e3m));
        Add("area", ("mm2", 1e-6m), ("cm2", 1e-4m), ("m2", 1), ("km2", 1e6m), ("亩", 666.667m), ("hm2", 1e4m), ("公顷", 1e4m), ("平方米", 1));
        Add("volume", ("uL", 1e-9m), ("mL", 1e-6m), ("L", 1e-3m), ("m3", 1), ("cm3", 1e-6m), ("升", 1e-3m), ("毫升", 1e-6m));
        Add("mass", ("ng", 1e-12m), ("ug", 1e-9m), ("mg", 1e-6m), ("g", 1e-3m), ("kg", 1), ("t", 1e3m), ("吨", 1e3m), ("克", 1e-3m), ("公斤", 1), ("千克", 1), ("毫克", 1e-6m), ("万吨", 1e7m));
        Add("time", ("ns", 1e-9m), ("us", 1e-6m), ("ms", 1e-3m), ("s", 1), ("min", 60), ("h", 3600), ("d", 86400), ("秒", 1), ("分钟", 60), ("小时", 3600), ("天", 86400), ("日", 86400), ("周", 604800), ("个月", 2592000), ("月", 2592000), ("年", 31536000));
        Add("temperature", ("℃", 1));
        Add("kelvin", ("K", 1));
        Add("power", ("mW", 1e-3m), ("W", 1), ("kW", 1e3m), ("MW", 1e6m));
        Add("energy", ("J", 1), ("kJ", 1e3m), ("MJ", 1e6m), ("Wh", 3600), ("kWh", 3.6e6m), ("MWh", 3.6e9m), ("kW·h", 3.6e6m));
        Add("ratio", ("%", 0.01m), ("‰", 0.001m), ("ppm", 1e-6m), ("ppb", 1e-9m), ("成", 0.1m));
        Add("times", ("倍", 1));
        Add("frequency", ("Hz", 1), ("kHz", 1e3m), ("MHz", 1e6m), ("GHz", 1e9m));
        Add("rotation", ("r/min", 1), ("rpm", 1), ("转/分", 1), ("转/min", 1), ("转/分钟", 1));
        Add("force", ("mN", 1e-3m), ("N", 1), ("kN", 1e3m), ("MN", 1e6m));
        Add("torque", ("N·m", 1), ("Nm", 1), ("kN·m", 1e3m));
        Add("voltage", ("mV", 1e-3m), ("V", 1), ("kV", 1e3m));
        Add("current", ("mA", 1e-3m), ("A", 1), ("kA", 1e3m));
        Add("charge", ("mAh", 1e-3m), ("Ah", 1));
        Add("density", ("g/cm3", 1000), ("kg/m3", 1), ("g/L", 1), ("mg/L", 1e-3m), ("mg/mL", 1), ("g/mL", 1000), ("ug/mL", 1e-3m), ("g·cm-3", 1000), ("kg·m-3", 1));
        Add("content", ("mg/g", 1e-3m), ("mg/kg", 1e-6m), ("g/kg", 1e-3m), ("g/g", 1), ("ug/g", 1e-6m), ("ug/kg", 1e-9m));
        Add("specific energy", ("Wh/kg", 1), ("kWh/kg", 1000));
        Add("areal density", ("kg/m2", 1), ("g/m2", 1e-3m));
        Add("conductivity", ("W/(m·K)", 1), ("W/mK", 1), ("W/m·K", 1), ("W·m-1·K-1", 1));
        Add("speed", ("m/s", 1), ("m/min", 1m / 60), ("km/h", 1m / 3.6m), ("mm/s", 1e-3m), ("mm/min", 1e-3m / 60));
        Add("flow", ("m3/h", 1), ("L/min", 0.06m), ("L/h", 1e-3m), ("Nm3/h", 1));
        Add("throughput", ("kg/h", 1), ("t/h", 1000), ("kg/d", 1m / 24), ("t/d", 1000m / 24));
        Add("yield", ("kg/亩", 1), ("kg/hm2", 1m / 15), ("t/hm2", 1000m / 15), ("斤/亩", 0.5m));
        Add("annual amount", ("t/年", 1), ("吨/年", 1), ("万吨/年", 1e4m));
        Add("money", ("元", 1), ("万元", 1e4m), ("亿元", 1e8m), ("人民币", 1));
        Add("unit price", ("元/t", 1e-3m), ("元/吨", 1e-3m), ("元/kg", 1), ("万元/t", 10));
        Add("sound", ("dB", 1), ("dB(A)", 1));
        Add("angle", ("°", 1), ("度", 1), ("′", 1m / 60), ("″", 1m / 3600), ("mrad", 0.0572957795m), ("urad", 0.0000572957795m));
        Add("viscosity", ("mPa·s", 1e-3m), ("Pa·s", 1));
        Add("impact", ("kJ/m2", 1), ("J/m", 1e-2m));
        Add("data rate", ("kbps", 1e3m), ("Mbps", 1e6m), ("Gbps", 1e9m));
        Add("cycles", ("次", 1), ("万次", 1e4m), ("周次", 1));
        foreach (var alone in (string[])["个", "台", "套", "条", "件", "只", "人", "颗", "层", "份", "级", "项", "户", "家", "种", "nm/RIU", "lm/W", "cd", "lx", "TOPS", "FPS", "帧/s", "CFU/g", "CFU/mL", "U/mg", "U/mL", "IU", "Da", "kDa", "D", "dtex", "K丝束", "C", "dpi", "kWh/100km", "L/100km", "kWh/t", "kg/kWh", "行/h", "亩/h", "hm2/h", "株/亩", "dL/g", "mA/cm2", "W/cm2", "mΩ·cm2", "Ω", "mΩ", "kΩ", "MPa·m1/2", "A/cm2", "g/(10min)", "g/10min", "目", "像素", "轴", "通道", "路", "s/件", "件/h", "次/min"])
            units.TryAdd(alone, (alone, 1));
        return units;
    }
}
