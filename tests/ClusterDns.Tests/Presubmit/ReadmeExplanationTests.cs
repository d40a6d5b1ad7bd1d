using System.Text.RegularExpressions;
using ClusterDns.Explaining;
using ClusterDns.Testing;
using ClusterDns.Tests.Explaining;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Presubmit;

/// <summary>What the README shows of <c>explain</c> is what the program prints, up to its upstream's address and the times.</summary>
internal sealed partial class ReadmeExplanationTests
{
    private const string Corefile = ".:53 {\n    kubernetes cluster.local in-addr.arpa ip6.arpa\n    forward . UPSTREAM\n}\n";

    [Test]
    public async Task Explanation_ShownInTheReadme_IsWhatIsPrinted()
    {
        var example = Example().Match(RepositoryFiles.Read("README.md"));
        Assert.That(example.Success, "the README shows no call of explain");
        var (name, from, folder) = (example.Groups["name"].Value, example.Groups["from"].Value, example.Groups["folder"].Value);
        var manifests = Directory.GetFiles(RepositoryFiles.PathOf(folder), "*.yaml").Order(StringComparer.Ordinal).Select(File.ReadAllText);
        await using var server = await ExplainedServer.StartAsync(Corefile, string.Join("\n---\n", manifests));

        var printed = await server.ExplainAsync(new ExplainRequest(name, RecordType.A, from));

        var shown = Upstream().Replace(example.Groups["text"].Value.TrimEnd('\n'), "forwarded to UPSTREAM: $1 in TIME");
        Assert.That(printed, Is.EqualTo(shown));
    }

    [GeneratedRegex(
        @"^```console\n\$ ClusterDns explain (?<name>\S+) --from (?<from>\S+) --manifests (?<folder>\S+)\n(?<text>.*?)^```",
        RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex(@"forwarded to [0-9.]+:53: (\S+) in [0-9.]+ ms")]
    private static partial Regex Upstream();
}
