using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Rewrite;

/// <summary>A query that no rule means costs nothing; one that is rewritten and answered from memory leaves no garbage.</summary>
[TestFixture]
internal sealed class RewriteAllocationTests
{
    private const string Rules = """
        rewrite stop {
            name regex (.*)\.my\.domain {1}.svc.cluster.local
            answer name (.*)\.svc\.cluster\.local {1}.my.domain
        }
        rewrite name exact foo.example.com foo.default.svc.cluster.local
        rewrite name suffix old.cluster.local cluster.local answer auto
        rewrite name prefix short. long. answer auto
        rewrite name substring middle.example other.example answer auto
        rewrite continue ttl suffix example.net 30-60
        rewrite rcode suffix example.net SERVFAIL NOERROR
        """;

    [TestCase("www.example.org.", false)]
    [TestCase("foo.example.com.", true)]
    [TestCase("a.b.old.cluster.local.", true)]
    [TestCase("Short.Example.", true)]
    [TestCase("a-middle.example.", true)]
    [TestCase("a.example.net.", true)]
    public async Task Query_AnsweredOnTheSpot_AllocatesNothing(string name, bool isMeant)
    {
        await using var scene = new RewriteScene(Rules);
        var asked = 0;
        scene.Fixture.Rest = query =>
        {
            asked++;
            query.Reply.Clear();
            query.Reply.AddAddress(Section.Answer, NameParts.Question, 5, [10, 0, 0, 1]);
            query.Reply.AddName(Section.Authority, NameParts.Question, RecordType.NS, 5, NameParts.Question);
            return ServeResult.Answered;
        };
        var rewrite = scene.Fixture.Block.Plugins.Single();
        scene.Fixture.Chain();
        using var query = QueryFactory.Ask(name, RecordType.A, udpSize: 1232);
        var last = ServeResult.Dropped;

        var allocated = Allocation.Of(() => last = rewrite.ServeAsync(query).Result);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(last, Is.EqualTo(isMeant ? ServeResult.Answered : ServeResult.Declined));
            Assert.That(asked, isMeant ? Is.Positive : Is.Zero);
            Assert.That(allocated, Is.Zero);
        }
    }
}
