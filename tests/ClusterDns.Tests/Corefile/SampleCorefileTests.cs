using System.Net;
using ClusterDns.Corefile;
using NUnit.Framework;

namespace ClusterDns.Tests.Corefile;

/// <summary>Corefiles of distributions and of users. Each has to load; its first line names its source.</summary>
[TestFixture]
internal sealed class SampleCorefileTests
{
    /// <summary>What occurs in the samples: also two plugins that no build of this program has.</summary>
    public static readonly string[] DirectiveNames =
        [.. CorefileFixture.KnownDirectives, "ocp_dnsnameresolver", "route53"];

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Corefile", "corefiles");

    // A line for each sample: its plugins in the order of the file, each with the properties that it has anywhere.
    private static readonly string[] Table = File.ReadAllLines(Path.Combine(Folder, "plugins.txt"));

    /// <summary>The path of every sample, seen from <see cref="Folder"/>.</summary>
    public static IEnumerable<string> Samples =>
        Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Folder, path))
            .Where(path => path != "plugins.txt")
            .Order(StringComparer.Ordinal);

    // The addresses of one are filled in by the program that starts it.
    private static IEnumerable<string> SamplesReadyToServe =>
        Samples.Where(sample => sample != "nodelocaldns.Corefile");

    /// <summary>A sample's text; an <c>.override</c> is what it is to users, a file imported into a block.</summary>
    public static string ReadText(string sample)
    {
        var text = File.ReadAllText(Path.Combine(Folder, sample));
        return sample.EndsWith(".override", StringComparison.Ordinal) ? $".:53 {{\n{text}\n}}\n" : text;
    }

    [TestCaseSource(nameof(Samples))]
    public void Sample_Loaded_HasItsPluginsAndTheirProperties(string sample)
    {
        var expected = Table.Single(line => line.StartsWith($"{sample}: "));

        Assert.That($"{sample}: {string.Join(", ", Plugins(Load(sample)))}", Is.EqualTo(expected));
    }

    [TestCaseSource(nameof(SamplesReadyToServe))]
    public void Sample_Loaded_ServesZonesThatDoNotCollide(string sample)
    {
        var served = new ServedZones();
        foreach (var block in Load(sample).Blocks)
        {
            var hasView = block.Lines("view").Count > 0;
            var binds = block.Lines("bind").SelectMany(line => line.Arguments).Select(address => address.ReadAddress());
            foreach (var key in block.Keys.SelectMany(key => ServerKey.Parse(key, dnsPort: 53)))
            {
                foreach (var bind in binds.DefaultIfEmpty())
                {
                    Assert.That(() => served.Add(key, bind, hasView), Throws.Nothing);
                }
            }
        }
    }

    [Test]
    public void Table_OfPlugins_NamesEverySample()
    {
        Assert.That(Table.Select(line => line.Split(": ")[0]), Is.EquivalentTo(Samples));
    }

    [TestCase("aks.Corefile", "custom/*.override", "custom/*.server")]
    [TestCase("k3s.Corefile", "/etc/coredns/custom/*.override", "/etc/coredns/custom/*.server")]
    [TestCase("gardener-nodelocaldns.Corefile", "custom/*.override", "custom/*.override")]
    [TestCase("kubeadm.Corefile")]
    [TestCase("custom/snippets-env.Corefile")]
    public void Sample_WithoutItsCustomFiles_OnlyWarns(string sample, params string[] patterns)
    {
        Assert.That(
            Load(sample).Warnings,
            Is.EqualTo(patterns.Select(pattern => $"No files matching import glob pattern: {pattern}")));
    }

    [TestCase("openshift-dnsnameresolver.Corefile", "ocp_dnsnameresolver", 16)]
    [TestCase("custom/route53-eks.Corefile", "route53", 3)]
    public void Sample_WithAPluginThatNobodyHas_NamesIt(string sample, string directive, int line)
    {
        Assert.That(
            new CorefileFixture().Error(ReadText(sample)),
            Is.EqualTo($"Corefile:{line} - Error during parsing: Unknown directive '{directive}'"));
    }

    [Test]
    public void Sample_WithVariables_HasThemFilled()
    {
        var fixture = new CorefileFixture { Environment = { ["PORT"] = "9153" } };
        var blocks = fixture.Load(ReadText("custom/snippets-env.Corefile")).Blocks;

        Assert.That(
            blocks.SelectMany(block => block.Lines("prometheus")).Select(line => line.SingleArgument()),
            Is.EqualTo(["localhost:9153", "localhost:9153"]));
    }

    public static CorefileDocument Load(string sample) =>
        new CorefileFixture { DirectiveNames = DirectiveNames }.Load(ReadText(sample));

    /// <summary>Plugins in the order of the file, each with the properties that it has anywhere in it.</summary>
    private static IEnumerable<string> Plugins(CorefileDocument document) =>
        from directive in document.Blocks.SelectMany(block => block.Directives)
        group directive.Properties by directive.Name into lines
        let names = lines.SelectMany(line => line).Select(PropertyName).Distinct().Order(StringComparer.Ordinal)
        select names.Any() ? $"{lines.Key}({string.Join(' ', names)})" : lines.Key;

    private static string PropertyName(Directive property) =>
        IPAddress.TryParse(property.Name, out _) ? "inline" : property.Name;
}
