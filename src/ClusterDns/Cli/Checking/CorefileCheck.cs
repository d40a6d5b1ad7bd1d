using System.Text.RegularExpressions;
using ClusterDns.Cli.Checking.Rules;
using ClusterDns.Cli.Commands;
using ClusterDns.Corefile;
using ClusterDns.Kubernetes;
using ClusterDns.Kubernetes.Watching;
using ClusterDns.Kubernetes.Zone;
using ClusterDns.Operations;
using ClusterDns.Plugins;
using ClusterDns.Plugins.ZoneFiles;
using ClusterDns.Serving;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClusterDns.Cli.Checking;

/// <summary>
/// One check: the Corefile is read and set up by the server's own code, with mistakes gathered instead of thrown; what is
/// right of it is then held against experience.
/// </summary>
internal sealed partial class CorefileCheck(CheckOptions options, RecordedFiles files, CommandContext context)
{
    private readonly CorefileMistakes _mistakes = CorefileMistakes.Gathered();
    private readonly SetupWarnings _log = new();
    private bool _isMissing;

    /// <summary>Errors first, then warnings, each in the order of the file.</summary>
    public async Task<IReadOnlyList<Finding>> RunAsync()
    {
        using var output = new LogOutput(Stream.Null);
        var builder = new ConfigurationBuilder(Services(output), _mistakes);
        ServerConfiguration? configuration = null;
        var findings = new List<Finding>();
        _mistakes.Try(() => configuration = builder.Build(Load()));
        if (configuration is not null)
        {
            findings.AddRange(StartWarnings(configuration, builder.Blocks));
            findings.AddRange(await RegretsAsync(builder.Blocks).ConfigureAwait(false));
            await configuration.Setup.StopAsync().ConfigureAwait(false);
        }

        findings.AddRange(UnclosedQuoteRule.Find(files));
        if (_isMissing)
        {
            findings.Add(Finding.Warning(null, "there is no Corefile here: a server answers every query with the client's own address"));
        }

        var environment = new EnvironmentHint(files);
        var word = new WordHint(files);
        return
        [
            .. InOrder(_mistakes.All.Select(Finding.Of)
                .Select(word.Add)
                .Select(DirectiveHint.Add)
                .Select(MissingBraceHint.Add)
                .Select(environment.Add)
                .Concat(findings.Select(word.Add))),
        ];
    }

    private CorefileDocument Load()
    {
        var loader = new CorefileLoader(files, context.Environment, [.. PluginOrder.Names], _mistakes);
        switch (options.CorefilePath)
        {
            case null or "":
                _isMissing = files.Find(Path.GetFullPath(CorefileLoader.DefaultPath)).Count == 0;
                return loader.LoadDefault();
            case CorefileLoader.StandardInputName when CorefileText.TryRead(() => context.Input, out var text, out _):
                return loader.LoadStandardInput(files.Record(CorefileLoader.StandardInputName, text));
            case CorefileLoader.StandardInputName:
                return loader.LoadStandardInput(context.Input);
            default:
                return loader.LoadFile(options.CorefilePath);
        }
    }

    private ServerServices Services(LogOutput output) => new()
    {
        Time = context.Time,
        Logging = _log,
        Registry = Prometheus.Metrics.NewCustomRegistry(),
        LogOutput = output,
        Clusters = new ClusterDirectory(_ => new Cluster(new NoCluster(), context.Time, NullLogger.Instance)),
        Queries = new QueryPool(),
        DefaultPort = options.DefaultPort,
    };

    /// <summary>What the server itself would say while it starts. A file that is not here may
    /// be where the server runs.</summary>
    private IEnumerable<Finding> StartWarnings(ServerConfiguration configuration, IReadOnlyList<ConfiguredBlock> blocks)
    {
        var keys = blocks.SelectMany(block => block.Keys).Where(key => key.Warning is not null && !KeyRule.IsBrace(key.Token)).ToList();
        foreach (var key in keys.DistinctBy(key => key.Token))
        {
            yield return Finding.Warning(key.Token, key.Warning!.Replace("Warning: ", "", StringComparison.Ordinal));
        }

        var told = configuration.Warnings.Where(line => !line.StartsWith("Warning: Domain", StringComparison.Ordinal))
            .Where(line => !line.StartsWith("No files matching", StringComparison.Ordinal));
        foreach (var line in told.Concat(_log.Lines.Where(line => !line.Contains("File does not exist", StringComparison.Ordinal)
            && !line.Contains(FileLog.NoSuchFile, StringComparison.Ordinal))))
        {
            yield return Placed().Match(line) is { Success: true } match && int.TryParse(match.Groups["line"].ValueSpan, out var number)
                ? Finding.Warning(
                    new CorefileToken("", match.Groups["file"].Value, number),
                    match.Groups["plugin"].Value + match.Groups["message"].Value)
                : Finding.Warning(null, line);
        }
    }

    private async Task<IReadOnlyList<Finding>> RegretsAsync(IReadOnlyList<ConfiguredBlock> blocks)
    {
        var configuration = new CheckedConfiguration([.. blocks.Select(block => new CheckedBlock(block))], null);
        var findings = new List<Finding>();
        try
        {
            configuration = configuration with { Cluster = await SurveyAsync(configuration).ConfigureAwait(false) };
        }
        catch (ClusterSourceException failure)
        {
            findings.Add(new Finding(FindingKind.Error, null, failure.Message));
        }

        findings.AddRange(CheckRules.All.SelectMany(find => find(configuration)));
        return findings;
    }

    private async Task<ClusterFacts?> SurveyAsync(CheckedConfiguration configuration)
    {
        if (options.ManifestPath is null && options.KubeconfigPath is null)
        {
            return null;
        }

        // The kinds and selectors are those that the directive asks for, the way to the cluster is the command line's.
        var wanted = configuration.Blocks.Select(block => block.Kubernetes?.Source).FirstOrDefault(source => source is not null)
            ?? new ClusterSourceOptions();
        return await new ClusterSurvey(context.Time).ReadAsync(wanted with
        {
            ManifestPath = options.ManifestPath,
            KubeconfigPath = options.KubeconfigPath,
            KubeconfigContext = null,
            Endpoint = null,
            Certificate = null,
            Snapshot = null,
        }).ConfigureAwait(false);
    }

    private static IEnumerable<Finding> InOrder(IEnumerable<Finding> findings) => findings
        .DistinctBy(finding => (finding.Message, finding.Place?.File, finding.Place?.Line, finding.Place?.Column))
        .OrderBy(finding => finding.Kind)
        .ThenBy(finding => finding.Place is null)
        .ThenBy(finding => finding.Place?.File, StringComparer.Ordinal)
        .ThenBy(finding => finding.Place?.Line)
        .ThenBy(finding => finding.Place?.Column);

    [GeneratedRegex(@"^(?<plugin>plugin/[a-z0-9_]+: )?(?<file>[^\s:]+):(?<line>[0-9]+) - (?<message>.*)$", RegexOptions.Singleline)]
    private static partial Regex Placed();
}
