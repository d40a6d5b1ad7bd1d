namespace ClusterDns.Cli.Commands;

/// <summary>What a command tells the shell; a script may rely on each.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>The command did its work and the result is bad news: a mistake in a file.</summary>
    public const int Failure = 1;

    /// <summary>The command line makes no sense.</summary>
    public const int WrongUsage = 2;

    /// <summary>Nobody answered.</summary>
    public const int NoReply = 9;
}
