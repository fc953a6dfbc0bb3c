namespace Matchmaking.Matching.Text;

/// <summary>What counts as a unit behind a number when words are cut. Only for cutting: values are not converted here.</summary>
internal static class UnitWords
{
    private const string Signs = "%‰℃℉°";

    // After a space only known units join, so that "18650 cells" stays two words.
    private static readonly HashSet<string> Known =
    [
        .. ("m mm cm dm km nm μm um pm kg g mg μg ug ng t kt mt l ml μl ul s ms μs us ns h hr hrs min d mol mmol μmol umol kmol " +
            "pa kpa mpa gpa hpa bar mbar atm torr psi n kn mn nm j kj mj gj cal kcal ev kev mev w mw kw gw wh kwh mwh gwh ah mah " +
            "v kv mv a ka ma μa ua c f μf uf nf pf h mh μh uh ω kω mω ohm hz khz mhz ghz thz rpm r rad db dbm lm lx cd k wt vol ppm ppb " +
            "bit byte kb mb gb tb bps kbps mbps gbps fps px dpi ha mu hv hrc hb tesla gauss gs oe cp cst den dtex tex gsm phr")
            .Split(' ')
    ];

    // Longest first, so that 万吨 is not taken for 万.
    private static readonly string[] Chinese =
    [
        "立方厘米", "平方厘米", "立方米", "平方米", "平方公里", "千瓦时", "摄氏度", "兆帕", "吉帕", "千帕", "小时", "分钟", "毫秒", "万元", "亿元", "千元", "万吨", "公斤",
        "千克", "毫克", "微克", "厘米", "毫米", "微米", "纳米", "公里", "千米", "毫升", "兆瓦", "千瓦", "千伏", "赫兹", "万次", "公顷",
        "天", "年", "月", "秒", "元", "吨", "克", "米", "升", "度", "倍", "次", "瓦", "伏", "亩", "台", "套",
    ];

    /// <summary>Whether a word of a normalised text is a known unit, perhaps with a power: mm, m2.</summary>
    public static bool IsUnit(string word) => Known.Contains(word.TrimEnd('2', '3'));

    /// <summary>The unit that begins at a place of a normalised text, perhaps after one space; empty when there is none.</summary>
    public static ReadOnlySpan<char> After(string source, int at)
    {
        var spaced = at < source.Length && source[at] == ' ';
        var start = spaced ? at + 1 : at;
        if (start >= source.Length) return default;

        if (Signs.Contains(source[start], StringComparison.Ordinal)) return source.AsSpan(start, 1);

        var rest = source.AsSpan(start);
        foreach (var unit in Chinese)
            if (rest.StartsWith(unit, StringComparison.Ordinal)) return rest[..unit.Length];

        var length = Letters(rest);
        if (length == 0 || spaced && !Known.Contains(rest[..length].ToString())) return default;

        // m2, and g/cm3 as a whole
        length += Digits(rest[length..]);
        while (length + 1 < rest.Length && rest[length] == '/' && Letters(rest[(length + 1)..]) is var more and > 0)
        {
            length += 1 + more;
            length += Digits(rest[length..]);
        }
        return rest[..length];
    }

    private static int Letters(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && text[length] is (>= 'a' and <= 'z') or 'μ' or 'ω') length++;
        return length;
    }

    private static int Digits(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && text[length] is >= '0' and <= '9') length++;
        return length;
    }
}
