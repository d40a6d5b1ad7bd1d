using ClusterDns.Corefile;
using ClusterDns.Plugins.Forward;
using ClusterDns.Tests.Corefile;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Forward;

/// <summary>The <c>forward</c> lines of distributions and users are taken as they are.</summary>
[TestFixture]
internal sealed class ForwardSampleTests
{
    private const string SystemFile = "/etc/resolv.conf";
    private const string Placeholder = "__PILLAR__";

    private readonly FileFolder _folder = new();

    [OneTimeTearDown]
    public void RemoveFiles() => _folder.Dispose();

    [TestCaseSource(typeof(SampleCorefileTests), nameof(SampleCorefileTests.Samples))]
    public void Sample_EachForwardLine_IsRead(string sample)
    {
        var file = _folder.Write("resolv.conf", "nameserver 10.0.0.2\n");
        var lines = SampleCorefileTests.Load(sample).Blocks.SelectMany(block => block.Lines("forward"));
        foreach (var line in lines.Where(line => !line.Arguments.Any(IsPlaceholder)))
        {
            // Not every machine that tests has the system's own.
            var here = line with { Arguments = [.. line.Arguments.Select(token => token.Text == SystemFile ? token with { Text = file } : token)] };
            Assert.That(() => new ForwardOptionsReader(path => path, NullLogger.Instance).Read(here), Throws.Nothing);
        }
    }

    // Filled in by the program that starts the server.
    private static bool IsPlaceholder(CorefileToken token) => token.Text.StartsWith(Placeholder, StringComparison.Ordinal);
}
