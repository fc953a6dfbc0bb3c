using System.Globalization;

namespace Matchmaking.Benchmarks;

/// <summary>An argument that cannot be used; the message is for the person who typed it.</summary>
internal sealed class OptionException(string message) : Exception(message);

/// <summary>Arguments of the form <c>--name value</c>. A name that the command does not know is refused, so that a slip of the pen measures nothing.</summary>
internal sealed class Options
{
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    public Options(string[] arguments, params string[] known)
    {
        for (var i = 0; i < arguments.Length; i += 2)
        {
            var name = arguments[i];
            if (!known.Contains(name)) throw new OptionException($"'{name}' is not known here. Known: {string.Join(", ", known)}.");
            if (i + 1 == arguments.Length) throw new OptionException($"{name} needs a value.");
            if (!values.TryAdd(name, arguments[i + 1])) throw new OptionException($"{name} is given twice.");
        }
    }

    public string? Text(string name) => values.GetValueOrDefault(name);

    /// <summary>A whole number within bounds.</summary>
    public int Number(string name, int usual, int least, int most)
    {
        if (!values.TryGetValue(name, out var text)) return usual;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        throw new OptionException(string.Create(CultureInfo.InvariantCulture, $"{name} is '{text}'; a whole number from {least:N0} to {most:N0} is needed."));
    }

    public bool YesNo(string name, bool otherwise) => Text(name) switch
    {
        null => otherwise,
        "yes" => true,
        "no" => false,
        var other => throw new OptionException($"{name} is '{other}'; yes or no is needed."),
    };
}
