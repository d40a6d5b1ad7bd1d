using System.Diagnostics.CodeAnalysis;
using ClusterDns.Cli.Commands;
using ClusterDns.Corefile;
using ClusterDns.Explaining;
using ClusterDns.Wire;

namespace ClusterDns.Cli.Explaining;

/// <summary>Turns the words of <c>explain</c> into what to explain; each mistake in a sentence.</summary>
internal static class ExplainOptionsReader
{
    public static bool TryRead(
        CommandArguments arguments,
        [NotNullWhen(true)] out ExplainOptions? options,
        [NotNullWhen(false)] out string? error)
    {
        options = null;
        error = WhatIsWrong(arguments);
        if (error is not null || !TryReadType(arguments, out var type, out error) || !TryReadServer(arguments, out var server, out error))
        {
            return false;
        }

        options = new ExplainOptions
        {
            Name = arguments.Operands[0],
            Type = type,
            From = arguments.ValueOf(ExplainCommand.From),
            Server = server,
            CorefilePath = arguments.ValueOf(ExplainCommand.Conf),
            ManifestPath = arguments.ValueOf(ExplainCommand.Manifests),
            KubeconfigPath = arguments.ValueOf(ExplainCommand.Kubeconfig),
            IsJson = arguments.Has(ExplainCommand.Json),
        };
        return true;
    }

    private static string? WhatIsWrong(CommandArguments arguments)
    {
        if (arguments.Operands.Count == 0)
        {
            return "which name?";
        }

        if (arguments.Operands[0].Length > ExplainLimits.MostTyped || !DnsName.TryParse(arguments.Operands[0], out _))
        {
            return $"'{arguments.Operands[0]}' is not a domain name";
        }

        if (arguments.Has(ExplainCommand.Manifests) && arguments.Has(ExplainCommand.Kubeconfig))
        {
            return $"{ExplainCommand.Manifests} and {ExplainCommand.Kubeconfig} exclude each other";
        }

        return arguments.Has(ExplainCommand.Server)
            && (arguments.Has(ExplainCommand.Conf) || arguments.Has(ExplainCommand.Manifests) || arguments.Has(ExplainCommand.Kubeconfig))
                ? $"{ExplainCommand.Server} asks a server that has its own Corefile and cluster"
                : null;
    }

    private static bool TryReadType(CommandArguments arguments, out RecordType type, [NotNullWhen(false)] out string? error)
    {
        type = RecordType.A;
        error = null;
        if (arguments.ValueOf(ExplainCommand.Type) is { } word && !Mnemonic.TryParse(word, out type))
        {
            var nearest = NearestName.Find(word.ToUpperInvariant(), Enum.GetNames<RecordType>());
            error = $"'{word}' is no record type" + (nearest is null ? "" : $", did you mean {nearest}?");
        }
        else if (type is RecordType.AXFR or RecordType.IXFR)
        {
            error = "a transfer of a zone is more than one question";
        }

        return error is null;
    }

    private static bool TryReadServer(CommandArguments arguments, out Uri? server, [NotNullWhen(false)] out string? error)
    {
        server = null;
        error = null;
        if (arguments.ValueOf(ExplainCommand.Server) is { } text
            && (!Uri.TryCreate($"http://{text}", UriKind.Absolute, out server) || server.PathAndQuery != "/" || server.UserInfo.Length > 0))
        {
            error = $"'{text}' is not HOST:PORT";
        }

        return error is null;
    }
}
