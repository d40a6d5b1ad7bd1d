using ClusterDns.Cli.Commands;

namespace ClusterDns.Cli.Checking;

/// <summary><c>check</c>: everything that is wrong with a Corefile, at once and before a server is started with it.</summary>
internal static class CheckCommand
{
    private const string Conf = "-conf";
    private const string Port = "-dns.port";
    private const string Manifests = "--manifests";
    private const string Kubeconfig = "--kubeconfig";
    private const string Strict = "--strict";

    public static Command Definition { get; } = new(
        "check",
        "find every mistake in a Corefile, without starting a server",
        "[-conf FILE] [--manifests PATH | --kubeconfig FILE] [--strict]",
        [
            new(Conf, "FILE", "Corefile to check; \"stdin\" reads standard input (default \"Corefile\")"),
            new(Port, "PORT", "port of server blocks that name none (default 53)"),
            new(Manifests, "PATH", "look at the objects of a manifest file or directory too"),
            new(Kubeconfig, "FILE", "look at the cluster too: its namespaces, and whether its lists may be read"),
            new(Strict, null, "count a warning as an error"),
        ],
        RunAsync)
    {
        Description = """
            Errors are what no server starts with; each is shown with its line. Warnings are what a server starts with
            and somebody regretted: a forward that leads back, a plugin that is never asked, a missing probe. Nothing is
            printed for a file that is right.

            Exit code: 0 nothing wrong, or warnings only; 1 an error, or with --strict a warning; 2 a wrong flag.
            """,
        Examples = """
              ClusterDns check -conf Corefile
              ClusterDns check --manifests deploy/example --strict
              kubectl -n kube-system get configmap coredns -o jsonpath='{.data.Corefile}' | ClusterDns check -conf stdin
            """,
        MostOperands = 1,
    };

    private static async Task<int> RunAsync(CommandArguments arguments, CommandContext context)
    {
        if (!TryReadOptions(arguments, out var options, out var error))
        {
            return await CommandHelp.RefuseAsync(Definition, error, context).ConfigureAwait(false);
        }

        var files = new RecordedFiles(context.Files);
        var findings = await new CorefileCheck(options, files, context).RunAsync().ConfigureAwait(false);
        var writer = new FindingWriter(context.Output, files);
        foreach (var finding in findings)
        {
            writer.Write(finding);
        }

        writer.WriteSummary(findings);
        return findings.Any(finding => finding.Kind == FindingKind.Error || arguments.Has(Strict))
            ? ExitCode.Failure
            : ExitCode.Success;
    }

    private static bool TryReadOptions(CommandArguments arguments, out CheckOptions options, out string error)
    {
        options = new CheckOptions
        {
            CorefilePath = arguments.ValueOf(Conf) ?? arguments.Operands.FirstOrDefault(),
            ManifestPath = arguments.ValueOf(Manifests),
            KubeconfigPath = arguments.ValueOf(Kubeconfig),
        };
        error = "";
        if (arguments.Has(Conf) && arguments.Operands.Count > 0)
        {
            error = "two Corefiles are named";
        }
        else if (arguments.Has(Manifests) && arguments.Has(Kubeconfig))
        {
            error = $"{Manifests} and {Kubeconfig} exclude each other";
        }
        else if (arguments.ValueOf(Port) is { } text)
        {
            if (ushort.TryParse(text, out var port))
            {
                options = options with { DefaultPort = port };
            }
            else
            {
                error = $"'{text}' is not a port number";
            }
        }

        return error.Length == 0;
    }
}
