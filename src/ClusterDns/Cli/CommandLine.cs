using ClusterDns.Cli.Commands;
using ClusterDns.Corefile;

namespace ClusterDns.Cli;

/// <summary>The flags of the server, as CoreDNS has them: one or two dashes, value behind a blank or an equals sign.</summary>
internal sealed record CommandLine
{
    /// <summary>The Corefile's path, <c>stdin</c>, or null for <c>Corefile</c> in the working directory.</summary>
    public string? CorefilePath { get; init; }

    /// <summary>Port of keys that name none.</summary>
    public int DefaultPort { get; init; } = 53;

    public string? ManifestPath { get; init; }

    public string? PidFilePath { get; init; }

    public bool Quiet { get; init; }

    public bool ShowVersion { get; init; }

    public bool ShowPlugins { get; init; }

    public bool ShowHelp { get; init; }

    /// <summary>What is wrong with the arguments; null when nothing is.</summary>
    public string? Error { get; init; }

    /// <summary>The flag that may have been meant by one that there is not; null where none is near.</summary>
    public string? Suggestion { get; init; }

    /// <summary>Every flag, for completion and for what may have been meant.</summary>
    public static IReadOnlyList<CommandFlag> Flags { get; } =
    [
        new("-conf", "FILE", "Corefile to load"),
        new("-dns.port", "PORT", "port of server blocks that name none"),
        new("-p", "PORT", "the same"),
        new("--manifests", "PATH", "serve the objects of a manifest file or directory"),
        new("-pidfile", "FILE", "write the process id to FILE"),
        new("-quiet", null, "do not print what is served"),
        new("-plugins", null, "list the plugins and exit"),
        new("-version", null, "show the version and exit"),
        new("--help", null, "show the help and exit"),
    ];

    public const string Usage = """
        Usage: ClusterDns [flags]
               ClusterDns COMMAND ...

          -conf FILE         Corefile to load; "stdin" reads it from standard input (default "Corefile")
          -dns.port PORT     port of server blocks that name none (default 53)
          -p PORT            the same
          --manifests PATH   serve the objects of a manifest file or directory instead of asking an API server
          -pidfile FILE      write the process id to FILE
          -quiet             do not print what is served
          -plugins           list the plugins and exit
          -version           show the version and exit
          --help             show this text and exit

        Signals: SIGTERM and SIGINT stop gracefully, a second one sooner, SIGQUIT stops at once, SIGUSR1 reloads the Corefile.
        """;

    public static CommandLine Parse(IReadOnlyList<string> arguments)
    {
        var line = new CommandLine();
        for (var i = 0; i < arguments.Count && line.Error is null; i++)
        {
            var argument = arguments[i];
            if (!argument.StartsWith('-') || argument == "-")
            {
                return line with { Error = $"extra command line arguments: [{string.Join(' ', arguments.Skip(i))}]" };
            }

            var (name, value) = Split(argument);
            if (TrySetSwitch(ref line, name, value))
            {
                continue;
            }

            if (value is null && IsKnown(name))
            {
                if (++i >= arguments.Count)
                {
                    return line with { Error = $"flag needs an argument: -{name}" };
                }

                value = arguments[i];
            }

            line = SetValue(line, name, value ?? "");
        }

        return line;
    }

    private static (string Name, string? Value) Split(string argument)
    {
        var text = argument.TrimStart('-');
        var equals = text.IndexOf('=');
        return equals < 0 ? (text, null) : (text[..equals], text[(equals + 1)..]);
    }

    private static bool TrySetSwitch(ref CommandLine line, string name, string? value)
    {
        var isOn = value is null or "true" or "1";
        switch (name)
        {
            case "quiet":
                line = line with { Quiet = isOn };
                return true;
            case "version":
                line = line with { ShowVersion = isOn };
                return true;
            case "plugins":
                line = line with { ShowPlugins = isOn };
                return true;
            case "help" or "h":
                line = line with { ShowHelp = isOn };
                return true;
            default:
                return false;
        }
    }

    private static bool IsKnown(string name) => name is "conf" or "dns.port" or "p" or "manifests" or "pidfile";

    private static CommandLine SetValue(CommandLine line, string name, string value) => name switch
    {
        "conf" => line with { CorefilePath = value },
        "manifests" => line with { ManifestPath = value },
        "pidfile" => line with { PidFilePath = value },
        "dns.port" or "p" => ushort.TryParse(value, out var port)
            ? line with { DefaultPort = port }
            : line with { Error = $"invalid value \"{value}\" for flag -{name}: not a port number" },
        _ => line with { Error = $"flag provided but not defined: -{name}", Suggestion = Suggest(name) },
    };

    private static string? Suggest(string name) =>
        NearestName.Find(name, Flags.Select(flag => flag.Name.TrimStart('-'))) is { } nearest
            ? $"did you mean {Flags.First(flag => flag.IsMeantBy($"-{nearest}")).Name}?"
            : null;
}
