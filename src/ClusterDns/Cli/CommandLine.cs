namespace ClusterDns.Cli;

/// <summary>The flags, as CoreDNS has them: one or two dashes, value behind a blank or an equals sign.</summary>
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

    public const string Usage = """
        Usage: ClusterDns [flags]

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
        _ => line with { Error = $"flag provided but not defined: -{name}" },
    };
}
