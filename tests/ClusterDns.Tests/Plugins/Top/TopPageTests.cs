using System.Text;
using System.Text.Json;
using ClusterDns.Plugins.Top;
using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Top;

[TestFixture]
internal sealed class TopPageTests
{
    [Test]
    public async Task Get_EveryFamily_IsOneObjectThatReadsBackAsTheReport()
    {
        await using var fixture = await StartAsync();
        fixture.Ask(QueryFactory.Ask("a.example.org", RecordType.A));
        fixture.Ask(QueryFactory.Ask("b.example.org", RecordType.A));
        fixture.Ask(QueryFactory.Ask("b.example.org", RecordType.A));
        fixture.Clock.Advance(TimeSpan.FromSeconds(90));
        await using var page = await PageFixture.OpenAsync(fixture);
        var (status, type, text) = await page.GetAsync("/top");

        Assert.That((status, type), Is.EqualTo((200, "application/json")));
        Assert.That(TopJsonReader.TryRead(Encoding.UTF8.GetBytes(text), out var read), Is.True);
        var report = fixture.Services.TopTalkers.Read();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((read!.Sample, read.Since, read.Window), Is.EqualTo((1, DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(90))));
            foreach (var family in Enum.GetValues<TopFamily>())
            {
                Assert.That(Rounded(read.Total[(int)family]), Is.EqualTo(Rounded(report.Total[(int)family])));
                Assert.That(Rounded(read.Recent[(int)family]), Is.EqualTo(Rounded(report.Recent[(int)family])));
            }

            Assert.That(read.Total[(int)TopFamily.Name].Entries[0].Text, Is.EqualTo("b.example.org."));
        }
    }

    [Test]
    public async Task Get_OneFamilyAndCount_IsNoMore()
    {
        await using var fixture = await StartAsync();
        fixture.Ask(QueryFactory.Ask("a.example.org", RecordType.A));
        fixture.Ask(QueryFactory.Ask("b.example.org", RecordType.A));
        await using var page = await PageFixture.OpenAsync(fixture);
        using var json = JsonDocument.Parse((await page.GetAsync("/top?by=name&count=1")).Text);
        var families = json.RootElement.GetProperty("families").EnumerateObject().ToList();

        Assert.That(families.Select(family => family.Name), Is.EqualTo(["name"]));
        Assert.That(families[0].Value.GetProperty("total").GetProperty("entries").GetArrayLength(), Is.EqualTo(1));
        Assert.That(families[0].Value.GetProperty("total").GetProperty("queries").GetInt32(), Is.EqualTo(2));
    }

    [TestCase("/top?by=pods", "by is one of client, namespace, name, rcode, upstream\n")]
    [TestCase("/top?by=", "by is one of client, namespace, name, rcode, upstream\n")]
    [TestCase("/top?by=name&by=client", "by is one of client, namespace, name, rcode, upstream\n")]
    [TestCase("/top?count=0", "count is a number from 1 to 256\n")]
    [TestCase("/top?count=257", "count is a number from 1 to 256\n")]
    [TestCase("/top?count=%1B", "count is a number from 1 to 256\n")]
    public async Task Get_WrongParameter_IsRefused(string path, string expected)
    {
        await using var fixture = await StartAsync();
        await using var page = await PageFixture.OpenAsync(fixture);
        var (status, type, text) = await page.GetAsync(path);
        Assert.That((status, type, text), Is.EqualTo((400, "text/plain; charset=utf-8", expected)));
    }

    [Test]
    public async Task Get_NamesWithAnyOctets_AreAsciiAndPrintable()
    {
        await using var fixture = await StartAsync();
        fixture.Ask(QueryFactory.Ask("\\000\\027\\034\\092\\255<script>.example.org", RecordType.A));
        await using var page = await PageFixture.OpenAsync(fixture);
        var text = (await page.GetAsync("/top?by=name")).Text;

        Assert.That(text, Does.Match("^[ -~]+$"));
        Assert.That(text, Does.Not.Contain("<script>"));
        Assert.That(TopJsonReader.TryRead(Encoding.UTF8.GetBytes(text), out var report), Is.True);
        Assert.That(
            report!.Total[(int)TopFamily.Name].Entries.Single().Text, Is.EqualTo("\\000\\027\\\"\\\\\\255<script>.example.org."));
    }

    [Test]
    public async Task Get_TwiceInASecond_IsAddedUpOnce()
    {
        await using var fixture = await StartAsync();
        await using var page = await PageFixture.OpenAsync(fixture);
        var first = await page.GetAsync("/top?by=name");
        fixture.Ask(QueryFactory.Ask("a.example.org", RecordType.A));
        Assert.That(await page.GetAsync("/top?by=name"), Is.EqualTo(first));
        fixture.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That((await page.GetAsync("/top?by=name")).Text, Does.Contain("a.example.org."));
    }

    private static async Task<PluginFixture> StartAsync()
    {
        var fixture = new PluginFixture(TopDirective.Descriptor, "top 127.0.0.1:0 {\n sample 1\n }");
        await fixture.StartAsync();
        return fixture;
    }

    private static IEnumerable<string> Rounded(TopList list) =>
        list.Entries.Select(entry => $"{entry with { Share = Math.Round(entry.Share, 6) }}").Prepend($"{list.Queries}");
}
