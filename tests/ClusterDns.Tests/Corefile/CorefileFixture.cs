using ClusterDns.Corefile;
using NUnit.Framework;

namespace ClusterDns.Tests.Corefile;

/// <summary>A Corefile named <c>Corefile</c>, what it may import, and the environment around it.</summary>
internal sealed class CorefileFixture
{
    public static readonly string[] KnownDirectives =
    [
        "acl", "autopath", "bind", "bufsize", "cache", "chaos", "debug", "dns64", "errors", "file", "forward",
        "health", "hosts", "k8s_external", "kubernetes", "loadbalance", "local", "log", "loop", "metadata", "minimal",
        "multisocket", "prometheus", "ready", "reload", "rewrite", "template", "transfer", "view", "whoami",
    ];

    public MemoryFiles Files { get; } = new();

    public Dictionary<string, string> Environment { get; init; } = [];

    public IReadOnlyCollection<string> DirectiveNames { get; init; } = KnownDirectives;

    public CorefileLoader Loader => new(Files, Environment.GetValueOrDefault, DirectiveNames);

    public CorefileFixture With(string path, string text)
    {
        Files.With(path, text);
        return this;
    }

    /// <summary>Loads a text as the file <c>Corefile</c>.</summary>
    public CorefileDocument Load(string corefile) => With("Corefile", corefile).Loader.LoadFile("Corefile");

    /// <summary>The error that a text gives.</summary>
    public string Error(string corefile) => Assert.Throws<CorefileException>(() => Load(corefile))!.Message;

    /// <summary>What a text was understood as, see <see cref="CorefileNotation"/>.</summary>
    public string Read(string corefile) => CorefileNotation.Write(Load(corefile).Blocks);
}
