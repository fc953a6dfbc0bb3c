using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace Matchmaking.Matching.Search;

/// <summary>Where the cluster is and how it is spoken to: the section <c>Elasticsearch</c> of the settings.</summary>
public sealed partial record ElasticOptions
{
    public const string DefaultIndex = "matchmaking";

    public required IReadOnlyList<Uri> Addresses { get; init; }
    public string? User { get; init; }
    public string? Password { get; init; }
    /// <summary>SHA-256 of the server's certificate, or of the authority that signed it, as 64 hexadecimal digits.</summary>
    public string? CertificateFingerprint { get; init; }
    /// <summary>What the names of indices and aliases begin with.</summary>
    public string Index { get; init; } = DefaultIndex;
    /// <summary>For one try of one request; bulk requests get six times as long.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    // What follows is no setting; tests make it small.

    /// <summary>Bytes of one bulk request; a single larger document still goes alone.</summary>
    public int BulkBytes { get; init; } = 5_000_000;
    /// <summary>The first pause before a request is sent again; each further one is twice as long.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);
    /// <summary>For so long a node that did not answer is asked only when no other is left.</summary>
    public TimeSpan NodeRest { get; init; } = TimeSpan.FromSeconds(30);
    /// <summary>A rebuild that gave no sign for so long is taken for dead, and another process may begin anew.</summary>
    public TimeSpan RebuildLease { get; init; } = TimeSpan.FromSeconds(30);

    // A record would print all of them.
    public override string ToString() => $"Elasticsearch at {string.Join(", ", Addresses)}, index {Index}";

    /// <summary>Reads the settings; unknown and contradictory values throw with the allowed ones.</summary>
    public static ElasticOptions From(IConfiguration configuration)
    {
        var section = configuration.GetSection("Elasticsearch");
        var addresses = (section["Addresses"] ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Address).ToList();
        if (addresses.Count == 0)
            throw new InvalidOperationException("Search:Engine is 'Elasticsearch' but Elasticsearch:Addresses is not set. Allowed values: http or https addresses, separated by commas.");
        var options = new ElasticOptions
        {
            Addresses = addresses,
            User = Value(section, "User"),
            Password = Value(section, "Password"),
            CertificateFingerprint = Value(section, "CertificateFingerprint")?.Replace(":", "", StringComparison.Ordinal),
            Index = Value(section, "Index") ?? DefaultIndex,
            Timeout = Seconds(section["TimeoutSeconds"]),
        };
        options.Check();
        return options;
    }

    private void Check()
    {
        if (User is null != Password is null)
            throw new InvalidOperationException($"Elasticsearch:{(User is null ? "Password" : "User")} is set without Elasticsearch:{(User is null ? "User" : "Password")}. Set both, or neither.");
        if (Password is not null && Addresses.FirstOrDefault(address => address.Scheme == Uri.UriSchemeHttp && !address.IsLoopback) is { } open)
            throw new InvalidOperationException($"Elasticsearch:Password would go over the network unencrypted to {open}. Allowed with a password: https addresses, and http on the machine itself.");
        if (CertificateFingerprint is { } fingerprint)
        {
            if (!Fingerprint().IsMatch(fingerprint))
                throw new InvalidOperationException("Elasticsearch:CertificateFingerprint is not a SHA-256. Allowed values: 64 hexadecimal digits, with or without colons.");
            if (Addresses.FirstOrDefault(address => address.Scheme == Uri.UriSchemeHttp) is { } plain)
                throw new InvalidOperationException($"Elasticsearch:CertificateFingerprint is set but {plain} has no certificate. Allowed values of Elasticsearch:Addresses with it: https addresses.");
        }
        if (!IndexName().IsMatch(Index))
            throw new InvalidOperationException($"Elasticsearch:Index is '{Index}'. Allowed values: a small letter, then at most 59 small letters, digits and '-'.");
    }

    private static string? Value(IConfigurationSection section, string key) => section[key] is { Length: > 0 } value ? value : null;

    private static Uri Address(string text)
    {
        // What stands before an @ may be a password, so a wrong address is not repeated.
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps)
            throw new InvalidOperationException("Elasticsearch:Addresses holds something that is no address. Allowed values: http or https addresses, separated by commas.");
        if (address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
            throw new InvalidOperationException("Elasticsearch:Addresses holds more than an address. Allowed values: http or https addresses; user and password have settings of their own.");
        return address.AbsolutePath.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/");
    }

    private static TimeSpan Seconds(string? text)
    {
        if (string.IsNullOrEmpty(text)) return TimeSpan.FromSeconds(10);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 1 and <= 300
            ? TimeSpan.FromSeconds(seconds)
            : throw new InvalidOperationException($"Elasticsearch:TimeoutSeconds is '{text}'. Allowed values: whole numbers from 1 to 300.");
    }

    [GeneratedRegex("^[0-9A-Fa-f]{64}$")]
    private static partial Regex Fingerprint();

    [GeneratedRegex("^[a-z][a-z0-9-]{0,59}$")]
    private static partial Regex IndexName();
}
