using System.Text.RegularExpressions;
using ClusterDns.Corefile;
using ClusterDns.Kubernetes.Zone;
using ClusterDns.Operations;
using ClusterDns.Plugins;
using ClusterDns.Serving;
using ClusterDns.Testing.Conformance;
using Microsoft.Extensions.Logging.Abstractions;
using Prometheus;

namespace ClusterDns.Fuzzing.Targets;

/// <summary>
/// A configuration, read and set up as far as a server goes before it starts anything. The input is the Corefile. A
/// mistake is told with its line, and nothing else is thrown.
/// </summary>
internal sealed partial class CorefileTarget : FuzzTarget
{
    private readonly LogOutput _log = new(Stream.Null);
    private readonly ImportedFiles _files = new();

    public override string Name => "corefile";

    protected override void Try(byte[] input)
    {
        try
        {
            var loader = new CorefileLoader(_files, ValueOf, [.. PluginOrder.Names]);
            using var text = new MemoryStream(input);
            var configuration = ConfigurationBuilder.BuildAsync(loader.LoadStandardInput(text), CreateServices()).GetAwaiter().GetResult();
            Require(configuration.Listeners.Count > 0, "a Corefile without mistake gives no listener");
            configuration.Setup.StopAsync().GetAwaiter().GetResult();
        }
        catch (CorefileException mistake)
        {
            Require(Place().IsMatch(mistake.Message), $"a mistake without its place: {mistake.Message}");
        }
    }

    private static string? ValueOf(string variable) => variable == "HOME" ? "/nowhere" : null;

    [GeneratedRegex(@"(stdin|/imported/\S*):[0-9]+ - ")]
    private static partial Regex Place();

    private ServerServices CreateServices() => new()
    {
        Time = TimeProvider.System,
        Logging = NullLoggerFactory.Instance,
        Registry = Metrics.NewCustomRegistry(),
        LogOutput = _log,
        Clusters = new ClusterDirectory(_ => new Cluster(new ConformanceSource(), TimeProvider.System, NullLogger.Instance)),
        Queries = new QueryPool(),
    };

    /// <summary>A few files in memory that imports find.</summary>
    private sealed class ImportedFiles : ICorefileFiles
    {
        private const string Folder = "/imported/";

        private static readonly Dictionary<string, string> Files = new()
        {
            [Folder + "one.override"] = "log\nerrors\n",
            [Folder + "two.override"] = "import one.override\n",
            [Folder + "itself.override"] = "import itself.override\n",
            [Folder + "zone.server"] = "imported.test {\n whoami\n}\n",
        };

        public IReadOnlyList<string> Find(string pattern) =>
            [.. Files.Keys.Where(path => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, path, ignoreCase: false)).Order(StringComparer.Ordinal)];

        public Stream Open(string path) =>
            Files.TryGetValue(path, out var text)
                ? new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text))
                : throw new FileNotFoundException($"open {path}: no such file or directory");
    }
}
