using ClusterDns.Plugins.Autopath;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Autopath;

/// <summary>The line, its mistakes, and search lists out of files.</summary>
[TestFixture]
internal sealed class AutopathDirectiveTests
{
    private string _path = null!;

    [SetUp]
    public void MakeFile() => _path = Path.GetTempFileName();

    [TearDown]
    public void DeleteFile() => File.Delete(_path);

    [TestCase("autopath", "no resolv-conf specified")]
    [TestCase("autopath /no/such/file", "failed to parse \"/no/such/file\": ")]
    [TestCase("autopath @whoami", "plugin 'whoami' does not know search lists; 'kubernetes' does")]
    [TestCase("autopath @kubernetes {\n}", "Unexpected token '{', expecting argument")]
    public void Directive_WithAMistake_SaysWhich(string lines, string expected) =>
        Assert.That(PluginFixture.ErrorOf(AutopathDirective.Descriptor, lines, "whoami"), Does.Contain($" - Error during parsing: {expected}"));

    [Test]
    public void File_TooLarge_IsNone()
    {
        File.WriteAllText(_path, new string('#', ResolverFile.MaxSize + 1));
        Assert.That(
            PluginFixture.ErrorOf(AutopathDirective.Descriptor, $"autopath {_path}"),
            Does.EndWith($"failed to parse \"{_path}\": the file has more than 65536 octets"));
    }

    [TestCase("autopath @kubernetes", "the server block has no 'kubernetes'")]
    [TestCase("autopath @nosuch", "the server block has no 'nosuch'")]
    public async Task Plugin_ThatIsNotThere_IsLoggedAndNothingIsDone(string lines, string reason)
    {
        await using var fixture = new PluginFixture(AutopathDirective.Descriptor, lines);
        await fixture.StartAsync();

        Assert.That(fixture.Log.Lines, Has.Some.Contains($"Does nothing: {reason}"));
        Assert.That(Asked(fixture, "www.example.com.shop.svc.cluster.local."), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task File_WithASearchList_IsWalkedForEveryClient()
    {
        File.WriteAllText(_path, "# x\ndomain old.test\nnameserver 192.0.2.1\nsearch First.example.org second.test . bad..name\noptions ndots:5\n");
        await using var fixture = new PluginFixture(AutopathDirective.Descriptor, $"autopath . {_path}");

        Assert.That(
            Asked(fixture, "WWW.first.example.ORG."),
            Is.EqualTo(new[] { "WWW.first.example.ORG.", "WWW.second.test.", "WWW." }));
        Assert.That(Asked(fixture, "www.second.test."), Is.EqualTo(new[] { "www.second.test." }));
        Assert.That(Asked(fixture, "first.example.org."), Is.EqualTo(new[] { "first.example.org." }));
    }

    [Test]
    public async Task File_WithTheRootFirst_TakesEveryNameForABase()
    {
        File.WriteAllText(_path, "search . second.test");
        await using var fixture = new PluginFixture(AutopathDirective.Descriptor, $"autopath . {_path}");

        Assert.That(Asked(fixture, "www."), Is.EqualTo(new[] { "www.", "www.second.test." }));
        Assert.That(Asked(fixture, "."), Is.EqualTo(new[] { "." }));
    }

    [TestCase("")]
    [TestCase("nameserver 192.0.2.1\nsearch\n")]
    public async Task File_WithoutASearchList_DoesNothing(string text)
    {
        File.WriteAllText(_path, text);
        await using var fixture = new PluginFixture(AutopathDirective.Descriptor, $"autopath . {_path}");

        Assert.That(Asked(fixture, "www."), Is.EqualTo(new[] { "www." }));
    }

    [TestCase("autopath FILE", "www.example.org.", 2)]
    [TestCase("autopath FILE", "www.example.net.", 1, Description = "not in the block's zones")]
    [TestCase("autopath example.net FILE", "www.example.net.", 2)]
    [TestCase("autopath example.net FILE\nautopath example.com FILE", "www.example.net.", 1, Description = "the last line counts")]
    public async Task Zones_OfTheLine_AreThoseLookedAt(string lines, string name, int asked)
    {
        File.WriteAllText(_path, "search . second.test");
        await using var fixture = new PluginFixture(
            AutopathDirective.Descriptor, lines.Replace("FILE", _path, StringComparison.Ordinal));

        Assert.That(Asked(fixture, name), Has.Count.EqualTo(asked));
    }

    [Test]
    public async Task File_ThatChanges_IsReadAgain()
    {
        File.WriteAllText(_path, "search first.test second.test");
        await using var fixture = new PluginFixture(AutopathDirective.Descriptor, $"autopath . {_path}");
        await fixture.StartAsync();

        File.WriteAllText(_path, "search first.test third.test");
        fixture.Clock.Advance(SearchFile.Interval);
        await Eventually(() => fixture.Log.Lines.Any(line => line.Contains("2 search elements", StringComparison.Ordinal)));

        Assert.That(Asked(fixture, "www.first.test."), Is.EqualTo(new[] { "www.first.test.", "www.third.test.", "www." }));

        File.Delete(_path);
        fixture.Clock.Advance(SearchFile.Interval);
        await Eventually(() => fixture.Log.Lines.Any(line => line.Contains("the former search list stays", StringComparison.Ordinal)));

        Assert.That(Asked(fixture, "www.first.test."), Has.Count.EqualTo(3));
    }

    private static Task Eventually(Func<bool> condition) =>
        ClusterDns.Tests.Transport.Eventually.IsTrue(condition, "the file is looked at");

    private static List<string> Asked(PluginFixture fixture, string name)
    {
        var asked = new List<string>();
        fixture.Rest = query =>
        {
            asked.Add(WireName.ToText(query.NameAsSent));
            query.Reply.Code = ResponseCode.NameError;
            return ServeResult.Answered;
        };
        using var query = QueryFactory.Ask(name, RecordType.A);
        var result = fixture.Ask(query);
        Assert.That((result.Outcome, query.Reply.Code), Is.EqualTo((ServeOutcome.Answered, ResponseCode.NameError)));
        return asked;
    }
}
