using Matchmaking.Jobs;
using Matchmaking.Matching.Search;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Tests.Search;

public sealed class SearchSettingsTests
{
    private const string Fingerprint = "AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89";

    private static IConfiguration Settings(params string[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => setting.Split('=', 2)).ToDictionary(pair => pair[0], pair => (string?)pair[1])).Build();

    [Theory]
    [InlineData("Search:Engine=Solr", "Allowed values: Lucene, Elasticsearch.")]
    [InlineData("Search:Engine=Elasticsearch", "Elasticsearch:Addresses is not set")]
    [InlineData("Search:Engine=Elasticsearch;Elasticsearch:Addresses=host:9200", "Allowed values: http or https addresses")]
    [InlineData("Search:Engine=Elasticsearch;Elasticsearch:Addresses=https://a:geheim@es:9200", "settings of their own")]
    [InlineData("Search:Engine=Elasticsearch;Elasticsearch:Addresses=https://es;Elasticsearch:User=a", "without Elasticsearch:Password")]
    [InlineData("Search:Engine=Elasticsearch;Elasticsearch:Addresses=https://es;Elasticsearch:Password=geheim", "without Elasticsearch:User")]
    [InlineData("Search:Engine=Elasticsearch;Elasticsearch:Addresses=http://es:9200;Elasticsearch:User=a;Elasticsearch:Password=geheim", "unencrypted")]
    [InlineData("Search:Engine=Elasticsearch;Elasticsearch:Addresses=https://es;Elasticsearch:CertificateFingerprint=abc", "64 hexadecimal digits")]
    [InlineData("Search:Engine=Elasticsearch;Elasticsearch:Addresses=https://a,http://b;Elasticsearch:CertificateFingerprint=" + Fingerprint, "has no certificate")]
    [InlineData("Search:Engine=Elasticsearch;Elasticsearch:Addresses=https://es;Elasticsearch:Index=_all", "small letters, digits")]
    [InlineData("Search:Engine=Elasticsearch;Elasticsearch:Addresses=https://es;Elasticsearch:TimeoutSeconds=0", "whole numbers from 1 to 300")]
    public void A_wrong_setting_stops_the_program_and_the_message_says_what_is_allowed(string settings, string message)
    {
        var error = Assert.Throws<InvalidOperationException>(() => new ServiceCollection().AddSearch(Settings(settings.Split(';')), "data"));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_become_options()
    {
        var options = ElasticOptions.From(Settings(
            "Elasticsearch:Addresses=https://a:9200, https://b:9200/es", "Elasticsearch:User=u", "Elasticsearch:Password=geheim", "Elasticsearch:CertificateFingerprint=" + Fingerprint, "Elasticsearch:TimeoutSeconds=3"));

        Assert.Equal(["https://a:9200/", "https://b:9200/es/"], options.Addresses.Select(address => address.AbsoluteUri));
        Assert.Equal(("u", "geheim", 64, "matchmaking", 3), (options.User, options.Password, options.CertificateFingerprint!.Length, options.Index, options.Timeout.Seconds));
        Assert.DoesNotContain("geheim", options.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Lucene", false)]
    [InlineData("Elasticsearch", true)]
    public void The_chosen_engine_is_made_without_its_server(string engine, bool elastic)
    {
        var folder = Directory.CreateTempSubdirectory("engine").FullName;
        using (var services = new ServiceCollection().AddSearch(Settings($"Search:Engine={engine}", "Elasticsearch:Addresses=http://127.0.0.1:9"), folder).BuildServiceProvider())
            Assert.Equal(elastic, services.GetRequiredService<ISearchEngine>() is ElasticSearchEngine);
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData(false, true, false, "search,default")]
    [InlineData(false, false, false, "search")]
    [InlineData(true, false, false, "default")]
    [InlineData(false, true, true, "search,default")]
    [InlineData(false, false, true, "")]
    [InlineData(true, false, true, "search,default")]
    public void An_embedded_index_keeps_its_jobs_in_the_web_program_and_a_shared_one_does_not(bool worker, bool server, bool shared, string queues) =>
        Assert.Equal(queues, string.Join(',', JobsRegistration.Queues(worker, server, shared)));
}
