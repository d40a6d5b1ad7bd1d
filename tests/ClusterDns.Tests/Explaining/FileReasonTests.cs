using ClusterDns.Explaining.Reasons;
using ClusterDns.Plugins.ZoneFiles;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Explaining;

/// <summary>What a person reads of a zone file's part.</summary>
[TestFixture]
internal sealed class FileReasonTests
{
    [TestCase(FileOutcome.Answered, "zone `example.org.` has the name, from db", "")]
    [TestCase(FileOutcome.LeadsOut, "zone `example.org.` has an alias for the name, from db, which leads to a name elsewhere", "")]
    [TestCase(
        FileOutcome.NoData,
        "zone `example.org.` has the name in db, without this type",
        "Add a record of the type to db, and raise the serial of its SOA.")]
    [TestCase(
        FileOutcome.NameError,
        "zone `example.org.` has no such name in db, and no fallthrough",
        "Add the name to db and raise the serial of its SOA, or write `fallthrough` into the file block.")]
    [TestCase(
        FileOutcome.Referral,
        "zone `example.org.` in db delegates the name, and this server asks nobody for it",
        "Add a server block for the delegated zone that forwards to its name servers.")]
    [TestCase(FileOutcome.NotLoaded, "zone `example.org.` has not been read from db", "See the server's log.")]
    public void Explain_EachOutcome_IsASentenceAndAnAdvice(FileOutcome outcome, string text, string advice)
    {
        var reason = FileReason.Explain(new FileStep("db", DnsName.Parse("example.org"), outcome, FallsThrough: false));
        Assert.That((reason.Text, reason.Advice), Is.EqualTo((text, advice)));
    }
}
