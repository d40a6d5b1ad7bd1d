using ClusterDns.Corefile;

namespace ClusterDns.Cli.Commands;

/// <summary>What a command may use of the world: the process's own, or a test's.</summary>
/// <param name="Output">What was asked for goes here.</param>
/// <param name="Errors">What went wrong goes here.</param>
internal sealed record CommandContext(TextWriter Output, TextWriter Errors)
{
    public Stream Input { get; init; } = Stream.Null;

    public ICorefileFiles Files { get; init; } = new DiskFiles();

    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Whom this machine asks, and its search list.</summary>
    public string ResolvConfPath { get; init; } = "/etc/resolv.conf";
}
