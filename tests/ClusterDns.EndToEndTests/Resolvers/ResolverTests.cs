using ClusterDns.Testing.Network;
using NUnit.Framework;

namespace ClusterDns.EndToEndTests.Resolvers;

/// <summary>
/// The resolvers that programs have, each in a pod with the <c>resolv.conf</c> that a kubelet writes: what they find, and
/// how many queries it takes them.
/// </summary>
[TestFixture]
internal sealed class ResolverTests
{
    /// <summary>Whose measurements the README shows.</summary>
    private static readonly Client Tabled = Client.All[0];

    private ResolverRun _run = null!;

    [OneTimeSetUp]
    public async Task AskEverything()
    {
        RequiredTool.Check("ip");
        if (NetworkNamespace.Missing is { } reason)
        {
            Assert.Ignore(reason);
        }

        _run = await ResolverRun.MakeAsync();
    }

    [TestCaseSource(nameof(Cases))]
    public void Resolver_AskedForEveryLookup_FindsWhatThereIs(ServerVariant variant, Client client, Resolver resolver)
    {
        Check(resolver);
        var wrong = Of(variant, client, resolver)
            .Select(each => (each.Lookup.Name, Found: Text(each.Answers), Expected: Text(each.Lookup.AnswersFor(resolver, client, variant))))
            .Where(each => each.Found != each.Expected);
        Assert.That(wrong, Is.Empty);
    }

    [TestCaseSource(typeof(ServerVariant), nameof(ServerVariant.All))]
    public void Queries_CountedWhereTheyAreSent_AllReachTheServer(ServerVariant variant) =>
        Assert.That(_run.Queries[variant].Received, Is.EqualTo(_run.Queries[variant].Sent).And.Positive);

    /// <summary>What counts is how long a search list is, not whose; but the server walks only a pod's.</summary>
    [TestCaseSource(nameof(CountedCases))]
    public void Queries_OfAnyClient_AreAsManyAsOfTheTables(ServerVariant variant, Client client, Resolver resolver)
    {
        Check(resolver);
        var table = Of(client.IsPod ? variant : ServerVariant.Plain, Tabled, resolver).ToDictionary(each => each.Lookup, each => each.Queries);
        var other = Of(variant, client, resolver)
            .Where(each => each.Lookup.AnswerInDefault is null && each.Queries != table[each.Lookup])
            .Select(each => (each.Lookup.Name, each.Queries, InTable: table[each.Lookup]));
        Assert.That(other, Is.Empty);
    }

    /// <summary>A and AAAA for most, where the search list costs eight queries without it.</summary>
    [TestCaseSource(typeof(ResolverTable), nameof(ResolverTable.All))]
    public void Autopath_NameOutside_CostsAPodNoMoreThanANameWithItsLastDot(Resolver resolver)
    {
        Check(resolver);
        var queries = Of(ServerVariant.Autopath, Tabled, resolver).ToDictionary(each => each.Lookup.Label, each => each.Queries);
        Assert.That(queries["outside"], Is.LessThanOrEqualTo(queries["full, dot"]));
    }

    [Test]
    public void TablesOfReadme_AreWhatWasMeasured()
    {
        foreach (var resolver in ResolverTable.All)
        {
            Check(resolver);
        }

        var measured = QueryTable.Format([.. _run.Measurements.Where(each => each.Client == Tabled && ServerVariant.Counted.Contains(each.Variant))]);
        if (Environment.GetEnvironmentVariable(QueryTable.RewriteVariable) is not null)
        {
            QueryTable.Write(measured);
        }

        Assert.That(QueryTable.Read(), Is.EqualTo(measured), () => $"to write it anew, run this with {QueryTable.RewriteVariable}=1");
    }

    private static IEnumerable<TestCaseData> Cases() => CasesOf(ServerVariant.All);

    private static IEnumerable<TestCaseData> CountedCases() => CasesOf(ServerVariant.Counted);

    private static IEnumerable<TestCaseData> CasesOf(IReadOnlyList<ServerVariant> variants) =>
        from variant in variants
        from client in Client.All
        from resolver in ResolverTable.All
        select new TestCaseData(variant, client, resolver);

    private static void Check(Resolver resolver)
    {
        foreach (var tool in resolver.Tools)
        {
            RequiredTool.Check(tool);
        }
    }

    private IEnumerable<Measurement> Of(ServerVariant variant, Client client, Resolver resolver) =>
        _run.Measurements.Where(each => each.Variant == variant && each.Client == client && each.Resolver == resolver);

    private static string Text(IReadOnlyList<string> answers) => string.Join(", ", answers);
}
